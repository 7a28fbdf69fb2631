//! What a line is and has bought: the facts that rating needs and somebody else loads.

use catalog::Capping;
use compact_str::CompactString;
use vocabulary::{LineId, Money, PackId, RechargeId, Timestamp};

/// A line as rating sees it. Ids of the catalogue are kept as texts, because a line outlives the versions of a catalogue.
#[derive(Clone, Debug)]
pub struct LineTerms {
    /// Which line.
    pub id: LineId,
    /// The host network it lives on.
    pub network: CompactString,
    /// Its offer.
    pub offer: CompactString,
    /// When it was bought: its sizes are those of the catalogue of that day.
    pub bought: Timestamp,
    /// Does it stop at its allowance?
    pub capping: Capping,
    /// Usage before this is not its own.
    pub started: Timestamp,
    /// Nor usage from this on.
    pub ended: Option<Timestamp>,
    /// Options, held or held once.
    pub options: Vec<HeldOption>,
    /// Recharges bought.
    pub recharges: Vec<HeldRecharge>,
    /// Cut-offs that were chosen; a cut-off of the catalogue that is not here has its default.
    pub cutoffs: Vec<ChosenCutoff>,
    /// Ceilings in money over everything (RAT-15).
    pub spend_caps: Vec<SpendCap>,
    /// Group packs it draws from.
    pub packs: Vec<PackId>,
}

/// An option on a line.
#[derive(Clone, Debug)]
pub struct HeldOption {
    /// Which.
    pub option: CompactString,
    /// From when; its sizes are those of the catalogue of that day.
    pub since: Timestamp,
    /// Until when, if it has an end.
    pub until: Option<Timestamp>,
}

/// A recharge that was bought.
#[derive(Clone, Debug)]
pub struct HeldRecharge {
    /// This purchase.
    pub id: RechargeId,
    /// Which.
    pub recharge: CompactString,
    /// When; it is good to the end of that month.
    pub at: Timestamp,
}

/// The value chosen for a cut-off.
#[derive(Clone, Debug)]
pub struct ChosenCutoff {
    /// Which.
    pub cutoff: CompactString,
    /// Base units, or millionths of the currency.
    pub value: i64,
}

/// A group pack as a customer holds it.
#[derive(Clone, Debug)]
pub struct HeldPack {
    /// This pack of this customer.
    pub id: PackId,
    /// Which pack of the catalogue.
    pub pack: CompactString,
    /// When it was bought: its size is that of the catalogue of that day.
    pub bought: Timestamp,
}

/// A ceiling in money over everything a line is charged (RAT-15).
#[derive(Clone, Debug)]
pub struct SpendCap {
    /// Over a day or a month.
    pub period: SpendPeriod,
    /// How much.
    pub amount: Money,
    /// What happens when it is reached.
    pub at_cap: AtCap,
}

/// Over what a spend cap counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpendPeriod {
    /// A day of the operator's zone.
    Day,
    /// A month of the operator's zone.
    Month,
}

/// What happens when a spend cap is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AtCap {
    /// Somebody is told, and the usage goes on.
    Tell,
    /// It goes on slowly and costs nothing.
    Slow,
    /// It stops.
    Stop,
}
