//! What a line is and has bought: the facts that rating needs and somebody else loads.

use catalog::{Capping, Guard};
use compact_str::CompactString;
use std::borrow::Cow;
use vocabulary::{LineId, Markup, Markups, Money, PackId, RechargeId, SpendId, Timestamp};

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
    /// The plans that it had before, by their ends, ascending. Plans change with the month (MOB-61), so that a month has one.
    pub past_plans: Vec<PastPlan>,
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
    /// Times at which a ceiling in money is higher.
    pub cap_raises: Vec<CapRaise>,
    /// Per cent of its ceilings in money at which somebody is told, ascending; empty: those of the operator.
    pub spend_steps: Vec<u8>,
    /// Amounts a month beyond what is included at which somebody is told, ascending (FLT-12).
    pub notices: Vec<Money>,
    /// What a call may cost at most, besides what the family says (RAT-16).
    pub guard: Guard,
    /// Group packs it draws from.
    pub packs: Vec<PackId>,
    /// Ceilings in money that it shares with other lines, its billing account's before its customer's (RAT-15).
    pub spends: Vec<SpendId>,
    /// What its customer pays of usage beside the catalogue's prices. All amounts here, and limits of the catalogue in money, are in what it pays.
    pub markups: Markups,
}

impl LineTerms {
    /// An uncapped line that was bought when it started and has nothing besides its offer.
    pub fn new(id: LineId, network: &str, offer: &str, started: Timestamp) -> Self {
        Self {
            id,
            network: network.into(),
            offer: offer.into(),
            bought: started,
            capping: Capping::Uncapped,
            past_plans: Vec::new(),
            started,
            ended: None,
            options: Vec::new(),
            recharges: Vec::new(),
            cutoffs: Vec::new(),
            spend_caps: Vec::new(),
            cap_raises: Vec::new(),
            spend_steps: Vec::new(),
            notices: Vec::new(),
            guard: Guard::default(),
            packs: Vec::new(),
            spends: Vec::new(),
            markups: Markups::default(),
        }
    }

    /// The terms of a month that begins then: with the plan that the line had in it.
    pub fn in_month(&self, begins: Timestamp) -> Cow<'_, Self> {
        let Some(past) = self.past_plans.iter().find(|past| begins < past.until) else { return Cow::Borrowed(self) };
        let mut terms = self.clone();
        (terms.offer, terms.bought, terms.capping) = (past.offer.clone(), past.bought, past.capping);
        terms.past_plans.clear();
        Cow::Owned(terms)
    }
}

/// A plan that a line had.
#[derive(Clone, Debug)]
pub struct PastPlan {
    /// Until when.
    pub until: Timestamp,
    /// The offer.
    pub offer: CompactString,
    /// When it was bought.
    pub bought: Timestamp,
    /// Did the line stop at its allowance?
    pub capping: Capping,
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
    /// Amounts that its lines pay beyond it in a month at which somebody is told, ascending (FLT-12).
    pub notices: Vec<Money>,
    /// What they pay in this month beside the catalogue's prices.
    pub markup: Markup,
}

/// A ceiling in money over everything that a line, or the lines of an account or a customer, are charged (RAT-15).
#[derive(Clone, Debug)]
pub struct SpendCap {
    /// Over a day or a month.
    pub period: SpendPeriod,
    /// How much.
    pub amount: Money,
    /// What happens when it is reached.
    pub at_cap: AtCap,
}

/// A time at which a ceiling in money is higher: raised for once or for a time (RAT-15).
#[derive(Clone, Debug)]
pub struct CapRaise {
    /// Which ceiling.
    pub period: SpendPeriod,
    /// What it is then; less than the ceiling itself is as the ceiling.
    pub amount: Money,
    /// From when.
    pub since: Timestamp,
    /// Until when; not at that instant any more.
    pub until: Timestamp,
}

/// Whose lines share a ceiling in money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpendOwner {
    /// A payer's account.
    BillingAccount,
    /// A customer with all accounts.
    Customer,
}

/// The ceilings in money that lines share (RAT-15).
#[derive(Clone, Debug)]
pub struct SpendTerms {
    /// Of whom.
    pub owner: SpendOwner,
    /// By day, by month, or both.
    pub caps: Vec<SpendCap>,
    /// Times at which they are higher.
    pub raises: Vec<CapRaise>,
    /// Per cent at which somebody is told, ascending; empty: those of the operator.
    pub steps: Vec<u8>,
    /// What the lines pay in this month beside the catalogue's prices.
    pub markup: Markup,
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
