//! Bill runs, month after month, on both engines.

use crate::stage::{actor, at, house, import, line};
use billing::{Invoice, Item};
use operations::{
    Actor, House, NewCustomer, NewOperator,
    bill_run::{self, BillAsked, BillRunRefusal, BillTotals, desk},
    permission::Role,
    provision,
};
use std::fs;
use store::{BillStage, InvoiceQuery, Issuer, KeptRun, Scope};
use vocabulary::{Cents, Month, OperatorId};

const HEADER: &str = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n";

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// The municipal operator with three households: a mobile line each, of which the second has one of an offer that nobody sells.
async fn households(house: &House) -> OperatorId {
    let mobile = |number: &str| line(number, &[], ("mobile", "rhenane", "mobile-20"));
    let household = |reference: &str, lines| NewCustomer::household(reference, &format!("Famille {reference}"), lines);
    let customers = vec![
        household("V1", vec![mobile("+33639980011"), line("fibre-1", &[], ("internet", "vallee", "internet-300"))]),
        household("V2", vec![mobile("+33639980021")]),
        household("V3", vec![mobile("+33639980031")]),
    ];
    let new = NewOperator { slug: "vallee".to_owned(), name: "Vallée".to_owned(), customers, ..NewOperator::default() };
    provision(house, &new).await.unwrap()
}

async fn use_abroad(house: &House, operator: OperatorId, rows: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("usage.csv");
    fs::write(&path, format!("{HEADER}{rows}")).unwrap();
    import(house, operator, "mobile", &path).await.unwrap();
}

async fn bill(house: &House, issuer: Issuer, of: &str, asked: BillAsked) -> Result<KeptRun, BillRunRefusal> {
    let run = bill_run::begin(house, issuer, month(of), (asked, "Noé Garnier")).await?;
    bill_run::work(house, run, &|_| ()).await
}

fn totals(run: &KeptRun) -> BillTotals {
    serde_json::from_str(&run.totals).unwrap()
}

async fn invoices(house: &House, operator: OperatorId) -> Vec<Invoice> {
    let scoped = house.store.scoped(Scope::operator(operator));
    let mut facts = Vec::new();
    for row in scoped.invoices(&InvoiceQuery { most: 100, ..InvoiceQuery::default() }).await.unwrap().into_iter().rev() {
        facts.push(scoped.invoice(row.id).await.unwrap().unwrap().1);
    }
    facts
}

