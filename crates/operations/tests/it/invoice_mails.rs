//! Mails of new invoices, on both engines.

use crate::stage::{actor, at, house, line, opened, sealed};
use operations::{
    House, NewBrand, NewCustomer, NewLogin, NewOperator,
    bill_run::{self, BillAsked, tell},
    credit_note::{self, Asked, CreditAsked},
    permission::Role,
    provision,
};
use store::{IdentifierKind, InvoiceQuery, Issuer, Scope};
use vocabulary::{Cents, OperatorId};

/// Three households and a company: the first has a subscriber, and somebody who only uses its line; the second named an address for its invoices;
/// of the third nobody has chosen a password; the company has two accounts and two people.
async fn operator(house: &House) -> OperatorId {
    let mobile = |number: &str| line(number, &[], ("mobile", "rhenane", "mobile-20"));
    let household = |place: usize| {
        NewCustomer::household(&format!("V{place}"), &format!("Famille {place}"), vec![mobile(&format!("+3363998001{place}"))])
    };
    let company = NewCustomer { business: true, ..household(4) };
    let login = |email: &str, role: &str, customer, line| NewLogin {
        identifiers: vec![(IdentifierKind::Email, email.to_owned())],
        email: email.to_owned(),
        password_hash: Some("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$x".to_owned()),
        role: role.to_owned(),
        name: email.split('@').next().unwrap().to_owned(),
        reseller: None,
        customer: Some(customer),
        line,
    };
    let invited = NewLogin { password_hash: None, ..login("tom@test.example", "subscriber", 2, None) };
    let new = NewOperator {
        slug: "vallee".to_owned(),
        name: "Vallée".to_owned(),
        brands: vec![NewBrand {
            host: "vallee.example".to_owned(),
            reseller: None,
            name: "Vallée".to_owned(),
            colour: "#0f766e".to_owned(),
            contact: String::new(),
        }],
        customers: vec![household(1), household(2), household(3), company],
        logins: vec![
            login("lea@test.example", "subscriber", 0, None),
            login("max@test.example", "member", 0, Some(0)),
            login("ada@test.example", "subscriber", 1, None),
            invited,
            login("pia@test.example", "fleet_manager", 3, None),
            login("guy@test.example", "fleet_manager", 3, None),
        ],
        ..NewOperator::default()
    };
    let operator = provision(house, &new).await.unwrap();
    let named = "UPDATE billing_account SET invoice_email = 'bills@test.example', language = 'de' \
                 WHERE customer_id = (SELECT id FROM customer WHERE reference = 'V2')";
    testkit::raw::run(house.store.url(), named).await;
    operator
}

async fn bill(house: &House, operator: OperatorId, month: &str, asked: BillAsked) {
    let run = bill_run::begin(house, Issuer::operator(operator), month.parse().unwrap(), (asked, "Noé Garnier")).await.unwrap();
    bill_run::work(house, run, &|_| ()).await.unwrap();
}

const TOLD: [(&str, &str); 4] =
    [("lea@test.example", "fr"), ("bills@test.example", "de"), ("pia@test.example", "fr"), ("guy@test.example", "fr")];

async fn heads(house: &House) -> Vec<(String, String)> {
    opened(house)
        .await
        .into_iter()
        .filter(|mail| mail.template == "invoice-issued")
        .map(|mail| (mail.to, mail.language))
        .collect()
}

fn told() -> Vec<(String, String)> {
    TOLD.map(|(to, language)| (to.to_owned(), language.to_owned())).to_vec()
}

