//! TAP3 (GSMA TD.57): batches of roaming usage in BER, read event by event. A batch of any size is read in flat memory: its head is
//! read first, then one event after the other, by definite and indefinite lengths.
//!
//! An event is turned into the [columns](COLUMNS) that the layout names. One that cannot be understood is set aside with its place and
//! bytes. Where the lengths themselves are wrong, nobody can say where the next event begins: there reading ends with an error.

mod columns;
mod elements;
mod event;

pub(crate) use columns::{COLUMNS, hex};

use crate::{
    Batch, Checkpoint, Layout, MAX_RAW_CHARS, MAX_ROW_BYTES, SetAsideReason as Reason, fields::Fields, read_error::ReadError,
    set_aside::Fault, stream::Stream, time::ZoneReader, understand,
};
use columns::{BatchFacts, EventRow};
use elements::{Broken, End, Extent, Head};
use event::{AuditControlInfo, BatchControlInfo, NetworkInfo};
use std::{
    io::{Error, ErrorKind},
    sync::Arc,
};

/// The longest group of the batch's head that is looked at, in bytes: thousands of recording switches.
const MAX_GROUP_BYTES: usize = 4 * MAX_ROW_BYTES;

const TRANSFER_BATCH: u32 = 1;
const NOTIFICATION: u32 = 2;
const EVENTS: u32 = 3;
const BATCH_CONTROL: u32 = 4;
const NETWORK: u32 = 6;
const AUDIT_CONTROL: u32 = 15;

/// Reads the events of one batch by one layout.
pub(crate) struct TapReader {
    layout: Arc<Layout>,
    stream: Stream,
    /// Of each slot of the layout, the column; nothing where it names one that events do not have.
    columns: Vec<Option<usize>>,
    fields: Fields,
    zone: ZoneReader,
    facts: BatchFacts,
    /// The groups before the events that say how these are to be read.
    head: Vec<u8>,
    place: Within,
    /// Events that were read, and where the last of them ends.
    events: u64,
    position: u64,
    /// Did the list of events begin?
    is_listed: bool,
    /// How many there are, as the batch says at its end.
    said: Option<i64>,
    /// Why reading ended, until it was said.
    failure: Option<ReadError>,
}

/// What the current place is in.
#[derive(Clone, Copy)]
enum Within {
    /// The events, and the batch around them.
    Events { list: End, batch: End },
    /// The batch, after its events.
    Batch(End),
    /// Nothing: it was read.
    Done,
}

impl TapReader {
    /// Reads the head of a batch, and goes on to where an earlier reader left off.
    pub(crate) fn open(stream: Stream, layout: Arc<Layout>, from: Option<Checkpoint>) -> Result<Self, ReadError> {
        let columns = layout.names.iter().map(|name| COLUMNS.iter().position(|column| column == name)).collect();
        let zone = ZoneReader::new(layout.time.zone.clone());
        let mut reader = Self {
            layout,
            stream,
            columns,
            fields: Fields::default(),
            zone,
            facts: BatchFacts::default(),
            head: Vec::new(),
            place: Within::Done,
            events: 0,
            position: 0,
            is_listed: false,
            said: None,
            failure: None,
        };
        reader.begin()?;
        reader.go_on(&from.unwrap_or_default())?;
        Ok(reader)
    }

    /// The next records and events set aside; nothing at the end.
    pub(crate) fn next_batch(&mut self, max_records: usize) -> Result<Option<Batch>, ReadError> {
        let mut batch = Batch::of_bytes();
        while self.failure.is_none() && batch.len() < max_records {
            match self.step(&mut batch) {
                Ok(true) => {}
                Ok(false) => break,
                Err(broken) => self.failure = Some(self.error(broken)),
            }
        }
        batch.checkpoint = self.checkpoint();
        match self.failure.take() {
            Some(error) if batch.is_empty() => {
                self.place = Within::Done;
                Err(error)
            }
            failure => {
                self.failure = failure;
                Ok(if batch.is_empty() { None } else { Some(batch) })
            }
        }
    }

    /// The groups before the events that say how these are to be read, in hexadecimal digits.
    pub(crate) fn head(&self) -> String {
        hex(&self.head)
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint { position: self.position, lines: self.events, given_through: self.events, given_at_end: 0 }
    }

