//! What a bill needs to know of a customer: the facts, which somebody else loads.

use crate::{Item, SplitProfile, UsageCount, UsageGroup};
use compact_str::CompactString;
use vocabulary::{BillingAccountId, Cents, CustomerId, LineId, Money, Month, Timestamp};

/// A customer with all that may be due of it: its lines may have moved between its accounts, so they are billed together.
#[derive(Clone, Debug, Default)]
pub struct CustomerTerms {
    /// Its lines that were in service in a month that the bill is about.
    pub lines: Vec<LineTerms>,
    /// Its group packs.
    pub packs: Vec<PackTerms>,
    /// What was billed of those months before, without VAT and before it was shared.
    pub billed: Vec<Billed>,
    /// What was granted to its accounts.
    pub grants: Vec<Grant>,
    /// Of a reseller's company: the account that pays for the lines of the reseller's customers, on a bill that sums them up (RES-11).
    pub wholesale: Option<BillingAccountId>,
}

/// A line.
#[derive(Clone, Debug)]
pub struct LineTerms {
    /// Which.
    pub id: LineId,
    /// Whose: a bundle is of one household, also where somebody else pays for many of them.
    pub customer: CustomerId,
    /// Its number as people write it, or what it has in place of one.
    pub number: String,
    /// Who uses it; empty where nobody is named.
    pub user: String,
    /// The host network it lives on.
    pub network: CompactString,
    /// Its plans, by their ends, ascending; the last one has none.
    pub plans: Vec<PlanSpell>,
    /// Since when it is in service.
    pub started: Timestamp,
    /// Until when it was.
    pub ended: Option<Timestamp>,
    /// Who pays now.
    pub account: BillingAccountId,
    /// Who paid before: until when, ascending.
    pub accounts_before: Vec<(Timestamp, BillingAccountId)>,
    /// Its options, held or held once.
    pub options: Vec<OptionSpell>,
    /// Recharges: which, and when.
    pub recharges: Vec<(CompactString, Timestamp)>,
    /// What it owes once: at which instant, what, and how much.
    pub fees: Vec<(Timestamp, Item, Money)>,
    /// What it used beyond what is included in the month before the bill's.
    pub usage: Vec<UsageCharge>,
    /// What was found for earlier months since they were billed: it may be less than nothing.
    pub corrections: Vec<(Month, Money)>,
    /// Who pays a part of it, by the months from which on, ascending.
    pub splits: Vec<SplitSpell>,
}

/// Who shares the bill of a line, from a month on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitSpell {
    /// The first month.
    pub since: Month,
    /// What the employer pays, and the account that pays the rest; `None`: the bill is whole again.
    pub share: Option<(SplitProfile, BillingAccountId)>,
}

/// A plan for as long as a line had it.
#[derive(Clone, Debug)]
pub struct PlanSpell {
    /// Until when; `None`: it has it.
    pub until: Option<Timestamp>,
    /// The offer.
    pub offer: CompactString,
    /// When it was bought: it has the name and, where no price was kept, the price of that day.
    pub bought: Timestamp,
    /// What a month costs, as it was bought.
    pub monthly: Option<Money>,
}

/// An option for as long as a line had it.
#[derive(Clone, Debug)]
pub struct OptionSpell {
    /// Which.
    pub option: CompactString,
    /// From when on.
    pub since: Timestamp,
    /// Until when, if it has an end.
    pub until: Option<Timestamp>,
    /// What a month costs, as it was bought.
    pub monthly: Option<Money>,
}

/// Usage of one group in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsageCharge {
    /// What it was.
    pub group: UsageGroup,
    /// How much.
    pub count: UsageCount,
    /// What it costs, without VAT, record by record.
    pub amount: Money,
}

/// A group pack.
#[derive(Clone, Debug)]
pub struct PackTerms {
    /// Which pack of the catalogue.
    pub pack: CompactString,
    /// Since when: it has the price of that day.
    pub bought: Timestamp,
    /// Who pays.
    pub account: BillingAccountId,
}

/// Something that was billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billed {
    /// Of which line; `None`: of the account.
    pub line: Option<LineId>,
    /// To whom.
    pub account: BillingAccountId,
    /// For which month.
    pub month: Month,
    /// What.
    pub item: Item,
    /// The sum, without VAT and before it was shared.
    pub amount: Cents,
}

/// Something that was granted to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// To which.
    pub account: BillingAccountId,
    /// How much.
    pub reduction: Reduction,
    /// From this month on.
    pub from: Month,
    /// To this month, which is still in it; `None`: without end.
    pub to: Option<Month>,
    /// What for, as the invoice says it.
    pub reason: String,
}

/// How much is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// So many hundredths of a per cent of what plans, options and packs cost.
    Part(u16),
    /// So much each month, and never more than there is.
    Amount(Cents),
}
