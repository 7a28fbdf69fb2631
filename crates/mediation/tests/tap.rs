//! TAP3: what a visited network bills becomes usage, and what does not stands aside with its place and bytes.

#![allow(clippy::unwrap_used, reason = "a test fails by panic")]

mod reading;
mod tap_writer;

use mediation::{Checkpoint, Layout, ReadError};
use reading::{Outcome, layout, open as open_reader, read, read_source};
use std::{
    io::{Cursor, Read},
    sync::Arc,
};
use tap_writer::*;
use vocabulary::{Access, Direction, UsageKind, Visited};

fn tap() -> Arc<Layout> {
    layout("tap3")
}

fn five() -> Vec<Vec<u8>> {
    vec![
        encode(&moc("0001")),
        encode(&mtc("0002")),
        encode(&sms("0003")),
        encode(&gprs("0004", Some("F"))),
        encode(&gprs("1004", Some("L"))),
    ]
}

/// RAT-08: calls made and received, messages and data of a batch, with the network that was visited.
#[test]
fn each_event_becomes_its_usage() {
    let outcome = read(&batch(&five()), &tap());
    assert_eq!(outcome.rows_set_aside(), []);
    let said: Vec<_> = outcome
        .records
        .iter()
        .map(|(row, usage, ..)| (*row, usage.kind, usage.direction, usage.other.as_str(), usage.quantity.units()))
        .collect();
    assert_eq!(
        said,
        [
            (1, UsageKind::Voice, Direction::Made, "+41791234567", 61),
            (2, UsageKind::Voice, Direction::Received, "+33639980012", 30),
            (3, UsageKind::Sms, Direction::Made, "+33639980012", 1),
            (4, UsageKind::Data, Direction::Made, "", 2_500_000),
            (5, UsageKind::Data, Direction::Made, "", 2_500_000),
        ]
    );
    for (_, usage, ..) in &outcome.records {
        assert_eq!((usage.line.as_str(), usage.access), ("+33639980011", Access::Mobile));
        assert_eq!(usage.visited, Visited::Network("22801".into()));
    }
    // Eight o'clock at +0100.
    assert_eq!(outcome.records[0].1.start.to_string(), "2026-11-21T07:00:01Z");
    let keys: std::collections::HashSet<_> = outcome.records.iter().map(|(_, usage, ..)| usage.key).collect();
    assert_eq!(keys.len(), 5, "the parts of a session are records of their own");
}

/// RAT-08: an event is the same in whatever batch it is sent again, with another charge or number of its file.
#[test]
fn an_event_that_is_sent_again_is_the_same_record() {
    let mut again = moc("0001");
    again.services = Some(services("11"));
    again.services.as_mut().unwrap().0[0].charges = None;
    let mut message_again = sms("0001");
    message_again.services.as_mut().unwrap().0[0].charges = None;
    let outcome = read(&batch(&[encode(&moc("0001")), encode(&again), encode(&sms("0001")), encode(&message_again)]), &tap());
    let keys: Vec<_> = outcome.records.iter().map(|(_, usage, ..)| usage.key).collect();
    assert_eq!(keys[0], keys[1], "the same call reference");
    assert_eq!(keys[2], keys[3], "without a reference, the same in all that matters");
    let mut other = sms("0001");
    other.basic.as_mut().unwrap().destination.as_mut().unwrap().message_to = Some(MessageTo(octets("33639980013")));
    let mut unused = other.clone();
    unused.location = Some(location(&[0, 0]));
    let outcome = read(&batch(&[encode(&sms("0001")), encode(&other), encode(&unused)]), &tap());
    let keys: Vec<_> = outcome.records.iter().map(|(_, usage, ..)| usage.key).collect();
    assert_ne!(keys[0], keys[1], "another recipient");
    assert_eq!(keys[1], keys[2], "a reference of zeros is none");
}

/// RAT-08: lengths that are said and lengths that are marked give the same.
#[test]
fn definite_and_indefinite_lengths_give_the_same() {
    let records = |outcome: Outcome| outcome.records.into_iter().map(|(row, usage, ..)| (row, usage)).collect::<Vec<_>>();
    let events = five();
    assert_eq!(records(read(&open_batch(&events), &tap())), records(read(&batch(&events), &tap())));
    let padded = [batch(&events), vec![0; 512]].concat();
    assert_eq!(read(&padded, &tap()), read(&batch(&events), &tap()), "zeros up to the end of a block");
}

