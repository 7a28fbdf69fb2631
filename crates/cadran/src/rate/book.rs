//! The lines of a run and their months: what a database would hold.

use super::{
    answer::{self, Answer, Counted, Statement, UsageAnswer},
    event::{self, Action, Cap, Event},
    explain::Case,
    owners::{Owned, Owners},
    terms::{add_option, choose_cutoff, guard, money, notices, period_of, record, spend_cap, standing},
};
use ::catalog::{Capping, Catalog, Unsold, Version};
use rating::{Account, CapRaise, HeldPack, HeldRecharge, LineTerms, MonthState, PackAccount, PackState, place};
use std::collections::BTreeMap;
use vocabulary::{LineId, Markup, Money, Month, PackId, Party, RechargeId, Timestamp};

pub(super) struct Book<'c> {
    catalog: &'c Catalog,
    explains: bool,
    lines: BTreeMap<String, Line<'c>>,
    packs: BTreeMap<String, Pack>,
    owners: Owners,
    recharges: i64,
}

struct Line<'c> {
    terms: LineTerms,
    /// Names of the packs that it draws from.
    packs: Vec<String>,
    /// Whom it shares ceilings in money with.
    owned: Owned,
    months: BTreeMap<Month, MonthState>,
    closed: Vec<Month>,
    /// The month that is laid out, until another one or a change of terms.
    open: Option<(Month, Account<'c>)>,
}

struct Pack {
    held: HeldPack,
    months: BTreeMap<Month, PackState>,
}

type Answers = Result<Vec<Answer>, String>;

impl<'c> Book<'c> {
    pub(super) fn new(catalog: &'c Catalog, explains: bool) -> Self {
        Self { catalog, explains, lines: BTreeMap::new(), packs: BTreeMap::new(), owners: Owners::default(), recharges: 0 }
    }

    /// Takes one event; an error has changed nothing.
    pub(super) fn take(&mut self, event: Event) -> Answers {
        match event {
            Event::Line(line) => self.begin(line),
            Event::Usage(usage) => self.rate(usage),
            Event::Recharge(recharge) => self.recharge(&recharge),
            Event::Option(option) => self.change_option(&option),
            Event::Cutoff(cutoff) => self.change_cutoff(&cutoff),
            Event::SpendCap(cap) => self.change_spend_cap(cap),
            Event::CapRaise(raise) => self.raise_cap(&raise),
            Event::MonthEnd(end) => self.end_month(&end),
        }
    }

    pub(super) fn time_zone(&self) -> &jiff::tz::TimeZone {
        &self.catalog.operator.time_zone
    }

    pub(super) fn has_line(&self, name: &str) -> bool {
        self.lines.contains_key(name)
    }

    /// A number or name by the country's dialling plan.
    pub(super) fn read_party(&self, name: &str) -> Party {
        self.catalog.world.plan.read(name)
    }

    fn instant(&self, text: &str) -> Result<Timestamp, String> {
        event::instant(text, &self.catalog.operator.time_zone)
    }

    fn local(&self, at: Timestamp) -> String {
        answer::local(at, &self.catalog.operator.time_zone)
    }

    fn begin(&mut self, written: event::Line) -> Answers {
        if self.lines.contains_key(&written.line) {
            return Err(format!("line `{}` has begun already", written.line));
        }
        let started = self.instant(&written.start)?;
        let ended = written.end.as_deref().map(|end| self.instant(end)).transpose()?;
        let bought = written.bought.as_deref().map_or(Ok(started), |bought| self.instant(bought))?;
        let id = LineId(i64::try_from(self.lines.len()).unwrap_or(i64::MAX));
        let mut terms = LineTerms {
            bought,
            capping: if written.capped { Capping::Capped } else { Capping::Uncapped },
            ended,
            spend_caps: written.spend_caps.into_iter().map(spend_cap).collect::<Result<_, _>>()?,
            notices: notices(&written.notices)?,
            guard: guard(written.guard.as_ref())?,
            ..LineTerms::new(id, &written.network, &written.offer, started)
        };
        for option in &written.options {
            add_option(&mut terms, self.catalog.version_at(started), option, started)?;
        }
        for (cutoff, value) in &written.cutoffs {
            choose_cutoff(&mut terms, self.catalog.version_at(started), (cutoff, value))?;
        }
        let packs = self.check_packs(&written.packs, started)?;
        let owned = Owned { account: written.account, customer: written.customer };
        let mut line = Line { terms, packs, owned, months: BTreeMap::new(), closed: Vec::new(), open: None };
        let account = line.open(self.catalog, started)?;
        let allowances = account.allowances().map(|(key, limit, _)| (key.as_str().to_owned(), limit)).collect();
        let ceilings = account.ceilings();
        let ceilings =
            ceilings.map(|(key, limit, _)| (key.as_str().to_owned(), Counted::of(key, limit, account.version()))).collect();
        for (name, pack) in written.packs {
            let held = HeldPack { id: PackId(0), pack: pack.into(), bought: started, notices: Vec::new(), markup: Markup::NONE };
            self.packs.entry(name).or_insert(Pack { held, months: BTreeMap::new() });
        }
        self.lines.insert(written.line.clone(), line);
        Ok(vec![Answer::Line { line: written.line, allowances, ceilings }])
    }