    /// Reads up to the first event.
    fn begin(&mut self) -> Result<(), ReadError> {
        if !self.stream.hold(1) && self.stream.held() == 0 {
            return Err(self.stream.take_error().map_or(ReadError::Empty, |error| ReadError::of(error, 0, 1)));
        }
        let head = Head::peek(&mut self.stream).map_err(|broken| self.not_tap(broken))?;
        match head.application() {
            Some(TRANSFER_BATCH) => {}
            // It says that there is nothing to transfer. Read to its end, it is known to be whole.
            Some(NOTIFICATION) => {
                let skipped = head.skip(&mut self.stream, End::At(u64::MAX)).and_then(|()| self.expect_nothing_more());
                return skipped.map_err(|broken| self.error(broken));
            }
            _ => return Err(self.wrong_layout("it begins with neither a transfer batch nor a notification")),
        }
        let end = head.enter(&mut self.stream, End::At(u64::MAX)).map_err(|broken| self.error(broken))?;
        let first = Head::peek(&mut self.stream).map_err(|broken| self.not_tap(broken))?;
        if first.application() != Some(BATCH_CONTROL) {
            return Err(self.wrong_layout("its batch does not begin with its batch control information"));
        }
        self.place = Within::Batch(end);
        self.read_groups(end).map_err(|broken| self.error(broken))?;
        self.failure.take().map_or(Ok(()), Err)
    }

    /// Goes on to a checkpoint, which lies between two events.
    fn go_on(&mut self, from: &Checkpoint) -> Result<(), ReadError> {
        if from.position <= self.stream.offset() {
            return Ok(());
        }
        let too_far = |length| Err(ReadError::Shorter { length, position: from.position });
        if let Within::Events { list: End::At(end), .. } = self.place
            && from.position > end
        {
            return too_far(end);
        }
        if matches!(self.place, Within::Done | Within::Batch(_)) {
            return too_far(self.stream.offset());
        }
        if !self.stream.skip_to(from.position) {
            let offset = self.stream.offset();
            return self
                .stream
                .take_error()
                .map_or_else(|| too_far(offset), |error| Err(ReadError::of(error, offset, from.lines + 1)));
        }
        (self.events, self.position) = (from.lines, from.position);
        Ok(())
    }

    /// Reads one event or, after the last, what follows; false at the end.
    fn step(&mut self, batch: &mut Batch) -> Result<bool, Broken> {
        match self.place {
            Within::Events { list, batch: outer } if list.is_here(&mut self.stream)? => {
                list.pass(&mut self.stream);
                self.place = Within::Batch(outer);
            }
            Within::Events { list, .. } => self.take_event(list, batch)?,
            Within::Batch(end) => self.read_groups(end)?,
            Within::Done => return Ok(false),
        }
        Ok(true)
    }

    fn take_event(&mut self, list: End, batch: &mut Batch) -> Result<(), Broken> {
        let head = Head::peek(&mut self.stream)?;
        let extent = head.hold(&mut self.stream, list, MAX_ROW_BYTES)?;
        let (event, offset) = (self.events + 1, self.stream.offset());
        let at = |fault: Fault| Fault { detail: format!("event {event}, at byte {offset}: {}", fault.detail), ..fault };
        match extent {
            Extent::Whole(length) => {
                let bytes = self.stream.bytes(length);
                let taken = EventRow::read(head.application(), bytes, &self.facts).and_then(|row| {
                    let columns = self.columns.iter().map(|column| column.map_or("", |column| row.text(column)));
                    self.fields.fill(columns);
                    understand::record(&self.layout, &mut self.zone, self.fields.row(bytes, None))
                });
                match taken {
                    Ok((record, callee_line)) => batch.take(event, record, callee_line, bytes),
                    Err(fault) => batch.set_aside(event, at(fault), bytes),
                }
                self.stream.advance(length);
            }
            Extent::TooLong => {
                let fault = Fault::new(Reason::Unreadable, format!("the event is longer than {MAX_ROW_BYTES} bytes"));
                self.stream.hold(MAX_RAW_CHARS);
                let shown = self.stream.bytes(MAX_RAW_CHARS).to_vec();
                head.skip(&mut self.stream, list)?;
                batch.set_aside(event, at(fault), &shown);
            }
        }
        (self.events, self.position) = (event, self.stream.offset());
        Ok(())
    }

