//! The middle of the import: batches of records in, decided batches out, in the order of the file.

use super::{
    HashMap, HashSet, ImportError, ImportReport, Interrupt, LEASE_S, RECORDS_A_BATCH, ReadBatch, accounts::Accounts,
    reasons::code, shared::Moved,
};
use crate::House;
use catalog::Catalog;
use compact_str::ToCompactString;
use jiff::civil::Date;
use mediation::{ReadError, Taken};
use rating::{Account, Audience, Event, Part, Placed, Rated, Refusal, place, write_parts};
use std::{
    collections::VecDeque,
    sync::mpsc::{Receiver, SyncSender},
};
use store::{DaySums, ImportLease, LateUsage, LineEvent, LineMonth, SetAsideRow, Store, UsageRow, WriteBatch};
use tokio::runtime::Handle;
use vocabulary::{
    Access, Clock, CustomerId, Direction, FileId, LineId, Month, OperatorId, Party, RecordKey, Timestamp, UsageKind, UsageRecord,
};

/// A record that begins later than this after now is not believed.
const MOST_AHEAD_S: i64 = 24 * 3_600;
/// Batches that may not be in the database yet: waiting, being written, being made.
const IN_FLIGHT: usize = 3;

type Identity = (LineId, Timestamp, RecordKey);

/// Rates the batches of files, one file after the other.
pub(super) struct RatingStage<'c> {
    catalog: &'c Catalog,
    store: Store,
    clock: Clock,
    runtime: Handle,
    operator: OperatorId,
    file: FileId,
    fence: i64,
    /// How many records of the operator came so far.
    arrivals: i64,
    /// The latest month that is closed.
    closed: Option<Month>,
    accounts: Accounts<'c>,
    recent: VecDeque<HashSet<Identity>>,
    /// The most records of a batch.
    pub(super) records_a_batch: usize,
    calendar: Calendar,
    interrupt: Interrupt,
    report: ImportReport,
}

/// How the stage ended.
pub(super) struct StageEnd {
    pub(super) report: ImportReport,
    /// The file could not be read to its end.
    pub(super) broken: Option<ReadError>,
}

/// A record of a batch whose line is known.
struct Owned<'b> {
    taken: &'b Taken,
    line: LineId,
    month: Month,
    /// The record as the callee has it, where it is the callee's.
    received: Option<Box<UsageRecord>>,
}

impl Owned<'_> {
    fn record(&self) -> &UsageRecord {
        self.received.as_deref().unwrap_or(&self.taken.record)
    }
}

/// What a batch has become so far.
#[derive(Default)]
struct Decided {
    rows: Vec<UsageRow>,
    events: Vec<LineEvent>,
    set_aside: Vec<SetAsideRow>,
    days: HashMap<(CustomerId, i32), DaySums>,
    shared: Moved,
    late: Vec<LateUsage>,
    identities: HashSet<Identity>,
    duplicates: u64,
}

impl<'c> RatingStage<'c> {
    pub(super) fn new(
        house: &House,
        catalog: &'c Catalog,
        operator: OperatorId,
        (lease, closed): (ImportLease, Option<Month>),
        runtime: Handle,
        interrupt: Interrupt,
    ) -> Self {
        Self {
            catalog,
            store: house.store.clone(),
            clock: house.clock.clone(),
            operator,
            file: FileId(0),
            fence: lease.fence,
            arrivals: lease.arrivals,
            closed,
            accounts: Accounts::new(catalog, house.store.clone(), runtime.clone(), operator),
            runtime,
            recent: VecDeque::new(),
            records_a_batch: RECORDS_A_BATCH.get(),
            calendar: Calendar::default(),
            interrupt,
            report: ImportReport::default(),
        }
    }

    /// Forgets every counter that may not be in the database.
    pub(super) fn forget(&mut self) {
        self.accounts.clear();
        self.recent.clear();
    }

