//! Orders: SIMs and numbers out of the inventory, all lines or none, until a network in the program has brought them into service.

use crate::stage::{actor, at, house, line, operator};
use catalog::Capping;
use gateways::simulated_network::{Manners, NetworkSettings, NumberBlock, SimulatedNetwork};
use operations::{
    Actor, House, Scope,
    host_network::{HostNetworks, ServiceKind},
    life::Doer,
    line_change::When,
    line_user,
    network_delivery::round,
    order::{
        self, Closing, LineAsked, LineFault, LineRequest, NumberRequest, OrderAsked, OrderFault, OrderRefused, PortingAnswer,
        PortingProof, SimRequest, UserAsked,
    },
    permission::Role,
    seal::Seal,
    sim_batches::{self, BatchFile},
    sims::SimKind,
};
use std::sync::Arc;
use store::{KeptLife, LivesAsked};
use vocabulary::{CustomerId, E164, Iccid, LineId, OperatorId, OrderId};

pub(crate) const TUESDAY: &str = "2026-11-17T10:00:00Z";
const FIRST_SIM: u128 = 893_326_321_220_016_900;
const PORTED: u64 = 33_612_345_678;

pub(crate) struct Stage {
    pub(crate) house: House,
    pub(crate) operator: OperatorId,
    pub(crate) staff: Actor,
    pub(crate) customer: CustomerId,
    pub(crate) network: SimulatedNetwork,
    pub(crate) networks: HostNetworks,
}

/// An operator with a customer, twelve SIM cards, three eSIM profiles and eight free numbers.
pub(crate) async fn stage(url: &str, manners: Manners) -> Stage {
    stage_in(house(url, TUESDAY).await, manners).await
}

/// The same in a house, on that Tuesday.
pub(crate) async fn stage_in(house: House, manners: Manners) -> Stage {
    let seal = Seal::read(Seal::fresh_line(Some("k1")).unwrap().as_str()).unwrap();
    let house = house.with_seal(seal);
    let operator = operator(&house, "grandlarge", vec![line("+33639980011", &[], ("mobile", "orange", "unlimited-5"))]).await;
    let scope = Scope::operator(operator);
    let staff = actor(scope, Role::OperatorAgent);
    stock(&house, &staff).await;
    let store::Party::Customer(customer) = house.store.scoped(scope).customers_like("V100001", 1).await.unwrap().remove(0).party
    else {
        panic!("a customer")
    };
    let (network, networks) = networks(operator, manners);
    Stage { house, operator, staff, customer, network, networks }
}

/// Twelve SIM cards, three eSIM profiles and eight free numbers of an operator.
pub(crate) async fn stock(house: &House, staff: &Actor) {
    let operator = staff.scope.operator;
    for (kind, from, count) in [(SimKind::CardWithPin, 0, 12), (SimKind::Esim, 100, 3)] {
        let row = |place| format!("{};20801{:010};1234;87000002;5678;99000002\n", iccid(place), place);
        let text: String =
            std::iter::once("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n".to_owned()).chain((from..from + count).map(row)).collect();
        let file = BatchFile { name: "maker.csv", network: "orange", kind, bytes: text.as_bytes() };
        sim_batches::take(house, staff, file).await.unwrap().unwrap().unwrap();
    }
    let numbers: Vec<E164> = (0..8).map(|place| E164::from_digits(33_639_990_000 + place).unwrap()).collect();
    let transaction = house.store.begin().await.unwrap();
    let new = store::NewNumbers { operator, reseller: None, network: None, kind: None, numbers: &numbers };
    assert_eq!(transaction.take_numbers_in(&new).await.unwrap(), 8);
    transaction.commit().await.unwrap();
}

/// A network in the program, by which an operator's lines come into service.
pub(crate) fn networks(operator: OperatorId, manners: Manners) -> (SimulatedNetwork, HostNetworks) {
    let blocks = [(ServiceKind::Data, 33_700_000_000_000), (ServiceKind::M2m, 33_700_000_500_000)];
    let block = |(kind, first)| NumberBlock { kind, first: E164::from_digits(first).unwrap(), count: 1_000 };
    let settings = NetworkSettings { seed: 7, manners, blocks: blocks.map(block).into() };
    let network = SimulatedNetwork::in_memory(settings);
    let networks = HostNetworks::default().with(operator, "orange", Arc::new(network.clone()));
    (network, networks)
}

