//! What was billed, collected and earned, held against the ledger, on both engines.

use crate::stage::{actor, at, house, line};
use billing::{LedgerAccount, Transfer};
use operations::{
    House, NewCustomer, NewOperator, NewReseller,
    bill_run::{self, BillAsked},
    credit_note::{self, CreditAsked},
    permission::Role,
    provision,
    revenue::{self, Asked, Earner, MonthSums, Revenue, Shown},
};
use store::{InvoiceQuery, InvoiceRow, Issuer, LedgerCheck, NewLedgerEntry, Scope, Store};
use testkit::raw;
use vocabulary::{Cents, OperatorId, ResellerId};

async fn households(house: &House) -> OperatorId {
    let mobile = |number: &str| line(number, &[], ("mobile", "rhenane", "mobile-20"));
    let household = |reference: &str, lines| NewCustomer::household(reference, &format!("Famille {reference}"), lines);
    let customers = vec![
        household("V1", vec![mobile("+33639980011"), line("fibre-1", &[], ("internet", "vallee", "internet-300"))]),
        household("V2", vec![mobile("+33639980021")]),
    ];
    let resellers = vec![NewReseller { slug: "quai".to_owned(), name: "Quai Télécom".to_owned() }];
    let new =
        NewOperator { slug: "vallee".to_owned(), name: "Vallée".to_owned(), customers, resellers, ..NewOperator::default() };
    provision(house, &new).await.unwrap()
}

async fn bill(house: &House, issuer: Issuer, of: &str) {
    let run = bill_run::begin(house, issuer, of.parse().unwrap(), (BillAsked::Keep, "Noé Garnier")).await.unwrap();
    bill_run::work(house, run, &|_| ()).await.unwrap();
}