    /// The names of packs, each of which is in the catalogue and the same as before.
    fn check_packs(&self, packs: &BTreeMap<String, String>, at: Timestamp) -> Result<Vec<String>, String> {
        for (name, pack) in packs {
            if self.catalog.version_at(at).packs.find(pack).is_none() {
                return Err(format!("group pack `{pack}` is not in the catalogue"));
            }
            if let Some(known) = self.packs.get(name).filter(|known| known.held.pack != pack.as_str()) {
                return Err(format!("group pack `{name}` is `{}` on an earlier line, not `{pack}`", known.held.pack));
            }
        }
        Ok(packs.keys().cloned().collect())
    }

    fn rate(&mut self, written: event::Usage) -> Answers {
        let at = self.instant(&written.at)?;
        let record = record(&written, at)?;
        let zone = &self.catalog.operator.time_zone;
        let month = Month::containing(at, zone);
        let version = self.catalog.version_at(at);
        let (usage, _) =
            place(self.catalog, version, &record, |other| self.lines.contains_key(other)).map_err(|e| e.to_string())?;
        let line = self.lines.get_mut(&written.line).ok_or_else(|| unknown_line(&written.line))?;
        if line.closed.contains(&month) {
            return Err(format!("month {month} of line `{}` has ended", written.line));
        }
        let mut packs = packs_of(&self.packs, line, (self.catalog, version), month)?;
        let mut spends = self.owners.open(&line.owned, self.catalog, month);
        let account = line.open(self.catalog, at)?;
        let rated = account.rate(&usage, &mut packs, &mut spends).map_err(|error| error.to_string())?;
        let explanation = self.explains.then(|| Case { catalog: self.catalog, version, usage: &usage, account }.explain(&rated));
        let mut counters = answer::counters(account.state(), version);
        for (name, pack) in line.packs.iter().zip(&packs) {
            let Some(kept) = self.packs.get_mut(name) else { continue };
            kept.months.insert(month, pack.state);
            if pack.state.used != 0 {
                counters.insert(format!("pack/{}", kept.held.pack), Counted::Units(pack.state.used));
            }
        }
        for spend in &spends {
            let counted = spend.ceilings(self.catalog, at);
            counters.extend(counted.map(|(key, _, used)| (key.as_str().to_owned(), Counted::of(&key, used.micros(), version))));
        }
        self.owners.keep(&line.owned, month, spends);
        let (alerts, blocks) = answer::sort_events(rated.events);
        Ok(vec![Answer::Usage(UsageAnswer {
            line: written.line,
            at: answer::local(at, zone),
            kind: usage.kind,
            quantity: usage.quantity.units(),
            price: rated.price,
            parts: rated.parts.iter().map(|part| answer::part(part, version)).collect(),
            counters,
            alerts,
            blocks,
            explanation,
        })])
    }

    fn recharge(&mut self, written: &event::Recharge) -> Answers {
        let at = self.instant(&written.at)?;
        let id = RechargeId(self.recharges + 1);
        let answers = self.change(&written.line, ("recharge", at), |terms, version| {
            let missing = || format!("recharge `{}` is not in the catalogue", written.recharge);
            let recharge = version.recharges.get(version.recharges.find(&written.recharge).ok_or_else(missing)?);
            let standing = standing(terms, version)?;
            recharge.sold_to(version, standing, terms.capping).map_err(|unsold| match unsold {
                Unsold::NotForSuchLines => format!("offer `{}` may not have recharge `{}`", terms.offer, written.recharge),
                Unsold::OwnSizeOnly => format!("recharge `{}` is not of the size of offer `{}`", written.recharge, terms.offer),
            })?;
            terms.recharges.push(HeldRecharge { id, recharge: written.recharge.as_str().into(), at });
            Ok(())
        })?;
        self.recharges = id.0;
        Ok(answers)
    }

