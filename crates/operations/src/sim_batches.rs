//! Batches of SIMs: a maker's file is taken in whole or not at all (RES-07). Which rows are good, `lines::read_sim_batch` says; what is in the
//! inventory already is told by its row like everything else.

use crate::{
    Actor, House, OperationError,
    journal::Object,
    line::Paging,
    permission::Permission,
    seal::Place,
    sim_transfer::{give_to, program, receiver},
    sims::{CODES, SimKind, kind_of, kind_word, networks},
    usage_files::Listed,
};
use lines::{BatchRow, Receiver};
pub use lines::{BatchRowFault, read_sim_batch};
use sha2::{Digest, Sha256};
use store::{AddedSim, KeptBatch, NewBatch, NewEntry, NewSim, Scope, SealedCodes};
use vocabulary::{Iccid, OperatorId, Pin, Puk, SimBatchId, SimId, Timestamp};

/// The largest file, in bytes: 10,000 rows have less than one megabyte.
pub const LARGEST_FILE: usize = 2_000_000;
/// No batch has more cards: it is one transaction.
pub const MOST_CARDS: usize = 10_000;
/// No more faults are named.
pub const MOST_FAULTS: usize = 50;
/// No name is longer, in characters.
const LONGEST_NAME: usize = 200;

/// A maker's file, and what somebody says of it.
#[derive(Clone, Copy, Debug)]
pub struct BatchFile<'t> {
    /// Its name.
    pub name: &'t str,
    /// The network that the cards were made for, by its id.
    pub network: &'t str,
    /// Cards or profiles.
    pub kind: SimKind,
    /// Its bytes.
    pub bytes: &'t [u8],
}

/// Why a file was not taken in: nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchRefusal {
    /// There was no file.
    NoFile,
    /// It is larger than [`LARGEST_FILE`].
    TooLarge,
    /// It is no text.
    NotText,
    /// The network was not chosen.
    NoNetwork,
    /// Its first row is not the one with the names of the columns.
    Header,
    /// It has no row.
    Empty,
    /// It has more than [`MOST_CARDS`].
    TooMany,
    /// Some rows are wrong.
    Rows {
        /// The first of them.
        faults: Vec<BatchFault>,
        /// How many there are.
        total: usize,
    },
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchFault {
    /// The row, from 1 below the header.
    pub row: usize,
    /// The column, or empty for the whole row.
    pub column: &'static str,
    /// What is wrong with it.
    pub what: RowWrong,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowWrong {
    /// What the reader of the file says, in English.
    Text(String),
    /// The ICCID is in the inventory.
    KnownIccid(String),
    /// The IMSI is in the inventory.
    KnownImsi(String),
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is in the inventory.
    Done(SimBatchId, usize),
    /// The same bytes were taken in before: nothing changes.
    Before(KeptBatch),
}

/// A page of the batches, latest first, with the names of the networks; `None` for who may not see them.
///
/// # Errors
/// When the database fails.
pub async fn list(house: &House, actor: &Actor, paging: Paging) -> Result<Option<Listed<Batch>>, OperationError> {
    if !actor.may(Permission::SeeSimBatches) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let asked = paging.within(u64::MAX);
    let Some((mut batches, total)) = scoped.sim_batches(asked.window()).await? else { return Ok(None) };
    let there = paging.within(total);
    if there.page != asked.page {
        batches = scoped.sim_batches(there.window()).await?.map(|(batches, _)| batches).unwrap_or_default();
    }
    let names = networks(&*house.catalog(actor.scope.operator).await?, house.clock.now());
    let rows = batches.into_iter().map(|kept| batch(kept, &names)).collect();
    Ok(Some(Listed { rows, page: there.page, total }))
}

/// A batch as pages show it.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Itself.
    pub id: SimBatchId,
    /// The file's name.
    pub name: String,
    /// The network, as the catalogue names it.
    pub network: String,
    /// Cards or profiles.
    pub kind: SimKind,
    /// How many it had.
    pub cards: i64,
    /// How many nobody has yet.
    pub free: i64,
    /// When it was taken in.
    pub taken: Timestamp,
}