/// An entry that somebody else's work makes.
async fn post(house: &House, issuer: Issuer, kind: &'static str, (debit, credit, cents): (LedgerAccount, LedgerAccount, i64)) {
    let transaction = house.store.begin().await.unwrap();
    let transfers = vec![Transfer { debit, credit, amount: Cents::new(cents) }];
    let entry = NewLedgerEntry { kind, invoice: None, payment: None, transfers };
    transaction.add_to_ledger(issuer, vec![entry], house.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn shown(house: &House, operator: OperatorId, asked: &Asked) -> Shown {
    let staff = actor(Scope::operator(operator), Role::Accounting);
    revenue::revenue(house, &staff, asked, "fr").await.unwrap().unwrap()
}

async fn checked(house: &House, operator: OperatorId) -> LedgerCheck {
    let check = house.store.check_ledger(operator).await.unwrap();
    assert_eq!(check.faults, Vec::<String>::new());
    check
}

fn balance(check: &LedgerCheck, account: &str) -> Cents {
    check.balances.iter().find(|(known, _)| known == account).map(|(_, amount)| *amount).unwrap_or_default()
}

/// The page's sums, from what the ledger's own check says.
fn agrees(shown: &Shown, check: &LedgerCheck) {
    let sum = |figure: fn(&MonthSums) -> Cents| shown.months.iter().map(|(_, month)| figure(month)).sum::<Cents>();
    assert_eq!(shown.months.last().unwrap().1.open, balance(check, "receivable"));
    let moved = sum(|month| month.gross) - sum(|month| month.collected) + sum(|month| month.other);
    assert_eq!(moved, balance(check, "receivable"), "it all began here");
    assert_eq!(sum(|month| month.gross), sum(|month| month.net) + sum(|month| month.vat));
    let vat: Cents = check.balances.iter().filter(|(account, _)| account.starts_with("vat/")).map(|(_, amount)| -*amount).sum();
    assert_eq!(sum(|month| month.vat), vat);
    for (word, revenue) in Revenue::WORDS {
        let earned: Cents = shown.months.iter().filter_map(|(_, month)| month.by_revenue.get(&revenue)).copied().sum();
        assert_eq!(earned, -balance(check, &format!("revenue/{word}")), "{word}");
    }
    for (place, (month, sums)) in shown.months.iter().enumerate() {
        let with: Cents = shown.earned.iter().map(|one| one.by_month[place].1).sum();
        assert_eq!(with, sums.earned(), "{month}");
    }
}

async fn invoices(house: &House, operator: OperatorId) -> Vec<InvoiceRow> {
    let scoped = house.store.scoped(Scope::operator(operator));
    scoped.invoices(&InvoiceQuery { most: 10, ..InvoiceQuery::default() }).await.unwrap()
}

/// BIL-12: what is shown month by month, in all and by offer, is what the ledger's own check says, to the cent, whatever was billed, paid, given
/// back, charged or written off; each issuer's by itself and all together.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_earned_is_what_the_ledger_says() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-11-01T03:00:00Z").await;
        let operator = households(&house).await;
        let own = Issuer::operator(operator);
        bill(&house, own, "2026-11").await;
        let account = LedgerAccount::Receivable(invoices(&house, operator).await[0].account);
        // The last quarter of an hour of November, in Paris, and the first of December.
        house.clock.set(at("2026-11-30T22:59:59Z"));
        post(&house, own, "payment", (LedgerAccount::Bank, account, 1_000)).await;
        house.clock.set(at("2026-11-30T23:00:00Z"));
        post(&house, own, "payment", (LedgerAccount::CardProvider, account, 299)).await;
        post(&house, own, "refund", (account, LedgerAccount::CardProvider, 100)).await;
        post(&house, own, "fee", (account, LedgerAccount::Revenue(Revenue::Dunning), 750)).await;
        post(&house, own, "write_off", (LedgerAccount::WrittenOff, account, 50)).await;
        bill(&house, own, "2026-12").await;

        let all = shown(&house, operator, &Asked::default()).await;
        let months: Vec<String> = all.months.iter().map(|(month, _)| month.to_string()).collect();
        assert_eq!(months, ["2026-11", "2026-12"], "nothing was there before");
        let (november, december) = (&all.months[0].1, &all.months[1].1);
        let billed: Cents = invoices(&house, operator).await.iter().map(|row| row.gross).sum();
        assert_eq!(november.gross + december.gross, billed);
        assert_eq!((november.collected.get(), december.collected.get()), (1_000, 199));
        assert_eq!((november.other.get(), december.other.get()), (0, 700));
        assert_eq!(november.open, november.gross - Cents::new(1_000));
        agrees(&all, &checked(&house, operator).await);
        let offers: Vec<_> = all.earned.iter().map(|one| (one.with.id(), one.pieces(), one.net().get())).collect();
        assert_eq!(offers[..2], [(Some("internet-300"), 2, 2 * 2_490), (Some("mobile-20"), 4, 4 * 1_166)]);
        assert_eq!(all.earned.last().unwrap().with, Earner::Rest(Revenue::Dunning));
        assert_eq!((all.earned.last().unwrap().net().get(), all.issuers.len()), (750, 0));

        // A reseller's own ledger.
        let reseller = Issuer { operator, reseller: Some(ResellerId(1)) };
        post(&house, reseller, "payment", (LedgerAccount::Bank, LedgerAccount::Unmatched, 4_000)).await;
        post(&house, reseller, "payment", (LedgerAccount::Unmatched, account, 3_000)).await;
        let both = shown(&house, operator, &Asked::default()).await;
        agrees(&both, &checked(&house, operator).await);
        let names: Vec<_> = both.issuers.iter().map(|issuer| (issuer.number, issuer.name.as_str())).collect();
        assert_eq!(names, [(0, "Grand Large"), (1, "Quai Télécom")]);
        let only = async |number| {
            let found = shown(&house, operator, &Asked { issuer: Some(number), ..Asked::default() }).await;
            found.months.iter().map(|(_, sums)| (sums.gross, sums.collected)).collect::<Vec<_>>()
        };
        assert_eq!(only(0).await, all.months.iter().map(|(_, sums)| (sums.gross, sums.collected)).collect::<Vec<_>>());
        assert_eq!(only(1).await, [(Cents::ZERO, Cents::ZERO), (Cents::ZERO, Cents::new(3_000))]);
        assert_eq!(only(7).await, [(Cents::ZERO, Cents::ZERO); 2], "nobody's");

        // A year later the first month is seen by two years only, and what is open is the same.
        house.clock.set(at("2027-11-15T10:00:00Z"));
        let later = shown(&house, operator, &Asked::default()).await;
        assert_eq!((later.months.len(), later.months[0].0.to_string().as_str()), (12, "2026-12"));
        assert_eq!(later.months.last().unwrap().1.open, balance(&checked(&house, operator).await, "receivable"));
        let two = shown(&house, operator, &Asked { two_years: true, ..Asked::default() }).await;
        assert_eq!(two.months.len(), 13);
        agrees(&two, &checked(&house, operator).await);
    }
}

