//! What a contract says, by when a line is promised, and values that close a zone.

use crate::orders::{request, stage};
use gateways::simulated_network::Manners;
use operations::{
    contract::{self, OnceFor, SheetPart},
    order::{self, Closing, LineRequest, NumberRequest, OrderAsked, OrderRefused, PortingProof, Promise},
    permission::Role,
    sims::SimKind,
};
use vocabulary::{E164, Money};

fn euros(text: &str) -> Money {
    text.parse().unwrap()
}

/// RES-04, MOB-65: a contract says what the line costs each month and what it cost once, on which network it is and with which SIM, and what is set up
/// on its telephone, in the reader's language; who uses it sees no IMSI, and nothing of a partner's platform.
#[tokio::test]
async fn a_contract_says_what_it_costs_and_what_is_set_up() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        let esim = LineRequest { sim: order::SimRequest::Any(SimKind::Esim), ..request("unlimited-5") };
        let order = stage.place(&stage.asked("form-1", vec![esim])).await.unwrap();
        stage.rounds().await;
        let line = stage.lives(order).await[0].life.line.id;
        let read = async |actor| contract::contract(&stage.house, actor, line, "en").await.unwrap().expect("it is there");
        let found = read(&stage.staff).await;
        assert_eq!(found.monthly.iter().map(|fee| fee.amount).collect::<Vec<_>>(), [euros("7.00")]);
        assert_eq!(found.monthly_in_all, euros("7.00"));
        assert_eq!(found.once.iter().map(|fee| (&fee.what, fee.amount)).collect::<Vec<_>>(), [(&OnceFor::Esim, euros("1.50"))]);
        assert_eq!(Some(found.once[0].at), found.ordered);
        let technical = &found.technical;
        assert_eq!((technical.digits, technical.sessions_at_once), (Some(10), Some(0)));
        assert_eq!(technical.network.as_ref().map(|(name, codes)| (name.as_str(), codes.len())), Some(("Orange", 2)));
        assert!(technical.sim.as_ref().is_some_and(|sim| sim.imsi.is_some() && sim.kind == SimKind::Esim));
        let named = |name: &str| found.settings.iter().find(|setting| setting.name == name).map(|setting| setting.value.clone());
        assert_eq!(named("Internet access point"), Some("orange".into()));
        assert_eq!(named("Forward when busy"), Some("**67*number#".into()), "in the reader's language");
        assert!(found.settings.iter().any(|setting| setting.part == SheetPart::Partner));

        let user = operations::Actor { role: Role::Subscriber, ..stage.staff.clone() };
        let found = read(&user).await;
        assert!(found.technical.sim.is_some_and(|sim| sim.imsi.is_none()));
        assert!(!found.settings.is_empty() && found.settings.iter().all(|setting| setting.part != SheetPart::Partner));
        let elsewhere =
            operations::Scope { reach: operations::Reach::Customer(vocabulary::CustomerId(999)), ..stage.staff.scope };
        let stranger = operations::Actor { scope: elsewhere, ..stage.staff.clone() };
        assert!(contract::contract(&stage.house, &stranger, line, "en").await.unwrap().is_none());
    }
}

/// MOB-63: an order tells by when each line is promised: so many opening hours after the network begins, or on the day on which its number comes;
/// what was told is kept while the line is to come.
#[tokio::test]
async fn an_order_says_by_when_it_is_promised() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        let number = E164::from_digits(33_612_345_678).unwrap();
        let rio = vocabulary::Rio::of("01PEROY4P4TR", &"0612345678".parse().unwrap()).expect("the number's RIO");
        let brought = LineRequest {
            number: NumberRequest::Ported { number, proof: PortingProof::Rio(rio), day: None },
            ..request("unlimited-10")
        };
        let asked = stage.asked("form-1", vec![request("unlimited-5"), brought]);
        let quote = order::quote(&stage.house, &stage.staff, &asked).await.unwrap().unwrap().unwrap();
        let told: Vec<Option<Promise>> = quote.lines.iter().map(|quote| quote.promised).collect();
        let [Some(Promise::By(by)), Some(Promise::On(on))] = told[..] else { panic!("both are promised: {told:?}") };
        assert_eq!(by.seconds_since(quote.lines[0].begins), 3_600, "an hour of opening hours");
        assert_eq!(on, quote.lines[1].begins);
        let order = stage.place(&asked).await.unwrap();
        let detail = order::detail(&stage.house, &stage.staff, order, "en").await.unwrap().expect("it is there");
        assert_eq!(detail.lines.iter().map(|line| line.promised).collect::<Vec<_>>(), told);
        assert_eq!(detail.promised, Some(Promise::On(on)), "the last of them");
        stage.rounds().await;
        let detail = order::detail(&stage.house, &stage.staff, order, "en").await.unwrap().expect("it is there");
        assert_eq!(detail.lines[0].promised, None, "it is there");
    }
}

/// MOB-42: an order with a value that closes a zone is not placed until it was said that this is meant.
#[tokio::test]
async fn a_value_that_closes_a_zone_has_to_be_meant() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        let closed = |value: i64| LineRequest {
            network: "bouygues".into(),
            cutoffs: vec![("data-europe-euros".into(), value), ("data-world-euros".into(), 50_000_000)],
            ..request("unlimited-5")
        };
        let asked = stage.asked("form-1", vec![closed(50_000_000), closed(0)]);
        let quote = order::quote(&stage.house, &stage.staff, &asked).await.unwrap().unwrap().unwrap();
        assert_eq!(quote.lines.iter().map(|quote| quote.closes.len()).collect::<Vec<_>>(), [0, 1], "it is told before");
        assert_eq!(stage.place(&asked).await, Err(OrderRefused::Closes(1)));
        let meant = OrderAsked { closing: Closing::Meant, ..asked };
        // There are no cards of that network here: the question was answered, and the next is asked.
        assert!(matches!(stage.place(&meant).await, Err(OrderRefused::Lines(_))));
        let open = stage.asked("form-2", vec![closed(50_000_000)]);
        assert!(!matches!(stage.place(&open).await, Err(OrderRefused::Closes(_))));
    }
}
