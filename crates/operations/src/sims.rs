//! The SIM cards and eSIM profiles of the inventory as somebody sees them (RES-07, FLT-02): the list, one of them, and what unlocks it.

use crate::{
    Actor, House, OperationError, Reach,
    journal::Object,
    permission::{Permission, Role},
    proof::FreshProof,
    seal::Place,
};
use catalog::Catalog;
pub use lines::SimKind;
use store::{KeptSim, SealedCodes, SimQuery};
use vocabulary::{CustomerId, LineId, Party, ResellerId, SimBatchId, SimId, Timestamp};

/// No list goes further, in rows.
const FURTHEST_ROW: u64 = 10_000_000;
/// No export has more rows: what a spreadsheet still opens without complaint.
pub const MOST_EXPORTED: u32 = 50_000;
/// The columns of the codes, in the order in which they are kept.
pub(crate) const CODES: [&str; 4] = ["pin1", "puk1", "pin2", "puk2"];

/// Where a SIM is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SimStage {
    /// Nobody has it.
    Free,
    /// It is in a parcel to a customer (FLT-16).
    OnItsWay,
    /// A customer has it, and no line yet.
    Given,
    /// An order has it.
    Reserved,
    /// A line has it.
    InUse,
    /// Over, for ever.
    Ended,
}

impl SimStage {
    /// Every stage and its word in tables, in the order of a life.
    pub const WORDS: [(&'static str, SimStage); 6] = [
        ("free", Self::Free),
        ("on_its_way", Self::OnItsWay),
        ("given", Self::Given),
        ("reserved", Self::Reserved),
        ("in_use", Self::InUse),
        ("ended", Self::Ended),
    ];

    /// Its word in tables.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, stage)| *stage == self).map_or("", |(word, _)| word)
    }

    fn of_word(word: &str) -> Self {
        Self::WORDS.iter().find(|(found, _)| *found == word).map_or(Self::Ended, |(_, stage)| *stage)
    }
}

/// Every kind of SIM and its word in tables.
pub const KINDS: [(&str, SimKind); 3] =
    [("card_with_pin", SimKind::CardWithPin), ("card_without_pin", SimKind::CardWithoutPin), ("esim", SimKind::Esim)];

/// The word of a kind in tables.
pub fn kind_word(kind: SimKind) -> &'static str {
    KINDS.iter().find(|(_, found)| *found == kind).map_or("", |(word, _)| word)
}

pub(crate) fn kind_of(word: &str) -> SimKind {
    KINDS.iter().find(|(found, _)| *found == word).map_or(SimKind::CardWithPin, |(_, kind)| *kind)
}

/// A SIM as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sim {
    /// Itself.
    pub id: SimId,
    /// Its serial number.
    pub iccid: String,
    /// What the network knows it by; for those who give SIMs and the operator's own people.
    pub imsi: Option<String>,
    /// The network, as the catalogue names it.
    pub network: String,
    /// Card or profile.
    pub kind: SimKind,
    /// Where it is in its life.
    pub stage: SimStage,
    /// The batch in which it came; for the operator's own people.
    pub batch: Option<SimBatchId>,
    /// In whose stock it is; `None` for the operator's own.
    pub reseller: Option<(ResellerId, String)>,
    /// Who has it.
    pub customer: Option<(CustomerId, String)>,
    /// The line that has it, or had it last.
    pub line: Option<(LineId, Party)>,
    /// When it was over.
    pub ended: Option<Timestamp>,
}

/// What of the SIMs is asked for. An empty text filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SimsAsked {
    /// An ICCID or some of its digits, in any writing.
    pub iccid: String,
    /// Where they are in their lives.
    pub stage: Option<SimStage>,
    /// The network, by its id.
    pub network: String,
    /// Card or profile.
    pub kind: Option<SimKind>,
    /// Part of the name of who has them.
    pub holder: String,
    /// The batch in which they came.
    pub batch: Option<SimBatchId>,
    /// Rows on a page.
    pub rows: u32,
    /// The page, from 1 on; one after the last shows the last.
    pub page: u32,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct SimList {
    /// The SIMs of the page, by ICCID.
    pub rows: Vec<Sim>,
    /// How many there are in all.
    pub total: u64,
    /// Which page it is.
    pub page: u32,
    /// How many of all that the reader sees are in each stage, in the order of a life; those without any are left out.
    pub stages: Vec<(SimStage, i64)>,
    /// The networks, by id and name.
    pub networks: Vec<(String, String)>,
    /// The name of the batch that was asked for.
    pub batch: Option<String>,
}

