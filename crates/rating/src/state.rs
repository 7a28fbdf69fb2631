//! The counters of a line in a month. They can be made again at any time by rating the month's records again.

use crate::{SpendOwner, SpendPeriod};
use catalog::AtEnd;
use compact_str::{CompactString, format_compact};
use serde::{Deserialize, Serialize};
use vocabulary::{Money, RechargeId, Timestamp, UsageGroup, UsageKind};

/// The name of a counter: `plan/data`, `option/GROUP/data`, `recharge/17`, `cutoff/CUTOFF`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MeterKey(CompactString);

impl MeterKey {
    /// Of an allowance of the plan.
    pub fn plan(allowance: &str) -> Self {
        Self(format_compact!("plan/{allowance}"))
    }

    /// Of an allowance of an option, or of the group that the option belongs to.
    pub fn option(group_or_option: &str, allowance: &str) -> Self {
        Self(format_compact!("option/{group_or_option}/{allowance}"))
    }

    /// Of one purchase of a recharge.
    pub fn recharge(id: RechargeId) -> Self {
        Self(format_compact!("recharge/{id}"))
    }

    /// Of a group pack.
    pub fn pack(pack: &str) -> Self {
        Self(format_compact!("pack/{pack}"))
    }

    /// Of a cut-off.
    pub fn cutoff(cutoff: &str) -> Self {
        Self(format_compact!("cutoff/{cutoff}"))
    }

    /// Of the volume that tiers of a price have counted.
    pub fn tiers(price: &str) -> Self {
        Self(format_compact!("tiers/{price}"))
    }

    /// Of what was charged in the month: to a line, or to all lines of an owner.
    pub fn spend_month(owner: Option<SpendOwner>) -> Self {
        Self(CompactString::const_new(match owner {
            None => "spend/month",
            Some(SpendOwner::BillingAccount) => "spend/account/month",
            Some(SpendOwner::Customer) => "spend/customer/month",
        }))
    }

    /// Of what was charged on a day of the month.
    pub fn spend_day(owner: Option<SpendOwner>, day: i8) -> Self {
        Self(format_compact!("{}{day}", spend_days(owner)))
    }

    /// Is it of what was charged to an owner on some day?
    pub(crate) fn is_spend_day(&self, owner: Option<SpendOwner>) -> bool {
        self.0.starts_with(spend_days(owner))
    }

    /// Whose ceiling in money it counts for, and over what; `None` where it is no such counter.
    pub fn spend(&self) -> Option<(Option<SpendOwner>, SpendPeriod)> {
        let owners = [None, Some(SpendOwner::BillingAccount), Some(SpendOwner::Customer)];
        owners.into_iter().find_map(|owner| {
            let of_month = (*self == Self::spend_month(owner)).then_some(SpendPeriod::Month);
            let period = of_month.or_else(|| self.is_spend_day(owner).then_some(SpendPeriod::Day))?;
            Some((owner, period))
        })
    }

    /// Of the highest amount beyond what is included that was told (FLT-12).
    pub fn spend_told() -> Self {
        Self(CompactString::const_new("spend/told"))
    }

    /// Of the records that a network delivered although this block forbids them.
    pub fn block(block: &str) -> Self {
        Self(format_compact!("block/{block}"))
    }

    /// Of the calls that were delivered although their price, this row, is above what a guard lets through.
    pub fn guard(row: &str) -> Self {
        Self(format_compact!("guard/{row}"))
    }

