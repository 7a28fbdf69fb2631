//! `GET /lines/{id}/offers`: what the last months of a line would have cost on each offer (RAT-13).

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    compare::{months, signed},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use operations::compare::{self, Cost, LineComparison, MONTHS, OfferCost};
use vocabulary::{LineId, Money, Party, Quantity};

/// The page of the offers of one line.
///
/// # Errors
/// When the line is not there for this reader, or could not be loaded.
pub async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let language = signed.page.locale.tag();
    let (number, comparison) =
        compare::compare_line(&app.house, signed.scope, id, MONTHS, language).await?.ok_or(Stop::NOT_FOUND)?;
    html(&OffersPage { page: signed.page, line: id, number, comparison })
}

/// The page.
#[derive(Template)]
#[template(path = "lines/offers.html")]
pub struct OffersPage {
    /// Its frame.
    pub page: Page,
    /// The line.
    pub line: LineId,
    /// Its number or name.
    pub number: Party,
    /// Its months on every offer; `None` when there is no usage to compare yet.
    pub comparison: Option<LineComparison>,
}

impl OffersPage {
    /// Which months were compared.
    fn months(&self, comparison: &LineComparison) -> String {
        months(&self.page, comparison.months.first(), comparison.months.last())
    }

    /// The sentence that answers the question.
    fn verdict(&self, comparison: &LineComparison) -> String {
        match comparison.cheapest() {
            Some((offer, saving)) => {
                let arguments = [("offer", offer.name.as_str().into()), ("saving", self.page.money(saving).into())];
                self.page.locale.text_with("compare-cheapest", arguments)
            }
            None => self.page.t("compare-none").to_owned(),
        }
    }

    /// Offers that serve as well as the line's own, then those that would not.
    fn serving<'a>(&self, comparison: &'a LineComparison, well: bool) -> Vec<&'a OfferCost> {
        comparison.others.iter().filter(|other| other.cost.serves_as_well_as(&comparison.now.cost) == well).collect()
    }

    /// The monthly prices, and what was missing to the least that a month costs.
    fn subscription(&self, cost: &Cost) -> Money {
        cost.subscription.checked_add(cost.minimum).unwrap_or(cost.subscription)
    }

    /// By how much an offer would have been dearer (with a plus) or cheaper.
    fn difference(&self, comparison: &LineComparison, cost: &Cost) -> String {
        cost.total().checked_sub(comparison.now.cost.total()).map(|difference| signed(&self.page, difference)).unwrap_or_default()
    }

    /// What an offer would have held back, in words; nothing when all passes.
    fn held_back(&self, cost: &Cost) -> String {
        let data =
            (cost.data_held_back > Quantity::ZERO).then(|| self.page.ta("held-back", self.page.volume(cost.data_held_back)));
        let refused = (cost.refused > 0).then(|| self.page.tn("refused", i64::try_from(cost.refused).unwrap_or(i64::MAX)));
        data.into_iter().chain(refused).collect::<Vec<_>>().join(", ")
    }
}