pub(crate) fn iccid(place: u128) -> Iccid {
    Iccid::from_serial(FIRST_SIM + place).unwrap()
}

pub(crate) fn request(offer: &str) -> LineRequest {
    LineRequest {
        network: "orange".into(),
        offer: offer.into(),
        capping: Some(Capping::Capped),
        options: Vec::new(),
        cutoffs: Vec::new(),
        sim: SimRequest::Any(SimKind::CardWithPin),
        number: NumberRequest::Any,
        begins: When::Soonest,
    }
}

pub(crate) fn ported() -> NumberRequest {
    let number = E164::from_digits(PORTED).unwrap();
    let rio = vocabulary::Rio::of("01PEROY4P4TR", &"0612345678".parse().unwrap()).expect("the number's RIO");
    NumberRequest::Ported { number, proof: PortingProof::Rio(rio), day: None }
}

impl Stage {
    pub(crate) fn asked(&self, token: &str, requests: Vec<LineRequest>) -> OrderAsked {
        let line = |request| LineAsked { request, user: UserAsked::named("Léa Martin") };
        OrderAsked {
            closing: Closing::Unasked,
            split: None,
            customer: self.customer,
            account: None,
            token: token.into(),
            lines: requests.into_iter().map(line).collect(),
        }
    }

    pub(crate) async fn place(&self, asked: &OrderAsked) -> Result<OrderId, OrderRefused> {
        order::place(&self.house, &self.staff, asked).await.unwrap().expect("who may order")
    }

    pub(crate) async fn lives(&self, order: OrderId) -> Vec<KeptLife> {
        let (_, lines) = order::order(&self.house, &self.staff, order).await.unwrap().expect("an order");
        let catalog = self.house.catalog(self.operator).await.unwrap();
        let scoped = self.house.store.scoped(self.staff.scope);
        let mut lives = scoped.lives(LivesAsked::Lines(&lines), &catalog).await.unwrap();
        lives.sort_by_key(|kept| kept.life.line.id);
        lives
    }

    /// Rounds until nothing happens any more at this hour.
    pub(crate) async fn rounds(&self) {
        while !round(&self.house, &self.networks).await.unwrap().is_quiet() {}
    }

    pub(crate) async fn states(&self, order: OrderId) -> Vec<&'static str> {
        self.lives(order).await.iter().map(|kept| kept.life.line.state.as_str()).collect()
    }
}

/// RES-03, FLT-03, PLT-12, MOB-10: an order of five lines, one with its own number, one with an eSIM, one whose network gives the number: each has
/// a SIM and a number of its own, the network brings them into service, and what the network believes is what we believe.
#[tokio::test]
async fn five_lines_come_into_service() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        let esim = LineRequest { sim: SimRequest::Any(SimKind::Esim), ..request("unlimited-5") };
        let brought = LineRequest { number: ported(), ..request("unlimited-10") };
        let named = LineRequest { sim: SimRequest::This(iccid(5)), ..request("unlimited-5") };
        let data = request("data-10");
        let asked = stage.asked("form-1", vec![request("unlimited-5"), esim, brought, named, data]);
        let quote = order::quote(&stage.house, &stage.staff, &asked).await.unwrap().unwrap().unwrap();
        assert_eq!(quote.once, "1.50".parse().unwrap(), "an eSIM costs 1.50 € once");
        let order = stage.place(&asked).await.unwrap();
        assert_eq!(stage.place(&asked).await, Ok(order), "the same form sent twice is one order");
        assert_eq!(stage.states(order).await, ["ordered"; 5]);
        stage.rounds().await;
        assert_eq!(stage.states(order).await, ["active", "active", "ordered", "active", "active"], "a number is still to come");
        let lives = stage.lives(order).await;
        assert_eq!(lives[3].life.sim.as_ref().unwrap().iccid, iccid(5));
        assert!(lives[1].life.sim.as_ref().unwrap().kind.is_esim());
        assert_eq!(lives[4].life.line.number.map(|number| number.digits()), Some(33_700_000_000_000), "the network's own");
        let line = lives[2].life.line.id;
        let program = Doer::Program(stage.operator);
        assert!(order::porting_answered(&stage.house, program, line, &PortingAnswer::LetsGo).await.unwrap());
        assert!(!order::porting_answered(&stage.house, program, line, &PortingAnswer::LetsGo).await.unwrap(), "said twice");
        stage.rounds().await;
        assert_eq!(stage.states(order).await[2], "ordered", "three working days have not passed");
        stage.house.clock.set(at("2026-11-23T10:00:00Z"));
        stage.rounds().await;
        assert_eq!(stage.states(order).await, ["active"; 5]);
        for kept in stage.lives(order).await {
            let view = stage.network.view(kept.life.line.id).expect("the network knows it");
            assert_eq!((view.number, view.iccid()), (kept.life.line.number, kept.life.sim.map(|sim| sim.iccid)));
        }
        let (kept, _) = order::order(&stage.house, &stage.staff, order).await.unwrap().unwrap();
        assert_eq!((kept.lines, kept.states, kept.told.1), (5, [0, 5, 0], "1.50".parse().unwrap()));
        let names = ["+33612345678".to_owned(), lives[2].life.sim.as_ref().unwrap().iccid.to_string()];
        let found = stage.house.store.lines_by_identity(stage.operator, &names).await.unwrap();
        assert_eq!(found.len(), 2, "usage files name the line by its number and by its SIM");
    }
}

