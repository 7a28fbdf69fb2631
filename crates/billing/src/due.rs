//! What is due of a customer: what ought to be billed of a month and the one before, less what was.

use crate::{
    Before, Billed, Count, CustomerTerms, Item, LineTerms, Run, Unbillable, UsageCount, bundle,
    period::{Days, by_days},
};
use catalog::{Billing, Family, FirstMonth, OptionPrice, VatClass, Words};
use jiff::civil::Date;
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, Cents, LineId, Money, Month, Timestamp};

/// Something that is due.
#[derive(Clone, Debug)]
pub struct Due<'c> {
    /// Of which line; `None`: of the account.
    pub line: Option<LineId>,
    /// Who pays.
    pub account: BillingAccountId,
    /// For which month.
    pub month: Month,
    /// What.
    pub item: Item,
    /// What the catalogue calls it.
    pub name: Option<&'c Words>,
    /// For which of the month's days.
    pub(crate) days: Days,
    /// How much of it.
    pub count: Count,
    /// The sum, without VAT: less than nothing where something is given back.
    pub amount: Cents,
    /// Which of a country's rates it is sold at.
    pub vat: VatClass,
}

/// What makes two things that are due the same thing.
type Key = (Option<LineId>, BillingAccountId, Month, Item);

impl Due<'_> {
    fn key(&self) -> Key {
        (self.line, self.account, self.month, self.item.clone())
    }

    /// Takes off what was billed of it before.
    fn lower(&mut self, before: Cents) {
        if !before.is_zero() {
            self.amount = self.amount - before;
            self.count = Count::Pieces { pieces: 1, each: self.amount.money() };
        }
    }
}

/// Takes as much of what was billed as is due of one: an account may have several packs that are alike.
fn taken(billed: &mut Cents, due: Cents) -> Cents {
    let taken = if due.is_negative() { (*billed).max(due).min(Cents::ZERO) } else { (*billed).min(due).max(Cents::ZERO) };
    *billed = *billed - taken;
    taken
}

impl Item {
    /// Is it due again each month? Of such things the next run finds what was billed and should not have been.
    pub(crate) fn is_recurring(&self) -> bool {
        matches!(self, Self::Plan(_) | Self::LineOption(_) | Self::Pack(_) | Self::Bundle { .. })
    }
}

/// Pieces of one sort at one price.
struct Pieces<'c> {
    days: Days,
    many: i64,
    name: Option<&'c Words>,
    vat: VatClass,
}