/// RAT-08: what the standard lets out, writes otherwise or adds.
#[test]
fn numbers_times_and_services_are_read_as_the_standard_has_them() {
    let changed = |change: &dyn Fn(&mut Moc)| {
        let mut call = moc("0001");
        change(&mut call);
        encode(&call)
    };
    let to = |digits_dialled: &'static str| {
        changed(&move |call| {
            let destination = call.basic.as_mut().unwrap().destination.as_mut().unwrap();
            destination.called = Some(Called(digits(digits_dialled)));
        })
    };
    let outcome = read(
        &batch(&[
            to("112"),
            to("0033639980012"),
            changed(&|call| call.basic.as_mut().unwrap().start = Some(start("0001", 1))),
            changed(&|call| call.supplementary = Some(Supplementary(octets("2A")))),
            changed(&|call| call.supplementary = Some(Supplementary(octets("41")))),
            changed(&|call| {
                call.basic.as_mut().unwrap().subscriber.as_mut().unwrap().sim.msisdn = None;
            }),
            changed(&|call| {
                let dialled = Some(Dialled(octets("*123#")));
                call.basic.as_mut().unwrap().destination = Some(Destination { called: None, dialled, message_to: None });
            }),
            // A member that no release so far has, before and after those that are known.
            wrap(9, &[wrap(999, b"new"), contents(&encode(&moc("0001"))).to_vec(), wrap(998, b"newer")].concat()),
        ]),
        &tap(),
    );
    assert_eq!(outcome.rows_set_aside(), []);
    let usage: Vec<_> = outcome.records.iter().map(|(_, usage, ..)| usage).collect();
    assert_eq!([usage[0].other.as_str(), usage[1].other.as_str()], ["112", "0033639980012"]);
    assert_eq!(usage[2].start.to_string(), "2026-11-21T13:30:01Z");
    assert_eq!([usage[3].direction, usage[4].direction], [Direction::Forwarded, Direction::Made]);
    assert_eq!(usage[5].line, "208019000000011");
    assert_eq!(usage[6].other, "*123#");
    assert_eq!(usage[7].other, "+41791234567");
}

/// RAT-08: each bad event goes aside with its reason, its place and its bytes, and the others are taken.
#[test]
fn each_bad_event_is_set_aside_with_its_place_and_bytes() {
    let changed = |change: &dyn Fn(&mut Moc)| {
        let mut call = moc("0001");
        change(&mut call);
        encode(&call)
    };
    let basic = |change: &'static dyn Fn(&mut MoBasic)| changed(&move |call| change(call.basic.as_mut().unwrap()));
    let local = |text: &'static str| {
        changed(&move |call| {
            let start = Start { local: Some(LocalTime(octets(text))), code: Some(OffsetCode(0)) };
            call.basic.as_mut().unwrap().start = Some(start);
        })
    };
    let mut one_way = gprs("0001", None);
    one_way.service.outgoing = None;
    let mut less_than_nothing = gprs("0001", None);
    less_than_nothing.service.incoming = Some(Incoming(-1));
    let mut too_much = gprs("0001", None);
    too_much.service.incoming = Some(Incoming(i64::MAX));
    let whole = encode(&moc("0001"));
    let mut inner_too_long = whole.clone();
    // The length of the basic call information, which then goes beyond its call.
    let at = inner_too_long.windows(3).position(|bytes| bytes == [0x7f, 0x81, 0x13]).unwrap() + 3;
    inner_too_long[at] += 60;
    let supplementary = SupplementaryEvent {
        subscriber: subscriber(),
        used: SupplementaryUsed { code: Supplementary(octets("21")), action: Action(0) },
    };
    let deep = (0..10_000).fold(Vec::new(), |inner, _| deeper(inner));
    let bad = [
        (basic(&|basic| basic.start = None), "bad_time"),
        (basic(&|basic| basic.start = Some(start("0001", 7))), "bad_time"),
        (local("20260230080000"), "bad_time"),
        (local("yesterday"), "bad_time"),
        (basic(&|basic| basic.duration = None), "bad_quantity"),
        (basic(&|basic| basic.duration = Some(Duration(-1))), "bad_quantity"),
        (basic(&|basic| basic.subscriber = None), "no_line"),
        (changed(&|call| call.services = None), "unknown_kind"),
        (changed(&|call| call.services = Some(services("7F"))), "unknown_kind"),
        (encode(&one_way), "bad_quantity"),
        (encode(&less_than_nothing), "bad_quantity"),
        (encode(&too_much), "bad_quantity"),
        (inner_too_long, "unreadable"),
        (encode(&supplementary), "unknown_kind"),
        (wrap(434, b""), "unknown_kind"),
        (wrap(777, b"\x04\x00"), "unknown_kind"),
        (vec![0x30, 0x02, 0x04, 0x00], "unreadable"),
        (wrap(9, &vec![0x5f; 70_000]), "unreadable"),
        (wrap(9, b""), "unknown_kind"),
        (wrap(9, &deep), "unknown_kind"),
    ];
    let events: Vec<_> = bad.iter().flat_map(|(event, _)| [event.clone(), whole.clone()]).collect();
    let file = batch(&events);
    let outcome = read(&file, &tap());
    assert_eq!(outcome.records.len(), bad.len(), "those between are taken");
    let expected: Vec<_> = bad.iter().enumerate().map(|(at, (_, reason))| (at as u64 * 2 + 1, *reason)).collect();
    assert_eq!(outcome.rows_set_aside(), expected);
    for (set_aside, (event, _)) in outcome.set_aside.iter().zip(&bad) {
        let place = file.windows(event.len().min(200)).position(|bytes| event.starts_with(bytes)).unwrap();
        let said = format!("event {}, at byte ", set_aside.row);
        assert!(set_aside.detail.starts_with(&said), "{}", set_aside.detail);
        if event.len() > 20 {
            assert!(set_aside.detail.starts_with(&format!("{said}{place}: ")), "{} is not at {place}", set_aside.detail);
        }
        let bytes: Vec<_> = event.iter().take(1_000).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(set_aside.raw, bytes.concat());
    }
    let detail = |at: usize| outcome.set_aside[at].detail.split_once(": ").unwrap().1;
    assert_eq!(detail(1), "start_time `20261121080001` has code 7, and the batch does not say what that is");
    assert_eq!(detail(2), "start_time `2026-02-30T08:00:00+01:00` is no time in a format of layout `tap3`");
    assert_eq!(detail(13), "kind of usage `supplementary` is not listed in layout `tap3`");
    assert_eq!(detail(17), "the event is longer than 65536 bytes");
}

