//! The legs of one call, put together. A switch writes a row for each leg: the phones that rang, the one that answered, the
//! channels in between. A call is closed when so many rows have passed since its last leg.

use crate::{
    Layout, MAX_RAW_CHARS, SetAside, SetAsideReason as Reason,
    fields::Row,
    layout::Legs,
    set_aside::{Fault, quoted},
    time::ZoneReader,
    understand::{self, Who},
};
use compact_str::CompactString;
use std::collections::{BTreeMap, HashMap, VecDeque};
use vocabulary::{Access, Quantity, RecordKey, Timestamp, UsageKind, UsageRecord, Visited};

/// More rows than any call has legs.
const MAX_LEGS: usize = 1_000;

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Its line, from 1.
    pub(crate) row: u64,
    /// Bytes of decompressed text before it.
    pub(crate) offset: u64,
}

/// A call that is complete.
#[derive(Debug)]
pub(crate) enum Closed {
    Record { row: u64, record: Box<UsageRecord>, callee_line: Option<CompactString>, raw: Vec<u8> },
    SetAside(SetAside),
}

/// The calls that are open.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    open: HashMap<Vec<u8>, Call>,
    /// Legs in the order of rows; a leg that is not its call's last is passed over.
    lasts: VecDeque<(u64, Vec<u8>)>,
    /// Open calls by their first row.
    firsts: BTreeMap<u64, (u64, Vec<u8>)>,
}

#[derive(Debug)]
struct Call {
    first: Place,
    last_row: u64,
    legs: usize,
    /// From whom the parties are taken, the best so far.
    named_by: Option<(Rank, Named)>,
    /// When somebody talked: from, and seconds.
    talks: Vec<(Timestamp, i64)>,
    fault: Option<Fault>,
    raw: Vec<u8>,
}

/// How well a leg names the parties: the main leg best, then one that was answered; of equals, the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    is_main: bool,
    is_answered: bool,
}

type Named = Result<(Who, Visited, Access), Fault>;

/// One row of a call.
#[derive(Debug)]
pub(crate) struct Leg {
    rank: Rank,
    named: Named,
    talk: Result<Option<(Timestamp, i64)>, Fault>,
}

/// Reads a row as a leg. A leg that nobody answered needs no time.
pub(crate) fn leg(layout: &Layout, rule: &Legs, zone: &mut ZoneReader, row: Row<'_>) -> Leg {
    let talk = understand::quantity(layout, UsageKind::Voice, row).and_then(|talked| {
        if !understand::is_answered(layout, talked, row) {
            return Ok(None);
        }
        understand::start(layout, zone, row).map(|start| Some((start, talked.units())))
    });
    let is_main = rule.main.as_ref().is_some_and(|(column, same_as)| row.field(column) == row.field(same_as));
    let named = understand::who(layout, UsageKind::Voice, row)
        .and_then(|who| Ok((who, understand::visited(layout, row)?, understand::access(layout, row)?)));
    Leg { rank: Rank { is_main, is_answered: matches!(talk, Ok(Some(_))) }, named, talk }
}

impl Calls {
    /// Adds a leg to its call; a call without an id is closed at once.
    pub(crate) fn add(&mut self, id: &[u8], leg: Leg, place: Place, raw: &[u8]) -> Option<Closed> {
        if id.is_empty() {
            let mut call = Call::new(place);
            call.add(leg, place.row, raw);
            return Some(call.close(raw));
        }
        let call = self.open.entry(id.to_vec()).or_insert_with(|| {
            self.firsts.insert(place.row, (place.offset, id.to_vec()));
            Call::new(place)
        });
        call.add(leg, place.row, raw);
        self.lasts.push_back((place.row, id.to_vec()));
        None
    }

    /// The next call whose last leg lies more than `window_rows` before `row`.
    pub(crate) fn close_before(&mut self, row: u64, window_rows: u64) -> Option<Closed> {
        while self.lasts.front().is_some_and(|(last, _)| last + window_rows < row) {
            let (last, id) = self.lasts.pop_front()?;
            if self.open.get(&id).is_some_and(|call| call.last_row == last) {
                let call = self.open.remove(&id)?;
                self.firsts.remove(&call.first.row);
                return Some(call.close(&id));
            }
        }
        None
    }

