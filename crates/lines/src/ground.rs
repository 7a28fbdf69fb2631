//! What decisions stand on: the catalogue, and the version of it that is in force at the hour of the decision.

use catalog::{Catalog, Holidays, Ix, Network, Version};
use jiff::tz::TimeZone;
use vocabulary::{Month, Timestamp};

/// The ground of a decision.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The operator's catalogue.
    pub catalog: &'a Catalog,
    /// Its version in force.
    pub version: &'a Version,
    /// The hour of the decision.
    pub now: Timestamp,
}

impl<'a> Ground<'a> {
    /// The ground at an hour.
    pub fn at(catalog: &'a Catalog, now: Timestamp) -> Self {
        Self { catalog, version: catalog.version_at(now), now }
    }

    /// The operator's time zone, by which days and months begin.
    pub fn zone(&self) -> &'a TimeZone {
        &self.catalog.operator.time_zone
    }

    /// The public holidays that the operator keeps.
    pub fn holidays(&self) -> &'a Holidays {
        &self.catalog.world.holidays
    }

    /// The host network of that id.
    pub fn network(&self, id: &str) -> Option<(Ix<Network>, &'a Network)> {
        let ix = self.version.networks.find(id)?;
        Some((ix, self.version.networks.get(ix)))
    }

    /// The month of the decision.
    pub fn month(&self) -> Month {
        Month::containing(self.now, self.zone())
    }

    /// The first instant of next month: when plans change (MOB-61).
    pub fn month_end(&self) -> Timestamp {
        self.month().next().start(self.zone())
    }
}
