//! The table of lines, read for whoever signed in.

use super::{Filter, ListPage, Order, Row, SortBy};
use crate::{
    answer::{Stop, html},
    lines::{Consumed, DataService, LineKind, LineState},
    pagination::Pages,
    server::App,
    session::Signed,
};
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use jiff::tz::TimeZone;
use operations::{
    Service,
    lines::{self, DataHold, DataUse, LineSort, LinesAsked, ListedLine, SortOrder},
};
use std::num::NonZeroU32;

/// Shows a page of the lines that the address asks for.
pub(crate) async fn get(signed: Signed, RawQuery(query): RawQuery, State(app): State<App>) -> Result<Response, Stop> {
    let filter = Filter::read(&query.unwrap_or_default());
    let found = lines::list(&app.house, signed.scope, &asked(&filter), signed.page.locale.tag()).await?;
    let current = NonZeroU32::new(found.page).unwrap_or(NonZeroU32::MIN);
    let zone = signed.page.zone.clone();
    html(&ListPage {
        page: signed.page,
        offers: found.offers.into_iter().map(|offer| (offer.id, offer.name)).collect(),
        rows: found.rows.into_iter().map(|line| row(line, &zone)).collect(),
        pages: Pages { current, size: filter.size, total: found.total },
        filter: Filter { page: Some(current), ..filter },
    })
}

fn asked(filter: &Filter) -> LinesAsked {
    LinesAsked {
        number: filter.number.clone(),
        state: filter.state.map(state_asked),
        user: filter.user.clone(),
        customer: filter.customer.clone(),
        offer: filter.offer.clone(),
        out_of_bundle: filter.out_of_bundle,
        sort: match filter.sort {
            SortBy::Number => LineSort::Number,
            SortBy::State => LineSort::State,
            SortBy::Delivered => LineSort::Started,
            SortBy::User => LineSort::User,
            SortBy::Customer => LineSort::Customer,
            SortBy::Offer => LineSort::Offer,
            SortBy::Data => LineSort::Data,
            SortBy::OutOfBundle => LineSort::OutOfBundle,
        },
        order: match filter.order {
            Order::Ascending => SortOrder::Ascending,
            Order::Descending => SortOrder::Descending,
        },
        rows: filter.size.rows(),
        page: filter.page.map_or(1, u32::from),
    }
}

fn row(line: ListedLine, zone: &TimeZone) -> Row {
    Row {
        id: line.id,
        number: line.number,
        kind: kind(line.service),
        state: state(line.state),
        data_service: data_service(line.data_hold),
        delivered: line.started.map(|started| started.to_local(zone).date()),
        user: line.user,
        customer: line.customer,
        offer: line.offer,
        sim: line.iccid,
        data: line.data.map(consumed),
        out_of_bundle: line.out_of_bundle,
    }
}

/// A state as the pages name it.
pub(crate) const fn state(state: lines::LineState) -> LineState {
    match state {
        lines::LineState::Activating => LineState::InProgress,
        lines::LineState::Active => LineState::Active,
        lines::LineState::Suspended => LineState::Suspended,
        lines::LineState::Ended => LineState::Ended,
    }
}

const fn state_asked(state: LineState) -> lines::LineState {
    match state {
        LineState::InProgress => lines::LineState::Activating,
        LineState::Active => lines::LineState::Active,
        LineState::Suspended => lines::LineState::Suspended,
        LineState::Ended => lines::LineState::Ended,
    }
}

/// What a line is for, as the pages draw it.
pub(crate) const fn kind(service: Service) -> LineKind {
    match service {
        Service::Mobile => LineKind::Mobile,
        Service::Data | Service::M2m => LineKind::Data,
        Service::Fixed | Service::Internet | Service::Tv => LineKind::Fixed,
    }
}

/// How data flows, as the pages name it.
pub(crate) const fn data_service(hold: DataHold) -> DataService {
    match hold {
        DataHold::None => DataService::Open,
        DataHold::Slowed => DataService::Slowed,
        DataHold::Stopped => DataService::Stopped,
    }
}

/// Data used, as a bar shows it.
pub(crate) const fn consumed(data: DataUse) -> Consumed {
    Consumed { used: data.used, included: data.included }
}