    /// At the end of the file: the open calls by their first rows.
    pub(crate) fn close_first(&mut self) -> Option<Closed> {
        let (_, (_, id)) = self.firsts.pop_first()?;
        self.open.remove(&id).map(|call| call.close(&id))
    }

    /// Where the earliest open call begins.
    pub(crate) fn earliest(&self) -> Option<Place> {
        self.firsts.first_key_value().map(|(&row, &(offset, _))| Place { row, offset })
    }
}

impl Call {
    const fn new(first: Place) -> Self {
        Self { first, last_row: 0, legs: 0, named_by: None, talks: Vec::new(), fault: None, raw: Vec::new() }
    }

    fn add(&mut self, leg: Leg, row: u64, raw: &[u8]) {
        self.last_row = row;
        self.legs += 1;
        let room = (MAX_RAW_CHARS * 4).saturating_sub(self.raw.len());
        self.raw.extend_from_slice(&raw[..raw.len().min(room)]);
        if self.legs > MAX_LEGS {
            let fault = Fault::new(Reason::TooManyLegs, format!("more than {MAX_LEGS} rows have the id of this call"));
            self.fault.get_or_insert(fault);
            return;
        }
        if self.named_by.as_ref().is_none_or(|(rank, _)| *rank < leg.rank) {
            self.named_by = Some((leg.rank, leg.named));
        }
        match leg.talk {
            Ok(talk) => self.talks.extend(talk),
            // One leg less would be a wrong number of seconds: the whole call waits for its correction.
            Err(fault) => {
                self.fault.get_or_insert(fault);
            }
        }
    }

    fn close(mut self, id: &[u8]) -> Closed {
        let raw = std::mem::take(&mut self.raw);
        let row = self.first.row;
        match self.record(id) {
            Ok((record, callee_line)) => Closed::Record { row, record: Box::new(record), callee_line, raw },
            Err(fault) => Closed::SetAside(fault.at(row, &raw)),
        }
    }

    fn record(mut self, id: &[u8]) -> Result<(UsageRecord, Option<CompactString>), Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let named = self.named_by.map(|(_, named)| named);
        self.talks.sort_unstable();
        let Some(&(start, _)) = self.talks.first() else {
            let rows = if self.legs == 1 { "1 row".to_owned() } else { format!("{} rows", self.legs) };
            let call = match named {
                Some(Ok((who, ..))) => format!("call from {} to {}", quoted(who.line.as_bytes()), quoted(who.other.as_bytes())),
                _ => "call".to_owned(),
            };
            return Err(Fault::new(Reason::NotAnswered, format!("nobody answered this {call} ({rows})")));
        };
        let (who, visited, access) = named.unwrap_or_else(|| Err(Fault::new(Reason::NoLine, "the call names nobody")))?;
        let quantity = Quantity::new(seconds_talked(&self.talks)).unwrap_or_default();
        let Who { line, other, direction, callee_line } = who;
        let (key, kind) = (RecordKey::of(id), UsageKind::Voice);
        Ok((UsageRecord { key, line, kind, direction, other, start, quantity, visited, access }, callee_line))
    }
}

/// Seconds in which somebody talked: stretches that overlap count once. In the order of their starts.
fn seconds_talked(talks: &[(Timestamp, i64)]) -> i64 {
    let mut total = 0_i64;
    let mut until = Timestamp::from_micros(i64::MIN);
    for &(start, seconds) in talks {
        let end = start.plus_seconds(seconds);
        if end > until {
            total = total.saturating_add(end.seconds_since(start.max(until)));
            until = end;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RAT-08: legs of one call that overlap do not count twice.
    #[test]
    fn overlapping_talk_counts_once() {
        let talks = |list: &[(i64, i64)]| {
            seconds_talked(&list.iter().map(|&(at, seconds)| (Timestamp::EPOCH.plus_seconds(at), seconds)).collect::<Vec<_>>())
        };
        assert_eq!(talks(&[(0, 20), (0, 20), (0, 20)]), 20);
        assert_eq!(talks(&[(0, 20), (5, 5), (10, 30), (100, 7)]), 47);
        assert_eq!(talks(&[(0, 10), (10, 10)]), 20);
        assert_eq!(talks(&[]), 0);
    }
}
