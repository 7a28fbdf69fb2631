//! What somebody else changes while a file of debits is made, or while an answer of the bank is taken, on both engines (BIL-08, CUS-08).

use crate::{
    collection::{ANNE, BRUNO, Street, day, rejected, report},
    stage::at,
};
use operations::{
    bank_file::ItemOutcome,
    billing_account::{self, MandateEnd, MandateState},
    collection::{self, Made},
};
use testkit::{Engine, TestDatabase, raw};
use vocabulary::BillingAccountId;

const CARLA: &str = "DE89 3704 0044 0532 0130 00";

/// Has something happen whenever a file is made, once all of it is planned and before anything of it is written.
async fn meddle(database: &TestDatabase, sql: &str) {
    let when = "NEW.name LIKE 'collections/%' AND NEW.fence = OLD.fence AND NEW.until > 0";
    let statements = match database.engine() {
        Engine::Sqlite => vec![format!("CREATE TRIGGER meddle AFTER UPDATE ON lease WHEN {when} BEGIN {sql}; END")],
        Engine::Postgres => vec![
            format!("CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {sql}; RETURN NULL; END $$"),
            format!("CREATE TRIGGER meddle AFTER UPDATE ON lease FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION meddle()"),
        ],
    };
    for statement in statements {
        raw::run(database.url(), &statement).await;
    }
}

async fn meddle_no_more(database: &TestDatabase) {
    let of = if database.engine() == Engine::Postgres { "ON lease" } else { "" };
    raw::run(database.url(), &format!("DROP TRIGGER meddle {of}")).await;
}

/// Waits until somebody waits for somebody else's lock. On SQLite whoever writes waits before they read anything.
async fn somebody_waits(database: &TestDatabase) {
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while database.engine() == Engine::Postgres && raw::count(database.url(), waiting).await == 0 {
        tokio::task::yield_now().await;
    }
}

fn ends(account: BillingAccountId) -> String {
    format!("UPDATE mandate SET state = 'ended', since = '2026-12-02', why = 'revoked' WHERE billing_account_id = {account}")
}

fn stops(account: BillingAccountId) -> String {
    format!(
        "INSERT INTO debit_stop (invoice_id, at, stopped_by, why) SELECT id, 1, 'Zoé', 'person' FROM invoice WHERE billing_account_id = {account}"
    )
}

/// BIL-08, CUS-08: a mandate that ends and an invoice that is stopped after a file was planned are not in it: nothing is written, nobody is told, and who asks
/// again gets a file of the others. A mandate that somebody is changing is not waited for.
#[tokio::test(flavor = "multi_thread")]
async fn what_changes_while_a_file_is_made_is_not_in_it() {
    let changes: [fn(BillingAccountId) -> String; 2] = [ends, stops];
    for change in changes {
        for database in testkit::databases() {
            let street = Street::on(database.url(), "vallee").await;
            street.sign(0, ANNE).await;
            street.sign(1, BRUNO).await;
            street.bill("2026-12").await;
            street.sign(2, CARLA).await;
            let change = change(street.accounts[0]);
            let written =
                "SELECT (SELECT COUNT(*) FROM collection_file) + (SELECT COUNT(*) FROM debit_notice WHERE told_by <> '')";
            if database.engine() == Engine::Postgres {
                let reference = format!("VA-{}-1", street.accounts[1]).parse().unwrap();
                let changing = street.house.store.begin().await.unwrap();
                changing.mandate(&reference).await.unwrap().unwrap();
                assert_eq!(street.make("2026-12-28").await, Made::Busy);
                changing.commit().await.unwrap();
            }
            meddle(&database, &change).await;
            assert_eq!(street.make("2026-12-28").await, Made::Busy);
            assert_eq!(raw::count(database.url(), written).await, 0);

            meddle_no_more(&database).await;
            raw::run(database.url(), &change).await;
            let id = street.made("2026-12-28").await;
            let (_, debits) = collection::show(&street.house, &street.staff, id).await.unwrap().unwrap();
            let accounts: Vec<BillingAccountId> = debits.iter().map(|debit| debit.account).collect();
            assert_eq!(accounts, [street.accounts[1]]);
            assert_eq!(raw::count(database.url(), written).await, 2, "the file, and what the third account is told");
            street.ledger_is_right().await;
        }
    }
}

/// BIL-08, CUS-08: a mandate that its holder ends while the bank's answer to a debit is taken stays ended by its holder.
#[tokio::test(flavor = "multi_thread")]
async fn a_mandate_that_ends_while_the_bank_answers_stays_ended() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        street.sign(0, ANNE).await;
        street.bill("2026-12").await;
        let id = street.made("2026-12-28").await;
        let (file, debits) = collection::show(&street.house, &street.staff, id).await.unwrap().unwrap();
        street.house.clock.set(at("2026-12-17T08:00:00Z"));
        let ending = street.house.store.begin().await.unwrap();
        let kept = ending.mandate(&debits[0].sent.mandate).await.unwrap().unwrap();
        ending.save_mandate(&kept.mandate.ended(day("2026-12-17"), MandateEnd::Revoked)).await.unwrap();
        let answer = report("R", &file.message, &rejected(debits[0].sent.end_to_end.as_str(), "AC06"));
        let (outcomes, ()) = tokio::join!(street.taken("r.xml", &answer), async {
            somebody_waits(&database).await;
            ending.commit().await.unwrap();
        });
        assert!(matches!(outcomes[..], [ItemOutcome::CameBack { .. }]), "{outcomes:?}");
        let shown = billing_account::show(&street.house, &street.staff, street.accounts[0]).await.unwrap().unwrap();
        assert!(shown.mandate.is_none(), "{:?}", shown.mandate);
        assert!(matches!(shown.ended[0].state, MandateState::Ended { why: MandateEnd::Revoked, .. }), "{:?}", shown.ended);
    }
}