    /// Reads the groups of the batch up to its events, or to its end.
    fn read_groups(&mut self, end: End) -> Result<(), Broken> {
        while !end.is_here(&mut self.stream)? {
            let head = Head::peek(&mut self.stream)?;
            match head.application() {
                // Also of an empty list there is one only: whoever begins again looks for the events in the first.
                Some(EVENTS) if !self.is_listed && self.said.is_none() => {
                    self.is_listed = true;
                    let list = head.enter(&mut self.stream, end)?;
                    self.place = Within::Events { list, batch: end };
                    return Ok(());
                }
                Some(EVENTS) => return Err(Broken::Malformed("the batch has two lists of events")),
                Some(group @ (BATCH_CONTROL | NETWORK | AUDIT_CONTROL)) => {
                    let Extent::Whole(length) = head.hold(&mut self.stream, end, MAX_GROUP_BYTES)? else {
                        return Err(Broken::Malformed("a group of the batch is too long"));
                    };
                    self.read_group(group, length)?;
                    self.stream.advance(length);
                }
                _ => head.skip(&mut self.stream, end)?,
            }
        }
        end.pass(&mut self.stream);
        self.place = Within::Done;
        self.expect_nothing_more()?;
        let found = self.events;
        match self.said {
            Some(said) if u64::try_from(said) != Ok(found) => self.failure = Some(ReadError::Miscounted { said, found }),
            _ => {}
        }
        Ok(())
    }

    fn read_group(&mut self, group: u32, length: usize) -> Result<(), Broken> {
        let bytes = self.stream.bytes(length);
        let broken = |_| Broken::Malformed("a group of the batch cannot be read");
        if self.events == 0 && group != AUDIT_CONTROL {
            self.head.extend_from_slice(bytes);
        }
        match group {
            BATCH_CONTROL => {
                let control: BatchControlInfo = rasn::ber::decode(bytes).map_err(broken)?;
                let text = |octets: &[u8]| String::from_utf8_lossy(octets.trim_ascii()).into();
                self.facts.sender = control.sender.as_deref().map(text).unwrap_or_default();
                if control.file_type.as_deref().is_some_and(|kind| kind.trim_ascii().eq_ignore_ascii_case(b"T")) {
                    self.failure = Some(ReadError::Test);
                }
            }
            NETWORK => {
                let network: NetworkInfo = rasn::ber::decode(bytes).map_err(broken)?;
                let offsets = network.utc_offsets.unwrap_or_default().into_iter();
                let known = offsets.filter_map(|info| Some((info.code?, String::from_utf8(info.offset?.to_vec()).ok()?.into())));
                self.facts.offsets.extend(known);
            }
            _ => {
                let audit: AuditControlInfo = rasn::ber::decode(bytes).map_err(broken)?;
                self.said = audit.events;
            }
        }
        Ok(())
    }

    /// A file is one batch. Some end with zeros up to the length of a block, or with a line break.
    fn expect_nothing_more(&mut self) -> Result<(), Broken> {
        while self.stream.hold(1) {
            let held = self.stream.held();
            if self.stream.bytes(held).iter().any(|byte| !matches!(byte, 0 | b'\n' | b'\r')) {
                return Err(Broken::Malformed("something follows the batch"));
            }
            self.stream.advance(held);
        }
        if self.stream.has_failed() { Err(Broken::Cut) } else { Ok(()) }
    }

    /// At the very beginning, what is no element is no such file at all.
    fn not_tap(&mut self, broken: Broken) -> ReadError {
        match broken {
            Broken::Cut => self.error(Broken::Cut),
            Broken::Malformed(reason) => self.wrong_layout(reason),
        }
    }

    fn wrong_layout(&self, reason: &str) -> ReadError {
        ReadError::WrongLayout { layout: self.layout.id.clone(), reason: reason.to_owned() }
    }

    fn error(&mut self, broken: Broken) -> ReadError {
        let (byte, row) = (self.stream.offset(), self.events + 1);
        self.place = Within::Done;
        match broken {
            Broken::Cut => match self.stream.take_error() {
                Some(error) => ReadError::of(error, byte, row),
                None => ReadError::CutShort { byte, row },
            },
            Broken::Malformed(reason) => ReadError::Damaged { byte, row, source: Error::new(ErrorKind::InvalidData, reason) },
        }
    }
}
