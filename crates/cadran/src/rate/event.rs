//! The events of `cadran rate` as they are written.

use jiff::{civil, tz::TimeZone};
use serde::Deserialize;
use std::collections::BTreeMap;
use vocabulary::{Access, Direction, Month, Timestamp, UsageKind};

/// One event.
#[derive(Debug, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Event {
    Line(Line),
    Usage(Usage),
    Recharge(Recharge),
    Option(LineOption),
    Cutoff(Cutoff),
    SpendCap(SpendCap),
    CapRaise(CapRaise),
    MonthEnd(MonthEnd),
}

/// A line begins.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) line: String,
    pub(super) network: String,
    pub(super) offer: String,
    #[serde(default)]
    pub(super) capped: bool,
    pub(super) start: String,
    pub(super) end: Option<String>,
    /// When it was bought, where that is not its start.
    pub(super) bought: Option<String>,
    #[serde(default)]
    pub(super) options: Vec<String>,
    #[serde(default)]
    pub(super) cutoffs: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) spend_caps: Vec<Cap>,
    /// Amounts a month beyond what is included at which somebody is told.
    #[serde(default)]
    pub(super) notices: Vec<String>,
    /// What a call may cost at most.
    pub(super) guard: Option<Guard>,
    /// The billing account and the customer, by names that lines share.
    pub(super) account: Option<String>,
    pub(super) customer: Option<String>,
    /// Group packs by the name that the lines that share one give it.
    #[serde(default)]
    pub(super) packs: BTreeMap<String, String>,
}

/// A ceiling in money.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cap {
    pub(super) period: Period,
    pub(super) amount: String,
    pub(super) at_cap: AtCap,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Period {
    Day,
    Month,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum AtCap {
    Tell,
    Slow,
    Stop,
}

/// A call, a message or a slice of data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Usage {
    pub(super) line: String,
    pub(super) at: String,
    pub(super) kind: UsageKind,
    pub(super) quantity: Option<Amount>,
    #[serde(default)]
    pub(super) to: String,
    pub(super) direction: Option<Direction>,
    /// A country (`DE`) or a network (`26201`); left out: at home.
    #[serde(rename = "in")]
    pub(super) visited: Option<String>,
    #[serde(default)]
    pub(super) access: Access,
}

/// Base units, or a text with a unit.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Amount {
    Units(i64),
    Text(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recharge {
    pub(super) line: String,
    pub(super) at: String,
    pub(super) recharge: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineOption {
    pub(super) line: String,
    pub(super) at: String,
    pub(super) option: String,
    #[serde(default)]
    pub(super) action: Action,
}

/// An option is taken or given up.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Action {
    #[default]
    Add,
    End,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cutoff {
    pub(super) line: String,
    pub(super) at: String,
    pub(super) cutoff: String,
    pub(super) value: String,
}

/// What a call may cost at most.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Guard {
    pub(super) per_minute: Option<String>,
    pub(super) fee: Option<String>,
}

/// Whose a ceiling in money is: one of the three.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    line: Option<String>,
    pub(super) account: Option<String>,
    pub(super) customer: Option<String>,
}

impl Owner {
    /// The line, if it is a line's; an error where it is nobody's or of more than one.
    pub(super) fn line(&self) -> Result<Option<&str>, String> {
        let named = [&self.line, &self.account, &self.customer].into_iter().flatten().count();
        if named == 1 { Ok(self.line.as_deref()) } else { Err("names not one of `line`, `account` and `customer`".to_owned()) }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpendCap {
    line: Option<String>,
    account: Option<String>,
    customer: Option<String>,
    pub(super) at: String,
    pub(super) period: Period,
    /// Left out: the cap goes.
    pub(super) amount: Option<String>,
    pub(super) at_cap: Option<AtCap>,
    /// Per cent at which somebody is told; left out: as they are.
    pub(super) steps: Option<Vec<u8>>,
}

impl SpendCap {
    pub(super) fn of(&self) -> Owner {
        Owner { line: self.line.clone(), account: self.account.clone(), customer: self.customer.clone() }
    }
}

/// A ceiling is higher for a time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CapRaise {
    line: Option<String>,
    account: Option<String>,
    customer: Option<String>,
    pub(super) at: String,
    pub(super) period: Period,
    pub(super) amount: String,
    /// Left out: at once.
    pub(super) since: Option<String>,
    pub(super) until: String,
}

impl CapRaise {
    pub(super) fn of(&self) -> Owner {
        Owner { line: self.line.clone(), account: self.account.clone(), customer: self.customer.clone() }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MonthEnd {
    pub(super) month: Month,
    /// Left out: of every line.
    pub(super) line: Option<String>,
}

const EVENTS: [&str; 8] = ["line", "usage", "recharge", "option", "cutoff", "spend_cap", "cap_raise", "month_end"];

/// Reads one event; the error names what is wrong and where on its line.
pub(super) fn read(text: &str) -> Result<Event, String> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| format!("is no JSON object: {error}"))?;
    match value.get("event").and_then(serde_json::Value::as_str) {
        None => return Err(format!("has no `event`, one of {}", EVENTS.join(", "))),
        Some(event) if !EVENTS.contains(&event) => {
            return Err(format!("event `{event}` is not one of {}", EVENTS.join(", ")));
        }
        Some(_) => {}
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}

/// An instant: with an offset (`2026-09-05T10:00:00Z`), or by the operator's clock (`2026-09-05T12:00:00`, `2026-09-05`).
pub(super) fn instant(text: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    let wrong = || format!("`{text}` is not a time such as `2026-09-05T12:00:00` or a day such as `2026-09-05`");
    let at = if let Ok(at) = text.parse::<jiff::Timestamp>() {
        at.into()
    } else {
        let local: civil::DateTime = text.parse().map_err(|_| wrong())?;
        Timestamp::from_local(local, zone).map_err(|error| error.to_string())?
    };
    let year = at.to_local(zone).date().year();
    if (1970..=9998).contains(&year) { Ok(at) } else { Err(format!("`{text}` is in no year from 1970 to 9998")) }
}
