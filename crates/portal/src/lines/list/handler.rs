//! The table of lines, read for whoever signed in.

use super::{Filter, ListPage, Order, SortBy};
use crate::{
    answer::{Stop, html},
    pagination::Pages,
    server::App,
    session::Signed,
};
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use operations::lines::{self, LineSort, LinesAsked, SortOrder};
use std::num::NonZeroU32;

/// Shows a page of the lines that the address asks for.
pub(crate) async fn get(signed: Signed, RawQuery(query): RawQuery, State(app): State<App>) -> Result<Response, Stop> {
    let filter = Filter::read(&query.unwrap_or_default());
    let found = lines::list(&app.house, signed.actor.scope, &asked(&filter), signed.page.locale.tag()).await?;
    let current = NonZeroU32::new(found.page).unwrap_or(NonZeroU32::MIN);
    html(&ListPage {
        page: signed.page,
        offers: found.offers,
        rows: found.rows,
        pages: Pages { current, size: filter.size, total: found.total },
        filter: Filter { page: Some(current), ..filter },
    })
}

/// What a filter asks for.
pub(crate) fn asked(filter: &Filter) -> LinesAsked {
    LinesAsked {
        number: filter.number.clone(),
        state: filter.state,
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
