//! Usage files through the whole import, on both engines.

use crate::stage::{Interruption, at, fixed_line, house, import, import_with, line, operator};
use flate2::{Compression, write::GzEncoder};
use operations::{House, usage_import::ImportReport};
use std::{fmt::Write as _, fs, io::Write as _, num::NonZeroUsize, path::Path};
use store::{OperatorSums, Scope, UsageOrder, UsageSelection, Window};
use vocabulary::{Money, OperatorId};

pub(crate) const NOW: &str = "2026-11-21T12:00:00Z";

fn report(taken: u64, set_aside: u64) -> ImportReport {
    ImportReport { taken, set_aside, ..ImportReport::default() }
}

/// Every usage row, counter and event of the operator, as one text: what two runs are compared by.
pub(crate) async fn everything(house: &House, operator: OperatorId) -> String {
    let sums = house.store.operator_sums(operator).await.expect("sums of an operator");
    let mut text = format!("{sums:?}\n");
    let scoped = house.store.scoped(Scope::operator(operator));
    let whole = Window { offset: 0, rows: 1_000_000 };
    for line in scoped.line_choices().await.expect("the lines") {
        let (_, months) = scoped.line_with_months(line.id).await.expect("a line").expect("it is there");
        for month in scoped.usage_months(Some(line.id)).await.expect("months of a line") {
            let events = scoped.line_events(line.id, month.month()).await.expect("events of a line");
            let all = UsageSelection { line: Some(line.id), ..UsageSelection::default() };
            let usage = scoped.usage_page(month, &all, UsageOrder::Latest, whole).await.expect("usage of a line");
            assert!(!usage.is_empty());
            writeln!(text, "{} {events:?}\n{usage:?}", line.number).expect("a text takes all");
        }
        writeln!(text, "{months:?}").expect("a text takes all");
    }
    text
}

/// RAT-08: usage files of real switches are taken as they are: legs of one call become one record, calls nobody answered are set
/// aside, and a file or record that comes again changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn files_of_real_switches_are_taken_as_they_are() {
    let Some(data) = testkit::shared("data") else { return };
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let lines = vec![
            fixed_line("+33353011474", &[]),
            fixed_line("+33353011553", &["ch1", "ch2", "ch3"]),
            fixed_line("+33353010001", &["client1", "1234"]),
            fixed_line("+33353010002", &["client2", "6789"]),
            fixed_line("+33353010003", &["1002"]),
            fixed_line("+33353010004", &["1004"]),
        ];
        let vallee = operator(&house, "vallee", lines).await;
        // Counted by hand from the files: see the table in docs/layouts.md.
        let lab = import(&house, vallee, "asterisk", &data.join("asterisk-lab.csv")).await;
        assert_eq!(lab.map(|r| ImportReport { charged: Money::ZERO, ..r }), Ok(report(11, 3)), "{database:?}");
        let office = import(&house, vallee, "asterisk", &data.join("asterisk-office.csv")).await;
        assert_eq!(office.map(|r| ImportReport { charged: Money::ZERO, ..r }), Ok(report(30, 6)), "{database:?}");
        let freeswitch = import(&house, vallee, "freeswitch", &data.join("freeswitch-lab.csv")).await;
        assert_eq!(freeswitch.map(|r| ImportReport { charged: Money::ZERO, ..r }), Ok(report(7, 1)), "{database:?}");
        let sums = house.store.operator_sums(vallee).await.expect("sums");
        // 78 s in the laboratory, 884 s in the office, 490 s at FreeSWITCH.
        assert_eq!((sums.records, sums.quantity, sums.set_aside), (48, 78 + 884 + 490, 10), "{database:?}");

        let again = import(&house, vallee, "asterisk", &data.join("asterisk-lab.csv")).await.expect("known files are no fault");
        assert_eq!(again.taken_before_as.as_deref(), Some("asterisk-lab.csv"));
        // The same records in another file: each is there already.
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("copy.csv");
        let text = fs::read(data.join("asterisk-lab.csv")).expect("the file");
        fs::write(&copy, [text, b"\n".to_vec()].concat()).expect("a copy");
        let copied = import(&house, vallee, "asterisk", &copy).await.expect("a copy is read");
        assert_eq!((copied.taken, copied.duplicates), (0, 11), "{database:?}");
        assert_eq!(house.store.operator_sums(vallee).await.expect("sums").records, 48);
    }
}

pub(crate) async fn mobile_operator(house: &House) -> OperatorId {
    let lines = (0..40).map(|i| {
        let offers = ["unlimited-5", "unlimited-30", "metered"];
        line(&format!("+33{}", 639_980_000 + i), &[], ("mobile", "orange", offers[i % 3]))
    });
    operator(house, "grandlarge", lines.collect()).await
}

