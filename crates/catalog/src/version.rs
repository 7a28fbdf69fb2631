//! A version of a catalogue: everything an operator sells from a day on.

use crate::{
    Alert, Band, Bundle, Cell, Coverage, Coverages, Cutoff, DestinationIx, Family, Ix, LineOption, Network, Offer, Pack,
    Recharge, Register, Tariffs, Tiers, Voicemail, World, Zone, Zones,
    cell::Cells,
    dial_code,
    draft::Draft,
    fields::{Fields, Located},
    sold::check_sold,
    voicemail,
};
use jiff::civil::Date;
use std::sync::Arc;
use telephony::dial_code::DialCodes;
use vocabulary::{CountryCode, Direction, Markup, Timestamp, UsageKind};

/// Everything an operator sells from a day on. What is large and the same in every copy of a version, is shared.
#[derive(Clone, Debug, Default)]
pub struct Version {
    /// The day it takes effect.
    pub effective: Date,
    /// The first instant of that day in the operator's zone.
    pub starts: Timestamp,
    /// Zones and their countries.
    pub zones: Arc<Zones>,
    /// Host networks.
    pub networks: Register<Network>,
    /// Times of the week.
    pub bands: Register<Band>,
    /// Prices by volume.
    pub tiers: Register<Tiers>,
    /// What allowances take.
    pub coverages: Arc<Coverages>,
    /// Prices.
    pub tariffs: Arc<Tariffs>,
    /// Families of offers.
    pub families: Register<Family>,
    /// Offers.
    pub offers: Register<Offer>,
    /// Options.
    pub options: Register<LineOption>,
    /// Recharges.
    pub recharges: Register<Recharge>,
    /// Group packs.
    pub packs: Register<Pack>,
    /// Cut-offs.
    pub cutoffs: Register<Cutoff>,
    /// When somebody is told.
    pub alerts: Vec<Alert>,
    /// Bundles.
    pub bundles: Register<Bundle>,
    /// What is dialled on fixed lines for their services.
    pub dial_codes: DialCodes,
    /// The operator's own voicemails.
    pub voicemails: Vec<Voicemail>,
    /// What customers pay of usage beside its prices: something else than these at a reseller's prices alone.
    pub markup: Markup,
    pub(crate) cells: Cells,
}

/// The files of a version, by which unknown ones are told.
pub(crate) const FILES: [&str; 16] = [
    "networks.toml",
    "families.toml",
    "offers.toml",
    "options.toml",
    "recharges.toml",
    "packs.toml",
    "cutoffs.toml",
    "alerts.toml",
    "bands.toml",
    "tiers.toml",
    "bundles.toml",
    "dial_codes.toml",
    "voicemail.toml",
    "zones.toml",
    "zones.csv",
    "coverage.csv",
];

/// The most cells of a version: each price list and each coverage has a place for every one of them. Some hundred zones are fewer.
const MOST_CELLS: usize = 8_000_000;