/// BIL-12, PLT-02: who cares for customers does not see what they bring, and a reseller does not see what the operator earns; sums that somebody
/// changed behind the program's back are found.
#[tokio::test(flavor = "multi_thread")]
async fn sums_are_for_who_may_and_are_checked() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-01T03:00:00Z").await;
        let operator = households(&house).await;
        bill(&house, Issuer::operator(operator), "2026-12").await;
        for role in Role::ALL {
            let who = actor(Scope::operator(operator), role);
            let found = revenue::revenue(&house, &who, &Asked::default(), "fr").await.unwrap();
            let may = matches!(role, Role::OperatorAdmin | Role::Accounting | Role::Auditor);
            assert_eq!(found.is_some(), may, "{role:?}");
        }
        raw::run(database.url(), "UPDATE ledger_sum SET amount = amount + 1 WHERE credit = 'revenue/plans'").await;
        let faults = house.store.check_ledger(operator).await.unwrap().faults;
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[0].starts_with("invoice, receivable to revenue/plans: "), "{}", faults[0]);
        assert!(faults[1].starts_with("total of invoice, receivable to revenue/plans: "), "{}", faults[1]);
        assert!(faults[2].starts_with("revenue/plans: "), "{}", faults[2]);
    }
}

/// BIL-12, PLT-13: the sums of a database of an earlier program are made of what its ledger and its invoices say.
#[tokio::test(flavor = "multi_thread")]
async fn sums_are_made_of_what_was_there_before_them() {
    for database in testkit::databases() {
        let house = house(database.url(), "2026-12-01T03:00:00Z").await;
        let operator = households(&house).await;
        let own = Issuer::operator(operator);
        bill(&house, own, "2026-12").await;
        let row = invoices(&house, operator).await.remove(0);
        let staff = actor(Scope::operator(operator), Role::Accounting);
        let asked = credit_note::Asked { invoice: row.id, what: CreditAsked::Whole, reason: "Panne", token: "a" };
        credit_note::issue(&house, &staff, &asked).await.unwrap().unwrap().unwrap();
        post(&house, own, "payment", (LedgerAccount::Bank, LedgerAccount::Receivable(row.account), 1_000)).await;
        let before = shown(&house, operator, &Asked::default()).await;
        agrees(&before, &checked(&house, operator).await);
        for table in ["ledger_sum", "ledger_total", "earned", "whole_numbers", "credit_form"] {
            raw::run(database.url(), &format!("DROP TABLE {table}")).await;
        }
        raw::run(database.url(), "DELETE FROM schema_version WHERE version = 30").await;
        Store::open(database.url()).await.expect("it is brought up to date");
        let after = shown(&house, operator, &Asked::default()).await;
        agrees(&after, &checked(&house, operator).await);
        assert_eq!((after.months, after.earned), (before.months, before.earned));
    }
}
