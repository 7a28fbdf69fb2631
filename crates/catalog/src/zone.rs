//! Zones: groups of countries that prices and allowances speak of.

use crate::{
    Ix, Register,
    draft::Draft,
    fields::{Fields, Located},
    table::read_rows,
    words::Words,
};
use vocabulary::CountryCode;

/// A group of countries.
#[derive(Clone, Debug)]
pub struct Zone {
    /// What people call it.
    pub name: Words,
}

/// The zones of a version and the zone of each country.
#[derive(Clone, Debug, Default)]
pub struct Zones {
    /// The zones; the first is `home`.
    pub all: Register<Zone>,
    /// By the country's position in the world.
    of_country: Vec<Option<Ix<Zone>>>,
}

impl Zones {
    pub(crate) fn read(draft: &Draft<'_>) -> Zones {
        let mut all = Register::default();
        let home_name = draft.world.country(draft.operator.country).map(|c| c.name.clone()).unwrap_or_default();
        all.add(&Located { text: "home".into(), ..Located::default() }, Zone { name: home_name }, draft.log);
        draft.each(("zones.toml", true), "zone", |fields: &mut Fields<'_, '_>| {
            let id = fields.id();
            let name = fields.words("name");
            all.add(&id, Zone { name }, draft.log);
        });
        let mut zones = Zones { all, of_country: vec![None; draft.world.countries.len()] };
        zones.read_countries(draft);
        zones
    }

    /// The zone of the home country.
    pub fn home(&self) -> Ix<Zone> {
        Ix::new(0)
    }

    /// The zone of a country, by its position in the world.
    pub(crate) fn of_position(&self, position: usize) -> Ix<Zone> {
        self.of_country.get(position).copied().flatten().unwrap_or(Ix::new(0))
    }

    fn read_countries(&mut self, draft: &Draft<'_>) {
        let Some((path, text)) = draft.file("zones.csv", true) else { return };
        let home = draft.world.country_position(draft.operator.country);
        for row in read_rows(path, text, &["country", "zone"], draft.log) {
            let Some(country) = row.parsed::<CountryCode>("country") else { continue };
            let zone = self.all.resolve(row.text("zone"), &row.place(), "zone", draft.log);
            let Some(position) = draft.world.country_position(country) else {
                row.fault("country", format!("`{country}` is not in world/countries.csv"));
                continue;
            };
            if Some(position) == home {
                row.fault("country", format!("`{country}` is the home country, whose zone is `home` by itself"));
            } else if self.of_country[position].is_some() {
                row.fault("country", format!("`{country}` stands twice"));
            }
            self.of_country[position] = zone;
        }
        for (position, country) in draft.world.countries.iter().enumerate() {
            if self.of_country[position].is_none() && Some(position) != home {
                draft.log.add_to_file(path, format!("has no zone for `{}` ({})", country.code, country.name.in_language("en")));
            }
        }
    }
}