/// RAT-08: an import that is ended ten times on the way has the sums of one that ran through, on both engines, to the millionth.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_ended_on_the_way_has_the_sums_of_one_that_ran_through() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole.csv");
    testkit::write_mobile_usage(&whole, 12_000);
    let mut outcomes = Vec::new();
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = mobile_operator(&house).await;
        let report = import(&house, id, "mobile", &whole).await.expect("a whole file");
        assert!(report.set_aside > 0 && report.charged > Money::ZERO, "{report:?}");
        outcomes.push(everything(&house, id).await);
    }
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = mobile_operator(&house).await;
        for stop in 1..=10 {
            let interruption = Interruption { records_a_batch: NonZeroUsize::new(200), after_batches: Some(stop) };
            let ended = import_with(&house, id, "mobile", &whole, interruption).await.unwrap_err();
            assert!(ended.contains("interrupted after"), "{ended}");
        }
        import(&house, id, "mobile", &whole).await.expect("the rest");
        outcomes.push(everything(&house, id).await);
    }
    for outcome in &outcomes[1..] {
        let differing = outcome.lines().zip(outcomes[0].lines()).find(|(one, other)| one != other);
        assert_eq!(differing, None);
    }
}

/// RAT-08: counters that are let go and loaded again while other batches are on the way are the same: a batch of 30 records has some of
/// the 40 lines, and never finds all of its own laid out.
#[tokio::test(flavor = "multi_thread")]
async fn small_batches_have_the_sums_of_large_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole.csv");
    testkit::write_mobile_usage(&whole, 3_000);
    for database in testkit::databases() {
        let other = testkit::databases().into_iter().find(|other| other.engine() == database.engine()).expect("the same engine");
        let mut outcomes = Vec::new();
        for (url, records) in [(database.url(), None), (other.url(), NonZeroUsize::new(30))] {
            let house = house(url, NOW).await;
            let id = mobile_operator(&house).await;
            let small = Interruption { records_a_batch: records, after_batches: None };
            import_with(&house, id, "mobile", &whole, small).await.expect("a whole file");
            outcomes.push(everything(&house, id).await);
        }
        assert_eq!(outcomes[0], outcomes[1], "{database:?}");
    }
}

/// RAT-08: bad files are answered in a sentence, and leave nothing half done.
#[tokio::test(flavor = "multi_thread")]
async fn bad_files_are_answered_in_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path
    };
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = mobile_operator(&house).await;
        let missing = import(&house, id, "mobile", Path::new("/nowhere/at-all.csv")).await.unwrap_err();
        assert!(missing.contains("/nowhere/at-all.csv` cannot be read"), "{missing}");
        // The memory of this process at address 0: it opens, and every read fails, whoever asks.
        let unreadable = import(&house, id, "mobile", Path::new("/proc/self/mem")).await.unwrap_err();
        assert!(unreadable.contains("/proc/self/mem` cannot be read"), "{unreadable}");
        let a_folder = import(&house, id, "mobile", folder.path()).await.unwrap_err();
        assert!(a_folder.contains("is a folder"), "{a_folder}");
        let empty = import(&house, id, "mobile", &file("empty.csv", b"")).await.unwrap_err();
        assert!(empty.contains("is empty"), "{empty}");
        let other = import(&house, id, "asterisk", &file("other.csv", b"a,b,c\n1,2,3\n")).await.unwrap_err();
        assert!(other.contains("not in layout `asterisk`"), "{other}");
        let sums = house.store.operator_sums(id).await.expect("sums");
        assert_eq!((sums.records, sums.out_of_bundle), (0, Money::ZERO));
    }
}

/// RAT-08: of a compressed file that was cut short, what was whole is taken; the whole file later adds the rest, and nothing twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_cut_short_is_taken_as_far_as_it_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plain, whole, cut) = (folder.path().join("a.csv"), folder.path().join("whole.csv.gz"), folder.path().join("cut.csv.gz"));
    testkit::write_mobile_usage(&plain, 6_000);
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&fs::read(&plain).expect("the file")).expect("a vector takes all");
    let packed = packed.finish().expect("a vector takes all");
    fs::write(&whole, &packed).expect("a file");
    fs::write(&cut, &packed[..packed.len() / 2]).expect("a file");
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = mobile_operator(&house).await;
        let short = import(&house, id, "mobile", &cut).await.unwrap_err();
        assert!(short.contains("cut.csv.gz`: the file was cut short") && short.contains("fetch it again"), "{short}");
        let taken = house.store.operator_sums(id).await.expect("sums").records;
        assert!((1_000..5_000).contains(&taken), "{taken}");
        let rest = import(&house, id, "mobile", &whole).await.expect("the whole file");
        assert_eq!(i64::try_from(rest.duplicates).ok(), Some(taken));
        let after = house.store.operator_sums(id).await.expect("sums");
        // Rows set aside of both files are kept: each belongs to its file.
        let other = testkit::databases().into_iter().find(|other| other.engine() == database.engine()).expect("the same engine");
        let undisturbed = crate::stage::house(other.url(), NOW).await;
        let id = mobile_operator(&undisturbed).await;
        import(&undisturbed, id, "mobile", &plain).await.expect("the plain file");
        let straight = undisturbed.store.operator_sums(id).await.expect("sums");
        assert_eq!(OperatorSums { set_aside: 0, ..after }, OperatorSums { set_aside: 0, ..straight });
    }
}

/// RAT-09: a record that begins after tomorrow is not believed.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_from_the_future_is_set_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("usage.csv");
    testkit::write_mobile_usage(&path, 400);
    for database in testkit::databases() {
        let house = house(database.url(), "2026-11-05T12:00:00Z").await;
        let id = mobile_operator(&house).await;
        let early = import(&house, id, "mobile", &path).await.expect("the file is read");
        assert!(early.set_aside > 200, "{early:?}");
        assert!(house.clock.now() == at("2026-11-05T12:00:00Z"));
    }
}