/// RES-03: what is wrong with lines of an order is said line by line, and nothing is ordered.
#[tokio::test]
async fn an_order_is_whole_or_nothing() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        let first =
            stage.place(&stage.asked("one", vec![LineRequest { number: ported(), ..request("unlimited-5") }])).await.unwrap();
        let used = stage.lives(first).await[0].life.sim.as_ref().unwrap().iccid;
        let sim = |place| SimRequest::This(iccid(place));
        let picked = |digits| NumberRequest::Picked(E164::from_digits(digits).unwrap());
        let wrong = [
            (LineRequest { sim: SimRequest::This(used), ..request("unlimited-5") }, OrderFault::Sim(lines::SimRefusal::Reserved)),
            (LineRequest { sim: sim(77), ..request("unlimited-5") }, OrderFault::NoSuchSim),
            (LineRequest { number: ported(), ..request("unlimited-5") }, OrderFault::Number(lines::NumberRefusal::BeingPorted)),
            (LineRequest { offer: "nothing".into(), ..request("unlimited-5") }, OrderFault::Line(LineFault::Offer)),
            (LineRequest { capping: None, ..request("unlimited-5") }, OrderFault::Line(LineFault::CappingMissing)),
            (LineRequest { number: picked(33_639_990_001), ..request("unlimited-5") }, OrderFault::Line(LineFault::NoPicking)),
        ];
        for (at, (request_of_line, fault)) in wrong.into_iter().enumerate() {
            let asked = stage.asked(&format!("wrong-{at}"), vec![request("unlimited-5"), request_of_line]);
            let expected = OrderRefused::Lines(vec![(1, fault)]);
            assert_eq!(stage.place(&asked).await, Err(expected), "{at}");
        }
        let many = stage.asked("many", vec![request("unlimited-5"); 9]);
        let Err(OrderRefused::Lines(faults)) = stage.place(&many).await else { panic!("there are eight numbers") };
        assert_eq!(faults, [(8, OrderFault::NoNumberLeft)]);
        assert_eq!(stage.place(&stage.asked("", vec![request("unlimited-5")])).await, Err(OrderRefused::Token));
        assert_eq!(stage.place(&stage.asked("none", Vec::new())).await, Err(OrderRefused::Count(0)));
        let orders = order::orders(&stage.house, &stage.staff, (0, 50)).await.unwrap().unwrap();
        assert_eq!(orders.iter().map(|order| order.id).collect::<Vec<_>>(), [first]);
        let eight = stage.place(&stage.asked("eight", vec![request("unlimited-5"); 8])).await.unwrap();
        let mut numbers: Vec<_> = stage.lives(eight).await.iter().map(|kept| kept.life.line.number.unwrap()).collect();
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), 8, "each has its own");
    }
}