/// BIL-01, BIL-03, BIL-06: a preview tells what is billed and issues nothing; the run issues it once, with numbers in a row; the next month
/// asks for what came since; and the ledger agrees.
#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_previewed_then_billed_once() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let operator = households(&house).await;
        let issuer = Issuer::operator(operator);
        // A call to Switzerland beyond what is included, and one of December.
        let rows = "A1,voice,made,33639980011,0041791234567,2026-11-05 05:00:00,60,,,\n\
                    A2,voice,made,33639980011,0041791234567,2026-12-01 05:00:00,60,,,\n";
        use_abroad(&house, operator, rows).await;
        let charged = house.store.operator_sums(operator).await.unwrap().out_of_bundle;
        assert!(charged.is_positive());

        let preview = bill(&house, issuer, "2026-12", BillAsked::Preview).await.unwrap();
        assert_eq!((preview.stage, preview.done, preview.customers), (BillStage::Previewed, 3, 3));
        assert!(invoices(&house, operator).await.is_empty());
        let kept = bill(&house, issuer, "2026-12", BillAsked::Keep).await.unwrap();
        assert_eq!(kept.stage, BillStage::Kept);
        assert_eq!(totals(&kept), totals(&preview));
        assert_eq!(house.store.last_closed_month(operator).await.unwrap(), Some(month("2026-11")));

        let issued = invoices(&house, operator).await;
        let numbers: Vec<_> = issued.iter().map(|invoice| invoice.number.as_str()).collect();
        assert_eq!(numbers, ["VA2026-000001", "VA2026-000002", "VA2026-000003"]);
        // 11.66 and 24.90, and half of what was called.
        let call = charged.micros() / 2 / 10_000;
        assert_eq!(issued[0].totals.net, Cents::new(1166 + 2490 + call));
        assert_eq!(issued[0].subjects[0].number, "06\u{a0}39\u{a0}98\u{a0}00\u{a0}11");
        assert_eq!((issued[1].totals.net.get(), issued[1].totals.gross.get()), (1166, 1399));
        assert_eq!((issued[1].issued.to_string(), issued[1].due.to_string()), ("2026-12-02".into(), "2026-12-17".into()));

        let again = bill(&house, issuer, "2026-12", BillAsked::Keep).await.unwrap_err();
        assert_eq!(again.to_string(), "2026-12 was billed already");
        assert!(bill(&house, issuer, "2026-12", BillAsked::Preview).await.is_err());
        assert!(matches!(bill(&house, issuer, "2026-11", BillAsked::Keep).await, Err(BillRunRefusal::BilledLater(..))));
        assert!(matches!(bill(&house, issuer, "2027-01", BillAsked::Keep).await, Err(BillRunRefusal::NotBegun(_))));

        // What of November comes late is billed with December's.
        use_abroad(&house, operator, "A3,voice,made,33639980011,0041791234567,2026-11-06 05:00:00,60,,,\n").await;
        house.clock.set(at("2027-01-03T03:00:00Z"));
        bill(&house, issuer, "2027-01", BillAsked::Keep).await.unwrap();
        let issued = invoices(&house, operator).await;
        assert_eq!(issued[3].number.as_str(), "VA2027-000001", "a year begins at 1");
        assert_eq!(issued[3].totals.net, Cents::new(1166 + 2490 + 2 * call));
        assert_eq!(issued[3].past.len(), 2);

        let check = house.store.check_ledger(operator).await.unwrap();
        assert_eq!((check.invoices, check.entries, check.faults), (6, 6, Vec::<String>::new()));
        let owed: Cents = issued.iter().map(|invoice| invoice.totals.gross).sum();
        assert_eq!(check.balances.iter().find(|(account, _)| account == "receivable").unwrap().1, owed);
    }
}

/// BIL-01: a run that died in between is taken up where it was; two at once are one; a customer whose bill cannot be made is put aside and the
/// others are billed.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_taken_up_where_it_was() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let operator = households(&house).await;
        let issuer = Issuer::operator(operator);
        let lost = "UPDATE line SET offer = 'mobile-0' WHERE number = '+33639980021'";
        testkit::raw::run(database.url(), lost).await;
        let begun = bill_run::begin(&house, issuer, month("2026-12"), (BillAsked::Keep, "Noé Garnier")).await.unwrap();
        let both = tokio::join!(
            bill_run::work(&house, begun.clone(), &|_| ()),
            bill_run::work(
                &house,
                bill_run::begin(&house, issuer, month("2026-12"), (BillAsked::Keep, "x")).await.unwrap(),
                &|_| ()
            ),
        );
        assert!(both.0.is_ok() || both.1.is_ok(), "{both:?}");
        let run = house.store.bill_run(issuer, begun.id).await.unwrap().unwrap();
        assert_eq!((run.stage, run.done, totals(&run).invoices, totals(&run).put_aside), (BillStage::Kept, 3, 2, 1));
        let problems = house.store.bill_problems(run.id, 10).await.unwrap();
        assert_eq!(problems[0].1, "V2");
        assert!(problems[0].2.starts_with("offer `mobile-0` of line"), "{}", problems[0].2);
        assert_eq!(invoices(&house, operator).await.len(), 2);
        assert_eq!(bill_run::take_up(&house).await.unwrap(), 0);
        // A run that nobody is at goes on by itself.
        house.clock.set(at("2027-01-02T03:00:00Z"));
        let begun = bill_run::begin(&house, issuer, month("2027-01"), (BillAsked::Keep, "Noé Garnier")).await.unwrap();
        assert_eq!(bill_run::take_up(&house).await.unwrap(), 1);
        let run = house.store.bill_run(issuer, begun.id).await.unwrap().unwrap();
        assert_eq!((run.stage, totals(&run).invoices), (BillStage::Kept, 2));
        assert!(house.store.check_ledger(operator).await.unwrap().faults.is_empty());
    }
}

