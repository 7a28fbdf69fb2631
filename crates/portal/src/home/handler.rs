//! The first page, filled with the figures of whoever signed in.

use super::{Attention, Concern, HomePage, LineTile, OfferCount, StateCount};
use crate::{
    Page,
    answer::{Stop, html},
    lines::{DataService, list},
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
    let found = overview(&app.house, signed.scope, signed.page.locale.tag()).await?;
    html(&page(signed.page, found))
}

fn page(page: Page, found: Overview) -> HomePage {
    HomePage {
        page,
        month: found.month,
        states: found.states.into_iter().map(|(state, count)| StateCount { state: list::state(state), count }).collect(),
        tiles: found.few.into_iter().map(tile).collect(),
        attention: found.attention.into_iter().filter_map(attention).collect(),
        attention_total: found.attention_total,
        out_of_bundle_by_day: found.out_of_bundle_by_day,
        out_of_bundle_before: found.out_of_bundle_before,
        data_by_day: found.data_by_day,
        data_before: found.data_before,
        offers: found.offers.into_iter().map(|o| OfferCount { offer: o.name, key: o.id, count: o.lines }).collect(),
        imported_at: found.imported_at,
    }
}

fn tile(line: ListedLine) -> LineTile {
    LineTile {
        id: line.id,
        number: line.number,
        kind: list::kind(line.service),
        state: list::state(line.state),
        data_service: list::data_service(line.data_hold),
        user: line.user,
        offer: line.offer,
        data: line.data.map(list::consumed),
        voice: line.voice,
        out_of_bundle: line.out_of_bundle,
    }
}

/// Why a line is on the list: data that does not flow, then an allowance at its end, then what was charged, then one near its end.
fn attention(line: ListedLine) -> Option<Attention> {
    let service = list::data_service(line.data_hold);
    let data = line.data.map(list::consumed);
    let share = data.as_ref().and_then(|data| data.percent()).unwrap_or(0);
    let concern = match data {
        _ if service != DataService::Open => Concern::Data(service),
        Some(data) if share >= 100 => Concern::Allowance(data),
        _ if line.out_of_bundle.is_positive() => Concern::OutOfBundle(line.out_of_bundle),
        Some(data) => Concern::Allowance(data),
        None => return None,
    };
    Some(Attention {
        line: line.id,
        number: line.number?,
        kind: list::kind(line.service),
        user: line.user,
        customer: line.customer,
        concern,
    })
}
