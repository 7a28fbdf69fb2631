//! Bundles: several offers in one account for one price. What they cost less together is taken off the bill.

use crate::{
    Count, CustomerTerms, Due, Item, Run,
    period::{Days, by_days},
};
use catalog::{Bundle, VatClass, Version};
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, Cents, CustomerId, LineId, Money, Month};

/// A plan that a bundle may take in.
struct Member<'d> {
    at: usize,
    line: LineId,
    offer: &'d str,
    monthly: Money,
    days: Days,
    vat: VatClass,
}

/// Adds what bundles take off, for each account and month, and within one household where an account pays for many.
pub(crate) fn add_discounts<'c>(run: &Run<'c>, customer: &CustomerTerms, dues: &mut Vec<Due<'c>>) {
    if customer.lines.len() < 2 {
        return;
    }
    let households: BTreeMap<LineId, CustomerId> = match customer.wholesale {
        Some(_) => customer.lines.iter().map(|line| (line.id, line.customer)).collect(),
        None => BTreeMap::new(),
    };
    let mut discounts = Vec::new();
    let mut by_account: BTreeMap<(BillingAccountId, Month, Option<CustomerId>), Vec<Member<'_>>> = BTreeMap::new();
    for (at, due) in dues.iter().enumerate() {
        let (Item::Plan(offer), Some(line)) = (&due.item, due.line) else { continue };
        let (Count::Month { each } | Count::Days { each, .. }) = due.count else { continue };
        let member = Member { at, line, offer, monthly: each, days: due.days, vat: due.vat };
        by_account.entry((due.account, due.month, households.get(&line).copied())).or_default().push(member);
    }
    for ((account, month, _), mut members) in by_account {
        if members.len() < 2 {
            continue;
        }
        let version = run.catalog.version_at(month.start(run.zone()));
        for (id, bundle, saved) in by_saving(version, &members) {
            while let Some(taken) = take(&mut members, bundle) {
                // Where many households are put together, the discount says of whose lines it is.
                let line = taken.iter().map(|member| member.line).min().filter(|_| customer.wholesale == Some(account));
                discounts.extend(discount((line, account, month), (id, bundle), saved, &taken));
            }
        }
    }
    dues.extend(discounts);
}

/// The bundles that cost less than their offers do here, those first that save most.
fn by_saving<'c>(version: &'c Version, members: &[Member<'_>]) -> Vec<(&'c str, &'c Bundle, Money)> {
    let price = |offer: &String| members.iter().find(|member| member.offer == offer).map(|member| member.monthly);
    let saving = |bundle: &Bundle| {
        let apart: Money = bundle.offers.iter().map(price).sum::<Option<Money>>()?;
        apart.checked_sub(bundle.price).filter(|saved| saved.is_positive())
    };
    let bundles = version.bundles.iter();
    let mut saving: Vec<_> = bundles.filter_map(|(ix, bundle)| Some((version.bundles.id(ix), bundle, saving(bundle)?))).collect();
    saving.sort_by_key(|(id, _, saved)| (std::cmp::Reverse(*saved), *id));
    saving
}

/// Takes one line for each of a bundle's offers, if all are there.
fn take<'d>(members: &mut Vec<Member<'d>>, bundle: &Bundle) -> Option<Vec<Member<'d>>> {
    let mut places = Vec::with_capacity(bundle.offers.len());
    for offer in &bundle.offers {
        places.push(members.iter().position(|member| member.offer == offer && !places.contains(&place_of(members, member)))?);
    }
    places.sort_unstable();
    Some(places.into_iter().rev().map(|place| members.remove(place)).collect())
}

fn place_of(members: &[Member<'_>], member: &Member<'_>) -> usize {
    members.iter().position(|other| other.at == member.at && other.line == member.line).unwrap_or(usize::MAX)
}

/// What a bundle takes off, by rate of VAT as its offers cost: of a month in which one of them begins, by the days that all were there.
fn discount<'c>(
    (line, account, month): (Option<LineId>, BillingAccountId, Month),
    (id, bundle): (&'c str, &'c Bundle),
    saved: Money,
    taken: &[Member<'_>],
) -> Vec<Due<'c>> {
    let all = Days::of(month);
    let days = taken
        .iter()
        .fold(all, |days, member| Days { first: days.first.max(member.days.first), last: days.last.min(member.days.last) });
    if days.first > days.last {
        return Vec::new();
    }
    let whole = by_days(saved, days.count(), all.count());
    let apart: i64 = taken.iter().map(|member| member.monthly.micros()).sum();
    let reduced: i64 = taken.iter().filter(|member| member.vat == VatClass::Reduced).map(|member| member.monthly.micros()).sum();
    let reduced = if apart > 0 { whole.part(reduced, apart) } else { Cents::ZERO };
    let due = |(class, amount): (VatClass, Cents)| Due {
        line,
        account,
        month,
        item: Item::Bundle { bundle: id.into(), reduced: class == VatClass::Reduced },
        name: Some(&bundle.name),
        days,
        count: Count::Pieces { pieces: 1, each: (-amount).money() },
        amount: -amount,
        vat: class,
    };
    let parts = [(VatClass::Standard, whole - reduced), (VatClass::Reduced, reduced)];
    parts.into_iter().filter(|(_, amount)| amount.is_positive()).map(due).collect()
}