    /// Is it of a cut-off or a spend cap?
    pub(crate) fn is_ceiling(&self) -> bool {
        self.0.starts_with("cutoff/") || self.0.starts_with("spend/")
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How the keys of an owner's days begin.
const fn spend_days(owner: Option<SpendOwner>) -> &'static str {
    match owner {
        None => "spend/day/",
        Some(SpendOwner::BillingAccount) => "spend/account/day/",
        Some(SpendOwner::Customer) => "spend/customer/day/",
    }
}

impl From<&str> for MeterKey {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

/// One counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meter {
    /// Its name.
    #[serde(rename = "k")]
    pub key: MeterKey,
    /// Base units (seconds, messages, bytes), or millionths of the currency.
    #[serde(rename = "u")]
    pub used: i64,
    /// The highest threshold that was told, in per cent; 0 for none.
    #[serde(rename = "t", default, skip_serializing_if = "is_zero")]
    pub told: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(told: &u8) -> bool {
    *told == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_nothing(limit: &i64) -> bool {
    *limit == 0
}

/// Everything that rating remembers of a line in a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MonthState {
    /// Its counters.
    #[serde(rename = "m", skip_serializing_if = "Vec::is_empty")]
    pub meters: Vec<Meter>,
    /// Numbers called, ascending (MOB-20).
    #[serde(rename = "v", skip_serializing_if = "Vec::is_empty")]
    pub called: Vec<u64>,
    /// Numbers written to, ascending (MOB-22).
    #[serde(rename = "s", skip_serializing_if = "Vec::is_empty")]
    pub written_to: Vec<u64>,
    /// When the last messages were sent, ascending: no more than a burst rule looks back on.
    #[serde(rename = "r", skip_serializing_if = "Vec::is_empty")]
    pub recently_sent: Vec<Timestamp>,
    /// Services that are stopped or slowed, until they are lifted.
    #[serde(rename = "b", skip_serializing_if = "Vec::is_empty")]
    pub held_back: Vec<Held>,
    /// What was charged beyond what is included, by group, ascending: what a bill adds up.
    #[serde(rename = "c", skip_serializing_if = "Vec::is_empty")]
    pub charged: Vec<ChargedGroup>,
    /// What pages and statements show.
    #[serde(rename = "t")]
    pub totals: Totals,
}

impl MonthState {
    /// How data is held back, if it is: a stop weighs more than a slowing.
    pub fn data_hold(&self) -> Option<Hold> {
        let held = self.held_back.iter().filter(|held| held.kind == UsageKind::Data).map(|held| held.how);
        held.max()
    }
}

/// A service that is held back: what the host network was told, so that it is told once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The counter at its end.
    #[serde(rename = "k")]
    pub by: MeterKey,
    /// Which kind of usage.
    #[serde(rename = "s")]
    pub kind: UsageKind,
    /// Stopped or slowed: a counter may slow a service here and stop it there.
    #[serde(rename = "h")]
    pub how: Hold,
    /// The limit of a ceiling at that moment, in base units or millionths: a higher one lifts. 0 for an allowance.
    #[serde(rename = "l", default, skip_serializing_if = "is_nothing")]
    pub limit: i64,
}

/// How a service is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hold {
    /// It goes on slowly.
    Slowed,
    /// It does not go on.
    Stopped,
}

impl Hold {
    /// What holds back at the end of something that does not charge on.
    pub(crate) fn of(end: AtEnd) -> Self {
        if end == AtEnd::Slow { Self::Slowed } else { Self::Stopped }
    }
}

/// What usage of one group was charged in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargedGroup {
    /// Which.
    #[serde(rename = "g")]
    pub group: UsageGroup,
    /// How many records.
    #[serde(rename = "n")]
    pub records: i64,
    /// Seconds, messages or bytes of them that were not included.
    #[serde(rename = "u")]
    pub units: i64,
    /// What they cost, without VAT.
    #[serde(rename = "o")]
    pub amount: Money,
}

/// The sums of a line's month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// Bytes.
    #[serde(rename = "d")]
    pub data_bytes: i64,
    /// Seconds of calls made and forwarded, but to value-added numbers.
    #[serde(rename = "v")]
    pub voice_s: i64,
    /// Seconds of calls to value-added and short numbers.
    #[serde(rename = "x")]
    pub special_s: i64,
    /// Messages sent.
    #[serde(rename = "s")]
    pub sms: i64,
    /// Multimedia messages sent.
    #[serde(rename = "m")]
    pub mms: i64,
    /// What is charged beyond what is included.
    #[serde(rename = "o")]
    pub out_of_bundle: Money,
    /// How many records.
    #[serde(rename = "n")]
    pub records: i64,
    /// When the last of them began.
    #[serde(rename = "l")]
    pub latest: Timestamp,
}

/// Everything that rating remembers of a group pack in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PackState {
    /// Base units.
    pub used: i64,
    /// The highest threshold that was told, in per cent.
    pub told: u8,
    /// What its lines were charged for usage that it covers, after its end (FLT-12).
    pub charged: Money,
    /// The highest amount of that which was told.
    pub charged_told: Money,
}

/// What the lines of a billing account or a customer were charged in a month, and on each of its days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SpendState {
    /// The month's counter and one for each day with a charge, in millionths.
    #[serde(rename = "m", skip_serializing_if = "Vec::is_empty")]
    pub meters: Vec<Meter>,
}

impl SpendState {
    /// What a counter stands at, in millionths.
    pub fn used(&self, key: &MeterKey) -> i64 {
        self.meters.iter().find(|meter| meter.key == *key).map_or(0, |meter| meter.used)
    }

    /// The counter of that name, made where there is none.
    pub(crate) fn meter(&mut self, key: MeterKey) -> &mut Meter {
        let at = self.meters.iter().position(|meter| meter.key == key).unwrap_or_else(|| {
            self.meters.push(Meter { key, used: 0, told: 0 });
            self.meters.len() - 1
        });
        &mut self.meters[at]
    }
}
