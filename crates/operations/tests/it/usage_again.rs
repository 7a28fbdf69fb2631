//! Rows that were set aside, taken again as they are or corrected, on both engines.

use crate::{
    import::{NOW, everything, mobile_operator},
    stage::{actor, after, fixed_line, house, import, layout, operator},
};
use operations::{
    House, Reach, Scope,
    line::Paging,
    permission::Role,
    usage_again::{Again, LONGEST_ROW, Which, take_again},
    usage_desk::UsageDesk,
    usage_files::{AsideFilter, AsideRows, UsageFile, usage_file, usage_files},
};
use serde_json::json;
use std::{collections::BTreeMap, fs, path::PathBuf};
use tempfile::TempDir;
use vocabulary::{CustomerId, FileId, OperatorId};

const HEADER: &str = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access";

fn desk() -> UsageDesk {
    let ids = ["asterisk", "freeswitch", "jsonl", "mobile", "tap3"];
    UsageDesk::new(ids.map(|id| (id.to_owned(), layout(id))).into_iter().collect::<BTreeMap<_, _>>(), None)
}

/// A file of a good row, one with a bad time, two of a number that nobody has, and one of three columns.
fn file_with_bad_rows(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("usage.csv");
    let rows = [
        "a1,sms,made,33639980001,0639981234,2026-11-02 10:00:00,,,,mobile",
        "a2,voice,made,33639980001,+33388001122,yesterday,61,,,mobile",
        "a3,sms,made,33700000001,0639981234,2026-11-02 11:00:00,,,,mobile",
        "a4,voice,made,33700000001,+33388001122,2026-11-02 12:00:00,30,,,mobile",
        "a5,sms,made",
    ];
    fs::write(&path, format!("{HEADER}\n{}\n", rows.join("\n"))).expect("a file");
    path
}

async fn only_file(house: &House, id: OperatorId) -> UsageFile {
    let paging = Paging { page: 1, rows: 25 };
    let listed = usage_files(house, Scope::operator(id), paging).await.expect("files").expect("staff sees them");
    assert_eq!(listed.total, 1, "files that take rows again are not listed: {:?}", listed.rows);
    listed.rows.into_iter().next().expect("a file")
}

async fn aside(house: &House, id: OperatorId, file: FileId, filter: AsideFilter) -> AsideRows {
    let paging = Paging { page: 1, rows: 25 };
    usage_file(house, Scope::operator(id), file, &filter, paging).await.expect("a file").expect("staff sees it").1
}

async fn again(house: &House, id: OperatorId, file: FileId, which: Which) -> Again {
    take_again(house, &desk(), &actor(Scope::operator(id), Role::OperatorAgent), file, which)
        .await
        .expect("it is tried")
        .expect("staff may")
}

const fn tried(taken: u64, aside: u64) -> Again {
    Again::Tried { taken, aside, cut: 0, why: None }
}

/// RAT-08: a row that was set aside is corrected and taken, once; its counters move as if it had been right from the beginning.
#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_row_is_taken_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file_with_bad_rows(&folder);
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = mobile_operator(&house).await;
        import(&house, id, "mobile", &path).await.expect("a file");
        let file = only_file(&house, id).await;
        assert_eq!((file.records, file.set_aside), (1, 4));
        let found = aside(&house, id, file.id, AsideFilter::Open).await;
        assert_eq!(found.by_reason, [("unknown_line".into(), 2), ("bad_time".into(), 1), ("wrong_column_count".into(), 1)]);

        let row = found.listed.rows[0].clone();
        assert_eq!((row.row, row.reason.as_str()), (3, "bad_time"));
        let wrong = again(&house, id, file.id, Which::Corrected(3, row.raw.replace("yesterday", "2026-02-30 10:00:00"))).await;
        let Again::Tried { taken: 0, aside: 1, why: Some((reason, detail)), .. } = wrong else { panic!("{wrong:?}") };
        assert!(reason == "bad_time" && detail.contains("2026-02-30"), "{detail}");
        let still = aside(&house, id, file.id, AsideFilter::Open).await.listed.rows[0].clone();
        assert!(still.detail == row.detail && still.raw == row.raw, "the row stands there as it came: {still:?}");
        let short = again(&house, id, file.id, Which::Corrected(3, "a2,voice".into())).await;
        assert!(matches!(&short, Again::Tried { why: Some((reason, _)), .. } if reason == "wrong_column_count"), "{short:?}");

        let right = row.raw.replace("yesterday", "2026-11-02 10:30:00");
        assert_eq!(again(&house, id, file.id, Which::Corrected(3, format!("{right}\r\n"))).await, tried(1, 0));
        let kept = everything(&house, id).await;
        let file = only_file(&house, id).await;
        assert_eq!((file.records, file.set_aside), (2, 3));
        let taken = aside(&house, id, file.id, AsideFilter::Taken).await;
        assert!(taken.taken == 1 && taken.listed.rows[0].row == 3 && taken.listed.rows[0].taken_again == Some(house.clock.now()));

        assert_eq!(again(&house, id, file.id, Which::Corrected(3, right.clone())).await, Again::NothingToTake);
        assert_eq!(again(&house, id, file.id, Which::Row(3)).await, Again::NothingToTake);
        // The same record in the place of another row: it is there already, and that row is done with.
        assert_eq!(again(&house, id, file.id, Which::Corrected(6, right)).await, tried(1, 0));
        let file = only_file(&house, id).await;
        assert_eq!((file.records, file.duplicates, file.set_aside), (2, 1, 2));
        let without_asides = |text: String| text.lines().skip(1).collect::<Vec<_>>().join("\n");
        assert_eq!(without_asides(everything(&house, id).await), without_asides(kept.clone()), "a second time changes nothing");

        // As if it had been right from the beginning.
        let straight_path = folder.path().join("straight.csv");
        let text = fs::read_to_string(&path).expect("the file").replace("yesterday", "2026-11-02 10:30:00");
        fs::write(&straight_path, text).expect("a file");
        let other = testkit::databases().into_iter().find(|other| other.engine() == database.engine()).expect("the same engine");
        let straight = crate::stage::house(other.url(), NOW).await;
        let straight_id = mobile_operator(&straight).await;
        import(&straight, straight_id, "mobile", &straight_path).await.expect("a file");
        let (one, other) = (house.store.operator_sums(id).await, straight.store.operator_sums(straight_id).await);
        let (one, other) = (one.expect("sums"), other.expect("sums"));
        assert_eq!(
            (one.records, one.out_of_bundle, one.counted_records),
            (other.records, other.out_of_bundle, other.counted_records)
        );
        assert_eq!(
            (one.counted_out_of_bundle, one.out_of_bundle_by_day),
            (other.counted_out_of_bundle, other.out_of_bundle_by_day)
        );
    }
}