    fn change_option(&mut self, written: &event::LineOption) -> Answers {
        let at = self.instant(&written.at)?;
        self.change(&written.line, ("option", at), |terms, version| match written.action {
            Action::Add => add_option(terms, version, &written.option, at),
            Action::End => {
                let held = terms.options.iter_mut().find(|held| held.option == written.option && held.until.is_none());
                held.ok_or_else(|| format!("line `{}` has no option `{}`", written.line, written.option))?.until = Some(at);
                Ok(())
            }
        })
    }

    fn change_cutoff(&mut self, written: &event::Cutoff) -> Answers {
        let at = self.instant(&written.at)?;
        self.change(&written.line, ("cutoff", at), |terms, version| {
            choose_cutoff(terms, version, (&written.cutoff, &written.value))
        })
    }

    fn change_spend_cap(&mut self, written: event::SpendCap) -> Answers {
        let (at, of) = (self.instant(&written.at)?, written.of());
        let period = period_of(written.period);
        let cap = match (written.amount, written.at_cap) {
            (Some(amount), Some(at_cap)) => Some(spend_cap(Cap { period: written.period, amount, at_cap })?),
            (Some(_), None) => return Err("has an `amount` and no `at_cap`, one of tell, slow, stop".to_owned()),
            (None, _) => None,
        };
        self.change_caps(&of, ("spend_cap", at), |caps, _, steps| {
            caps.retain(|cap| cap.period != period);
            caps.extend(cap);
            if let Some(chosen) = written.steps {
                *steps = chosen;
            }
        })
    }

    fn raise_cap(&mut self, written: &event::CapRaise) -> Answers {
        let at = self.instant(&written.at)?;
        let since = written.since.as_deref().map_or(Ok(at), |since| self.instant(since))?;
        let (until, amount) = (self.instant(&written.until)?, money(&written.amount)?);
        let raise = CapRaise { period: period_of(written.period), amount, since, until };
        self.change_caps(&written.of(), ("cap_raise", at), |_, raises, _| raises.push(raise))
    }

    /// Changes the ceilings in money of a line, or of an owner, and tells for each of its lines what that lifts.
    fn change_caps(
        &mut self,
        of: &event::Owner,
        change: (&'static str, Timestamp),
        with: impl FnOnce(&mut Vec<rating::SpendCap>, &mut Vec<CapRaise>, &mut Vec<u8>),
    ) -> Answers {
        if let Some(line) = of.line()? {
            return self.change(line, change, |terms, _| {
                with(&mut terms.spend_caps, &mut terms.cap_raises, &mut terms.spend_steps);
                Ok(())
            });
        }
        let is_of = |line: &&Line<'_>| {
            of.account.is_some() && line.owned.account == of.account
                || of.customer.is_some() && line.owned.customer == of.customer
        };
        let lines: Vec<String> = self.lines.iter().filter(|(_, line)| is_of(line)).map(|(name, _)| name.clone()).collect();
        if lines.is_empty() {
            return Err("is of an account or a customer that no line names".to_owned());
        }
        let terms = self.owners.terms(of);
        with(&mut terms.caps, &mut terms.raises, &mut terms.steps);
        let mut answers = Vec::new();
        for line in lines {
            answers.append(&mut self.change(&line, change, |_, _| Ok(()))?);
        }
        Ok(answers)
    }