fn deeper(inner: Vec<u8>) -> Vec<u8> {
    if inner.len() > 50_000 { inner } else { wrap(147, &inner) }
}

/// RAT-08: a sender that the layout does not list is named, so that it can be added.
#[test]
fn a_network_that_is_not_listed_sets_its_events_aside() {
    let groups = [encode(&control("XYZAB", None)), encode(&network()), wrap(3, &encode(&moc("0001")))];
    let outcome = read(&wrap(1, &groups.concat()), &tap());
    assert_eq!(outcome.rows_set_aside(), [(1, "bad_visited")]);
    assert!(outcome.set_aside[0].detail.contains("sender `XYZAB` is neither a network"), "{}", outcome.set_aside[0].detail);
}

fn broken(bytes: &[u8]) -> (Outcome, ReadError) {
    let (outcome, error) = read_source(Box::new(Cursor::new(bytes.to_vec())), &tap(), 2);
    (outcome, error.expect("an error"))
}

/// RAT-08: a notification has no usage; a test, a batch of another number of events and what is no batch are refused.
#[test]
fn files_without_events_to_charge_are_told_apart() {
    assert_eq!(read(&notification(), &tap()), Outcome::default());
    assert_eq!(read(&batch(&[]), &tap()), Outcome::default());
    assert!(matches!(broken(&notification()[..9]).1, ReadError::CutShort { .. }));
    assert!(matches!(broken(b"").1, ReadError::Empty));
    for bytes in [&b"record_id,type\n1,voice\n"[..], b"{\"a\":1}\n", b"accountcode,src,dst\n", b"a,b", b"\x7f", &[0; 40]] {
        let (_, error) = broken(bytes);
        assert!(matches!(error, ReadError::WrongLayout { .. } | ReadError::CutShort { .. }), "{bytes:?}: {error:?}");
    }
    let groups = [encode(&control("CHEC1", Some("T"))), encode(&network()), wrap(3, &encode(&moc("0001")))];
    assert!(matches!(broken(&wrap(1, &groups.concat())).1, ReadError::Test));
    let audit = Audit { events: Some(EventsCount(3)) };
    let groups = [encode(&control("CHEC1", None)), encode(&network()), wrap(3, &five().concat()), encode(&audit)];
    let (outcome, error) = broken(&wrap(1, &groups.concat()));
    assert_eq!(error.to_string(), "the file says that it holds 3 events, and holds 5: ask its sender for it again");
    assert_eq!(outcome.records.len(), 5);
}

/// RAT-08: wherever a batch is cut, the events before are given, and the error says where.
#[test]
fn a_batch_that_is_cut_keeps_what_stands_before() {
    for whole in [batch(&five()), open_batch(&five())] {
        let all = read(&whole, &tap());
        for length in 1..whole.len() {
            let (outcome, error) = broken(&whole[..length]);
            let ReadError::CutShort { byte, row } = error else { panic!("{length}: {error:?}") };
            assert!(byte <= length as u64 && row == outcome.records.len() as u64 + 1, "{length}: byte {byte}, event {row}");
            assert_eq!(outcome.records[..], all.records[..outcome.records.len()], "{length}");
            assert!(outcome.set_aside.is_empty());
        }
    }
}