impl<'c> Run<'c> {
    /// What is due of a customer, by line and item.
    ///
    /// # Errors
    /// When something that a line has is in no version of the catalogue.
    pub fn due(&self, customer: &CustomerTerms) -> Result<Vec<Due<'c>>, Unbillable> {
        let mut dues = Vec::new();
        for line in &customer.lines {
            // Apart, because what a line has is compared with itself, and a reseller has a hundred thousand lines.
            let mut of_line = Vec::new();
            self.line_dues(line, &mut of_line)?;
            dues.append(&mut of_line);
        }
        for pack in &customer.packs {
            self.pack_dues(pack, &mut dues)?;
        }
        bundle::add_discounts(self, customer, &mut dues);
        Ok(self.less_billed(dues, &customer.billed))
    }

    fn line_dues(&self, line: &LineTerms, dues: &mut Vec<Due<'c>>) -> Result<(), Unbillable> {
        if line.ended.is_some_and(|ended| ended <= line.started) {
            return Ok(());
        }
        for month in [self.usage_month(), self.month] {
            self.plan_of(line, month, dues)?;
            self.options_of(line, month, dues)?;
        }
        self.one_offs(line, dues)?;
        self.usage(line, dues);
        self.minimum(line, dues)
    }

    /// Is something that began at `since` and ended at `until` to be asked for in a month, by when it is billed?
    fn asks(&self, month: Month, (since, until): (Timestamp, Option<Timestamp>), billing: Billing) -> bool {
        let begins = month.start(self.zone());
        if until.is_some_and(|until| until <= since || until <= begins) {
            return false;
        }
        match billing {
            Billing::Advance if month == self.month => since <= begins,
            // Whoever billed the month before asked for what stood at its beginning.
            Billing::Advance => since < self.cut() && (self.before == Before::Billed || since > begins),
            Billing::Arrears => month < self.month && since < self.cut(),
        }
    }

    fn plan_of(&self, line: &LineTerms, month: Month, dues: &mut Vec<Due<'c>>) -> Result<(), Unbillable> {
        let Some(plan) = self.plan_in(line, month)? else { return Ok(()) };
        let in_service = (line.started, line.ended);
        if !self.asks(month, in_service, plan.family.billing) {
            return Ok(());
        }
        let (days, count, amount) = self.month_of(month, (in_service, FirstMonth::Days), plan.monthly);
        let item = Item::Plan(plan.id.into());
        dues.push(Due { name: Some(plan.name), days, count, amount, vat: plan.vat, ..self.blank(line, month, item) });
        Ok(())
    }

    fn options_of(&self, line: &LineTerms, month: Month, dues: &mut Vec<Due<'c>>) -> Result<(), Unbillable> {
        let billing = match self.plan_in(line, month)? {
            Some(plan) => plan.family.billing,
            None => return Ok(()),
        };
        for held in &line.options {
            // An option comes with its line and goes with it.
            let since = held.since.max(line.started);
            let until = [held.until, line.ended].into_iter().flatten().min();
            if !self.asks(month, (since, until), billing) {
                continue;
            }
            let unknown = || not_in_catalog("option", &held.option, line.id);
            let option = self.sold(held.since, |version| version.options.find(&held.option).map(|ix| version.options.get(ix)));
            let option = option.ok_or_else(unknown)?;
            let OptionPrice::Monthly(price) = option.price else { continue };
            let item = Item::LineOption(held.option.clone());
            let same = |due: &Due<'_>| due.line == Some(line.id) && due.month == month && due.item == item;
            // Given up and taken again, it is one month begun.
            if dues.iter().any(same) {
                continue;
            }
            let spell = ((since, until), option.first_month);
            let (days, count, amount) = self.month_of(month, spell, held.monthly.unwrap_or(price));
            dues.push(Due { name: Some(&option.name), days, count, amount, vat: option.vat, ..self.blank(line, month, item) });
        }
        Ok(())
    }

    /// A month of something at a price: the whole, or the days that it was there of the month in which it began.
    fn month_of(
        &self,
        month: Month,
        (spell, first): ((Timestamp, Option<Timestamp>), FirstMonth),
        each: Money,
    ) -> (Days, Count, Cents) {
        let all = Days::of(month);
        // An end after the run's first instant is for the next run.
        let spell = (spell.0, spell.1.filter(|until| *until <= self.cut()));
        let begins_in_it = Month::containing(spell.0, self.zone()) == month;
        match Days::within(month, spell, self.zone()) {
            Some(days) if begins_in_it && first == FirstMonth::Days && days != all => {
                let (counted, of) = (days.count(), all.count());
                let small = |days: i64| i8::try_from(days).unwrap_or(i8::MAX);
                (days, Count::Days { days: small(counted), of: small(of), each }, by_days(each, counted, of))
            }
            _ => (all, Count::Month { each }, each.rounded()),
        }
    }

    fn one_offs(&self, line: &LineTerms, dues: &mut Vec<Due<'c>>) -> Result<(), Unbillable> {
        let month = self.usage_month();
        let begins = month.start(self.zone());
        let in_month = |at: Timestamp| begins <= at && at < self.cut();
        let all = Days::of(month);
        // Where a rate of VAT changes, each day is taxed by itself.
        let is_parted = self.catalog.world.vat.change_within((all.first, all.last));
        let days = |at: Timestamp| {
            let day = at.to_local(self.zone()).date();
            if is_parted { Days { first: day, last: day } } else { all }
        };
        // What is of one sort at several prices stands apart by its price.
        let mut pieces: BTreeMap<(Item, Money, Date), Pieces<'c>> = BTreeMap::new();
        let mut add = |at: Timestamp, item: Item, each: Money, (name, vat): (Option<&'c Words>, VatClass)| {
            let days = days(at);
            pieces.entry((item, each, days.first)).or_insert(Pieces { days, many: 0, name, vat }).many += 1;
        };
        for (recharge, at) in line.recharges.iter().filter(|(_, at)| in_month(*at)) {
            let found = self.sold(*at, |version| version.recharges.find(recharge).map(|ix| version.recharges.get(ix)));
            let found = found.ok_or_else(|| not_in_catalog("recharge", recharge, line.id))?;
            add(*at, Item::Recharge(recharge.clone()), found.price, (Some(&found.name), VatClass::Standard));
        }
        for (at, item, amount) in line.fees.iter().filter(|(at, ..)| in_month(*at)) {
            add(*at, item.clone(), *amount, self.sold_as(item, *at));
        }
        let due = |((item, each, _), Pieces { days, many, name, vat }): ((_, _, Date), _)| {
            let (count, amount) = (Count::Pieces { pieces: many, each }, by_days(each, many, 1));
            Due { name, vat, days, count, amount, ..self.blank(line, month, item) }
        };
        dues.extend(pieces.into_iter().map(due));
        Ok(())
    }

    /// What the catalogue calls something, as it was sold at an instant, and its class of VAT.
    fn sold_as(&self, item: &Item, at: Timestamp) -> (Option<&'c Words>, VatClass) {
        let found = self.sold(at, |version| match item {
            Item::Plan(id) | Item::Activation(id) => {
                version.offers.find(id).map(|ix| (&version.offers.get(ix).name, version.offers.get(ix).vat))
            }
            Item::LineOption(id) | Item::OptionOnce(id) => {
                version.options.find(id).map(|ix| (&version.options.get(ix).name, version.options.get(ix).vat))
            }
            Item::Pack(id) => version.packs.find(id).map(|ix| (&version.packs.get(ix).name, VatClass::Standard)),
            Item::Bundle { bundle, reduced } => version
                .bundles
                .find(bundle)
                .map(|ix| (&version.bundles.get(ix).name, if *reduced { VatClass::Reduced } else { VatClass::Standard })),
            _ => None,
        });
        found.map_or((None, VatClass::Standard), |(name, vat)| (Some(name), vat))
    }

    fn usage(&self, line: &LineTerms, dues: &mut Vec<Due<'c>>) {
        let month = self.usage_month();
        for charge in &line.usage {
            let (item, count) = (Item::Usage(charge.group), Count::Usage(charge.count));
            dues.push(Due { count, amount: charge.amount.rounded(), ..self.blank(line, month, item) });
        }
        for (of, amount) in &line.corrections {
            let item = Item::Correction(*of);
            let days = Days::of(*of);
            dues.push(Due { days, amount: amount.rounded(), ..self.blank(line, month, item) });
        }
    }

    /// What is missing to the least that a line costs a month (MOB-05), by the days that it was there.
    fn minimum(&self, line: &LineTerms, dues: &mut Vec<Due<'c>>) -> Result<(), Unbillable> {
        let month = self.usage_month();
        let Some(plan) = self.plan_in(line, month)? else { return Ok(()) };
        let in_service = (line.started, line.ended);
        let Some(least) = plan.family.monthly_minimum.filter(|_| self.asks(month, in_service, Billing::Arrears)) else {
            return Ok(());
        };
        let (days, count, least) = self.month_of(month, (in_service, FirstMonth::Days), least);
        let counts = |due: &&Due<'_>| due.line == Some(line.id) && matches!(due.item, Item::Plan(_) | Item::Usage(_));
        let spent: Cents = dues.iter().filter(counts).filter(|due| due.month == month).map(|due| due.amount).sum();
        if spent < least {
            dues.push(Due { days, count, amount: least - spent, vat: plan.vat, ..self.blank(line, month, Item::Minimum) });
        }
        Ok(())
    }

    fn pack_dues(&self, pack: &crate::PackTerms, dues: &mut Vec<Due<'c>>) -> Result<(), Unbillable> {
        let sold = self.sold(pack.bought, |version| version.packs.find(&pack.pack).map(|ix| version.packs.get(ix)));
        let not_there = || Unbillable::NotInCatalog { what: "pack", id: pack.pack.to_string(), line: None };
        let sold = sold.ok_or_else(not_there)?;
        for month in [self.usage_month(), self.month] {
            if self.asks(month, (pack.bought, None), Billing::Advance) {
                dues.push(Due {
                    line: None,
                    account: pack.account,
                    month,
                    item: Item::Pack(pack.pack.clone()),
                    name: Some(&sold.name),
                    days: Days::of(month),
                    count: Count::Month { each: sold.price },
                    amount: sold.price.rounded(),
                    vat: VatClass::Standard,
                });
            }
        }
        Ok(())
    }

    /// What is due less what was billed of the same: what recurs and was billed in vain is given back.
    fn less_billed(&self, dues: Vec<Due<'c>>, billed: &[Billed]) -> Vec<Due<'c>> {
        let mut paid: BTreeMap<Key, Cents> = BTreeMap::new();
        // What is further back was compared when it was a month old.
        for row in billed.iter().filter(|row| row.month >= self.usage_month()) {
            let sum = paid.entry((row.line, row.account, row.month, row.item.clone())).or_default();
            *sum = *sum + row.amount;
        }
        let mut left = Vec::with_capacity(dues.len());
        for mut due in dues {
            let before = match due.line {
                Some(_) => paid.remove(&due.key()).unwrap_or_default(),
                None => paid.get_mut(&due.key()).map_or(Cents::ZERO, |sum| taken(sum, due.amount)),
            };
            due.lower(before);
            left.push(due);
        }
        paid.retain(|_, amount| !amount.is_zero());
        for (key, amount) in paid {
            let is_alike = |due: &&mut Due<'_>| due.line.is_none() && due.key() == key;
            if key.0.is_none()
                && let Some(due) = left.iter_mut().find(is_alike)
            {
                due.lower(amount);
                continue;
            }
            let (line, account, month, item) = key;
            if item.is_recurring() {
                let count = Count::Pieces { pieces: 1, each: (-amount).money() };
                let (name, vat) = self.sold_as(&item, month.start(self.zone()));
                left.push(Due { line, account, month, item, name, days: Days::of(month), count, amount: -amount, vat });
            }
        }
        left.retain(|due| !due.amount.is_zero());
        left
    }

    /// Something of a line in a month, of which nothing is said yet.
    fn blank(&self, line: &LineTerms, month: Month, item: Item) -> Due<'c> {
        Due {
            line: Some(line.id),
            account: line.payer(month.start(self.zone())),
            month,
            item,
            name: None,
            days: Days::of(month),
            count: Count::Usage(UsageCount { records: 0, units: 0 }),
            amount: Cents::ZERO,
            vat: VatClass::Standard,
        }
    }

    /// The plan that a line has in a month: plans change with the month (MOB-61).
    pub(crate) fn plan_in(&self, line: &LineTerms, month: Month) -> Result<Option<Plan<'c>>, Unbillable> {
        let begins = month.start(self.zone()).max(line.started);
        let Some(spell) = line.plans.iter().find(|plan| plan.until.is_none_or(|until| begins < until)) else { return Ok(None) };
        let plan = self.sold(spell.bought, |version| {
            let ix = version.offers.find(&spell.offer)?;
            let (offer, network) = (version.offers.get(ix), version.networks.find(&line.network)?);
            let monthly = spell.monthly.or_else(|| offer.price(network))?;
            let family = version.families.get(offer.family);
            Some(Plan { id: version.offers.id(ix), name: &offer.name, family, monthly, vat: offer.vat })
        });
        plan.map(Some).ok_or_else(|| not_in_catalog("offer", &spell.offer, line.id))
    }
}

/// A plan of a line, as it was sold.
pub(crate) struct Plan<'c> {
    pub id: &'c str,
    pub name: &'c Words,
    pub family: &'c Family,
    pub monthly: Money,
    pub vat: VatClass,
}

impl LineTerms {
    /// Who pays at an instant.
    fn payer(&self, at: Timestamp) -> BillingAccountId {
        let before = self.accounts_before.iter().find(|(until, _)| at < *until);
        before.map_or(self.account, |(_, account)| *account)
    }
}

fn not_in_catalog(what: &'static str, id: &str, line: LineId) -> Unbillable {
    Unbillable::NotInCatalog { what, id: id.to_owned(), line: Some(line) }
}
