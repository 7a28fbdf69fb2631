//! Cut-offs: ceilings that a customer sets on what is charged (MOB-41 to MOB-43).

use crate::{
    Among, Cell, Coverage, Coverages, Family, Ix, Network, Zone, allowance::unit, draft::Draft, fields::Fields, words::Words,
};
use vocabulary::{Money, Quantity, UsageKind};

/// What a cut-off counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// The quantity of what is charged.
    Volume,
    /// Its price, in millionths.
    Amount,
}

/// A ceiling on what is charged in some zones.
#[derive(Clone, Debug)]
pub struct Cutoff {
    /// What people call it.
    pub name: Words,
    /// For lines of these families.
    pub families: Among<Family>,
    /// On these networks.
    pub networks: Among<Network>,
    /// Of these kinds of usage.
    pub kinds: Vec<UsageKind>,
    /// In these zones.
    pub from: Among<Zone>,
    /// Only of this usage; `None` for all of the kinds and zones (FLT-11).
    pub covers: Option<Ix<Coverage>>,
    /// Volume or amount.
    pub measure: Measure,
    /// The values to choose from, ascending: base units, or millionths of the currency.
    pub values: Vec<i64>,
    /// The value of a line that chose none.
    pub default: i64,
    /// Has it to be chosen at the order, so that nobody takes the value of all others unasked (MOB-42)?
    pub chosen_at_order: bool,
    /// The group of options of which a line may have one instead of a value beyond the default (MOB-41).
    pub or_group: Option<String>,
    /// At 0, is nothing at all let through, not even what an allowance covers?
    pub zero_closes_zone: bool,
}

impl Cutoff {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Cutoff {
        let version = &draft.version;
        let name = fields.words("name");
        let kinds = fields.kinds("kinds");
        let measure = fields.choice("measure", &[("volume", Measure::Volume), ("amount", Measure::Amount)], false);
        if measure == Measure::Volume && kinds.iter().any(|kind| unit(*kind) != unit(kinds[0])) {
            fields.fault("kinds", "counts the volume of kinds of different units, which do not add up");
        }
        let mut values = Vec::new();
        for text in fields.list("values") {
            match parse_value(&text.text, measure, kinds[0]) {
                Ok(value) => values.push(value),
                Err(error) => draft.log.add(&text.place, "values", error),
            }
        }
        if values.windows(2).any(|pair| pair[0] >= pair[1]) {
            fields.fault("values", "does not go up");
        }
        let written = fields.required("default");
        let default = parse_value(&written.text, measure, kinds[0]).unwrap_or_else(|error| {
            draft.log.add(&written.place, "default", error);
            0
        });
        if !values.contains(&default) {
            draft.log.add(&written.place, "default", format!("`{}` is not one of the values", written.text));
        }
        let or_group = fields.optional("or_group").map(|group| {
            if !version.options.iter().any(|(_, option)| option.group.as_ref() == Some(&group.text)) {
                draft.log.add(&group.place, "or_group", format!("`{}` is the group of no option", group.text));
            }
            group.text
        });
        let covers = fields.optional("covers");
        let covers = covers.and_then(|c| version.coverages.names.resolve(&c.text, &c.place, "covers", draft.log));
        Cutoff {
            name,
            covers,
            families: version.families.resolve_all(&fields.list("families"), "families", draft.log),
            networks: version.networks.resolve_all(&fields.list("networks"), "networks", draft.log),
            from: version.zones.all.resolve_all(&fields.list("from"), "from", draft.log),
            measure,
            values,
            default,
            chosen_at_order: fields.boolean("chosen_at_order", false),
            or_group,
            zero_closes_zone: fields.boolean("zero_closes_zone", false),
            kinds,
        }
    }

    /// Does it count such usage, of this kind, from this zone and of this cell, on this network?
    pub fn counts(&self, coverages: &Coverages, network: Ix<Network>, (kind, from, cell): (UsageKind, Ix<Zone>, Cell)) -> bool {
        self.kinds.contains(&kind)
            && self.from.holds(from)
            && self.covers.is_none_or(|covers| coverages.names.get(covers).holds(network, cell))
    }

    /// Does a line of this family on this network have it?
    pub fn is_for(&self, family: Ix<Family>, network: Ix<Network>) -> bool {
        self.families.holds(family) && self.networks.holds(network)
    }

    /// Does this value close what is open otherwise, so that whoever chooses it is asked once more (MOB-42)?
    pub fn closes(&self, value: i64) -> bool {
        self.zero_closes_zone && value == 0 && self.default != 0
    }

    /// Writes one of its values as [`Cutoff::parse`] reads it; `None` for one that is none of them.
    pub fn write(&self, value: i64) -> Option<String> {
        if !self.values.contains(&value) {
            return None;
        }
        Some(match (self.measure, unit(self.kinds[0])) {
            (Measure::Amount, _) => Money::from_micros(value).to_string(),
            (Measure::Volume, UsageKind::Data) => format!("{value} B"),
            (Measure::Volume, UsageKind::Voice) => format!("{value} s"),
            (Measure::Volume, _) => value.to_string(),
        })
    }

    /// Reads a value of this cut-off as the catalogue writes it: `500 MB`, `50.00`.
    ///
    /// # Errors
    /// When the text is no such value, or not one of those to choose from.
    pub fn parse(&self, text: &str) -> Result<i64, String> {
        let value = parse_value(text, self.measure, self.kinds[0])?;
        if self.values.contains(&value) { Ok(value) } else { Err(format!("`{text}` is not one of the values of this cut-off")) }
    }
}

fn parse_value(text: &str, measure: Measure, kind: UsageKind) -> Result<i64, String> {
    match measure {
        Measure::Volume => Quantity::parse(text, kind).map(Quantity::units).map_err(|e| e.to_string()),
        Measure::Amount => text.parse::<Money>().map(Money::micros).map_err(|e| e.to_string()),
    }
}