/// RAT-08: an event whose own length is wrong makes the rest unreadable: reading ends there, and what stands before is kept.
#[test]
fn wrong_lengths_end_the_reading_where_they_are() {
    let mut events = five();
    events[2][1] = 0x84;
    let (outcome, error) = broken(&batch(&events));
    let ReadError::Damaged { byte, row, .. } = error else { panic!("{error:?}") };
    let file = batch(&events);
    let third = file.windows(events[2].len()).position(|bytes| bytes == events[2]).unwrap();
    assert_eq!((outcome.records.len(), byte as usize, row), (2, third, 3));
    let trailing = [batch(&five()), batch(&five())].concat();
    let (outcome, error) = broken(&trailing);
    assert!(outcome.records.len() == 5 && matches!(error, ReadError::Damaged { .. }), "{error:?}");
}

/// RAT-08: reading begins again after any event as if nothing had happened, and a file that was read stays read.
#[test]
fn a_restart_after_any_event_changes_nothing() {
    let mut events: Vec<_> = (0..40).flat_map(|_| five()).collect();
    events.insert(7, wrap(777, b""));
    events.insert(20, wrap(9, &[&[0x04, 0x83, 1, 0x11, 0x70][..], &[0; 70_000]].concat()));
    for whole in [batch(&events), open_batch(&events)] {
        for size in [1, 3, 50, 1_000] {
            let (mut outcome, mut from): (Outcome, Option<Checkpoint>) = Default::default();
            while let Some(batch) = open_reader(&whole, &tap(), from.clone()).unwrap().next_batch(size).unwrap() {
                let stored = serde_json::to_string(&batch.checkpoint).unwrap();
                from = Some(serde_json::from_str(&stored).unwrap());
                outcome.add(batch);
            }
            assert_eq!(outcome, read(&whole, &tap()), "{size}");
            assert_eq!(from.unwrap().rows_done(), events.len() as u64);
        }
    }
}

/// RAT-08: a batch has one list of events, also where the first is empty: what stands in a second one could not be come back to.
#[test]
fn a_second_list_of_events_is_refused() {
    let groups = |first: &[u8]| [encode(&control("CHEC1", None)), encode(&network()), wrap(3, first), wrap(3, &five().concat())];
    for (first, taken) in [(Vec::new(), 0), (encode(&moc("0001")), 1)] {
        let (outcome, error) = broken(&wrap(1, &groups(&first).concat()));
        assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
        assert_eq!(outcome.records.len(), taken);
    }
}

/// RAT-08: a checkpoint of another, shorter batch is noticed.
#[test]
fn a_checkpoint_beyond_the_batch_is_refused() {
    let mut reader = open_reader(&batch(&five()), &tap(), None).unwrap();
    let checkpoint = reader.next_batch(5).unwrap().unwrap().checkpoint;
    for shorter in [batch(&five()[..1]), open_batch(&five()[..1]), notification()] {
        let error = open_reader(&shorter, &tap(), Some(checkpoint.clone())).err();
        assert!(matches!(error, Some(ReadError::Shorter { .. })), "{error:?}");
    }
}

/// A batch of very many events, made as it is read.
struct Endless {
    event: Vec<u8>,
    left: usize,
    piece: Cursor<Vec<u8>>,
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.piece.read(into)?;
        if read > 0 || self.left == 0 {
            return Ok(read);
        }
        self.left -= 1;
        let end: &[u8] = if self.left == 0 { &[0, 0, 0, 0] } else { &[] };
        self.piece = Cursor::new([&self.event, end].concat());
        self.piece.read(into)
    }
}

/// RAT-08: a batch is read as a stream, one event at a time.
#[test]
fn a_large_batch_is_read_as_a_stream() {
    const EVENTS: usize = 100_000;
    let head = [&[0x61, 0x80][..], &encode(&control("CHEC1", None)), &encode(&network()), &[0x63, 0x80]].concat();
    let source = Endless { event: encode(&moc("0001")), left: EVENTS, piece: Cursor::new(head) };
    let mut reader = mediation::UsageReader::open(Box::new(source), tap(), None).unwrap();
    let mut records = 0;
    while let Some(batch) = reader.next_batch(1_000).unwrap() {
        assert!(batch.set_aside.is_empty() && batch.records.len() <= 1_000);
        records += batch.records.len();
    }
    assert_eq!(records, EVENTS);
}