/// PLT-06: the journal has who took rows again, of which file, and how many: never what they say.
#[tokio::test(flavor = "multi_thread")]
async fn rows_taken_again_are_noted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file_with_bad_rows(&folder);
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = mobile_operator(&house).await;
        import(&house, id, "mobile", &path).await.expect("a file");
        let file = only_file(&house, id).await.id;
        let right = "a2,voice,made,33639980001,+33388001122,2026-11-02 10:30:00,61,,,mobile";
        assert_eq!(again(&house, id, file, Which::Corrected(3, right.into())).await, tried(1, 0));
        assert!(matches!(again(&house, id, file, Which::Reason("unknown_line".into())).await, Again::Tried { taken: 0, .. }));
        let object = Some(store::Object::UsageFile(file));
        let entries = house.store.scoped(Scope::operator(id)).journal(object, None, 9).await.expect("a journal");
        let noted: Vec<_> = entries.iter().map(|entry| (entry.action.as_str(), entry.by.name.as_str())).collect();
        assert_eq!(noted, [("usage_rows_taken_again", "Noé Garnier"); 2]);
        let of = |rows, taken, set_aside| json!({ "layout": "mobile", "name": "usage.csv", "rows": rows, "taken": taken, "set_aside": set_aside });
        assert_eq!(entries.iter().map(after).collect::<Vec<_>>(), [of("unknown_line", 0, 2), of("3 corrected", 1, 0)]);
        let check = house.store.verify_journal(id, None).await.expect("a journal");
        assert!(matches!(check, operations::JournalCheck::Whole { entries: 2, .. }), "{check:?}");
    }
}

/// RAT-08: once what was missing is there, all rows of a reason are taken again as they are; the others stay as they were.
#[tokio::test(flavor = "multi_thread")]
async fn rows_of_a_reason_are_taken_again_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file_with_bad_rows(&folder);
    let text = fs::read_to_string(&path).expect("the file").replace("33700000001", "33639980002");
    fs::write(&path, text).expect("a file");
    for database in testkit::databases() {
        let early = house(database.url(), "2026-11-01T00:00:00Z").await;
        let id = mobile_operator(&early).await;
        import(&early, id, "mobile", &path).await.expect("a file");
        let file = only_file(&early, id).await.id;
        let all = again(&early, id, file, Which::All).await;
        assert!(matches!(all, Again::Tried { taken: 0, aside: 5, cut: 0, .. }), "nothing changed meanwhile: {all:?}");
        assert_eq!(only_file(&early, id).await.set_aside, 5);

        let later = house(database.url(), NOW).await;
        assert_eq!(again(&later, id, file, Which::Reason("from_the_future".into())).await, tried(3, 0));
        let left = aside(&later, id, file, AsideFilter::Open).await;
        assert_eq!(left.by_reason, [("bad_time".into(), 1), ("wrong_column_count".into(), 1)]);
        assert_eq!((left.listed.total, left.taken), (2, 3));
        let none = aside(&later, id, file, AsideFilter::Reason("from_the_future".into())).await;
        assert_eq!((none.listed.rows.len(), none.listed.total), (0, 0));
        let file = only_file(&later, id).await;
        assert_eq!((file.records, file.set_aside), (3, 2));
        assert_eq!(later.store.operator_sums(id).await.expect("sums").records, 3);
        // Half a correction: what is right of it is taken once, and the row is not done with, however often it is tried.
        let half = "a2,voice,made,33639980001,+33388001122,2026-11-02 10:30:00,61,,,mobile\nnot a row";
        for duplicates in 0..2 {
            let tried = again(&later, id, file.id, Which::Corrected(3, half.into())).await;
            assert!(matches!(tried, Again::Tried { taken: 0, aside: 1, .. }), "{tried:?}");
            let file = only_file(&later, id).await;
            assert_eq!((file.records, file.duplicates, file.set_aside), (4, duplicates, 2));
        }
    }
}

