//! Fleets of companies: what both business operators have in common.

use crate::{
    dice::Dice,
    habits::{Rhythm, Trip},
    model::{DemoAtCap, DemoCustomer, DemoLine, DemoNotice, DemoNoticeTo, DemoPack, DemoPeriod, DemoSpendCap},
    names::person,
    numbers::{Range, iccid},
    paper::Register,
    seller::{Seller, Wish},
};
use catalog::Service;
use jiff::ToSpan;
use vocabulary::Money;

/// A company as it is told of.
pub(crate) struct Company {
    pub(crate) name: &'static str,
    pub(crate) postcode: &'static str,
    /// Lines at scale 1.
    pub(crate) lines: u64,
    /// What its lines are: by weight, the network and the offer.
    pub(crate) menu: &'static [(u32, (&'static str, &'static str))],
    /// Its payers; at least one.
    pub(crate) accounts: &'static [&'static str],
    /// Its group packs.
    pub(crate) packs: &'static [&'static str],
}

/// What an operator's companies share.
pub(crate) struct Trade {
    pub(crate) seed: u64,
    pub(crate) first_names: &'static [&'static str],
    pub(crate) family_names: &'static [&'static str],
    pub(crate) mobile: Range,
    pub(crate) machine: Range,
    /// Country and issuer of a network's cards.
    pub(crate) issuer: fn(&str) -> (u16, u16),
    /// Networks that give numbers of 14 digits to data and machines.
    pub(crate) long_numbers: &'static [&'static str],
    pub(crate) visits: &'static [(u32, &'static str)],
    /// Options by how many lines of 1,000 have them.
    pub(crate) options: &'static [(u64, &'static str)],
    /// Recharges that a line which is running out may buy.
    pub(crate) recharges: &'static [&'static str],
    /// Cut-offs by how many lines of 1,000 choose a value, and its position.
    pub(crate) cutoffs: &'static [(u64, &'static str, usize)],
}

/// Positions of numbers and cards given so far.
pub(crate) struct Given {
    pub(crate) mobile: u64,
    pub(crate) machine: u64,
    pub(crate) card: u64,
}

/// A company with its fleet.
pub(crate) fn fleet(
    seller: &Seller<'_>,
    trade: &Trade,
    company: &Company,
    reference: (char, u64),
    given: &mut Given,
) -> DemoCustomer {
    let dice = &mut Dice::of(&[trade.seed, reference.1]);
    let register = if seller.catalog.operator.country.as_str() == "BE" { Register::Belgian } else { Register::French };
    let lines =
        (0..company.lines * seller.scale).filter_map(|index| fleet_line(seller, dice, (trade, company, index), given)).collect();
    let bought = seller.at(seller.today - 200.days(), 11);
    let mut customer = DemoCustomer {
        reseller: None,
        reference: format!("{}{}", reference.0, reference.1),
        name: company.name.into(),
        business: true,
        postcode: company.postcode.into(),
        paper: crate::paper::company(company.name, company.postcode, register),
        billing_accounts: company.accounts.iter().map(|&account| account.to_owned()).collect(),
        packs: company.packs.iter().map(|&pack| DemoPack { pack: pack.into(), bought, notices: Vec::new() }).collect(),
        shared_caps: Vec::new(),
        lines,
    };
    customer.packs.retain(|pack| seller.version.packs.find(&pack.pack).is_some());
    for line in &mut customer.lines {
        line.in_packs = !customer.packs.is_empty() && line.service != Service::M2m && dice.happens(600);
    }
    customer
}

