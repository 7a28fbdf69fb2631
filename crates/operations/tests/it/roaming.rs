//! Roaming usage through the whole import, on both engines.

use crate::stage::{house, import, line, operator, root};
use operations::usage_import::ImportReport;
use vocabulary::Money;

/// RAT-08: a batch of a Swiss network is rated by the prices of where it was used, and its events are the same in another writing.
#[tokio::test(flavor = "multi_thread")]
async fn a_roaming_batch_is_rated_where_it_was_used() {
    let batches = root().join("fuzz/seeds/tap3");
    for database in testkit::databases() {
        let house = house(database.url(), "2026-11-22T12:00:00Z").await;
        let lines = vec![line("+33639980011", &[], ("mobile", "orange", "metered"))];
        let id = operator(&house, "grandlarge", lines).await;
        let report = import(&house, id, "tap3", &batches.join("batch")).await;
        // In Switzerland: 61 s to a Swiss mobile are two minutes of 0.95; 30 s received are a minute of 0.55; a message is 0.25. Data
        // is cut off at nothing where the line did not choose more. A supplementary service is set aside.
        let charged = "2.70".parse().expect("an amount");
        assert_eq!(report, Ok(ImportReport { taken: 5, set_aside: 1, charged, ..ImportReport::default() }), "{database:?}");
        let again = import(&house, id, "tap3", &batches.join("open-batch")).await;
        let nothing_new = ImportReport { duplicates: 5, set_aside: 1, charged: Money::ZERO, ..ImportReport::default() };
        assert_eq!(again, Ok(nothing_new), "{database:?}");
        assert_eq!(import(&house, id, "tap3", &batches.join("notification")).await, Ok(ImportReport::default()), "{database:?}");
        let sums = house.store.operator_sums(id).await.expect("sums of an operator");
        assert_eq!((sums.records, sums.out_of_bundle), (5, charged), "{database:?}");
    }
}
