//! What `cadran rate` writes, in the order in which fields are read.

use ::catalog::{Measure, Version};
use rating::{Event, MeterKey, MonthState, Part, Why};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use vocabulary::{Money, Timestamp, UsageKind};

/// One line of output.
#[derive(Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub(super) enum Answer {
    Line { line: String, allowances: BTreeMap<String, Option<i64>>, ceilings: BTreeMap<String, Counted> },
    Usage(UsageAnswer),
    Changed { line: String, change: &'static str, at: String, blocks: Vec<Event>, counters: Counters },
    MonthEnd(Statement),
}

#[derive(Serialize)]
pub(super) struct UsageAnswer {
    pub(super) line: String,
    pub(super) at: String,
    pub(super) kind: UsageKind,
    pub(super) quantity: i64,
    #[serde(serialize_with = "as_text")]
    pub(super) price: Money,
    pub(super) parts: Vec<PartAnswer>,
    pub(super) counters: Counters,
    pub(super) alerts: Vec<Event>,
    pub(super) blocks: Vec<Event>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) explanation: Option<Vec<String>>,
}

/// One part and where it went.
#[derive(Serialize)]
pub(super) struct PartAnswer {
    quantity: i64,
    #[serde(serialize_with = "as_text")]
    price: Money,
    #[serde(flatten)]
    went: Went,
}

#[derive(Serialize)]
#[serde(tag = "went", rename_all = "snake_case")]
enum Went {
    Emergency,
    Allowance {
        counter: String,
        after: i64,
        /// The counter of the allowance that this one is a part of.
        #[serde(skip_serializing_if = "Option::is_none")]
        within: Option<String>,
    },
    Charged {
        row: String,
        source: String,
        cause: &'static str,
        counted: i64,
    },
    Slowed {
        by: String,
    },
    Stopped {
        by: String,
    },
}

/// What a line used in a month and owes for it.
#[derive(Serialize)]
pub(super) struct Statement {
    pub(super) line: String,
    pub(super) month: String,
    #[serde(serialize_with = "as_text")]
    pub(super) subscription: Money,
    #[serde(serialize_with = "as_text")]
    pub(super) out_of_bundle: Money,
    /// What is due to reach the family's monthly minimum.
    #[serde(serialize_with = "as_text")]
    pub(super) to_minimum: Money,
    pub(super) records: i64,
    pub(super) data_bytes: i64,
    pub(super) voice_s: i64,
    pub(super) special_s: i64,
    pub(super) sms: i64,
    pub(super) mms: i64,
    pub(super) counters: Counters,
}

/// What counters stand at, by name.
pub(super) type Counters = BTreeMap<String, Counted>;

/// Base units as a number, an amount as a text.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Counted {
    Units(i64),
    Amount(String),
}

impl Counted {
    pub(super) fn of(key: &MeterKey, value: i64, version: &Version) -> Self {
        let cutoff = key.as_str().strip_prefix("cutoff/").and_then(|id| version.cutoffs.find(id));
        let is_amount = key.as_str().starts_with("spend/")
            || cutoff.is_some_and(|cutoff| version.cutoffs.get(cutoff).measure == Measure::Amount);
        if is_amount { Self::Amount(Money::from_micros(value).to_string()) } else { Self::Units(value) }
    }
}

pub(super) fn counters(state: &MonthState, version: &Version) -> Counters {
    let moved = state.meters.iter().filter(|meter| meter.used != 0);
    moved.map(|meter| (meter.key.as_str().to_owned(), Counted::of(&meter.key, meter.used, version))).collect()
}

/// Events that tell people, and events that tell a network.
pub(super) fn sort_events(events: impl IntoIterator<Item = Event>) -> (Vec<Event>, Vec<Event>) {
    events.into_iter().partition(|event| match event {
        Event::Threshold { .. }
        | Event::FairUse { .. }
        | Event::DespiteBlock { .. }
        | Event::DespiteGuard { .. }
        | Event::OutOfBundle { .. } => true,
        Event::Stopped { .. } | Event::Slowed { .. } | Event::Lifted { .. } | Event::SendingSuspended { .. } => false,
    })
}

pub(super) fn part(part: &Part, version: &Version) -> PartAnswer {
    let text = |key: &MeterKey| key.as_str().to_owned();
    let went = match &part.why {
        Why::Emergency => Went::Emergency,
        Why::Allowance { meter, after, within } => {
            Went::Allowance { counter: text(meter), after: *after, within: within.as_ref().map(|whole| text(&whole.0)) }
        }
        Why::Charged { price, cause } => Went::Charged {
            row: price.to_string(),
            source: row_source(price, version).to_owned(),
            cause: cause.as_str(),
            counted: part.counted,
        },
        Why::Slowed { meter } => Went::Slowed { by: text(meter) },
        Why::Stopped { meter } => Went::Stopped { by: text(meter) },
    };
    PartAnswer { quantity: part.quantity, price: part.price, went }
}

/// File and line of a row of `prices.csv`.
pub(super) fn row_source<'v>(row: &str, version: &'v Version) -> &'v str {
    let prices = &version.tariffs.prices;
    prices.find(row).map_or("", |ix| prices.get(ix).source.as_str())
}

/// An instant as the operator's clock shows it.
pub(super) fn local(at: Timestamp, zone: &jiff::tz::TimeZone) -> String {
    at.to_local(zone).to_string()
}

fn as_text<S: Serializer>(amount: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(amount)
}