    /// Changes the terms of a line, and tells what that lifts.
    fn change(
        &mut self,
        line: &str,
        (change, at): (&'static str, Timestamp),
        with: impl FnOnce(&mut LineTerms, &Version) -> Result<(), String>,
    ) -> Answers {
        let catalog = self.catalog;
        let local = self.local(at);
        let found = self.lines.get_mut(line).ok_or_else(|| unknown_line(line))?;
        let mut terms = found.terms.clone();
        with(&mut terms, catalog.version_at(at))?;
        found.terms = terms;
        found.close();
        let month = Month::containing(at, &catalog.operator.time_zone);
        let packs = packs_of(&self.packs, found, (catalog, catalog.version_at(at)), month)?;
        let spends = self.owners.open(&found.owned, catalog, month);
        let account = found.open(catalog, at)?;
        let blocks = account.lift(&packs, &spends, at).into_vec();
        let counters = answer::counters(account.state(), account.version());
        Ok(vec![Answer::Changed { line: line.to_owned(), change, at: local, blocks, counters }])
    }

    fn end_month(&mut self, written: &event::MonthEnd) -> Answers {
        let names = match &written.line {
            Some(line) if !self.lines.contains_key(line) => return Err(unknown_line(line)),
            Some(line) => vec![line.clone()],
            None => self.lines.keys().cloned().collect(),
        };
        let last = written.month.next().start(&self.catalog.operator.time_zone).plus_seconds(-1);
        let mut answers = Vec::new();
        for name in names {
            let Some(line) = self.lines.get_mut(&name) else { continue };
            let is_there = line.terms.started <= last
                && line.terms.ended.is_none_or(|ended| ended > written.month.start(&self.catalog.operator.time_zone));
            if is_there && !line.closed.contains(&written.month) {
                answers.push(Answer::MonthEnd(line.statement(&name, (written.month, last), self.catalog)?));
            }
        }
        Ok(answers)
    }
}

impl<'c> Line<'c> {
    /// The line laid out for the month of an instant, under the version of that day.
    fn open(&mut self, catalog: &'c Catalog, at: Timestamp) -> Result<&mut Account<'c>, String> {
        let zone = &catalog.operator.time_zone;
        let month = Month::containing(at, zone);
        let version = catalog.version_at(at);
        let is_open = matches!(&self.open, Some((open, account)) if *open == month && std::ptr::eq(account.version(), version));
        if !is_open {
            self.close();
            let state = self.months.get(&month).cloned().unwrap_or_default();
            let bounds = (month.start(zone), month.next().start(zone));
            let account = Account::open(catalog, version, &self.terms, bounds, state).map_err(|error| error.to_string())?;
            self.open = Some((month, account));
        }
        let (_, account) = self.open.as_mut().expect("it was opened just now");
        Ok(account)
    }

    /// Puts the counters of the open month back.
    fn close(&mut self) {
        if let Some((month, account)) = self.open.take() {
            self.months.insert(month, account.save());
        }
    }

    fn statement(&mut self, name: &str, (month, last): (Month, Timestamp), catalog: &'c Catalog) -> Result<Statement, String> {
        let account = self.open(catalog, last)?;
        let version = account.version();
        let totals = account.state().totals;
        let counters = answer::counters(account.state(), version);
        // A line keeps its offer as it was bought; an offer that came later is taken as it is now.
        let bought = catalog.version_at(self.terms.bought);
        let holder = if bought.offers.find(&self.terms.offer).is_some() { bought } else { version };
        let (offer, network) = standing(&self.terms, holder)?;
        let offer = holder.offers.get(offer);
        let subscription = offer.price(network).unwrap_or(Money::ZERO);
        let family = holder.families.get(offer.family);
        let minimum = family.monthly_minimum.unwrap_or(Money::ZERO).micros();
        let owed = subscription.micros().saturating_add(totals.out_of_bundle.micros());
        self.closed.push(month);
        Ok(Statement {
            line: name.to_owned(),
            month: month.to_string(),
            subscription,
            out_of_bundle: totals.out_of_bundle,
            to_minimum: Money::from_micros(minimum.saturating_sub(owed).max(0)),
            records: totals.records,
            data_bytes: totals.data_bytes,
            voice_s: totals.voice_s,
            special_s: totals.special_s,
            sms: totals.sms,
            mms: totals.mms,
            counters,
        })
    }
}

/// The packs of a line laid out for a month.
fn packs_of(
    packs: &BTreeMap<String, Pack>,
    line: &Line<'_>,
    (catalog, version): (&Catalog, &Version),
    month: Month,
) -> Result<Vec<PackAccount>, String> {
    let open = |name: &String| {
        let pack = packs.get(name).ok_or_else(|| format!("group pack `{name}` is unknown"))?;
        let state = pack.months.get(&month).copied().unwrap_or_default();
        Ok(PackAccount::open(catalog, version, &pack.held, state))
    };
    line.packs.iter().map(open).collect()
}

fn unknown_line(line: &str) -> String {
    format!("line `{line}` is unknown: a `line` event has to come first")
}