impl Version {
    /// The names of the files that a version may have.
    pub fn file_names() -> impl Iterator<Item = &'static str> {
        FILES.into_iter().chain(["prices.csv"])
    }

    /// Reads the version that the draft is for, each file after those it names things of.
    pub(crate) fn read(mut draft: Draft<'_>) -> Version {
        draft.version.zones = Arc::new(Zones::read(&draft));
        draft.version.cells = Cells::new(draft.version.zones.all.len(), draft.world.destinations.len());
        if draft.version.cells.count() > MOST_CELLS {
            let (operator, zones) = (&draft.operator.id, draft.version.zones.all.len());
            let path = format!("{operator}/{}/zones.toml", draft.version.effective);
            draft.log.add_to_file(
                &path,
                format!("has {zones} zones, more than prices can be looked up in: put countries of one price together"),
            );
            return draft.version;
        }
        draft.version.networks = draft.register(("networks.toml", true), "network", Network::read);
        draft.version.bands = draft.register(("bands.toml", false), "band", Band::read);
        draft.version.tiers = draft.register(("tiers.toml", false), "tiers", Tiers::read);
        draft.version.coverages = Arc::new(Coverages::read(&draft));
        draft.version.tariffs = Arc::new(Tariffs::read(&draft));
        draft.version.families = read_families(&draft);
        draft.version.offers = read_offers(&draft);
        draft.version.options = draft.register(("options.toml", false), "option", LineOption::read);
        draft.version.recharges = draft.register(("recharges.toml", false), "recharge", Recharge::read);
        draft.version.packs = draft.register(("packs.toml", false), "pack", Pack::read);
        draft.version.cutoffs = draft.register(("cutoffs.toml", false), "cutoff", Cutoff::read);
        let mut alerts = Vec::new();
        draft.each(("alerts.toml", false), "alert", |fields| alerts.push(Alert::read(fields, &draft)));
        draft.version.alerts = alerts;
        draft.version.bundles = draft.register(("bundles.toml", false), "bundle", Bundle::read);
        draft.version.dial_codes = dial_code::read(&draft);
        draft.version.voicemails = voicemail::read(&draft);
        check_sold(&draft);
        draft.version
    }

    /// The operator's own voicemail of a service, by its word.
    pub fn voicemail_of(&self, service: &str) -> Option<&Voicemail> {
        self.voicemails.iter().find(|voicemail| voicemail.services.iter().any(|known| known.as_str() == service))
    }

    /// The cell of a usage, by which coverages and tariffs know it.
    pub fn cell(&self, kind: UsageKind, direction: Direction, from: Ix<Zone>, to: DestinationIx) -> Cell {
        self.cells.cell(kind, direction, from, to)
    }

    /// What forbids usage of this cell to a line of a family with these options: blocks that it has, and those that none of its options
    /// opens. By the name of the coverage.
    pub fn blocked<'v>(
        &'v self,
        family: Ix<Family>,
        options: impl Iterator<Item = &'v LineOption> + Clone,
        (network, cell): (Ix<Network>, Cell),
    ) -> Option<&'v str> {
        let names = &self.coverages.names;
        let is_open = |block: &Ix<Coverage>| options.clone().any(|option| option.opens.contains(block));
        let closed = self.families.get(family).blocks.iter().filter(|block| !is_open(block));
        let mut blocks = options.clone().flat_map(|option| option.blocks.iter()).chain(closed);
        blocks.find(|block| names.get(**block).holds(network, cell)).map(|block| names.id(*block))
    }

    /// How many data sessions a line with these options may have at once; `None` for no limit (MOB-10).
    pub fn sessions_at_once<'v>(&self, network: Ix<Network>, mut options: impl Iterator<Item = &'v LineOption>) -> Option<i64> {
        let most = self.networks.get(network).sessions_at_once;
        (most > 0 && !options.any(|option| option.unlimited_sessions)).then_some(most)
    }

    /// May a line move from an offer of one family to one of another (MOB-61)? Within a family it always may.
    pub fn may_move(&self, from: Ix<Family>, to: Ix<Family>) -> bool {
        from == to || self.families.get(from).switch_to.iter().any(|id| id == self.families.id(to))
    }

    /// The cut-offs that a line on an offer and network has.
    pub fn cutoffs_of(&self, offer: Ix<Offer>, network: Ix<Network>) -> impl Iterator<Item = (Ix<Cutoff>, &Cutoff)> {
        let family = self.offers.get(offer).family;
        self.cutoffs.iter().filter(move |(_, cutoff)| cutoff.is_for(family, network))
    }

    /// The zone of a country.
    pub fn zone_of(&self, world: &World, country: CountryCode) -> Ix<Zone> {
        world.country_position(country).map_or_else(|| self.zones.home(), |position| self.zones.of_position(position))
    }
}

fn read_families(draft: &Draft<'_>) -> Register<Family> {
    let mut switches = Vec::new();
    let mut register = Register::default();
    draft.each(("families.toml", true), "family", |fields: &mut Fields<'_, '_>| {
        let id = fields.id();
        let place = fields.place();
        let family = Family::read(fields, draft);
        switches.extend(family.switch_to.iter().map(|to| {
            let located = Located { text: to.clone(), place: place.clone() };
            (id.text.clone(), located)
        }));
        register.add(&id, family, draft.log);
    });
    Family::check_all(&register, &switches, draft);
    register
}

fn read_offers(draft: &Draft<'_>) -> Register<Offer> {
    let mut register = Register::default();
    draft.each(("offers.toml", true), "offer", |fields| {
        let id = fields.id();
        if let Some(offer) = Offer::read(fields, draft) {
            register.add(&id, offer, draft.log);
        }
    });
    register
}
