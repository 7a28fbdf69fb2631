//! A booking that a bank tells twice, with its details and without (BIL-08).

use crate::{
    collection::{Booked, Street, camt},
    stage::at,
};
use operations::bank_file::{self, ItemOutcome, LeftReason};

/// One booking of 2 transfers and a fee of the bank, as it stands in a report with details.
fn with_details(first: i64, second: i64) -> String {
    let one = |reference: &str, cents: i64, text: &str| {
        format!(
            "<TxDtls><Refs><TxId>{reference}</TxId></Refs><Amt Ccy=\"EUR\">{}.{:02}</Amt><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>",
            cents / 100,
            cents % 100
        )
    };
    format!("<NtryDtls>{}{}</NtryDtls>", one("A", first, "VA2026-000001"), one("B", second, "VA2026-000002"))
}

/// BIL-08: what a bank tells as a sum in one file and with its details in another is counted once, whichever comes first: the details pay, and the sum that
/// waited waits no more.
#[tokio::test(flavor = "multi_thread")]
async fn a_sum_and_its_details_count_once() {
    for details_first in [true, false] {
        for database in testkit::databases() {
            let street = Street::on(database.url(), "vallee").await;
            street.bill("2026-12").await;
            let (house, staff) = (&street.house, &street.staff);
            house.clock.set(at("2026-12-28T08:00:00Z"));
            let gross = street.invoices().await[0].0.gross.get();
            // The bank keeps 50 cents of it.
            let whole = 2 * gross - 50;
            let detailed = camt("D", &[Booked("REF", whole, &with_details(gross, gross))]);
            let summed = camt("S", &[Booked("REF", whole, "")]);
            if details_first {
                assert_eq!(street.taken("d.xml", &detailed).await.len(), 3);
                assert!(street.taken("s.xml", &summed).await.is_empty(), "it is known");
            } else {
                assert_eq!(street.taken("s.xml", &summed).await, [ItemOutcome::Left { reason: LeftReason::SaysNothing }]);
                assert_eq!(street.balance("unmatched").await, -whole);
                assert_eq!(street.taken("d.xml", &detailed).await.len(), 3);
                let files = bank_file::desk(house, staff).await.unwrap().unwrap().files;
                let sum = bank_file::show(house, staff, files[1].id).await.unwrap().unwrap();
                assert_eq!(sum.items[0].outcome, ItemOutcome::Parted);
            }
            assert_eq!((street.owed(0).await, street.owed(1).await, street.owed(2).await), (0, 0, gross));
            assert_eq!((street.balance("bank").await, street.balance("unmatched").await), (2 * gross, 0));
            assert!(bank_file::desk(house, staff).await.unwrap().unwrap().waiting.is_empty());
            street.ledger_is_right().await;
        }
    }
}

/// BIL-08: a sum that somebody assigned is not counted again with its details; another booking of the same name that adds up to something else is counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_sum_that_was_assigned_is_not_counted_again() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        street.bill("2026-12").await;
        let (house, staff) = (&street.house, &street.staff);
        house.clock.set(at("2026-12-28T08:00:00Z"));
        let gross = street.invoices().await[0].0.gross.get();
        street.taken("s.xml", &camt("S", &[Booked("REF", 2 * gross, "")])).await;
        let waiting = bank_file::desk(house, staff).await.unwrap().unwrap().waiting;
        bank_file::assign(house, staff, waiting[0].kept.id, "VA2026-000003").await.unwrap().unwrap().unwrap();
        let again = camt("D", &[Booked("REF", 2 * gross, &with_details(gross, gross))]);
        assert!(street.taken("d.xml", &again).await.is_empty());
        assert_eq!((street.owed(2).await, street.balance("bank").await), (-gross, 2 * gross));
        let other = camt("E", &[Booked("REF", gross, &with_details(gross - 100, 100))]);
        assert_eq!(street.taken("e.xml", &other).await.len(), 2);
        assert_eq!((street.owed(0).await, street.owed(1).await), (100, gross - 100));
        street.ledger_is_right().await;
    }
}

/// BIL-08: details without names of their own are told from each other and from their sum; a sum that somebody explained, and nobody assigned, is given up for
/// its details.
#[tokio::test(flavor = "multi_thread")]
async fn details_without_names_count_each() {
    for explained in [false, true] {
        for database in testkit::databases() {
            let street = Street::on(database.url(), "vallee").await;
            street.bill("2026-12").await;
            let (house, staff) = (&street.house, &street.staff);
            house.clock.set(at("2026-12-28T08:00:00Z"));
            let gross = street.invoices().await[0].0.gross.get();
            street.taken("s.xml", &camt("S", &[Booked("REF", 2 * gross - 50, "")])).await;
            if explained {
                let item = bank_file::desk(house, staff).await.unwrap().unwrap().waiting[0].kept.id;
                bank_file::say(house, staff, item, "Virement groupé, détail à venir").await.unwrap().unwrap().unwrap();
            }
            let details =
                with_details(gross, gross).replace("<Refs><TxId>A</TxId></Refs>", "").replace("<Refs><TxId>B</TxId></Refs>", "");
            let detailed = camt("D", &[Booked("REF", 2 * gross - 50, &details)]);
            assert_eq!(street.taken("d.xml", &detailed).await.len(), 3);
            assert!(street.taken("d2.xml", &detailed.replace("<MsgId>D<", "<MsgId>D2<")).await.is_empty());
            assert_eq!((street.owed(0).await, street.owed(1).await, street.balance("unmatched").await), (0, 0, 0));
            assert_eq!(street.balance("bank").await, 2 * gross);
            assert!(bank_file::desk(house, staff).await.unwrap().unwrap().waiting.is_empty());
            street.ledger_is_right().await;
        }
    }
}