/// FLT-04, PLT-12: the other operator does not let a number go: the line is given up, and its SIM is free again. What the network refuses waits
/// for staff, who ask again or give it up.
#[tokio::test]
async fn a_line_that_cannot_be_gives_back_what_it_had() {
    for database in testkit::databases() {
        let refusing = Manners { refusing: 1_000, ..Manners::PROMPT };
        let stage = stage(database.url(), refusing).await;
        let brought = LineRequest { number: ported(), ..request("unlimited-5") };
        let order = stage.place(&stage.asked("one", vec![brought, request("unlimited-5")])).await.unwrap();
        let lives = stage.lives(order).await;
        let [brought, refused]: [LineId; 2] = [lives[0].life.line.id, lives[1].life.line.id];
        let no = PortingAnswer::Refuses("wrong holder".into());
        assert!(order::porting_answered(&stage.house, Doer::Person(&stage.staff), brought, &no).await.unwrap());
        stage.rounds().await;
        assert_eq!(stage.states(order).await, ["ended", "ordered"], "one given up, one refused by the network");
        assert_eq!(order::activate(&stage.house, &stage.staff, refused).await.unwrap(), Some(Ok(())));
        stage.rounds().await;
        assert_eq!(stage.states(order).await[1], "ordered", "refused again");
        assert_eq!(order::give_up(&stage.house, &stage.staff, refused).await.unwrap(), Some(Ok(())));
        let sims: Vec<_> = lives.iter().map(|kept| kept.life.sim.as_ref().unwrap().id).collect();
        let cards = stage.house.store.scoped(stage.staff.scope).cards(&sims).await.unwrap();
        assert!(cards.iter().all(|card| card.sim.state == lines::SimState::Free), "{cards:?}");
        let nine = stage.place(&stage.asked("all", vec![request("unlimited-5"); 8])).await;
        assert!(nine.is_ok(), "the number is free again: {nine:?}");
        let actions: Vec<_> = stage.house.store.scoped(stage.staff.scope).journal(None, None, 50).await.unwrap();
        for action in ["order_placed", "line_ordered", "line_porting_refused", "line_work_not_done", "line_given_up"] {
            assert!(actions.iter().any(|entry| entry.action == action), "{action}");
        }
    }
}

/// RES-03: two who order at once never get the same SIM or number, whoever is faster.
#[tokio::test(flavor = "multi_thread")]
async fn orders_at_once_share_nothing() {
    for database in testkit::databases() {
        let stage = Arc::new(stage(database.url(), Manners::PROMPT).await);
        let order = |at: usize| {
            let stage = stage.clone();
            tokio::spawn(async move { stage.place(&stage.asked(&format!("form-{at}"), vec![request("unlimited-5"); 2])).await })
        };
        let mut lives = Vec::new();
        for placed in [order(0), order(1), order(2), order(3)] {
            lives.extend(stage.lives(placed.await.unwrap().expect("there is enough for all")).await);
        }
        let mut sims: Vec<_> = lives.iter().map(|kept| kept.life.line.sim).collect();
        let mut numbers: Vec<_> = lives.iter().map(|kept| kept.life.line.number).collect();
        sims.sort();
        sims.dedup();
        numbers.sort();
        numbers.dedup();
        assert_eq!((sims.len(), numbers.len()), (8, 8));
    }
}

fn user(columns: &[(&str, &str)]) -> UserAsked {
    UserAsked::of_columns(|column| columns.iter().find(|(known, _)| *known == column).map_or("", |(_, text)| text).to_owned())
}

