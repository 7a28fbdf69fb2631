//! `GET /consumption`.

use super::{ConsumptionPage, Filter, SortBy};
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
use operations::{
    UsageOrder,
    consumption::{self, ConsumptionQuery},
    line::Paging,
};
use std::num::NonZeroU32;

/// The page of a household's consumption.
///
/// # Errors
/// When it is not there for this reader, or could not be loaded.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let filter = Filter::read(query.as_deref().unwrap_or_default());
    let language = signed.page.locale.tag();
    let found =
        consumption::consumption(&app.house, signed.actor.scope, &asked(&filter), language).await?.ok_or(Stop::NOT_FOUND)?;
    html(&ConsumptionPage {
        page: signed.page,
        lines: found.lines,
        month: found.month,
        months: found.months,
        totals: found.totals,
        price: found.price,
        reported_at: found.reported_at,
        usages: found.usages,
        pages: Pages { current: NonZeroU32::new(found.page).unwrap_or(NonZeroU32::MIN), size: Filter::SIZE, total: found.total },
        filter,
    })
}

fn asked(filter: &Filter) -> ConsumptionQuery {
    ConsumptionQuery {
        line: filter.line,
        month: filter.month,
        kind: filter.kind,
        search: filter.search.clone(),
        order: match filter.sort {
            SortBy::Latest => UsageOrder::Latest,
            SortBy::Earliest => UsageOrder::Earliest,
            SortBy::Party => UsageOrder::Party,
            SortBy::Price => UsageOrder::Price,
            SortBy::Quantity => UsageOrder::Quantity,
        },
        paging: Paging { page: filter.page.map_or(1, NonZeroU32::get), rows: Filter::SIZE.rows() },
    }
}
