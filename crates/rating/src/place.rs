//! Finds where a usage was and to whom it went (RAT-02).

use catalog::{Catalog, DestinationIx, Ix, NumberClass, Version, Zone};
use vocabulary::{Access, CountryCode, Direction, Party, Quantity, Reach, Timestamp, UsageKind, UsageRecord, Visited};

/// A usage whose place and other party are known to the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Voice, SMS, MMS or data.
    pub kind: UsageKind,
    /// Made, received or forwarded.
    pub direction: Direction,
    /// When it began.
    pub start: Timestamp,
    /// Seconds, messages or bytes.
    pub quantity: Quantity,
    /// The country the line was in.
    pub from_country: CountryCode,
    /// The zone of that country.
    pub from: Ix<Zone>,
    /// Whom prices see at the other end.
    pub to: DestinationIx,
    /// The other party's number, as fair use counts it; 0 for nobody.
    pub correspondent: u64,
}

/// Why a usage is not rated but set aside.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The other party is neither a number that the catalogue knows nor a line of the operator.
    #[error("destination `{0}` is no number that the catalogue knows")]
    UnknownDestination(String),
    /// The visited network is of no country that the catalogue knows.
    #[error("network `{0}` is of no country that the catalogue knows")]
    UnknownNetwork(String),
    /// The usage began before the line did.
    #[error("the usage began before the line did")]
    BeforeStart,
    /// The usage began after the line had ended.
    #[error("the usage began after the line had ended")]
    AfterEnd,
    /// The offer allows no such usage: neither an allowance nor a price speaks of it.
    #[error("offer `{offer}` has neither an allowance nor a price for {kind} of this kind")]
    NotAllowed {
        /// The line's offer.
        offer: String,
        /// What was used.
        kind: UsageKind,
    },
    /// The line's offer or network is in no version of the catalogue.
    #[error("{0} of the line is not in the catalogue")]
    NotInCatalogue(String),
    /// An amount or a counter beyond nine million million.
    #[error("the usage is too large to be counted")]
    TooLarge,
}

/// Finds where a usage was and to whom. `is_line_of_ours` tells whether a name or extension that no prefix knows is a line of the
/// same switch.
///
/// # Errors
/// When the catalogue knows neither the other party nor the visited network.
pub fn place(
    catalog: &Catalog,
    version: &Version,
    record: &UsageRecord,
    is_line_of_ours: impl Fn(&str) -> bool,
) -> Result<(Placed, Party), Refusal> {
    let world = &catalog.world;
    let home = catalog.operator.country;
    let from_country = match (&record.visited, record.access) {
        // Wi-Fi calling is at home wherever the handset is (MOB-55).
        (_, Access::Vowifi | Access::Fixed) | (Visited::Home, _) => home,
        (Visited::Country(country), _) => {
            world.country(*country).ok_or_else(|| Refusal::UnknownNetwork(country.to_string()))?.code
        }
        (Visited::Network(plmn), _) => world.country_of_network(plmn).ok_or_else(|| Refusal::UnknownNetwork(plmn.to_string()))?,
    };
    let party = if record.kind == UsageKind::Data { Party::Unknown } else { record.party(&world.plan) };
    let to = match world.destination(&party) {
        Some(to) => to,
        None if is_line_of_ours(&record.other) => DestinationIx::INTERNAL,
        // Whoever calls or writes to the line costs it nothing to be unknown.
        None if record.direction == Direction::Received => DestinationIx::NONE,
        None => return Err(Refusal::UnknownDestination(record.other.to_string())),
    };
    let placed = Placed {
        kind: record.kind,
        direction: record.direction,
        start: record.start,
        quantity: record.quantity,
        from_country,
        from: version.zone_of(world, from_country),
        to,
        correspondent: correspondent(&party),
    };
    Ok((placed, party))
}

impl Placed {
    /// Where it was and where it went, as far as a bill tells it apart.
    pub fn reach(&self, catalog: &Catalog) -> Reach {
        let home = catalog.operator.country;
        if matches!(self.class(catalog), Some(NumberClass::Special | NumberClass::Short)) {
            Reach::Special
        } else if self.from_country != home {
            Reach::Roaming
        } else if self.kind != UsageKind::Data && catalog.world.destinations[self.to.index()].country != home {
            Reach::Abroad
        } else {
            Reach::Home
        }
    }

    /// Is the other end an emergency service?
    pub fn is_emergency(&self, catalog: &Catalog) -> bool {
        self.class(catalog) == Some(NumberClass::Emergency)
    }

    /// What the other end is.
    pub fn class(&self, catalog: &Catalog) -> Option<NumberClass> {
        catalog.world.get(self.to).class
    }
}

fn correspondent(party: &Party) -> u64 {
    match party {
        Party::Number(number) => number.digits(),
        // Short numbers are below any international number, so that the two never meet.
        Party::Short(digits) => digits.parse().unwrap_or(0),
        Party::Named(_) | Party::Unknown => 0,
    }
}