/// One SIM with what its page offers.
#[derive(Clone, Debug)]
pub struct SimDetail {
    /// The SIM.
    pub sim: Sim,
    /// The name of its batch, for the operator's own people.
    pub batch: Option<String>,
    /// May the reader see what unlocks it, and is something kept?
    pub has_codes: bool,
    /// May the reader give it?
    pub can_give: bool,
    /// May the reader take it back?
    pub can_release: bool,
}

/// What unlocks a SIM, in plain text: for a page that shows it once, and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct SimCodes {
    /// The first PUK, where it is kept.
    pub puk1: Option<String>,
    /// The second PUK, where it is kept.
    pub puk2: Option<String>,
}

impl std::fmt::Debug for SimCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SimCodes(…)")
    }
}

/// A page of the SIMs that somebody sees; `None` for who may not.
///
/// # Errors
/// When the database fails.
pub async fn list(house: &House, actor: &Actor, asked: &SimsAsked) -> Result<Option<SimList>, OperationError> {
    if !actor.may(Permission::SeeSims) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let scoped = house.store.scoped(actor.scope);
    let query = query(actor, asked);
    let total = scoped.count_sims(&query).await?;
    let rows = asked.rows.max(1);
    let last = u32::try_from(total.div_ceil(u64::from(rows))).unwrap_or(u32::MAX).max(1);
    let page = asked.page.clamp(1, last);
    let offset = (u64::from(page - 1) * u64::from(rows)).min(FURTHEST_ROW);
    let found = scoped.sims(&SimQuery { limit: rows, offset, ..query }).await?;
    let counted = scoped.sims_by_state().await?;
    let on_their_way = scoped.sims_on_their_way().await?;
    let count = |stage: SimStage| {
        let of_word = counted.iter().find(|(word, _)| word == stage.as_str()).map_or(0, |(_, count)| *count);
        let count = match stage {
            SimStage::Free => of_word - on_their_way,
            SimStage::OnItsWay => on_their_way,
            _ => of_word,
        };
        (count > 0).then_some((stage, count))
    };
    let batch = match asked.batch.filter(|_| actor.may(Permission::SeeSimBatches)) {
        Some(batch) => scoped.sim_batch_name(batch).await?,
        None => None,
    };
    Ok(Some(SimList {
        rows: found.into_iter().map(|kept| sim(actor, &catalog, house.clock.now(), kept)).collect(),
        total,
        page,
        stages: SimStage::WORDS.iter().filter_map(|(_, stage)| count(*stage)).collect(),
        networks: networks(&catalog, house.clock.now()),
        batch,
    }))
}

/// Every SIM that is asked for, up to [`MOST_EXPORTED`]; `None` for who may not see them.
///
/// # Errors
/// When the database fails.
pub async fn export(house: &House, actor: &Actor, asked: &SimsAsked) -> Result<Option<Vec<Sim>>, OperationError> {
    if !actor.may(Permission::SeeSims) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let query = SimQuery { limit: MOST_EXPORTED, ..query(actor, asked) };
    let found = house.store.scoped(actor.scope).sims(&query).await?;
    Ok(Some(found.into_iter().map(|kept| sim(actor, &catalog, house.clock.now(), kept)).collect()))
}

/// One SIM; `None` where it is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn show(house: &House, actor: &Actor, id: SimId) -> Result<Option<SimDetail>, OperationError> {
    let scoped = house.store.scoped(actor.scope);
    let Some(kept) = scoped.sim(id).await? else { return Ok(None) };
    let has_codes = match actor.may(Permission::SeePuk) {
        true => scoped.sim_codes(id).await?.is_some_and(|codes| puks(&codes).iter().any(|(_, sealed)| sealed.is_some())),
        false => false,
    };
    let batch = match kept.batch.filter(|_| actor.may(Permission::SeeSimBatches)) {
        Some(batch) => scoped.sim_batch_name(batch).await?,
        None => None,
    };
    let catalog = house.catalog(actor.scope.operator).await?;
    let sim = sim(actor, &catalog, house.clock.now(), kept);
    let gives = actor.may(Permission::GiveSims);
    let is_operators = actor.scope.reach == Reach::Operator;
    let is_lent = sim.stage == SimStage::Free && sim.reseller.is_some() && is_operators;
    let can_give = gives && sim.stage == SimStage::Free;
    let can_release = gives && (sim.stage == SimStage::Given || is_lent);
    Ok(Some(SimDetail { sim, batch, has_codes, can_give, can_release }))
}