/// BIL-01: a run that somebody stops writes nothing more, whoever is at it, and rests until somebody has it go on; what it issues then has the date of that day,
/// and the numbers that come next.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_stopped_and_goes_on() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let operator = households(&house).await;
        let issuer = Issuer::operator(operator);
        let staff = actor(Scope::operator(operator), Role::OperatorAdmin);
        let begun = bill_run::begin(&house, issuer, month("2026-12"), (BillAsked::Keep, "Noé Garnier")).await.unwrap();
        let auditor = Actor { role: Role::Auditor, ..staff.clone() };
        assert_eq!(desk::stop(&house, &auditor, begun.id).await.unwrap(), None);
        assert_eq!(desk::go_on(&house, &staff, begun.id).await.unwrap(), Some(false), "nobody stopped it");
        assert_eq!(desk::stop(&house, &staff, begun.id).await.unwrap(), Some(true));
        assert_eq!(desk::stop(&house, &staff, begun.id).await.unwrap(), Some(false));
        // Whoever had it before that saves nothing of what they are at.
        let refused = bill_run::work(&house, begun.clone(), &|_| ()).await;
        assert!(matches!(&refused, Err(BillRunRefusal::Stopped(by, _)) if *by == staff.name), "{refused:?}");
        assert_eq!((invoices(&house, operator).await.len(), bill_run::take_up(&house).await.unwrap()), (0, 0));
        let rests = house.store.bill_run(issuer, begun.id).await.unwrap().unwrap();
        assert_eq!((rests.stage, rests.done, rests.problem.as_deref()), (BillStage::Keeping, 0, None));

        house.clock.set(at("2026-12-09T03:00:00Z"));
        assert_eq!(desk::go_on(&house, &staff, begun.id).await.unwrap(), Some(true));
        assert_eq!(bill_run::take_up(&house).await.unwrap(), 1);
        let issued = invoices(&house, operator).await;
        let dates: Vec<String> = issued.iter().map(|invoice| invoice.issued.to_string()).collect();
        assert_eq!(dates, ["2026-12-09"; 3]);
        let mut numbers: Vec<String> = issued.iter().map(|invoice| invoice.number.to_string()).collect();
        numbers.sort();
        assert!(numbers[0].ends_with("000001") && numbers[2].ends_with("000003"), "{numbers:?}");
        assert_eq!(desk::stop(&house, &staff, begun.id).await.unwrap(), Some(false), "it is at its end");

        // Asked for by its month again, it goes on, too; a preview is stopped the same way.
        house.clock.set(at("2027-01-02T03:00:00Z"));
        let preview = bill_run::begin(&house, issuer, month("2027-01"), (BillAsked::Preview, "x")).await.unwrap();
        assert_eq!(desk::stop(&house, &staff, preview.id).await.unwrap(), Some(true));
        assert!(matches!(bill_run::work(&house, preview, &|_| ()).await, Err(BillRunRefusal::Stopped(..))));
        let keep = bill_run::begin(&house, issuer, month("2027-01"), (BillAsked::Keep, "x")).await.unwrap();
        assert_eq!(desk::stop(&house, &staff, keep.id).await.unwrap(), Some(true));
        let again = bill_run::begin(&house, issuer, month("2027-01"), (BillAsked::Keep, "x")).await.unwrap();
        assert_eq!((again.id, &again.stopped), (keep.id, &None));
        assert_eq!(bill_run::work(&house, again, &|_| ()).await.unwrap().stage, BillStage::Kept);
        house.store.verify_journal(operator, None).await.unwrap();
    }
}

