//! What people call what a line has: offers, options and cut-offs of any version of the catalogue, in the reader's language. Changes and
//! actions of networks become [`Doing`], which a page puts into words.

use ::lines::{Action, Change, Service};
use catalog::{Capping, Catalog, Cutoff, Measure, Version};
use vocabulary::{Money, Quantity, UsageKind};

/// The value of a cut-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceiling {
    /// So much money.
    Amount(Money),
    /// So much of a kind of usage.
    Volume(UsageKind, Quantity),
}

/// What is done to a line, with the names that people know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It comes into service.
    Activate,
    /// It is suspended.
    Suspend,
    /// It is reactivated.
    Reactivate,
    /// It ends.
    End,
    /// It has another offer.
    Plan(String),
    /// It is capped, or not.
    Capping(Capping),
    /// It has an option more.
    Add(String),
    /// One option takes the place of another.
    Replace(String, String),
    /// It has an option less.
    Leave(String),
    /// A cut-off has another value.
    Cutoff(String, Ceiling),
    /// It has another SIM.
    SwapSim,
    /// Something that the catalogue has forgotten.
    Other,
}

/// The names of a catalogue in a language.
#[derive(Clone, Copy)]
pub(crate) struct Names<'c> {
    pub(crate) catalog: &'c Catalog,
    pub(crate) language: &'c str,
}

impl<'c> Names<'c> {
    /// The versions, the latest first.
    fn versions(self) -> impl Iterator<Item = &'c Version> {
        self.catalog.versions().iter().rev()
    }

    /// The name of an offer; its id where no version has it.
    pub(crate) fn offer(self, id: &str) -> String {
        let found = self.versions().find_map(|version| Some(version.offers.get(version.offers.find(id)?)));
        found.map_or(id, |offer| offer.name.in_language(self.language)).to_owned()
    }

    /// The name of an option; its id where no version has it.
    pub(crate) fn option(self, id: &str) -> String {
        let found = self.versions().find_map(|version| Some(version.options.get(version.options.find(id)?)));
        found.map_or(id, |option| option.name.in_language(self.language)).to_owned()
    }

    /// The name of a pack; its id where no version has it.
    pub(crate) fn pack(self, id: &str) -> String {
        let found = self.versions().find_map(|version| Some(version.packs.get(version.packs.find(id)?)));
        found.map_or(id, |pack| pack.name.in_language(self.language)).to_owned()
    }

    /// The name of a recharge; its id where no version has it.
    pub(crate) fn recharge(self, id: &str) -> String {
        let found = self.versions().find_map(|version| Some(version.recharges.get(version.recharges.find(id)?)));
        found.map_or(id, |recharge| recharge.name.in_language(self.language)).to_owned()
    }

    /// The name of a bundle; its id where no version has it.
    pub(crate) fn bundle(self, id: &str) -> String {
        let found = self.versions().find_map(|version| Some(version.bundles.get(version.bundles.find(id)?)));
        found.map_or(id, |bundle| bundle.name.in_language(self.language)).to_owned()
    }

    /// The name of a cut-off with one of its values.
    pub(crate) fn cutoff(self, id: &str, value: i64) -> Option<(String, Ceiling)> {
        let cutoff = self.versions().find_map(|version| Some(version.cutoffs.get(version.cutoffs.find(id)?)))?;
        Some((cutoff.name.in_language(self.language).to_owned(), ceiling(cutoff, value)))
    }

    /// A change, in names.
    pub(crate) fn change(self, change: &Change) -> Doing {
        match change {
            Change::Suspend => Doing::Suspend,
            Change::Reactivate => Doing::Reactivate,
            Change::End { .. } => Doing::End,
            Change::Plan { offer } => Doing::Plan(self.offer(offer)),
            Change::Capping { to } => Doing::Capping(*to),
            Change::AddOption { option } | Change::Restrict { option } => Doing::Add(self.option(option)),
            Change::ReplaceOption { from, to } => Doing::Replace(self.option(from), self.option(to)),
            Change::EndOption { option } | Change::Release { option } => Doing::Leave(self.option(option)),
            Change::Cutoff { cutoff, value } => {
                self.cutoff(cutoff, *value).map_or(Doing::Other, |(name, ceiling)| Doing::Cutoff(name, ceiling))
            }
            Change::SwapSim { .. } => Doing::SwapSim,
        }
    }

    /// What a network is asked for, given what the line has: of other services only what is other.
    pub(crate) fn action(self, action: &Action, was: &Service) -> Vec<Doing> {
        let one = |doing| vec![doing];
        match action {
            Action::Activate { .. } => one(Doing::Activate),
            Action::Suspend => one(Doing::Suspend),
            Action::Reactivate => one(Doing::Reactivate),
            Action::SwapSim { .. } => one(Doing::SwapSim),
            Action::End => one(Doing::End),
            Action::Modify { service } => self.difference(was, service),
        }
    }

    fn difference(self, was: &Service, is: &Service) -> Vec<Doing> {
        let mut found = Vec::new();
        if was.offer != is.offer {
            found.push(Doing::Plan(self.offer(&is.offer)));
        }
        if was.capping != is.capping {
            found.push(Doing::Capping(is.capping));
        }
        found.extend(is.options.iter().filter(|held| !was.has(&held.option)).map(|held| Doing::Add(self.option(&held.option))));
        found.extend(was.options.iter().filter(|held| !is.has(&held.option)).map(|held| Doing::Leave(self.option(&held.option))));
        let chosen = is.cutoffs.iter().filter(|chosen| !was.cutoffs.contains(chosen));
        found.extend(chosen.filter_map(|(id, value)| self.cutoff(id, *value)).map(|(name, value)| Doing::Cutoff(name, value)));
        if found.is_empty() { vec![Doing::Other] } else { found }
    }
}

/// A value of a cut-off in its measure.
pub(crate) fn ceiling(cutoff: &Cutoff, value: i64) -> Ceiling {
    match cutoff.measure {
        Measure::Amount => Ceiling::Amount(Money::from_micros(value)),
        Measure::Volume => {
            let kind = cutoff.kinds.first().copied().unwrap_or(UsageKind::Data);
            Ceiling::Volume(kind, Quantity::new(value).unwrap_or_default())
        }
    }
}