/// The SIM that a line has, or that is reserved for it, and whether the asker may see what unlocks it; `None` where there is none.
///
/// # Errors
/// When the database fails.
pub async fn of_line(house: &House, actor: &Actor, line: LineId) -> Result<Option<(SimId, bool)>, OperationError> {
    let found = house.store.scoped(actor.scope).sim_of_line(line).await?;
    Ok(found.map(|found| (found.sim, found.has_codes && actor.may(Permission::SeePuk))))
}

/// Shows the PUKs of a SIM to who proved a moment ago who they are, and notes that (TEL-06). `None` where it is not there for the asker,
/// or nothing is kept.
///
/// # Errors
/// When the database fails, or what is kept does not open.
pub async fn codes(house: &House, proof: FreshProof<'_>, id: SimId) -> Result<Option<SimCodes>, OperationError> {
    let actor = proof.actor();
    if !actor.may(Permission::SeePuk) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let Some(kept) = scoped.sim(id).await? else { return Ok(None) };
    let Some(sealed) = scoped.sim_codes(id).await? else { return Ok(None) };
    let [puk1, puk2] = puks(&sealed).map(|(column, sealed_code)| opened(house, (&sealed.name, column), sealed_code));
    let codes = SimCodes { puk1: puk1?, puk2: puk2? };
    if codes.puk1.is_none() && codes.puk2.is_none() {
        return Ok(None);
    }
    let transaction = house.store.begin().await?;
    let mut entry = actor.entry(house.clock.now(), "puk_shown", Object::Sim(id));
    entry.owner = owner(&kept);
    transaction.note(entry).await?;
    transaction.commit().await?;
    Ok(Some(codes))
}

/// The two that are shown, with their columns.
fn puks(codes: &SealedCodes) -> [(&'static str, Option<&str>); 2] {
    [1, 3].map(|place| (CODES[place], codes.codes[place].as_deref()))
}

fn opened(house: &House, (name, column): (&str, &str), sealed: Option<&str>) -> Result<Option<String>, OperationError> {
    let Some(sealed) = sealed else { return Ok(None) };
    let plain = house.seal.open(Place { table: "sim_secret", column, row: name }, sealed)?;
    Ok(Some(String::from_utf8_lossy(&plain).into_owned()))
}

/// Whose a SIM is, for the journal.
pub(crate) fn owner(kept: &KeptSim) -> (Option<ResellerId>, Option<CustomerId>) {
    (kept.reseller.as_ref().map(|(id, _)| *id), kept.customer.as_ref().map(|(id, _)| *id))
}

fn query(actor: &Actor, asked: &SimsAsked) -> SimQuery {
    SimQuery {
        iccid: asked.iccid.chars().filter(|c| !c.is_whitespace() && *c != '-').collect(),
        state: asked.stage.map(SimStage::as_str),
        network: asked.network.clone(),
        kind: asked.kind.map(kind_word),
        holder: asked.holder.clone(),
        batch: asked.batch.filter(|_| actor.may(Permission::SeeSimBatches)),
        limit: 0,
        offset: 0,
    }
}

/// The networks that the catalogue has at an instant, by id and name.
pub(crate) fn networks(catalog: &Catalog, now: Timestamp) -> Vec<(String, String)> {
    let networks = &catalog.version_at(now).networks;
    networks.iter().map(|(ix, network)| (networks.id(ix).to_owned(), network.name.clone())).collect()
}

fn sim(actor: &Actor, catalog: &Catalog, now: Timestamp, kept: KeptSim) -> Sim {
    let networks = &catalog.version_at(now).networks;
    let network = networks.find(&kept.network).map(|ix| networks.get(ix).name.clone());
    let of_customer = matches!(actor.role, Role::Subscriber | Role::Member | Role::FleetManager);
    Sim {
        id: kept.id,
        iccid: kept.iccid,
        imsi: kept.imsi.filter(|_| !of_customer),
        network: network.unwrap_or(kept.network),
        kind: kind_of(&kept.kind),
        stage: if kept.delivery.is_some() { SimStage::OnItsWay } else { SimStage::of_word(&kept.state) },
        batch: kept.batch.filter(|_| actor.may(Permission::SeeSimBatches)),
        reseller: kept.reseller.filter(|_| !of_customer),
        customer: kept.customer,
        line: kept.line,
        ended: kept.ended,
    }
}
