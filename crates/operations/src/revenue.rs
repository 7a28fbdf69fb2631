//! What an operator bills, collects and is owed, month by month, and with what it earns (BIL-12). All of it comes from sums that are kept with the
//! ledger's entries and with the invoices, so that it agrees with `cadran ledger check` to the cent.

use crate::{Actor, House, OperationError, catalog_names::Names, permission::Permission};
pub use billing::Revenue;
use billing::{Item, LedgerAccount};
use std::collections::BTreeMap;
pub use store::Issuer;
use store::{EarnedSum, LedgerSum};
use vocabulary::{Cents, Month};

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The last two years; else the last one.
    pub two_years: bool,
    /// Only what this one issued: 0 is the operator itself, else a reseller.
    pub issuer: Option<i64>,
}

/// Somebody who issues invoices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerName {
    /// Its number in addresses: 0 for the operator itself.
    pub number: i64,
    /// What it is called.
    pub name: String,
}

/// What happened in a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthSums {
    /// Asked for by invoices less what credit notes gave back, without VAT.
    pub net: Cents,
    /// The VAT of that.
    pub vat: Cents,
    /// With VAT.
    pub gross: Cents,
    /// Paid, less what was given back and what came back.
    pub collected: Cents,
    /// Fees for reminders and returns, less what was written off.
    pub other: Cents,
    /// What all customers owed at its end; now, in the month that is not over.
    pub open: Cents,
    /// Without VAT, by what it was for.
    pub by_revenue: BTreeMap<Revenue, Cents>,
}

/// With what money is earned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earner {
    /// An offer: its id and its name.
    Offer(String, String),
    /// An option.
    LineOption(String, String),
    /// A pack that lines share.
    Pack(String, String),
    /// What was missing to the least that a line costs a month.
    Minimum,
    /// Anything else, by what it is for.
    Rest(Revenue),
}

/// What something earned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earned {
    /// With what.
    pub with: Earner,
    /// How many charges and how much, without VAT, in each of the months shown.
    pub by_month: Vec<(i64, Cents)>,
}

impl Earned {
    /// How many charges in all the months.
    pub fn pieces(&self) -> i64 {
        self.by_month.iter().map(|(pieces, _)| pieces).sum()
    }

    /// How much in all the months.
    pub fn net(&self) -> Cents {
        self.by_month.iter().map(|(_, net)| *net).sum()
    }
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Who may be chosen, the operator first; more than one only where there are several.
    pub issuers: Vec<IssuerName>,
    /// The months, the earliest first; the last one is not over.
    pub months: Vec<(Month, MonthSums)>,
    /// With what it was earned: offers, options and packs, each the most first, then the rest. Together what all months earned.
    pub earned: Vec<Earned>,
}

/// Months of a year, and of two.
const MONTHS: (usize, usize) = (12, 24);

/// What was billed, collected and earned; `None` for who does not see it.
///
/// # Errors
/// When the database fails.
pub async fn revenue(house: &House, actor: &Actor, asked: &Asked, language: &str) -> Result<Option<Shown>, OperationError> {
    if !actor.may(Permission::SeeRevenue) {
        return Ok(None);
    }
    let operator = actor.scope.operator;
    let catalog = house.catalog(operator).await?;
    let zone = &catalog.operator.time_zone;
    let last = Month::containing(house.clock.now(), zone);
    let most = if asked.two_years { MONTHS.1 } else { MONTHS.0 };
    let begun = house.store.first_month_earned(operator).await?.unwrap_or(last);
    let mut months = vec![last];
    while months.len() < most && months[months.len() - 1] > begun {
        months.push(months[months.len() - 1].previous());
    }
    months.reverse();
    let instants: Vec<_> = months.iter().map(|month| month.start(zone)).collect();
    let moved = house.store.ledger_sums(operator, &instants).await?;
    let earned = house.store.earned(operator, (months[0], last)).await?;
    let issuers = issuers(house, actor, &moved).await?;
    let is_asked = |issuer: Issuer| asked.issuer.is_none_or(|number| number == number_of(issuer));
    let moved: Vec<_> = moved.into_iter().filter(|sum| is_asked(sum.issuer)).collect();
    let earned: Vec<_> = earned.into_iter().filter(|sum| is_asked(sum.issuer)).collect();
    let sums = by_month(months.len(), &moved);
    let earned = earners(&months, (&earned, &sums), Names { catalog: &catalog, language });
    Ok(Some(Shown { issuers, months: months.into_iter().zip(sums).collect(), earned }))
}

fn number_of(issuer: Issuer) -> i64 {
    issuer.reseller.map_or(0, |reseller| reseller.0)
}

/// Everybody in whose name something moved, where these are several.
async fn issuers(house: &House, actor: &Actor, moved: &[LedgerSum]) -> Result<Vec<IssuerName>, OperationError> {
    if moved.iter().all(|sum| sum.issuer.is_operator()) {
        return Ok(Vec::new());
    }
    let resellers = house.store.scoped(actor.scope).resellers_to_give().await?;
    let has_moved = |number: i64| moved.iter().any(|sum| number_of(sum.issuer) == number);
    let resellers = resellers.into_iter().map(|(id, name)| IssuerName { number: id.0, name });
    let own = IssuerName { number: 0, name: actor.party.clone() };
    Ok(std::iter::once(own).chain(resellers.filter(|reseller| has_moved(reseller.number))).collect())
}

