//! Opening lines of an operator: only what its catalogue sells is ever given to one.

use crate::{
    dice::Dice,
    habits::{Habits, Rhythm},
    model::{DemoLine, LineState},
};
use catalog::{Capping, Catalog, Family, Ix, Network, Offer, Service, Version};
use jiff::{
    ToSpan,
    civil::{Date, time},
};
use vocabulary::{Month, Timestamp};

/// An operator's catalogue on the day of the demo.
pub(crate) struct Seller<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) version: &'a Version,
    pub(crate) today: Date,
    pub(crate) scale: u64,
}

/// What a new line is to be.
pub(crate) struct Wish<'a> {
    pub(crate) network: &'a str,
    pub(crate) offer: &'a str,
    pub(crate) number: String,
    pub(crate) iccid: Option<String>,
    pub(crate) user: String,
    pub(crate) billing_account: usize,
    pub(crate) rhythm: Rhythm,
}

impl<'a> Seller<'a> {
    pub(crate) fn new(catalog: &'a Catalog, today: Date, scale: u32) -> Self {
        let version = catalog.versions().last().unwrap_or_else(|| catalog.version_at(Timestamp::EPOCH));
        let noon = Timestamp::from_local(today.to_datetime(time(12, 0, 0, 0)), &catalog.operator.time_zone);
        let version = noon.map_or(version, |noon| catalog.version_at(noon));
        Self { catalog, version, today, scale: u64::from(scale.max(1)) }
    }

    /// The instant of an hour of a day, in the operator's zone.
    pub(crate) fn at(&self, day: Date, hour: i8) -> Timestamp {
        Timestamp::from_local(day.to_datetime(time(hour, 0, 0, 0)), &self.catalog.operator.time_zone).unwrap_or_default()
    }

    /// The first day of the month of today.
    pub(crate) fn month_start(&self) -> Date {
        Month::of(self.today).first_day()
    }

    /// Where an offer and its network stand in the catalogue; `None` where that network does not sell it.
    pub(crate) fn offer(&self, network: &str, offer: &str) -> Option<(Ix<Network>, Ix<Offer>)> {
        let network = self.version.networks.find(network)?;
        let offer = self.version.offers.find(offer)?;
        self.version.offers.get(offer).price(network).map(|_| (network, offer))
    }

    fn family(&self, line: &DemoLine) -> Option<(Ix<Family>, Ix<Network>, Ix<Offer>)> {
        let (network, offer) = self.offer(&line.network, &line.offer)?;
        Some((self.version.offers.get(offer).family, network, offer))
    }

    /// What an offer is for; mobile where the catalogue does not know it.
    pub(crate) fn service(&self, offer: &str) -> Service {
        let family = self.version.offers.find(offer).map(|ix| self.version.offers.get(ix).family);
        family.map_or(Service::Mobile, |ix| self.version.families.get(ix).service)
    }

    /// A line, with habits of its own; `None` where the catalogue does not sell that offer on that network.
    pub(crate) fn open(&self, dice: &mut Dice, wish: Wish<'_>) -> Option<DemoLine> {
        let (_, offer) = self.offer(wish.network, wish.offer)?;
        let family = self.version.families.get(self.version.offers.get(offer).family);
        let is_new = dice.happens(25);
        let age = if is_new { dice.between(3, 70) } else { dice.between(95, 900) };
        let bought = self.today - age.days();
        let state = match dice.below(1_000) {
            0..=11 => LineState::Activating,
            12..=24 => LineState::Suspended,
            25..=36 => LineState::Ended,
            _ => LineState::Active,
        };
        let is_ordered = state == LineState::Activating;
        let (bought, started) =
            if is_ordered { (self.today - dice.between(1, 2).days(), None) } else { (bought, Some(bought + 1.day())) };
        let ended = (state == LineState::Ended).then(|| self.today - dice.between(1, age.min(60) - 1).days());
        let capping = if family.cap_choice && dice.happens(550) { Capping::Capped } else { Capping::Uncapped };
        let mut line = DemoLine {
            number: wish.number,
            identities: Vec::new(),
            billing_account: wish.billing_account,
            service: family.service,
            network: wish.network.to_owned(),
            offer: wish.offer.to_owned(),
            capping,
            bought: self.at(bought, 10),
            started: started.map(|day| self.at(day, 9)),
            ended: ended.map(|day| self.at(day, 18)),
            state,
            user: wish.user,
            iccid: wish.iccid,
            options: Vec::new(),
            recharges: Vec::new(),
            cutoffs: Vec::new(),
            spend_caps: Vec::new(),
            notices: Vec::new(),
            in_packs: false,
            habits: Habits { rhythm: wish.rhythm, ..Habits::default() },
        };
        self.acquire_habits(dice, &mut line);
        Some(line)
    }