    /// Rates every batch of a file and passes it on; the last one closes the file.
    pub(super) fn run(
        &mut self,
        file: FileId,
        batches: &Receiver<ReadBatch>,
        to_write: SyncSender<WriteBatch>,
        written: &Receiver<WriteBatch>,
        progress: &dyn Fn(u64),
    ) -> Result<StageEnd, ImportError> {
        (self.file, self.report) = (file, ImportReport::default());
        // Whoever wrote the file before has ended, and every batch of it is in the database.
        self.accounts.all_written();
        let mut rows = 0_u64;
        let mut broken = None;
        let mut is_closed = false;
        let mut next = batches.recv().ok();
        while let Some(batch) = next.take() {
            if self.interrupt.is_asked() {
                // What is decided is kept, and the file stays open where it ends.
                return Err(ImportError::Interrupted { taken: self.report.taken });
            }
            let batch = match batch {
                Ok(batch) => batch,
                Err(error) => {
                    broken = Some(error);
                    break;
                }
            };
            self.accounts.written(written.try_iter().count());
            rows += (batch.records.len() + batch.set_aside.len()) as u64;
            self.accounts.begin_batch(self.records_a_batch);
            let decided = self.decide(&batch)?;
            // The last batch is known by none coming after it; the reader has the next one ready by now.
            next = batches.recv().ok();
            is_closed = next.is_none();
            let decided = WriteBatch { is_last: is_closed, ..self.package(decided, batch)? };
            send(&to_write, decided)?;
            progress(rows);
        }
        if broken.is_none() && !is_closed {
            // Nothing is left after the checkpoint: only the file's end is to be noted.
            self.accounts.begin_batch(self.records_a_batch);
            let empty = self.package(Decided::default(), mediation::Batch::default())?;
            send(&to_write, WriteBatch { is_last: true, ..empty })?;
        }
        Ok(StageEnd { report: self.report.clone(), broken })
    }

    fn decide(&mut self, batch: &mediation::Batch) -> Result<Decided, ImportError> {
        let named = batch.records.iter();
        self.accounts.find_names(named.flat_map(|taken| {
            let other = Some(&taken.record.other).filter(|other| other.len() < 8 || !other.starts_with(['+', '0']));
            [Some(&taken.record.line), taken.callee_line.as_ref(), other].into_iter().flatten()
        }))?;
        let count = batch.records.len();
        let mut decided = Decided { rows: Vec::with_capacity(count), ..Decided::default() };
        decided.identities.reserve(count);
        let mut placed = Vec::with_capacity(count);
        let mut wanted = HashSet::default();
        for taken in &batch.records {
            match self.line_of(taken) {
                Some((line, received)) => {
                    let month = self.calendar.month(taken.record.start, self.catalog);
                    wanted.insert((line, month));
                    placed.push(Owned { taken, line, month, received });
                }
                None => {
                    let named = taken.callee_line.as_ref().map_or_else(String::new, |callee| format!(" nor `{callee}`"));
                    let detail = format!("`{}`{named} is no line of the operator", taken.record.line);
                    decided.set_aside.push(aside(batch, taken, "unknown_line", detail));
                }
            }
        }
        let until = Month::containing(self.clock.now(), &self.catalog.operator.time_zone);
        self.accounts.load(&wanted, until)?;
        let known = self.known_records(&placed)?;
        let latest_believed = self.clock.now().plus_seconds(MOST_AHEAD_S);
        for owned in &placed {
            let (taken, line, month, record) = (owned.taken, owned.line, owned.month, owned.record());
            let identity = (line, record.start, record.key);
            // What begins after all that the line had so far was never seen.
            let is_known = record.start <= self.accounts.latest(line, month)
                && (known.contains(&identity) || self.recent.iter().any(|set| set.contains(&identity)));
            if is_known || !decided.identities.insert(identity) {
                decided.duplicates += 1;
                continue;
            }
            if record.start > latest_believed {
                decided.identities.remove(&identity);
                let detail = format!("the usage begins at {}, which is not yet", record.start);
                decided.set_aside.push(aside(batch, taken, "from_the_future", detail));
            } else if let Err(refusal) = self.rate(line, month, record, &mut decided) {
                decided.identities.remove(&identity);
                decided.set_aside.push(aside(batch, taken, code(&refusal), refusal.to_string()));
            }
        }
        Ok(decided)
    }

    /// Whose record it is: the caller's, or the callee's where the caller is nobody of ours; then also the record as the callee has it.
    fn line_of(&self, taken: &Taken) -> Option<(LineId, Option<Box<UsageRecord>>)> {
        if let Some(line) = self.accounts.line(&taken.record.line) {
            return Some((line, None));
        }
        let callee = taken.callee_line.as_ref()?;
        let line = self.accounts.line(callee)?;
        let (other, direction) = (taken.record.line.clone(), Direction::Received);
        Some((line, Some(Box::new(UsageRecord { line: callee.clone(), other, direction, ..taken.record.clone() }))))
    }