/// BIL-01: usage that comes after its month was closed, and before its customer is billed, stands on one bill: the next.
#[tokio::test(flavor = "multi_thread")]
async fn usage_that_comes_while_a_run_rests_is_billed_once() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let operator = households(&house).await;
        let issuer = Issuer::operator(operator);
        let staff = actor(Scope::operator(operator), Role::OperatorAdmin);
        let call = |id: &str| format!("{id},voice,made,33639980011,0041791234567,2026-11-05 05:00:00,60,,,\n");
        use_abroad(&house, operator, &call("early")).await;
        let begun = bill_run::begin(&house, issuer, month("2026-12"), (BillAsked::Keep, "Noé Garnier")).await.unwrap();
        // Somebody stops it as soon as it has closed November.
        assert_eq!(desk::stop(&house, &staff, begun.id).await.unwrap(), Some(true));
        assert!(bill_run::work(&house, begun.clone(), &|_| ()).await.is_err());
        use_abroad(&house, operator, &call("late")).await;
        assert_eq!(desk::go_on(&house, &staff, begun.id).await.unwrap(), Some(true));
        assert_eq!(bill_run::take_up(&house).await.unwrap(), 1);
        house.clock.set(at("2027-01-02T03:00:00Z"));
        bill(&house, issuer, "2027-01", BillAsked::Keep).await.unwrap();
        let used = |invoice: &Invoice| -> i64 {
            let is_usage = |line: &&billing::InvoiceLine| matches!(line.item, Item::Usage(_) | Item::Correction(_));
            invoice.lines.iter().filter(is_usage).map(|line| line.net.get()).sum()
        };
        let issued = invoices(&house, operator).await;
        let used: Vec<i64> = issued.iter().filter(|invoice| invoice.buyer.name == "Famille V1").map(used).collect();
        assert!(used.len() == 2 && used[0] > 0 && used[0] == used[1], "one call each: {used:?}");
    }
}

/// BIL-01: what a bill that was put aside left out stands on the next one that can be made, each thing once: usage, fees, and subscriptions of every month.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_aside_is_billed_once_it_can_be() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let operator = households(&house).await;
        let issuer = Issuer::operator(operator);
        let call = |id: &str, number: &str, day: &str| format!("{id},voice,made,{number},0041791234567,{day} 05:00:00,60,,,\n");
        let days = ["2026-11-05", "2026-12-05", "2027-01-05"];
        let rows =
            days.iter().flat_map(|day| ["33639980021", "33639980031"].map(|number| call(&format!("{number}{day}"), number, day)));
        house.clock.set(at("2027-01-31T03:00:00Z"));
        use_abroad(&house, operator, &rows.collect::<String>()).await;
        house.clock.set(at("2026-12-02T03:00:00Z"));
        let swap = serde_json::to_string(&billing::Item::SimSwap).unwrap();
        let fee = format!(
            "INSERT INTO line_fee (line_id, at, item, amount) SELECT id, 1795000000000000, '{swap}', 5000000 FROM line \
             WHERE number IN ('+33639980021', '+33639980031')"
        );
        testkit::raw::run(database.url(), &fee).await;
        let sold = async |offer: &str| {
            let sql = format!("UPDATE line SET offer = '{offer}' WHERE number = '+33639980021'");
            testkit::raw::run(database.url(), &sql).await;
        };
        sold("mobile-0").await;
        bill(&house, issuer, "2026-12", BillAsked::Keep).await.unwrap();
        house.clock.set(at("2027-01-02T03:00:00Z"));
        bill(&house, issuer, "2027-01", BillAsked::Keep).await.unwrap();
        sold("mobile-20").await;
        for of in ["2027-02", "2027-03"] {
            house.clock.set(at(&format!("{of}-02T03:00:00Z")));
            bill(&house, issuer, of, BillAsked::Keep).await.unwrap();
        }
        let issued = invoices(&house, operator).await;
        let of = |name: &str| issued.iter().filter(|invoice| invoice.buyer.name == name).collect::<Vec<_>>();
        let (late, other) = (of("Famille V2"), of("Famille V3"));
        assert_eq!((late.len(), other.len()), (2, 4));
        let net = |all: &[&billing::Invoice]| all.iter().map(|invoice| invoice.totals.net).sum::<Cents>();
        assert_eq!(net(&late), net(&other));
        let told = |all: &[&billing::Invoice]| {
            let lines = all.iter().flat_map(|invoice| &invoice.lines);
            let mut lines: Vec<_> = lines.map(|line| format!("{:?} {} {}", line.item, line.from, line.net)).collect();
            lines.sort();
            lines
        };
        assert_eq!(told(&late), told(&other));
        assert!(told(&other).iter().any(|line| line.starts_with("SimSwap")), "{:?}", told(&other));
        assert!(house.store.check_ledger(operator).await.unwrap().faults.is_empty());
    }
}