    /// Bytes a month that its plan gives at home; `None` without an end, or without data.
    pub(crate) fn included(&self, line: &DemoLine) -> Option<u64> {
        let offer = self.version.offers.get(self.version.offers.find(&line.offer)?);
        offer.quantity("data").map(|quantity| quantity.units().unsigned_abs())
    }

    /// Is no data included at all? Who pays for each byte looks for Wi-Fi.
    fn pays_each_byte(&self, line: &DemoLine) -> bool {
        self.family(line).is_some_and(|(family, ..)| self.version.families.get(family).allowance("data").is_none())
    }

    fn acquire_habits(&self, dice: &mut Dice, line: &mut DemoLine) {
        const USUAL: u64 = 9_000_000_000;
        const METERED: u64 = 250_000_000;
        // Most use a third of what they pay for; few use it all.
        let share = dice.heavy(330).clamp(10, 1_500);
        let monthly = match self.included(line) {
            Some(included) => included * share / 1_000,
            None if self.pays_each_byte(line) => dice.heavy(METERED),
            None => dice.heavy(USUAL),
        };
        let habits = &mut line.habits;
        habits.monthly_bytes = monthly.min(160_000_000_000);
        match line.service {
            Service::Mobile => {
                habits.slices = dice.heavy(1_150).clamp(200, 4_000);
                habits.calls = dice.heavy(1_350).clamp(50, 9_000);
                habits.messages = dice.heavy(700).clamp(0, 6_000);
                habits.abroad = if dice.happens(150) { dice.heavy(90).min(500) } else { 8 };
            }
            Service::Data => habits.slices = dice.heavy(1_400).clamp(400, 4_000),
            Service::M2m => habits.slices = 1_000,
            Service::Fixed => {
                habits.calls = dice.heavy(2_600).clamp(100, 12_000);
                habits.abroad = 60;
            }
            Service::Internet | Service::Tv => {}
        }
    }

    /// Puts an option on a line from a day on, if the catalogue allows it there.
    pub(crate) fn add_option(&self, line: &mut DemoLine, option: &str, since: Date) -> bool {
        let (Some((_, network, offer)), Some(ix)) = (self.family(line), self.version.options.find(option)) else { return false };
        let held = self.version.options.get(ix);
        let same_group = |other: &str| {
            let other = self.version.options.find(other).map(|ix| self.version.options.get(ix));
            other.is_some_and(|other| other.group.is_some() && other.group == held.group)
        };
        let is_free = !line.options.iter().any(|(id, ..)| id == option || same_group(id));
        let has_needs = held.needs.iter().all(|need| line.options.iter().any(|(id, ..)| id == need));
        let allowed =
            is_free && has_needs && held.allowed(self.version, offer, network) && held.suits(self.version, offer, line.capping);
        if allowed {
            let since = self.at(since, 0).max(line.started.unwrap_or(line.bought));
            line.options.push((option.to_owned(), since, None));
        }
        allowed
    }

    /// Buys a recharge at noon of a day, if the catalogue allows it there.
    pub(crate) fn add_recharge(&self, line: &mut DemoLine, recharge: &str, day: Date) -> bool {
        let (Some((_, network, offer)), Some(ix)) = (self.family(line), self.version.recharges.find(recharge)) else {
            return false;
        };
        let allowed = self.version.recharges.get(ix).sold_to(self.version, (offer, network), line.capping).is_ok();
        if allowed {
            line.recharges.push((recharge.to_owned(), self.at(day, 12)));
        }
        allowed
    }

    /// Chooses the value of a cut-off by its position in the catalogue's list, if there is that cut-off for the line.
    pub(crate) fn choose_cutoff(&self, line: &mut DemoLine, cutoff: &str, position: usize) -> bool {
        let (Some((family, network, _)), Some(ix)) = (self.family(line), self.version.cutoffs.find(cutoff)) else { return false };
        let known = self.version.cutoffs.get(ix);
        let value = known.values.get(position).filter(|_| known.families.holds(family) && known.networks.holds(network));
        if let Some(value) = value {
            line.cutoffs.retain(|(chosen, _)| chosen != cutoff);
            line.cutoffs.push((cutoff.to_owned(), *value));
        }
        value.is_some()
    }
}