fn batch(kept: KeptBatch, names: &[(String, String)]) -> Batch {
    let network = names.iter().find(|(id, _)| *id == kept.network).map_or(kept.network, |(_, name)| name.clone());
    let (id, name, kind) = (kept.id, kept.name, kind_of(&kept.kind));
    Batch { id, name, network, kind, cards: kept.cards, free: kept.free, taken: kept.taken }
}

/// The networks for which batches may come, by id and name.
///
/// # Errors
/// When the operator has no catalogue.
pub async fn networks_of(house: &House, actor: &Actor) -> Result<Vec<(String, String)>, OperationError> {
    Ok(networks(&*house.catalog(actor.scope.operator).await?, house.clock.now()))
}

/// Takes a maker's file in; `None` for who may not.
///
/// # Errors
/// When the database fails, or without keys: then nothing is taken in.
pub async fn take(
    house: &House,
    actor: &Actor,
    file: BatchFile<'_>,
) -> Result<Option<Result<Taken, BatchRefusal>>, OperationError> {
    if !actor.may(Permission::TakeSimsIn) {
        return Ok(None);
    }
    let now = house.clock.now();
    let entry = |action, object| actor.entry(now, action, object);
    taken(house, actor.scope.operator, file, &entry).await.map(Some)
}

type Entry<'t> = &'t (dyn Fn(&'static str, Object) -> NewEntry + Sync);

async fn taken(
    house: &House,
    operator: OperatorId,
    file: BatchFile<'_>,
    entry: Entry<'_>,
) -> Result<Result<Taken, BatchRefusal>, OperationError> {
    let digest = Sha256::digest(file.bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let scoped = house.store.scoped(Scope::operator(operator));
    if let Some(before) = scoped.sim_batch_of(&digest).await? {
        return Ok(Ok(Taken::Before(before)));
    }
    let catalog = house.catalog(operator).await?;
    let version = catalog.version_at(house.clock.now());
    let Some(network) = version.networks.find(file.network) else { return Ok(Err(BatchRefusal::NoNetwork)) };
    let rows = match rows(file.bytes, &version.networks.get(network).plmn) {
        Ok(rows) => rows,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let name: String = file.name.chars().take(LONGEST_NAME).collect();
    let cards = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let (kind, at) = (kind_word(file.kind), house.clock.now());
    let new = NewBatch { operator, digest: &digest, name: &name, network: file.network, kind, cards, at };
    let transaction = house.store.begin().await?;
    let Some(id) = transaction.add_batch(&new).await? else {
        drop(transaction);
        // Somebody handed the same file in meanwhile.
        let before = scoped.sim_batch_of(&digest).await?;
        return Ok(before.map(Taken::Before).ok_or(BatchRefusal::Empty));
    };
    let mut faults = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let sealed = sealed(house, scoped.scope(), row)?;
        let sim = NewSim { iccid: row.iccid.as_str(), imsi: row.imsi.as_str() };
        let fault = |column, what| BatchFault { row: index + 1, column, what };
        match transaction.add_sim((&new, id), sim, &sealed).await? {
            AddedSim::Added(_) => {}
            AddedSim::KnownIccid(_) => faults.push(fault("iccid", RowWrong::KnownIccid(row.iccid.to_string()))),
            AddedSim::KnownImsi => faults.push(fault("imsi", RowWrong::KnownImsi(row.imsi.to_string()))),
        }
    }
    if !faults.is_empty() {
        return Ok(Err(wrong(faults)));
    }
    let mut noted = entry("sims_taken_in", Object::SimBatch(id));
    noted.after = Some(serde_json::json!({ "name": name, "sims": cards }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    Ok(Ok(Taken::Done(id, rows.len())))
}

fn rows(bytes: &[u8], codes: &[String]) -> Result<Vec<BatchRow>, BatchRefusal> {
    if bytes.len() > LARGEST_FILE {
        return Err(BatchRefusal::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| BatchRefusal::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(BatchRefusal::NoFile);
    }
    let (rows, faults) = read_sim_batch(text, codes).map_err(|_| BatchRefusal::Header)?;
    if !faults.is_empty() {
        let told = |fault: BatchRowFault| BatchFault { row: fault.row, column: fault.column, what: RowWrong::Text(fault.reason) };
        return Err(wrong(faults.into_iter().map(told).collect()));
    }
    match rows.len() {
        0 => Err(BatchRefusal::Empty),
        count if count > MOST_CARDS => Err(BatchRefusal::TooMany),
        _ => Ok(rows),
    }
}

fn wrong(mut faults: Vec<BatchFault>) -> BatchRefusal {
    let total = faults.len();
    faults.truncate(MOST_FAULTS);
    BatchRefusal::Rows { faults, total }
}

fn sealed(house: &House, scope: Scope, row: &BatchRow) -> Result<SealedCodes, OperationError> {
    let codes = [
        Some(row.pin1.reveal()),
        Some(row.puk1.reveal()),
        row.pin2.as_ref().map(Pin::reveal),
        row.puk2.as_ref().map(Puk::reveal),
    ];
    seal(house, scope.codes_name(row.iccid.as_str()), codes)
}

fn seal(house: &House, name: String, codes: [Option<&str>; 4]) -> Result<SealedCodes, OperationError> {
    let mut kept = [const { None }; 4];
    for ((place, code), column) in kept.iter_mut().zip(codes).zip(CODES) {
        if let Some(code) = code {
            *place = Some(house.seal.seal(Place { table: "sim_secret", column, row: &name }, code.as_bytes())?);
        }
    }
    Ok(SealedCodes { name, codes: kept })
}

/// A range of a batch that somebody has when a demonstration is set up.
#[derive(Clone, Debug)]
pub struct GivenRange {
    /// The first and the last.
    pub ends: (Iccid, Iccid),
    /// The customer's reference, or the reseller's name.
    pub to: String,
}

/// Fills an inventory when a demonstration is set up, by the program: a batch, who has some of it, and what unlocks cards that lines have
/// already. What is there stays as it is.
///
/// # Errors
/// When the file has a fault, the database fails, or there are no keys.
pub async fn set_up(
    house: &House,
    operator: OperatorId,
    file: BatchFile<'_>,
    given: &[GivenRange],
) -> Result<Result<(), BatchRefusal>, OperationError> {
    let now = house.clock.now();
    let entry = |action, object| program(operator, now, (action, object));
    match taken(house, operator, file, &entry).await? {
        Ok(Taken::Done(..)) => {}
        Ok(Taken::Before(_)) => return Ok(Ok(())),
        Err(refusal) => return Ok(Err(refusal)),
    }
    let scoped = house.store.scoped(Scope::operator(operator));
    let resellers = scoped.resellers_to_give().await?;
    for range in given {
        let reseller =
            resellers.iter().find(|(_, name)| *name == range.to).map(|(id, name)| (Receiver::Reseller(*id), name.clone()));
        let found = scoped.sim_holders_called(&range.to).await?;
        let customer = found.first().map(|holder| (receiver(holder), holder.name.clone()));
        if let Some(to) = reseller.or(customer) {
            give_to(house, operator, range.ends, to).await?;
        }
    }
    Ok(Ok(()))
}

/// Keeps what unlocks cards that lines have already, when a demonstration is set up. One that is not there is passed over.
///
/// # Errors
/// When the database fails, or there are no keys.
pub async fn keep_codes(
    house: &House,
    operator: OperatorId,
    cards: impl IntoIterator<Item = (String, Pin, Puk)>,
) -> Result<(), OperationError> {
    let transaction = house.store.begin().await?;
    for (iccid, pin, puk) in cards {
        let Some(sim): Option<SimId> = transaction.sim_called(operator, &iccid).await? else { continue };
        let name = Scope::operator(operator).codes_name(&iccid);
        transaction.keep_codes(sim, &seal(house, name, [Some(pin.reveal()), Some(puk.reveal()), None, None])?).await?;
    }
    Ok(transaction.commit().await?)
}
