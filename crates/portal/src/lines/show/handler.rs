//! `GET /lines/{id}`.

use super::{Done, JournalFilter, ShowPage, Tab};
use crate::{
    answer::{Stop, html},
    pagination::Pages,
    server::App,
    session::Signed,
};
use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use operations::{
    Charged, esim,
    journal::{self, Object},
    journal_names,
    line::{self, JournalPart, LineQuery, Paging},
    line_account, line_services,
    line_user::{self, UserShown},
    permission::Permission,
    sims, split_bill, voicemail,
};
use std::num::NonZeroU32;
use vocabulary::LineId;

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
    let query = query.unwrap_or_default();
    let filter = JournalFilter::read(&query);
    let language = signed.page.locale.tag();
    let detail = line::line(&app.house, signed.actor.scope, id, &asked(&filter), language).await?.ok_or(Stop::NOT_FOUND)?;
    let pages = Pages {
        current: NonZeroU32::new(detail.page).unwrap_or(NonZeroU32::MIN),
        size: JournalFilter::SIZE,
        total: detail.total,
    };
    let sim = sims::of_line(&app.house, &signed.actor, id).await?;
    let has_esim = esim::of_line(&app.house, &signed.actor, id).await?.is_some();
    let has_voicemail = voicemail::is_offered(&app.house, &signed.actor, id).await?;
    let history = journal::history(&app.house, &signed.actor, Object::Line(id)).await?;
    let history = journal_names::named(&app.house, &signed.actor, history, language).await?;
    let services = line_services::services(&app.house, &signed.actor, id, language).await?.ok_or(Stop::NOT_FOUND)?;
    let to_confirm = match signed.actor.may(Permission::ConfirmUser) {
        true => line_user::user(&app.house, &signed.actor, id).await?.filter(UserShown::is_to_confirm),
        false => None,
    };
    let payer = line_account::account(&app.house, &signed.actor, id).await?.filter(|shown| shown.accounts.len() > 1);
    let split = split_bill::split(&app.house, &signed.actor, id).await?.filter(|shown| shown.kept.is_business);
    html(&ShowPage {
        page: signed.page,
        head: detail.head,
        month: detail.month,
        months: detail.months,
        totals: detail.totals,
        allowances: detail.allowances,
        alerts: detail.alerts,
        history,
        data_by_day: detail.data_by_day,
        usages: detail.usages,
        is_private: detail.is_private,
        is_wholesale: detail.is_wholesale,
        // Who holds a household's account does not see what unlocks a line with access of its own.
        sim: sim.map(|(sim, has_puk)| (sim, has_puk && !detail.is_private)),
        has_esim,
        has_voicemail,
        filter,
        pages,
        to_confirm,
        payer,
        split,
        services,
        done: Done::read(&query),
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