/// FLT-03, FLT-04: an order, in a form or a file, says all that a line's page keeps of its user, or whose user it is to be too; a person with two names,
/// somebody else's line and a day that is none are told at their column.
#[tokio::test]
async fn flt_03_an_order_says_who_uses_a_line() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        let lea = [
            ("title", "ms"),
            ("first_name", "Léa"),
            ("last_name", "Martin"),
            ("description", "Accueil"),
            ("born", "1990-02-28"),
            ("contact_email", "lea@example.fr"),
            ("contact_number", "06 12 34 56 78"),
            ("language", "fr"),
            ("street", "3 rue des Lilas"),
            ("postcode", "67000"),
            ("town", "Strasbourg"),
        ];
        let mut asked = stage.asked("first", vec![request("unlimited-5")]);
        asked.lines[0].user = user(&lea);
        let order = stage.place(&asked).await.unwrap();
        stage.rounds().await;
        let first = stage.lives(order).await.remove(0);
        assert_eq!((first.user.as_str(), stage.states(order).await), ("Léa Martin", vec!["active"]));
        let shown = line_user::user(&stage.house, &stage.staff, first.life.line.id).await.unwrap().expect("its user");
        assert_eq!(
            (shown.data.town.as_str(), shown.data.born.map(|day| day.to_string()).as_deref()),
            ("Strasbourg", Some("1990-02-28"))
        );
        let number = first.life.line.number.expect("a number").to_string();

        assert_eq!(
            order::users_known(&stage.house, &stage.staff, stage.customer).await.unwrap().expect("who may"),
            [("Léa Martin".to_owned(), number.parse().unwrap())]
        );
        let text =
            format!("network;offer;capping;user_of\norange;unlimited-5;capped;{number}\norange;unlimited-5;capped;0639980099\n");
        let rows = order::form::read_for(&stage.house, &stage.staff, stage.customer, &text).await.unwrap().unwrap();
        assert_eq!((rows.good.len(), rows.faults.len(), rows.faults[0].row, rows.faults[0].column), (1, 1, 2, "user_of"));
        let again = rows.order(stage.customer, None, ("second", Closing::Unasked));
        let second = stage.lives(stage.place(&again).await.unwrap()).await.remove(0);
        let shown_too = line_user::user(&stage.house, &stage.staff, second.life.line.id).await.unwrap().expect("its user");
        assert_eq!((shown_too.data, shown_too.name), (shown.data, shown.name));

        // Whose line has access of its own says alone what is known of them.
        let own = format!(
            "INSERT INTO login (operator_id, customer_id, line_id, role, name, email, language, state, invited) \
             VALUES ({0}, {1}, {2}, 'member', 'Léa', '', 'fr', 'validated', 0); \
             INSERT INTO line_access (line_id, login_id, given, accepted) SELECT {2}, MAX(id), 0, 0 FROM login",
            stage.operator.0, stage.customer.0, first.life.line.id.0
        );
        testkit::raw::run(database.url(), &own).await;
        let known = order::users_known(&stage.house, &stage.staff, stage.customer).await.unwrap().expect("who may");
        assert!(known.iter().all(|(_, known)| known.to_string() != number), "{known:?}");
        let mut private = stage.asked("private", vec![request("unlimited-5")]);
        private.lines[0].user = user(&[("user_of", &number)]);
        assert_eq!(stage.place(&private).await, Err(OrderRefused::Lines(vec![(0, OrderFault::People("user_of"))])));

        let wrong: [(&[(&str, &str)], &str); 5] = [
            (&[("user", "Léa Martin"), ("last_name", "Martin")], "user"),
            (&[("user_of", &number), ("last_name", "Martin")], "user_of"),
            (&[("user_of", "somebody")], "user_of"),
            (&[("last_name", "Martin"), ("born", "1990-02-30")], "born"),
            (&[("last_name", "Martin"), ("language", "tlh")], "language"),
        ];
        for (columns, column) in wrong {
            let mut asked = stage.asked("wrong", vec![request("unlimited-5")]);
            asked.lines[0].user = user(columns);
            let refused = OrderRefused::Lines(vec![(0, OrderFault::People(column))]);
            assert_eq!(stage.place(&asked).await, Err(refused), "{columns:?}");
        }
    }
}

/// RES-03, RES-08: who is to use a line and where its messages go is read as everywhere: what greets somebody else as an address of a page, or
/// cannot be mailed or called, is told by its row and column, and nothing is ordered.
#[tokio::test]
async fn people_of_an_order_are_read_as_everywhere() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        for (people, column) in [
            (["www.evil.example", "", ""], "user"),
            (["L\u{202e}a", "", ""], "user"),
            (["Léa", "lea@", ""], "contact_email"),
            (["Léa", "", "12"], "contact_number"),
        ] {
            let mut asked = stage.asked("people", vec![request("unlimited-5")]);
            asked.lines[0].user = user(&[("user", people[0]), ("contact_email", people[1]), ("contact_number", people[2])]);
            let refused = OrderRefused::Lines(vec![(0, OrderFault::People(column))]);
            assert_eq!(stage.place(&asked).await, Err(refused), "{people:?}");
            let text = format!(
                "network;offer;capping;user;contact_email;contact_number\norange;unlimited-5;capped;{}\n",
                people.join(";")
            );
            let rows = order::form::read(&stage.house, &stage.staff, &text).await.unwrap().unwrap();
            assert_eq!((rows.good.len(), rows.faults[0].row, rows.faults[0].column), (0, 1, column), "{people:?}");
        }
        let mut asked = stage.asked("people", vec![request("unlimited-5")]);
        asked.lines[0].user = user(&[("contact_email", " Lea@Example.FR "), ("contact_number", "06 12 34 56 78")]);
        let kept = stage.lives(stage.place(&asked).await.unwrap()).await.remove(0);
        assert_eq!(kept.contact, ("lea@example.fr".to_owned(), "+33612345678".to_owned()));
    }
}