/// RAT-08: legs of a call, in a layout without a header, are taken again as the one call that they are.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_of_several_rows_is_corrected_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Master.csv");
    let leg = |answer: &str, state: &str| {
        format!(
            "acc,+33353010001,0388001122,from,c,SIP/1,SIP/2,Dial,,2026-11-02 10:00:00,{answer},2026-11-02 10:01:00,60,55,{state},3,call-1\n"
        )
    };
    let other = "acc,+33353010001,0388001122,from,c,SIP/1,SIP/2,Dial,,2026-11-02 11:00:00,2026-11-02 11:00:05,2026-11-02 11:01:00,60,55,ANSWERED,3,call-2\n";
    fs::write(&path, [leg("whenever", "ANSWERED"), leg("2026-11-02 10:00:05", "ANSWERED"), other.to_owned()].concat())
        .expect("a file");
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = operator(&house, "vallee", vec![fixed_line("+33353010001", &[])]).await;
        import(&house, id, "asterisk", &path).await.expect("a file");
        let file = only_file(&house, id).await;
        let rows = aside(&house, id, file.id, AsideFilter::Open).await.listed.rows;
        assert_eq!((file.records, rows.len(), rows[0].raw.lines().count()), (1, 1, 2));
        let right = rows[0].raw.replace("whenever", "2026-11-02 10:00:05");
        assert_eq!(again(&house, id, file.id, Which::Corrected(rows[0].row, right)).await, tried(1, 0));
        assert_eq!(house.store.operator_sums(id).await.expect("sums").records, 2);
    }
}

/// RAT-08, PLT-01: what cannot be taken again is answered with what to do, changes nothing, and is nobody's who does not see the whole
/// operator.
#[tokio::test(flavor = "multi_thread")]
async fn rows_that_cannot_be_taken_stay_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file_with_bad_rows(&folder);
    let mut text = fs::read_to_string(&path).expect("the file");
    text.push_str(&format!("a6,sms,made,{},,2026-11-02 10:00:00,,,,mobile\n", "9".repeat(3_000)));
    fs::write(&path, text).expect("a file");
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = mobile_operator(&house).await;
        import(&house, id, "mobile", &path).await.expect("a file");
        let file = only_file(&house, id).await.id;
        let before = everything(&house, id).await;
        assert_eq!(again(&house, id, file, Which::Corrected(3, " \r\n".into())).await, Again::Blank);
        assert_eq!(again(&house, id, file, Which::Corrected(3, "x".repeat(LONGEST_ROW + 1))).await, Again::TooLong);
        assert_eq!(again(&house, id, file, Which::Row(7)).await, Again::Cut);
        assert_eq!(again(&house, id, file, Which::Row(99)).await, Again::NothingToTake);
        let (now, desk) = (house.clock.now(), desk());
        let (staff, customer) = (Scope::operator(id), Scope { operator: id, reach: Reach::Customer(CustomerId(1)) });
        for stranger in [actor(customer, Role::OperatorAgent), actor(staff, Role::Auditor), actor(staff, Role::Accounting)] {
            assert_eq!(take_again(&house, &desk, &stranger, file, Which::All).await.expect("an answer"), None, "{stranger:?}");
        }
        let agent = actor(staff, Role::OperatorAgent);
        let nobody = take_again(&house, &UsageDesk::default(), &agent, file, Which::Row(3)).await;
        assert_eq!(nobody.expect("an answer"), Some(Again::NotReadable), "its layout is gone");
        house
            .store
            .take_import_lease(id, "elsewhere:1:x", (now, now.plus_seconds(30)), |_| false)
            .await
            .expect("a lease")
            .expect("free");
        assert_eq!(again(&house, id, file, Which::Row(3)).await, Again::Busy);
        assert!(house.store.scoped(staff).journal(None, None, 9).await.expect("a journal").is_empty(), "nothing was done");
        assert_eq!(everything(&house, id).await, before);
    }
}
