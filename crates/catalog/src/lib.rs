//! What operators sell, as data: read from files, checked in one pass, and made ready for look-ups.
//!
//! [`Catalog::load`] reads the folder that `catalogs/README.md` describes and answers with the catalogue or with every mistake in it.
//! Nothing here knows who bought what, or what a usage costs: the rules that these facts feed are `rating`'s.

mod alert;
mod allowance;
mod band;
mod banks;
mod bundle;
mod cell;
mod coverage;
mod cutoff;
mod dial_code;
mod draft;
mod dunning;
mod fair_use;
mod family;
mod fault;
mod fields;
mod files;
mod guard;
mod holidays;
mod invoicing;
mod network;
mod offer;
mod operator;
mod options;
mod pack;
mod price;
mod recharge;
mod register;
mod retail;
mod sheet;
mod sold;
mod table;
mod tier;
mod vat;
mod version;
mod voicemail;
mod words;
mod world;
mod zone;

pub use alert::{Alert, AlertOf};
pub use allowance::{Allowance, Amount, AtEnd};
pub use band::Band;
pub use banks::Banks;
pub use bundle::Bundle;
pub use cell::Cell;
pub use coverage::{Coverage, Coverages};
pub use cutoff::{Cutoff, Measure};
pub use dunning::Dunning;
pub use fair_use::least_roaming_bytes;
pub use family::{AtEndRule, Billing, Burst, Capping, Family, Service};
pub use fault::{Fault, Faults};
pub use files::CatalogFiles;
pub use guard::Guard;
pub use holidays::{Holiday, HolidayRule, Holidays};
pub use invoicing::Invoicing;
pub use network::{Days, Network, NumberChoice, OpeningHours, Requests, Work};
pub use offer::{FiveG, Offer};
pub use operator::{AfterQuarantine, Holds, Operator, ROLES};
pub use options::{FirstMonth, LineOption, OptionPrice};
pub use pack::Pack;
pub use price::{Price, Tariff, Tariffs};
pub use recharge::{Recharge, Unsold};
pub use register::{Among, Ix, Register};
pub use retail::{RetailItem, RetailKind, RetailPrice, RetailPrices};
pub use sheet::{SheetPart, SheetRow};
pub use tier::{TierMode, TierStep, Tiers};
pub use vat::{VatClass, VatRates};
pub use version::Version;
pub use voicemail::Voicemail;
pub use words::Words;
pub use world::{Country, Destination, DestinationIx, NumberClass, World};
pub use zone::{Zone, Zones};

use draft::Draft;
use fault::FaultLog;
use jiff::civil::{Date, Time};
use std::{collections::BTreeMap, sync::Arc};
use vocabulary::Timestamp;

/// An operator's catalogue: the operator, the world as it sees it, and its versions by date of effect.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// Who sells.
    pub operator: Operator,
    /// Countries, numbers and networks.
    pub world: Arc<World>,
    versions: Vec<Version>,
    /// Are its prices a reseller's?
    retail: bool,
}

impl Catalog {
    /// Reads and checks the catalogue of one operator.
    ///
    /// # Errors
    /// Every mistake found, with file, line and field.
    pub fn load(files: &CatalogFiles, operator: &str) -> Result<Catalog, Faults> {
        let log = FaultLog::default();
        let catalog = read(files, operator, &log);
        log.into_result(catalog)
    }

    /// The versions, by date of effect.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The version in force at an instant; before the first, the first.
    pub fn version_at(&self, instant: Timestamp) -> &Version {
        let after = self.versions.partition_point(|version| version.starts <= instant);
        &self.versions[after.saturating_sub(1)]
    }

    /// The version of a date of effect.
    pub fn version_of(&self, effective: Date) -> Option<&Version> {
        self.versions.iter().find(|version| version.effective == effective)
    }
}

fn read(files: &CatalogFiles, id: &str, log: &FaultLog) -> Option<Catalog> {
    let operator = Operator::read(files, id, log)?;
    let mut world = World::read(files, operator.country, &operator.numbering, log)?;
    [world.holidays, world.bank_holidays] = Holidays::read(files, &operator.holidays, log);
    world.vat = VatRates::read(files, log);
    let mut paths = BTreeMap::new();
    let mut versions = Vec::new();
    for folder in files.folders_of(id) {
        let Ok(effective) = folder.parse::<Date>() else {
            log.add_to_file(&format!("{id}/{folder}"), "is not named by a date of effect such as `2026-01-01`");
            continue;
        };
        let path = format!("{id}/{folder}");
        for file in files.files_of(&path) {
            if Version::file_names().any(|name| name == file) {
                paths.insert(file.to_owned(), format!("{path}/{file}"));
            } else {
                log.add_to_file(&format!("{path}/{file}"), "is no file of a catalogue version");
            }
        }
        let starts = Timestamp::from_local(effective.to_datetime(Time::midnight()), &operator.time_zone).unwrap_or_default();
        let version = Version { effective, starts, ..Version::default() };
        let before = log.count();
        let version = Version::read(Draft { files, paths: &paths, log, operator: &operator, world: &world, version });
        if log.count() == before {
            check_kept(&version, versions.last(), &path, log);
        }
        versions.push(version);
    }
    if versions.is_empty() {
        log.add_to_file(id, "has no version: a folder named by its date of effect, such as `2026-01-01`");
        return None;
    }
    if let (Some(dunning), Some(last)) = (&operator.dunning, versions.last()) {
        dunning.check_options(id, last, log);
    }
    Some(Catalog { operator, world: Arc::new(world), versions, retail: false })
}

/// Lines keep what they bought, so that a later version may not drop what an earlier offer needs: its family and its network.
fn check_kept(version: &Version, before: Option<&Version>, path: &str, log: &FaultLog) {
    let Some(before) = before else { return };
    for (ix, _) in before.families.iter() {
        let id = before.families.id(ix);
        if version.families.find(id).is_none() {
            log.add_to_file(
                path,
                format!("drops family `{id}`, on whose offers lines may still be; withdraw its offers instead"),
            );
        }
    }
    for (ix, _) in before.networks.iter() {
        let id = before.networks.id(ix);
        if version.networks.find(id).is_none() {
            log.add_to_file(path, format!("drops network `{id}`, on which lines may still be"));
        }
    }
}
