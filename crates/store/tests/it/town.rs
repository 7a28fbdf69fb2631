//! Two small operators, the second with two resellers, in a fresh database of each engine.

use catalog::Capping;
use rating::{AtCap, CapRaise, SpendCap, SpendPeriod};
use store::{IdentifierKind, NewBrand, NewCustomer, NewLine, NewLogin, NewOperator, NewPaper, NewReseller, NewSpend, Store};
use testkit::TestDatabase;
use vocabulary::{Money, OperatorId, Timestamp};

pub(crate) struct Town {
    pub(crate) store: Store,
    pub(crate) one: OperatorId,
    pub(crate) other: OperatorId,
    pub(crate) database: TestDatabase,
}

pub(crate) async fn towns() -> Vec<Town> {
    let mut towns = Vec::new();
    for database in testkit::databases() {
        let store = Store::open(database.url()).await.unwrap();
        let one = store.provision(&operator("one", "+3361000000")).await.unwrap();
        let other = store.provision(&operator("other", "+3362000000")).await.unwrap();
        towns.push(Town { store, one, other, database });
    }
    towns
}

/// Customers 0 and 1 are the resellers', 2 is the operator's own; of three lines each.
pub(crate) fn operator(slug: &str, number: &str) -> NewOperator {
    let reseller = |name: &str| NewReseller { slug: name.to_owned(), name: name.to_uppercase() };
    let customers = (0..3).map(|index| NewCustomer {
        reseller: Some(index).filter(|index| *index < 2),
        reference: format!("C10{index}"),
        name: ["Étoile", "50 %_off", "Zed"][index].to_owned(),
        business: true,
        postcode: "67000".to_owned(),
        paper: NewPaper::default(),
        billing_accounts: vec!["main".to_owned(), "branch".to_owned()],
        packs: vec![],
        spends: if index == 0 { spends() } else { vec![] },
        lines: (0..3)
            .map(|line| NewLine {
                billing_account: line / 2,
                ..new_line(format!("{number}{}", index * 3 + line), ["active", "suspended", "active"][line])
            })
            .collect(),
    });
    NewOperator {
        slug: slug.to_owned(),
        name: slug.to_owned(),
        resellers: vec![reseller("near"), reseller("far")],
        companies: Vec::new(),
        brands: vec![NewBrand {
            host: format!("{slug}.localhost"),
            reseller: None,
            name: slug.to_owned(),
            colour: "#0b6e4f".to_owned(),
            contact: String::new(),
        }],
        customers: customers.collect(),
        logins: (0..3)
            .map(|index| NewLogin {
                identifiers: vec![(IdentifierKind::Reference, format!("C10{index}"))],
                email: format!("manager{index}@{slug}.example"),
                password_hash: Some("x".to_owned()),
                role: "fleet_manager".to_owned(),
                name: format!("Manager {index}"),
                reseller: None,
                customer: Some(index),
                line: None,
            })
            .collect(),
    }
}

/// Caps of the first account, told at chosen steps and raised for a moment, and one of the whole customer.
fn spends() -> Vec<NewSpend> {
    let cap = |period, euros: i64, at_cap| SpendCap { period, amount: Money::from_micros(euros * 1_000_000), at_cap };
    let (since, until) = (Timestamp::from_micros(5), Timestamp::from_micros(9));
    let raise = CapRaise { period: SpendPeriod::Day, amount: Money::from_micros(3_000_000), since, until };
    let of_account = NewSpend {
        billing_account: Some(0),
        caps: vec![cap(SpendPeriod::Month, 20, AtCap::Tell), cap(SpendPeriod::Day, 2, AtCap::Slow)],
        raises: vec![raise],
        steps: vec![25, 75],
    };
    let caps = vec![cap(SpendPeriod::Month, 50, AtCap::Stop)];
    vec![of_account, NewSpend { billing_account: None, caps, raises: vec![], steps: vec![] }]
}

fn new_line(number: String, state: &str) -> NewLine {
    NewLine {
        user: format!("User {}", number.chars().last().unwrap()),
        capping: Capping::Capped,
        state: state.to_owned(),
        ..NewLine::in_service(&number, ("mobile", "n", "m30"), Timestamp::EPOCH)
    }
}
