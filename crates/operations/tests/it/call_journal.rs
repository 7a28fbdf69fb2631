//! The journal of a fixed line's calls (FIX-10), on both databases.

use crate::stage::{fixed_line, house, import, line, operator};
use operations::{
    Scope,
    line::{self as line_page, JournalPart, LineDetail, LineQuery, Paging},
};
use std::fs;
use vocabulary::{Direction, LineId, Money, Month};

/// A call as the switch writes it down: when it was answered, how long it was, whom it went to.
fn call((answered, seconds): (&str, u32), other: &str, id: &str) -> String {
    format!(
        "acc,+33388110001,{other},from,c,SIP/1,SIP/2,Dial,,{answered},{answered},{answered},{seconds},{seconds},ANSWERED,3,{id}\n"
    )
}

/// FIX-10: the journal has the calls that a fixed line made this month, the latest first, each with its price; calls of earlier months stand in their
/// own, chosen by month, and only where there are some; calls of another line are not there.
#[tokio::test(flavor = "multi_thread")]
async fn a_fixed_line_has_a_journal_of_its_calls() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Master.csv");
    let calls = [
        call(("2026-09-04 20:00:00", 60), "0388123456", "september"),
        call(("2026-11-02 10:00:00", 90), "0388123456", "peak"),
        call(("2026-11-03 20:00:00", 60), "0639980011", "mobile"),
        call(("2026-11-04 09:00:00", 30), "0800123456", "free"),
    ];
    fs::write(&path, calls.concat()).expect("a file");
    for database in testkit::databases() {
        let house = house(database.url(), "2026-11-17T10:00:00Z").await;
        let other = line("+33388110002", &[], ("fixed", "vallee", "fixed-unlimited"));
        let id = operator(&house, "vallee", vec![fixed_line("+33388110001", &[]), other]).await;
        let report = import(&house, id, "asterisk", &path).await.expect("a file");
        assert_eq!((report.taken, report.set_aside), (4, 0));
        let scope = Scope::operator(id);
        let known = house.store.scoped(scope).line_choices().await.expect("lines");
        let of = |number: &str| known.iter().find(|line| line.number.to_string() == number).expect("a line").id;
        let journal = async |line: LineId, month: Option<&str>| -> LineDetail {
            let query = LineQuery {
                month: month.map(|month| month.parse().expect("a month")),
                part: JournalPart::All,
                direction: Some(Direction::Made),
                paging: Paging { page: 1, rows: 25 },
                ..LineQuery::default()
            };
            line_page::line(&house, scope, line, &query, "fr").await.expect("a database").expect("a line")
        };
        let prices = |detail: &LineDetail| detail.usages.iter().map(|usage| usage.price.to_string()).collect::<Vec<_>>();
        let line = of("+33388110001");
        let now = journal(line, None).await;
        let month = |text: &str| text.parse::<Month>().expect("a month");
        assert_eq!((now.month, &now.months), (month("2026-11"), &vec![month("2026-11"), month("2026-09")]));
        // fixed-free; fixed-mobile: 0.08 + 0.09; fixed-national-peak: 0.08 + 1.5 × 0.023.
        assert_eq!(prices(&now), ["0.00", "0.17", "0.1145"]);
        assert_eq!(now.totals.out_of_bundle, "0.2845".parse::<Money>().expect("an amount"));
        let then = journal(line, Some("2026-09")).await;
        // fixed-national: 0.08 + 0.012.
        assert_eq!(prices(&then), ["0.092"]);
        let unused = journal(of("+33388110002"), None).await;
        assert_eq!((unused.usages.len(), unused.months), (0, vec![month("2026-11")]));
    }
}