fn fleet_line(
    seller: &Seller<'_>,
    dice: &mut Dice,
    (trade, company, index): (&Trade, &Company, u64),
    given: &mut Given,
) -> Option<DemoLine> {
    let (network, offer) = *dice.weighted(company.menu);
    let service = seller.service(offer);
    given.card += 1;
    let (country, issuer) = (trade.issuer)(network);
    let is_long = service != Service::Mobile && trade.long_numbers.contains(&network);
    let (range, position) = if is_long { (trade.machine, &mut given.machine) } else { (trade.mobile, &mut given.mobile) };
    *position += 1;
    let user = match service {
        Service::M2m => format!("{} {}", dice.pick(&["Capteur", "Boîtier", "Horodateur", "Compteur"]), index + 1),
        Service::Data => format!("{} {}", dice.pick(&["Tablette", "Routeur", "Modem", "Terminal"]), index + 1),
        _ => person(dice, trade.first_names, trade.family_names),
    };
    let wish = Wish {
        network,
        offer,
        number: range.number(*position),
        iccid: Some(iccid(country, issuer, given.card)),
        user,
        billing_account: usize::try_from(dice.below(company.accounts.len() as u64)).unwrap_or(0),
        rhythm: if service == Service::M2m { Rhythm::Machine } else { Rhythm::Business },
    };
    let mut line = seller.open(dice, wish)?;
    live(seller, dice, trade, &mut line);
    Some(line)
}

/// Travels, options, cut-offs, and the few that use more than they have.
fn live(seller: &Seller<'_>, dice: &mut Dice, trade: &Trade, line: &mut DemoLine) {
    if line.service == Service::Mobile {
        for _ in 0..*dice.weighted(&[(80, 0), (14, 1), (5, 2), (1, 4)]) {
            line.habits.go_abroad(dice, trade.visits, seller.today);
        }
    }
    for &(permille, option) in trade.options {
        if dice.happens(permille) {
            seller.add_option(line, option, seller.month_start() - dice.between(0, 5).months());
        }
    }
    for &(permille, cutoff, position) in trade.cutoffs {
        if dice.happens(permille) {
            seller.choose_cutoff(line, cutoff, position);
        }
    }
    if dice.happens(45) {
        line.habits.reaches = Some(*dice.pick(&[82, 91, 99, 103, 112, 140]));
        if !trade.recharges.is_empty() && dice.happens(600) {
            let recharge = *dice.pick(trade.recharges);
            seller.add_recharge(line, recharge, seller.today - dice.between(1, 60).days());
        }
    }
    if dice.happens(40) {
        let (euros, at_cap) =
            *dice.pick(&[(20, DemoAtCap::Tell), (50, DemoAtCap::Tell), (50, DemoAtCap::Stop), (100, DemoAtCap::Stop)]);
        let amount = Money::from_micros(euros * 1_000_000);
        line.spend_caps.push(DemoSpendCap { period: DemoPeriod::Month, amount, at_cap });
    }
}

/// A company that watches what it spends: its lines, or those of one account, share a cap a month. Its managers are told of every fifth
/// line's 10 euros beyond what is included, its user of 5, and the managers of 50 euros beyond each pack.
pub(crate) fn watch_spending(customer: &mut DemoCustomer, account: Option<usize>, cap: DemoSpendCap) {
    let notice = |euros: i64, to: DemoNoticeTo| DemoNotice { amount: Money::from_micros(euros * 1_000_000), to };
    customer.shared_caps.push((account, cap));
    for line in customer.lines.iter_mut().step_by(5) {
        line.notices = vec![notice(5, DemoNoticeTo::User), notice(10, DemoNoticeTo::Managers)];
    }
    for pack in &mut customer.packs {
        pack.notices = vec![notice(50, DemoNoticeTo::Managers)];
    }
}

/// A cap of so many euros a month at scale 1; a larger company has a larger one.
pub(crate) fn monthly(seller: &Seller<'_>, euros: i64, at_cap: DemoAtCap) -> DemoSpendCap {
    let scale = i64::try_from(seller.scale).unwrap_or(1);
    DemoSpendCap { period: DemoPeriod::Month, amount: Money::from_micros(euros * scale * 1_000_000), at_cap }
}

/// People of a company on a trip together, who use this much data a day there.
pub(crate) fn travel_together(
    seller: &Seller<'_>,
    customer: &mut DemoCustomer,
    (offers, how_many): (&[&str], usize),
    trip: Trip,
) {
    let travellers = customer.lines.iter_mut().filter(|line| offers.contains(&line.offer.as_str())).take(how_many);
    for line in travellers {
        crate::households::settle(seller, line);
        line.habits.trips = vec![trip];
        line.habits.reaches = None;
    }
}
