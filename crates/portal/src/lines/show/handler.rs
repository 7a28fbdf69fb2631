//! `GET /lines/{id}`.

use super::{Alert, AlertEvent, Allowance, Ceiling, Head, JournalFilter, ShowPage, Sum, Tab, Totals};
use crate::{
    answer::{Stop, html},
    lines::{Consumed, DataService, LineKind, LineState},
    pagination::Pages,
    server::App,
    session::Signed,
};
use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use operations::{
    AtEnd, Charged, Hold,
    line::{self, JournalPart, LineHead, LineQuery, LineStage, LineTotals, Paging},
};
use std::num::NonZeroU32;
use vocabulary::{LineId, Party};

/// The page of one line.
///
/// # Errors
/// When it is not there for this reader, or could not be loaded.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let filter = JournalFilter::read(query.as_deref().unwrap_or_default());
    let language = signed.page.locale.tag();
    let detail = line::line(&app.house, signed.scope, id, &asked(&filter), language).await?.ok_or(Stop::NOT_FOUND)?;
    let pages = Pages {
        current: NonZeroU32::new(detail.page).unwrap_or(NonZeroU32::MIN),
        size: JournalFilter::SIZE,
        total: detail.total,
    };
    html(&ShowPage {
        page: signed.page,
        head: Head::from(detail.head),
        month: detail.month,
        months: detail.months,
        totals: Totals::from(detail.totals),
        allowances: detail.allowances.into_iter().map(Allowance::from).collect(),
        alerts: detail.alerts.into_iter().map(Alert::from).collect(),
        data_by_day: detail.data_by_day,
        usages: detail.usages,
        filter,
        pages,
    })
}

fn asked(filter: &JournalFilter) -> LineQuery {
    LineQuery {
        month: filter.month,
        part: match filter.tab {
            Tab::All => JournalPart::All,
            Tab::Voice => JournalPart::Voice,
            Tab::ValueAdded => JournalPart::ValueAdded,
            Tab::Messages => JournalPart::Messages,
            Tab::Data => JournalPart::Data,
        },
        number: filter.number.clone(),
        direction: filter.direction,
        destination: filter.destination.clone(),
        from: filter.from,
        to: filter.to,
        charged: filter.charged_only.then_some(Charged),
        paging: Paging { page: filter.page.map_or(1, NonZeroU32::get), rows: JournalFilter::SIZE.rows() },
    }
}

impl From<LineHead> for Head {
    fn from(head: LineHead) -> Self {
        Self {
            id: head.id,
            number: Some(head.number).filter(|number| *number != Party::Unknown),
            kind: LineKind::from(head.kind),
            state: match head.stage {
                LineStage::Activating => LineState::InProgress,
                LineStage::Active => LineState::Active,
                LineStage::Suspended => LineState::Suspended,
                LineStage::Ended => LineState::Ended,
            },
            data_service: match head.held_back {
                None => DataService::Open,
                Some(Hold::Slowed) => DataService::Slowed,
                Some(Hold::Stopped) => DataService::Stopped,
            },
            user: head.user,
            customer: head.customer,
            offer: head.offer,
            options: head.options,
            network: head.network,
            ceiling: head.at_end.map(|end| match end {
                AtEnd::Stop => Ceiling::Capped,
                AtEnd::Slow => Ceiling::Uncapped,
                AtEnd::Charge => Ceiling::Metered,
            }),
            sim: head.sim,
            delivered: head.delivered,
        }
    }
}

impl From<operations::LineKind> for LineKind {
    fn from(kind: operations::LineKind) -> Self {
        match kind {
            operations::LineKind::Fixed => Self::Fixed,
            operations::LineKind::Mobile => Self::Mobile,
            operations::LineKind::Data => Self::Data,
        }
    }
}

impl From<line::Sum> for Sum {
    fn from(sum: line::Sum) -> Self {
        Self { count: sum.count, quantity: sum.quantity, price: sum.price }
    }
}

impl From<LineTotals> for Totals {
    fn from(totals: LineTotals) -> Self {
        Self {
            data: totals.data.map(|(used, included)| Consumed { used, included }),
            recharges: totals.recharges,
            options: totals.options,
            data_out_of_bundle: totals.data_out_of_bundle,
            voice: totals.voice.into(),
            value_added: totals.value_added.into(),
            sms: totals.sms.into(),
            mms: totals.mms.into(),
            out_of_bundle: totals.out_of_bundle,
        }
    }
}

impl From<operations::AllowanceUse> for Allowance {
    fn from(allowance: operations::AllowanceUse) -> Self {
        let consumed = Consumed { used: allowance.used, included: allowance.limit };
        Self { name: allowance.name, kind: allowance.kind, consumed }
    }
}

impl From<line::LineAlert> for Alert {
    fn from(alert: line::LineAlert) -> Self {
        let event = match alert.event {
            line::AlertEvent::Reached { percent, allowance } => AlertEvent::Reached { percent: i64::from(percent), allowance },
            line::AlertEvent::Stopped => AlertEvent::Stopped,
            line::AlertEvent::Slowed => AlertEvent::Slowed,
            line::AlertEvent::Lifted => AlertEvent::Lifted,
        };
        Self { at: alert.at, event }
    }
}