    /// Which of these records are in the database: only those that do not come after the line's latest have to be looked for.
    fn known_records(&self, placed: &[Owned<'_>]) -> Result<HashSet<Identity>, ImportError> {
        let mut spans: HashMap<(LineId, Month), (Timestamp, Timestamp)> = HashMap::default();
        for owned in placed {
            let (line, month, start) = (owned.line, owned.month, owned.taken.record.start);
            if start <= self.accounts.latest(line, month) {
                let span = spans.entry((line, month)).or_insert((start, start));
                *span = (span.0.min(start), span.1.max(start));
            }
        }
        let mut known = HashSet::default();
        for ((line, month), span) in spans {
            let found = self.runtime.block_on(self.store.records_between(line, month, span))?;
            known.extend(found.into_iter().map(|(start, key)| (line, start, key)));
        }
        Ok(known)
    }

    fn rate(&mut self, line: LineId, month: Month, record: &UsageRecord, decided: &mut Decided) -> Result<(), Refusal> {
        let version = self.catalog.version_at(record.start);
        let is_ours = |name: &str| self.accounts.line(&name.into()).is_some();
        let (usage, party) = place(self.catalog, version, record, is_ours)?;
        let mut shared = self.accounts.take_shared(line, month);
        let batch = self.accounts.batch();
        let rated = match self.accounts.account(line, month, version) {
            Ok(open) => {
                let rated = open.account.rate(&usage, &mut shared.packs, &mut shared.spends);
                open.changed_in = if rated.is_ok() { batch } else { open.changed_in };
                rated
            }
            Err(refusal) => Err(refusal),
        };
        self.accounts.put_back((line, month), shared, rated.as_ref().ok(), &mut decided.shared);
        self.keep(line, month, record, (&usage, &party), rated?, decided);
        Ok(())
    }

    fn keep(
        &mut self,
        line: LineId,
        month: Month,
        record: &UsageRecord,
        (usage, party): (&Placed, &Party),
        rated: Rated,
        decided: &mut Decided,
    ) {
        decided.events.extend(line_events(line, month, (record.start, record.key), &rated.events));
        let day = self.calendar.day(record.start, self.catalog);
        if let Some(customer) = self.accounts.lines.get(&line).map(|line| line.customer) {
            let sums = decided.days.entry((customer, day)).or_default();
            add_to_day(sums, usage, &rated);
        }
        self.report.charged = self.report.charged.checked_add(rated.price).unwrap_or(self.report.charged);
        if let Some(closed) = self.closed.filter(|closed| month <= *closed) {
            let (bill_month, started, key, price) = (closed.next(), record.start, record.key, rated.price);
            decided.late.push(LateUsage { line, bill_month, month, started, key, price });
        }
        self.arrivals += 1;
        let destination = self.catalog.world.get(usage.to);
        decided.rows.push(UsageRow {
            line,
            month,
            started: record.start,
            key: record.key,
            kind: small(usage.kind.index()),
            direction: small(usage.direction.index()),
            other: party.to_compact_string(),
            from_country: usage.from_country.as_str().into(),
            to_country: destination.class.map(|_| destination.country.as_str().into()).unwrap_or_default(),
            to_class: destination.class.map(|class| class.as_str().into()).unwrap_or_default(),
            quantity: usage.quantity.units(),
            price: rated.price,
            charged: rated.parts.iter().any(Part::is_out_of_bundle),
            parts: write_parts(&rated.parts),
            access: match record.access {
                Access::Mobile => 0,
                Access::Vowifi => 1,
                Access::Fixed => 2,
            },
            arrival: self.arrivals,
        });
    }

    /// What a decided batch writes, with the counters of every line it touched.
    fn package(&mut self, mut decided: Decided, batch: mediation::Batch) -> Result<WriteBatch, ImportError> {
        let now = self.clock.now();
        decided.rows.sort_by_cached_key(|row| (row.month, row.line, row.started, row.key));
        let mut line_months: Vec<LineMonth> =
            self.accounts.changed().map(|((line, month), account)| line_month(line, month, account)).collect();
        line_months.sort_by_key(|counters| (counters.line, counters.month));
        let mut days: Vec<_> = decided.days.iter().map(|(&(customer, day), &sums)| (customer, day, sums)).collect();
        days.sort_by_key(|(customer, day, _)| (*customer, *day));
        let mut set_aside: Vec<SetAsideRow> = batch.set_aside.into_iter().map(from_reading).collect();
        set_aside.append(&mut decided.set_aside);
        self.report.taken += decided.rows.len() as u64;
        self.report.duplicates += decided.duplicates;
        self.report.set_aside += set_aside.len() as u64;
        self.recent.push_back(decided.identities);
        if self.recent.len() > IN_FLIGHT + 1 {
            self.recent.pop_front();
        }
        Ok(WriteBatch {
            operator: self.operator,
            file: self.file,
            fence: self.fence,
            arrivals: self.arrivals,
            lease_until: now.plus_seconds(LEASE_S),
            now,
            rows: decided.rows,
            line_months,
            pack_months: self.accounts.pack_months(&decided.shared),
            spend_months: self.accounts.spend_months(&decided.shared),
            days,
            events: decided.events,
            late: decided.late,
            set_aside,
            duplicates: i64::try_from(decided.duplicates).unwrap_or(i64::MAX),
            checkpoint: serde_json::to_string(&batch.checkpoint).expect("a checkpoint is plain data"),
            is_last: false,
        })
    }
}

fn send(to_write: &SyncSender<WriteBatch>, batch: WriteBatch) -> Result<(), ImportError> {
    to_write.send(batch).map_err(|_| ImportError::Stopped)
}

/// A line's counters as they are kept.
pub(crate) fn line_month(line: LineId, month: Month, account: &Account<'_>) -> LineMonth {
    let state = account.save();
    let (data_included, data_drawn) = account.home_data();
    let text = serde_json::to_string(&state).expect("counters are plain data");
    LineMonth { line, month, totals: state.totals, data_included, data_drawn, data_hold: state.data_hold(), state: text }
}

/// The events of a record as they are kept.
pub(crate) fn line_events(
    line: LineId,
    month: Month,
    (at, key): (Timestamp, RecordKey),
    events: &[Event],
) -> impl Iterator<Item = LineEvent> {
    (0..).zip(events).map(move |(sequence, event)| {
        let to_tell = event.audience() != Audience::Staff;
        let event = serde_json::to_string(event).expect("an event is plain data");
        LineEvent { line, month, at, key, sequence, event, to_tell }
    })
}

fn add_to_day(sums: &mut DaySums, usage: &Placed, rated: &Rated) {
    sums.out_of_bundle = sums.out_of_bundle.checked_add(rated.price).unwrap_or(sums.out_of_bundle);
    if usage.direction == Direction::Received {
        return;
    }
    let units = usage.quantity.units();
    match usage.kind {
        UsageKind::Data => sums.data_bytes += units,
        UsageKind::Voice => sums.voice_s += units,
        UsageKind::Sms | UsageKind::Mms => sums.messages += units,
    }
}

fn aside(batch: &mediation::Batch, taken: &Taken, reason: &str, detail: String) -> SetAsideRow {
    let row = i64::try_from(taken.row).unwrap_or(i64::MAX);
    SetAsideRow { row, reason: reason.to_owned(), detail, raw: batch.raw(taken) }
}

fn from_reading(row: mediation::SetAside) -> SetAsideRow {
    let number = i64::try_from(row.row).unwrap_or(i64::MAX);
    SetAsideRow { row: number, reason: row.reason.as_str().to_owned(), detail: row.detail, raw: row.raw }
}

fn small(index: usize) -> i16 {
    i16::try_from(index).expect("kinds and directions are few")
}

/// Months and days of the operator's zone, remembered: records come in order, and most fall on the day of the one before.
#[derive(Default)]
struct Calendar {
    month: Option<(Timestamp, Timestamp, Month)>,
    day: Option<(Timestamp, Timestamp, i32)>,
}

impl Calendar {
    fn month(&mut self, at: Timestamp, catalog: &Catalog) -> Month {
        if let Some((from, to, month)) = self.month
            && at >= from
            && at < to
        {
            return month;
        }
        let zone = &catalog.operator.time_zone;
        let month = Month::containing(at, zone);
        self.month = Some((month.start(zone), month.next().start(zone), month));
        month
    }

    /// A day as a number: 20261121.
    fn day(&mut self, at: Timestamp, catalog: &Catalog) -> i32 {
        if let Some((from, to, day)) = self.day
            && at >= from
            && at < to
        {
            return day;
        }
        let zone = &catalog.operator.time_zone;
        let date = at.to_local(zone).date();
        let day = (i32::from(date.year()) * 100 + i32::from(date.month())) * 100 + i32::from(date.day());
        if let Some((from, to)) = bounds(date, zone) {
            self.day = Some((from, to, day));
        }
        day
    }
}

fn bounds(date: Date, zone: &jiff::tz::TimeZone) -> Option<(Timestamp, Timestamp)> {
    let start = |date: Date| date.to_zoned(zone.clone()).ok().map(|zoned| Timestamp::from(zoned.timestamp()));
    Some((start(date)?, start(date.tomorrow().ok()?)?))
}
