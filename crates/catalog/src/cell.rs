//! Cells: every combination of kind, direction, zone and destination that rules can tell apart, numbered.
//!
//! Rows of `coverage.csv` and `prices.csv` select cells once, when the catalogue is loaded; a usage then finds its rule by one look-up.

use crate::{DestinationIx, Ix, Zone, draft::Draft, register::Among, table::Row, world::NumberClass};
use vocabulary::{CountryCode, Direction, UsageKind};

/// The number of one combination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell(u32);

impl Cell {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// How many zones and destinations there are, which numbers the cells.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cells {
    zones: usize,
    destinations: usize,
}

impl Cells {
    pub(crate) fn new(zones: usize, destinations: usize) -> Self {
        Self { zones, destinations }
    }

    pub(crate) fn count(self) -> usize {
        UsageKind::ALL.len() * Direction::ALL.len() * self.zones * self.destinations
    }

    pub(crate) fn cell(self, kind: UsageKind, direction: Direction, from: Ix<Zone>, to: DestinationIx) -> Cell {
        let row = (kind.index() * Direction::ALL.len() + direction.index()) * self.zones + from.index();
        Cell(u32::try_from(row * self.destinations + to.index()).expect("fewer cells than four thousand million"))
    }
}

/// The cells that a row selects.
pub(crate) struct Selection {
    kinds: Vec<UsageKind>,
    directions: Vec<Direction>,
    from: Among<Zone>,
    to: Vec<DestinationIx>,
}

impl Selection {
    /// Reads the columns `kinds, directions, from, to, classes`; `every_direction` is what `*` stands for.
    pub(crate) fn read(row: &Row<'_>, draft: &Draft<'_>, every_direction: &[Direction]) -> Selection {
        let kinds = row.several_parsed("kinds").unwrap_or_else(|| UsageKind::ALL.to_vec());
        let directions = row.several("directions").map_or_else(
            || every_direction.to_vec(),
            |words| {
                let direction = |word: &str| Direction::ALL.into_iter().find(|d| d.as_str() == word);
                let found = words.iter().filter_map(|word| {
                    let found = direction(word);
                    if found.is_none() {
                        row.fault("directions", format!("`{word}` is not one of made, received, forwarded"));
                    }
                    found
                });
                found.collect()
            },
        );
        let zones = &draft.version.zones.all;
        let from = row
            .several("from")
            .map(|ids| ids.iter().filter_map(|id| zones.resolve(id, &row.place(), "from", draft.log)).collect::<Vec<_>>());
        Selection { kinds, directions, from: Among(from), to: read_destinations(row, draft) }
    }

    pub(crate) fn kinds(&self) -> &[UsageKind] {
        &self.kinds
    }

    /// Every cell selected.
    pub(crate) fn each(&self, draft: &Draft<'_>, mut visit: impl FnMut(Cell)) {
        let cells = draft.version.cells;
        for &kind in &self.kinds {
            // Data has no other party, whatever the columns say.
            let to: &[DestinationIx] = if kind == UsageKind::Data { &[DestinationIx::NONE] } else { &self.to };
            for &direction in &self.directions {
                for (from, _) in draft.version.zones.all.iter().filter(|(ix, _)| self.from.holds(*ix)) {
                    for &destination in to {
                        visit(cells.cell(kind, direction, from, destination));
                    }
                }
            }
        }
    }
}

fn read_destinations(row: &Row<'_>, draft: &Draft<'_>) -> Vec<DestinationIx> {
    let (zones, countries) = read_places(row, draft);
    let (classes, groups) = read_classes(row, draft);
    let version = &draft.version;
    let everywhere = zones.is_none();
    let of_every_class = classes.is_none();
    let selected = |(index, destination): (usize, &crate::Destination)| {
        let zone = version.zone_of(draft.world, destination.country);
        let there =
            everywhere || zones.as_ref().is_some_and(|zones| zones.contains(&zone)) || countries.contains(&destination.country);
        let such = of_every_class
            || destination.class.is_some_and(|class| classes.as_ref().is_some_and(|classes| classes.contains(&class)))
            || groups.contains(&destination.group.as_str());
        (there && such).then(|| DestinationIx(u16::try_from(index).expect("destinations are numbered in 16 bits")))
    };
    draft.world.destinations.iter().enumerate().filter_map(selected).collect()
}

/// Zones (`None` for everywhere) and countries of the column `to`.
fn read_places(row: &Row<'_>, draft: &Draft<'_>) -> (Option<Vec<Ix<Zone>>>, Vec<CountryCode>) {
    let Some(places) = row.several("to") else { return (None, Vec::new()) };
    let (mut zones, mut countries) = (Vec::new(), Vec::new());
    for place in places {
        match place.parse::<CountryCode>() {
            Ok(country) if draft.world.country(country).is_some() => countries.push(country),
            Ok(country) => row.fault("to", format!("`{country}` is not in world/countries.csv")),
            Err(_) => zones.extend(draft.version.zones.all.resolve(place, &row.place(), "to", draft.log)),
        }
    }
    (Some(zones), countries)
}

/// Classes (`None` for every one) and groups of the column `classes`.
fn read_classes<'r>(row: &'r Row<'_>, draft: &Draft<'_>) -> (Option<Vec<NumberClass>>, Vec<&'r str>) {
    let Some(words) = row.several("classes") else { return (None, Vec::new()) };
    let (mut classes, mut groups) = (Vec::new(), Vec::new());
    for word in words {
        match word.parse::<NumberClass>() {
            Ok(class) => classes.push(class),
            Err(_) if draft.world.destinations.iter().any(|d| d.group == word) => groups.push(word),
            Err(error) => row.fault("classes", format!("{error}, nor a group of the numbering plan")),
        }
    }
    (Some(classes), groups)
}
