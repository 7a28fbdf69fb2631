//! The first page: how the lines stand, and what needs attention (RES-20, TEL-04).

mod handler;

pub(crate) use handler::get;

use crate::{
    Icon, Page, Theme,
    chart::{Chart, ChartUnit, Drawing},
    lines::{Gauge as _, HoldWords as _, KindWords as _, StateWords as _, list::Filter},
};
use askama::Template;
use jiff::civil;
use operations::{
    Consumed, LineKind,
    lines::{DataHold, LineState, ListedLine, OfferLines},
};
use vocabulary::{E164, LineId, Money, Month, Quantity, Timestamp};

/// So many lines in a state.
#[derive(Clone, Copy, Debug)]
pub struct StateCount {
    /// The state.
    pub state: LineState,
    /// How many.
    pub count: i64,
}

impl StateCount {
    fn url(&self) -> String {
        Filter::in_state(self.state).url()
    }
}

/// Why a line needs attention, most urgent first.
#[derive(Clone, Copy, Debug)]
pub enum Concern {
    /// Data does not flow as bought.
    Data(DataHold),
    /// An allowance is used up, or nearly.
    Allowance(Consumed),
    /// It was charged beyond what is included.
    OutOfBundle(Money),
}

/// A line that needs attention.
#[derive(Clone, Debug)]
pub struct Attention {
    /// The line.
    pub line: LineId,
    /// Its number.
    pub number: E164,
    /// What it is for.
    pub kind: LineKind,
    /// Who uses it.
    pub user: Option<String>,
    /// Whose it is.
    pub customer: String,
    /// Why.
    pub concern: Concern,
}

/// The page.
#[derive(Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// Its frame.
    pub page: Page,
    /// The current month.
    pub month: Month,
    /// How many lines are in each state, one of each.
    pub states: Vec<StateCount>,
    /// The lines themselves where there are ten or fewer, else none (TEL-04).
    pub tiles: Vec<ListedLine>,
    /// The most urgent lines, ten at most.
    pub attention: Vec<Attention>,
    /// How many need attention in all.
    pub attention_total: i64,
    /// What was charged beyond what is included on each day of this month so far.
    pub out_of_bundle_by_day: Vec<Money>,
    /// The same until the same day of the month before.
    pub out_of_bundle_before: Money,
    /// Data on each day of this month so far.
    pub data_by_day: Vec<Quantity>,
    /// Data on each day of the month before.
    pub data_before: Vec<Quantity>,
    /// Lines by offer, most first, eight at most.
    pub offers: Vec<OfferLines>,
    /// When usage was last taken in; none while there is none.
    pub imported_at: Option<Timestamp>,
}

/// More bars than that are said in words only.
const MOST_TILES: usize = 10;

impl HomePage {
    fn is_small(&self) -> bool {
        !self.tiles.is_empty() && self.tiles.len() <= MOST_TILES
    }

    fn line_count(&self) -> i64 {
        self.states.iter().map(|state| state.count).sum()
    }

    fn out_of_bundle(&self) -> Money {
        self.out_of_bundle_by_day.iter().copied().sum()
    }

    fn data(&self) -> Quantity {
        total(&self.data_by_day)
    }

    /// Data of the month before until the same day.
    fn data_same_days_before(&self) -> Quantity {
        total(&self.data_before[..self.data_by_day.len().min(self.data_before.len())])
    }

    fn most_lines_of_an_offer(&self) -> i64 {
        self.offers.iter().map(|offer| offer.lines).max().unwrap_or(1).max(1)
    }

    fn offer_url(&self, key: &str) -> String {
        Filter { offer: key.to_owned(), ..Filter::default() }.url()
    }

    fn out_of_bundle_url(&self) -> String {
        Filter { out_of_bundle: Some(true), ..Filter::default() }.url()
    }

    fn concern_words(&self, concern: &Concern) -> String {
        match concern {
            Concern::Data(service) => service.name(&self.page.locale).into(),
            Concern::Allowance(consumed) => {
                let share = consumed.percent().unwrap_or_default();
                self.page.ta("concern-allowance", self.page.percent(share))
            }
            Concern::OutOfBundle(amount) => self.page.ta("concern-out-of-bundle", self.page.money(amount)),
        }
    }

    fn concern_class(&self, concern: &Concern) -> &'static str {
        match concern {
            Concern::Data(DataHold::Stopped) => "full",
            Concern::Allowance(consumed) => consumed.level(),
            Concern::Data(_) | Concern::OutOfBundle(_) => "near",
        }
    }

    fn concern_icon(&self, concern: &Concern) -> Icon {
        match concern {
            Concern::Data(DataHold::Stopped) => Icon::Ban,
            Concern::Data(_) | Concern::Allowance(_) => Icon::Gauge,
            Concern::OutOfBundle(_) => Icon::Euro,
        }
    }

    fn day(&self, offset: usize) -> civil::Date {
        let days = i64::try_from(offset).unwrap_or_default();
        self.month.first_day().saturating_add(jiff::Span::new().days(days))
    }

    /// Each day of this month so far with its data and its out of bundle.
    fn days(&self) -> Vec<(civil::Date, Quantity, Money)> {
        let both = self.data_by_day.iter().zip(&self.out_of_bundle_by_day).enumerate();
        both.map(|(offset, (&data, &amount))| (self.day(offset), data, amount)).collect()
    }

    fn labels(&self) -> Vec<String> {
        let days = usize::from(self.month.days().unsigned_abs());
        (0..days).map(|offset| self.page.day_of_month(self.day(offset))).collect()
    }

    fn out_of_bundle_chart(&self) -> Chart {
        let labels = self.labels();
        let mut amounts: Vec<Option<i64>> = self.out_of_bundle_by_day.iter().map(|amount| Some(amount.micros())).collect();
        amounts.resize(labels.len(), None);
        Chart::new(self.page.locale, ChartUnit::Euros, labels).with(self.page.t("out-of-bundle"), Drawing::Bars, amounts)
    }

    fn data_chart(&self) -> Chart {
        let labels = self.labels();
        let length = labels.len();
        Chart::new(self.page.locale, ChartUnit::Bytes, labels)
            .with(self.page.month(self.month.previous()), Drawing::Comparison, running(&self.data_before, length))
            .with(self.page.month(self.month), Drawing::Area, running(&self.data_by_day, length))
    }
}

fn total(days: &[Quantity]) -> Quantity {
    let units = days.iter().map(|day| day.units()).fold(0_i64, i64::saturating_add);
    Quantity::new(units).unwrap_or_default()
}

/// The sum up to each day, none after the last, `length` in all.
fn running(days: &[Quantity], length: usize) -> Vec<Option<i64>> {
    let sums = days.iter().scan(0_i64, |sum, day| {
        *sum = sum.saturating_add(day.units());
        Some(Some(*sum))
    });
    sums.chain(std::iter::repeat(None)).take(length).collect()
}