/// CUS-08, FLT-17: once a run is kept, the address that an account named is told of its invoice, else the customer's people who see it; what it says is the
/// invoice's; a preview tells nobody, and two who tell at once tell once.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_invoice_is_told_once() {
    for database in testkit::databases() {
        let house = sealed(house(database.url(), "2026-12-02T03:00:00Z").await);
        let operator = operator(&house).await;
        bill(&house, operator, "2026-12", BillAsked::Preview).await;
        assert_eq!(tell::take_up(&house).await.unwrap(), 0);
        bill(&house, operator, "2026-12", BillAsked::Keep).await;
        let both = tokio::join!(tell::take_up(&house), tell::take_up(&house));
        assert_eq!(both.0.unwrap() + both.1.unwrap(), 4);
        assert_eq!(tell::take_up(&house).await.unwrap(), 0);
        let mails = opened(&house).await;
        let invoices: Vec<_> = mails.iter().filter(|mail| mail.template == "invoice-issued").collect();
        assert_eq!(invoices.iter().map(|mail| (mail.to.as_str(), mail.language.as_str())).collect::<Vec<_>>(), TOLD);
        let said = &invoices[0].said;
        assert_eq!((said["number"].as_str(), said["amount"].as_i64()), (Some("VA2026-000001"), Some(1399)));
        assert_eq!((said["issued"].as_str(), said["pay"]["day"].as_str()), (Some("2026-12-02"), Some("2026-12-17")));
        let link = said["link"].as_str().unwrap();
        assert!(link.starts_with("https://vallee.example/invoices/"), "{link}");
        assert_eq!(invoices[1].said["name"].as_str(), Some("Famille 2"));
        assert_eq!(Cents::new(invoices[1].said["amount"].as_i64().unwrap()), Cents::new(1399));

        house.clock.set(at("2027-01-02T03:00:00Z"));
        let nobody =
            "UPDATE billing_account SET invoices_told = 0 WHERE customer_id = (SELECT id FROM customer WHERE reference = 'V1')";
        testkit::raw::run(house.store.url(), nobody).await;
        bill(&house, operator, "2027-01", BillAsked::Keep).await;
        assert_eq!((tell::take_up(&house).await.unwrap(), heads(&house).await), (3, told()[1..].to_vec()));
    }
}

/// CUS-08: who died while telling is followed from there; without keys it waits; and what is a month old is no news.
#[tokio::test(flavor = "multi_thread")]
async fn telling_is_taken_up_where_it_was() {
    for database in testkit::databases() {
        let unsealed = house(database.url(), "2026-12-02T03:00:00Z").await;
        let operator = operator(&unsealed).await;
        bill(&unsealed, operator, "2026-12", BillAsked::Keep).await;
        assert_eq!(tell::take_up(&unsealed).await.unwrap(), 0, "nothing can be sealed");
        let house = sealed(unsealed);
        testkit::raw::run(database.url(), "UPDATE bill_run SET told_after = (SELECT MIN(id) + 1 FROM invoice)").await;
        assert_eq!(tell::take_up(&house).await.unwrap(), 2);
        assert_eq!(heads(&house).await, told()[2..]);
        house.clock.set(at("2027-01-02T03:00:00Z"));
        bill(&house, operator, "2027-01", BillAsked::Keep).await;
        house.clock.set(at("2027-02-03T03:00:00Z"));
        assert_eq!(tell::take_up(&house).await.unwrap(), 0);
        house.clock.set(at("2027-01-03T03:00:00Z"));
        assert_eq!((tell::take_up(&house).await.unwrap(), heads(&house).await.len()), (0, 0), "it is over");
    }
}

/// BIL-03, CUS-08: whoever is told of an account's invoices is told of a credit note that staff makes, once, and of none that was refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_credit_note_by_hand_is_told_once() {
    for database in testkit::databases() {
        let house = sealed(house(database.url(), "2026-12-02T03:00:00Z").await);
        let operator = operator(&house).await;
        bill(&house, operator, "2026-12", BillAsked::Keep).await;
        let staff = actor(Scope::operator(operator), Role::Accounting);
        let query = InvoiceQuery { most: 50, ..InvoiceQuery::default() };
        let rows = house.store.scoped(staff.scope).invoices(&query).await.unwrap();
        let nobody =
            "UPDATE billing_account SET invoices_told = 0 WHERE customer_id = (SELECT id FROM customer WHERE reference = 'V3')";
        testkit::raw::run(house.store.url(), nobody).await;
        for (number, reason) in
            [("000001", "Panne"), ("000001", "Panne"), ("000001", ""), ("000002", "Panne"), ("000003", "Panne")]
        {
            let row = rows.iter().find(|row| row.number.ends_with(number)).unwrap();
            let asked = Asked { invoice: row.id, what: CreditAsked::Whole, reason, token: &format!("{number}{reason}") };
            assert_eq!(credit_note::issue(&house, &staff, &asked).await.unwrap().unwrap().is_ok(), !reason.is_empty());
        }
        let mails: Vec<_> = opened(&house).await.into_iter().filter(|mail| mail.template == "credit-note-issued").collect();
        let to: Vec<_> = mails.iter().map(|mail| (mail.to.as_str(), mail.language.as_str())).collect();
        assert_eq!(to, [("lea@test.example", "fr"), ("bills@test.example", "de")]);
        let said = &mails[0].said;
        assert_eq!((said["is_credit_note"].as_bool(), said["amount"].as_i64()), (Some(true), Some(1399)));
        assert_eq!(said["number"].as_str(), Some("VA2026-000005"));
    }
}
