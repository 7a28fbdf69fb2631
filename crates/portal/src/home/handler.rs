//! The first page, filled with the figures of whoever signed in.

use super::{Attention, Concern, HomePage, StateCount};
use crate::{
    Page,
    answer::{Stop, html},
    lines::{Gauge as _, HoldWords as _},
    server::App,
    session::Signed,
};
use axum::{extract::State, response::Response};
use operations::{
    home::{Overview, overview},
    lines::ListedLine,
};

/// Shows the first page.
pub(crate) async fn get(signed: Signed, State(app): State<App>) -> Result<Response, Stop> {
    let found = overview(&app.house, signed.actor.scope, signed.page.locale.tag()).await?;
    html(&page(signed.page, found))
}

fn page(page: Page, found: Overview) -> HomePage {
    HomePage {
        page,
        month: found.month,
        states: found.states.into_iter().map(|(state, count)| StateCount { state, count }).collect(),
        tiles: found.few,
        attention: found.attention.into_iter().filter_map(attention).collect(),
        attention_total: found.attention_total,
        out_of_bundle_by_day: found.out_of_bundle_by_day,
        out_of_bundle_before: found.out_of_bundle_before,
        data_by_day: found.data_by_day,
        data_before: found.data_before,
        offers: found.offers,
        imported_at: found.imported_at,
    }
}

/// Why a line is on the list: data that does not flow, then an allowance at its end, then what was charged, then one near its end.
fn attention(line: ListedLine) -> Option<Attention> {
    let share = line.data.as_ref().and_then(|data| data.percent()).unwrap_or(0);
    let concern = match line.data {
        _ if !line.data_hold.is_open() => Concern::Data(line.data_hold),
        Some(data) if share >= 100 => Concern::Allowance(data),
        _ if line.out_of_bundle.is_positive() => Concern::OutOfBundle(line.out_of_bundle),
        Some(data) => Concern::Allowance(data),
        None => return None,
    };
    Some(Attention { line: line.id, number: line.number?, kind: line.kind, user: line.user, customer: line.customer, concern })
}