/// The sums of so many months: the first period is all that was before them.
fn by_month(many: usize, moved: &[LedgerSum]) -> Vec<MonthSums> {
    let mut open: Cents = moved.iter().filter(|sum| sum.period == 0).map(LedgerSum::owed).sum();
    let mut months = Vec::with_capacity(many);
    for period in 1..=many {
        let mut month = MonthSums::default();
        for sum in moved.iter().filter(|sum| sum.period == period) {
            month.add(sum);
            open = open + sum.owed();
        }
        month.open = open;
        months.push(month);
    }
    months
}

impl MonthSums {
    fn add(&mut self, sum: &LedgerSum) {
        let is_billed = matches!(sum.kind.as_str(), "invoice" | "credit_note");
        match sum.kind.as_str() {
            "invoice" | "credit_note" => self.gross = self.gross + sum.owed(),
            "payment" | "refund" | "return" => self.collected = self.collected - sum.owed(),
            _ => self.other = self.other + sum.owed(),
        }
        for (account, amount) in [(&sum.credit, sum.amount), (&sum.debit, -sum.amount)] {
            match account.parse() {
                Ok(LedgerAccount::Revenue(revenue)) => {
                    let earned = self.by_revenue.entry(revenue).or_default();
                    *earned = *earned + amount;
                    self.net = if is_billed { self.net + amount } else { self.net };
                }
                Ok(LedgerAccount::Vat(..)) if is_billed => self.vat = self.vat + amount,
                _ => {}
            }
        }
    }

    /// Without VAT, all that was earned.
    pub fn earned(&self) -> Cents {
        self.by_revenue.values().copied().sum()
    }
}

/// With what the months earned what they did.
fn earners(months: &[Month], (earned, sums): (&[EarnedSum], &[MonthSums]), names: Names<'_>) -> Vec<Earned> {
    type Sold<'s> = (Revenue, Option<&'s Item>);
    let mut sold: BTreeMap<Sold<'_>, Vec<(i64, Cents)>> = BTreeMap::new();
    for sum in earned {
        let Some(place) = months.iter().position(|month| *month == sum.month) else { continue };
        let worth =
            &mut sold.entry((sum.revenue, sum.item.as_ref())).or_insert_with(|| vec![(0, Cents::ZERO); months.len()])[place];
        *worth = (worth.0 + sum.pieces, worth.1 + sum.net);
    }
    // What no invoice asked for and was earned all the same: fees of reminders.
    let mut rest = Vec::new();
    for (_, revenue) in Revenue::WORDS {
        let mut missing = vec![(0, Cents::ZERO); months.len()];
        for (place, month) in sums.iter().enumerate() {
            let known: Cents = sold.iter().filter(|((of, _), _)| *of == revenue).map(|(_, worth)| worth[place].1).sum();
            missing[place].1 = month.by_revenue.get(&revenue).copied().unwrap_or_default() - known;
        }
        if missing.iter().any(|(_, net)| !net.is_zero()) {
            rest.push((revenue, missing));
        }
    }
    for (revenue, missing) in rest {
        let worth = sold.entry((revenue, None)).or_insert_with(|| vec![(0, Cents::ZERO); months.len()]);
        worth.iter_mut().zip(missing).for_each(|(worth, (_, net))| worth.1 = worth.1 + net);
    }
    let mut found: Vec<Earned> =
        sold.into_iter().map(|((revenue, item), by_month)| Earned { with: earner(revenue, item, names), by_month }).collect();
    found.sort_by_key(|one| (one.with.place(), std::cmp::Reverse(one.net())));
    found
}

fn earner(revenue: Revenue, item: Option<&Item>, names: Names<'_>) -> Earner {
    match item {
        Some(Item::Plan(id)) => Earner::Offer(id.to_string(), names.offer(id)),
        Some(Item::LineOption(id)) => Earner::LineOption(id.to_string(), names.option(id)),
        Some(Item::Pack(id)) => Earner::Pack(id.to_string(), names.pack(id)),
        _ if revenue == Revenue::Plans => Earner::Minimum,
        _ => Earner::Rest(revenue),
    }
}

impl Earner {
    /// In which order they are shown.
    fn place(&self) -> usize {
        match self {
            Self::Offer(..) => 0,
            Self::LineOption(..) => 1,
            Self::Pack(..) => 2,
            Self::Minimum => 3,
            Self::Rest(revenue) => 4 + *revenue as usize,
        }
    }

    /// Its id in the catalogue, where it has one.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Offer(id, _) | Self::LineOption(id, _) | Self::Pack(id, _) => Some(id),
            Self::Minimum | Self::Rest(_) => None,
        }
    }
}