/// BIL-03, BIL-06: an issued invoice and the ledger are kept as they are, by the database itself; what somebody does to it behind its back is
/// found.
#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_is_only_added_to() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let operator = households(&house).await;
        bill(&house, Issuer::operator(operator), "2026-12", BillAsked::Keep).await.unwrap();
        for sql in [
            "UPDATE invoice SET gross = 0, net = 0, vat = 0",
            "DELETE FROM invoice",
            "UPDATE ledger_entry SET kind = 'fee'",
            "DELETE FROM ledger_entry",
            "UPDATE ledger_transfer SET amount = 1",
            "DELETE FROM ledger_transfer",
            "INSERT INTO ledger_transfer SELECT entry_id, 99, debit, debit, amount, billing_account_id FROM ledger_transfer",
            "INSERT INTO ledger_transfer SELECT entry_id, 99, debit, credit, 0, billing_account_id FROM ledger_transfer",
        ] {
            let refused = tokio::spawn({
                let url = database.url().to_owned();
                async move { testkit::raw::run(&url, sql).await }
            });
            assert!(refused.await.is_err(), "`{sql}` is let through");
        }
        assert!(house.store.check_ledger(operator).await.unwrap().faults.is_empty());
        let forged = "INSERT INTO ledger_transfer SELECT entry_id, 9, debit, credit, 5, billing_account_id + 1 FROM ledger_transfer \
                      WHERE place = 0 AND entry_id = (SELECT MIN(entry_id) FROM ledger_transfer)";
        testkit::raw::run(database.url(), forged).await;
        testkit::raw::run(database.url(), "UPDATE invoice_series SET last = last + 1").await;
        let faults = house.store.check_ledger(operator).await.unwrap().faults;
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(faults[0].starts_with("VA2026-000001: "), "{}", faults[0]);
        assert!(faults[1].contains("is counted for another account"), "{}", faults[1]);
        assert!(faults[2].starts_with("invoice, receivable to revenue/plans: "), "{}", faults[2]);
        assert_eq!(faults[3], "numbers of 2026: 4 were given, 3 invoices bear one, the highest is 3");
    }
}

/// BIL-01: no month is left out.
#[tokio::test(flavor = "multi_thread")]
async fn no_month_is_left_out() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-02T03:00:00Z").await;
        let operator = households(&house).await;
        let issuer = Issuer::operator(operator);
        bill(&house, issuer, "2026-11", BillAsked::Keep).await.unwrap();
        house.clock.set(at("2027-02-02T03:00:00Z"));
        let error = bill(&house, issuer, "2027-01", BillAsked::Keep).await.unwrap_err();
        assert_eq!(error.to_string(), "2026-12 was not billed yet: bill it before 2027-01");
        // One that was begun is not billed before it ends.
        let begun = bill_run::begin(&house, issuer, "2026-12".parse().unwrap(), (BillAsked::Keep, "Noé Garnier")).await.unwrap();
        for asked in [BillAsked::Keep, BillAsked::Preview] {
            let error = bill(&house, issuer, "2027-01", asked).await.unwrap_err();
            assert_eq!(error.to_string(), "2026-12 is being billed and not done yet: let that end before 2027-01");
        }
        bill_run::work(&house, begun, &|_| ()).await.unwrap();
        bill(&house, issuer, "2027-01", BillAsked::Keep).await.unwrap();
    }
}
