//! Rows that were set aside, as a file of their own.

#![allow(clippy::unwrap_used, reason = "a test fails by panic")]

mod reading;
mod tap_writer;

use mediation::{AloneFault, Layout, MAX_RAW_CHARS, RowsAlone, UsageReader};
use reading::{Outcome, layout, open, read};
use std::{io::Cursor, sync::Arc};
use tap_writer::{batch, encode, moc, sms};

fn header(bytes: &[u8], layout: &Arc<Layout>) -> Option<String> {
    open(bytes, layout, None).unwrap().header()
}

fn read_alone(alone: &RowsAlone, layout: &Arc<Layout>) -> Outcome {
    let reader = UsageReader::open(Box::new(Cursor::new(alone.bytes.clone())), layout.clone(), None).unwrap();
    let (mut reader, mut all) = (reader.of_known_layout(), Outcome::default());
    while let Some(batch) = reader.next_batch(1_000).unwrap() {
        all.add(batch);
    }
    all
}

/// RAT-08: a row is read alone with the columns of its own file, and what it gives is the same record.
#[test]
fn a_row_alone_is_the_same_record() {
    let mobile = layout("mobile");
    let file = b"start_time,msisdn,type,other_party\r\n2026-11-02 10:00:00,33639980011,sms,0639981234\r\nyesterday,33639980011,sms,1\r\n";
    let whole = read(file, &mobile);
    let header = header(file, &mobile);
    assert_eq!(header.as_deref(), Some("start_time,msisdn,type,other_party"));
    let (_, record, _, raw) = &whole.records[0];
    let alone = RowsAlone::of(&mobile, header.as_deref(), &[raw]).unwrap();
    assert_eq!(read_alone(&alone, &mobile).records[0].1, *record);
    let corrected = whole.set_aside[0].raw.replace("yesterday", "2026-11-03 10:00:00");
    let alone = RowsAlone::of(&mobile, header.as_deref(), &[&whole.set_aside[0].raw, &corrected]).unwrap();
    let outcome = read_alone(&alone, &mobile);
    assert_eq!((outcome.records.len(), outcome.rows_set_aside()), (1, vec![(2, "bad_time")]));
    assert_eq!((alone.origin(2), alone.origin(3), alone.origin(4)), (Some(0), Some(1), None));
    assert_eq!(RowsAlone::of(&mobile, None, &[raw]), Err(AloneFault::NoHeader));
}

/// RAT-08: a row that cannot be read is set aside again, alone too; it does not put the layout in doubt, nor swallow another row.
#[test]
fn a_row_that_is_not_whole_costs_no_other() {
    let mobile = layout("mobile");
    let (header, good) = ("start_time,msisdn,type", "2026-11-02 10:00:00,33639980011,sms");
    let alone = RowsAlone::of(&mobile, Some(header), &["a,b"]).unwrap();
    assert_eq!(read_alone(&alone, &mobile).rows_set_aside(), [(2, "wrong_column_count")]);
    let cut = "x".repeat(MAX_RAW_CHARS);
    let alone = RowsAlone::of(&mobile, Some(header), &["a,\"b", &cut, good, "a,b\",c,sms"]).unwrap();
    assert_eq!((0..4).map(|row| alone.is_left_out(row)).collect::<Vec<_>>(), [true, true, false, false]);
    let outcome = read_alone(&alone, &mobile);
    assert_eq!((outcome.records.len(), alone.origin(2), alone.origin(3)), (1, Some(2), Some(3)));
}

/// RAT-08: legs of a call, layouts without a header, and JSON lines.
#[test]
fn rows_of_other_layouts_stand_alone() {
    let asterisk = layout("asterisk");
    let leg = |phone: &str, state: &str| {
        format!(
            "acc,0353,{phone},from,clid,SIP/1,SIP/2,Dial,,2026-11-02 10:00:00,2026-11-02 10:00:05,2026-11-02 10:01:00,60,55,{state},3,call-1"
        )
    };
    let call = format!("{}\n{}", leg("ch1", "NO ANSWER"), leg("ch1", "ANSWERED"));
    let alone = RowsAlone::of(&asterisk, None, &[&call, "x,y"]).unwrap();
    let outcome = read_alone(&alone, &asterisk);
    assert_eq!((outcome.records.len(), outcome.rows_set_aside()), (1, vec![(3, "wrong_column_count")]));
    assert_eq!((alone.origin(1), alone.origin(2), alone.origin(3)), (Some(0), Some(0), Some(1)));

    let row = r#"{"type":"sms","msisdn":"33639980011","start_time":"2026-11-21T08:00:00+01:00"}"#;
    let alone = RowsAlone::of(&layout("jsonl"), None, &[row]).unwrap();
    assert_eq!(read_alone(&alone, &layout("jsonl")).records.len(), 1);
}

/// RAT-08: an event of TAP3 is read alone with the network and the offsets of its batch.
#[test]
fn an_event_alone_is_the_same_record() {
    let (tap, file) = (layout("tap3"), batch(&[encode(&moc("0001")), encode(&sms("0003"))]));
    let (whole, head) = (read(&file, &tap), header(&file, &tap));
    let raws: Vec<&str> = whole.records.iter().map(|(.., raw)| raw.as_str()).collect();
    let alone = RowsAlone::of(&tap, head.as_deref(), &raws).unwrap();
    assert_eq!(read_alone(&alone, &tap), whole);
    assert!(layout("mobile").is_text() && !tap.is_text());
    assert_eq!(RowsAlone::of(&tap, head.as_deref(), &["6x"]), Err(AloneFault::NotHex));
}
