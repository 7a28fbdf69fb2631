//! Blank SIM cards for fleets: ordered, sent, and arrived.

use crate::{
    people::{Town, actor_of, town},
    stage::after,
};
use operations::{
    Actor,
    sim_batches::{self, BatchFile},
    sim_deliveries::{
        self, BlankSimRefusal, DeliveryAddress, DeliveryAsked, DeliveryFault, DeliveryNews, DeliveryState, SendRefusal,
    },
    sim_transfer::{self, NotThis, TransferAsked, Way},
    sims::{self, SimKind, SimStage, SimsAsked},
};
use store::{Scope, Window};
use vocabulary::{Iccid, SimDeliveryId};

const FIRST: u128 = 893_301_000_000_000_500;

fn iccid(place: u128) -> String {
    Iccid::from_serial(FIRST + place).unwrap().to_string()
}

async fn stock(town: &Town, olga: &Actor, cards: u128) {
    let row = |place| format!("{};20801{:010};1234;87000001;5678;99000001\n", iccid(place), 9_000 + place);
    let text: String = std::iter::once("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n".to_owned()).chain((0..cards).map(row)).collect();
    let file = BatchFile { name: "maker.csv", network: "orange", kind: SimKind::CardWithPin, bytes: text.as_bytes() };
    sim_batches::take(&town.house, olga, file).await.unwrap().unwrap().unwrap();
}

fn asked(cards: u32) -> DeliveryAsked {
    let address = DeliveryAddress {
        recipient: "Menuiserie Lambert".into(),
        street: "4 rue des Scies".into(),
        postcode: "68000".into(),
        city: "Colmar".into(),
        country: String::new(),
    };
    DeliveryAsked {
        token: format!("form-{cards}"),
        customer: String::new(),
        network: "orange".into(),
        kind: Some(SimKind::CardWithPin),
        cards: Some(cards),
        address,
    }
}

async fn order(town: &Town, actor: &Actor, asked: &DeliveryAsked) -> Result<SimDeliveryId, Vec<DeliveryFault>> {
    sim_deliveries::order(&town.house, actor, asked).await.unwrap().expect("who may")
}

async fn send(town: &Town, actor: &Actor, id: SimDeliveryId, (first, last): (u128, u128)) -> Result<(), SendRefusal> {
    sim_deliveries::send(&town.house, actor, id, (&iccid(first), &iccid(last))).await.unwrap().expect("who may")
}

async fn state(town: &Town, actor: &Actor, id: SimDeliveryId) -> DeliveryState {
    sim_deliveries::show(&town.house, actor, id).await.unwrap().expect("it is there").0.state
}

async fn given(town: &Town, actor: &Actor) -> u64 {
    let asked = SimsAsked { stage: Some(SimStage::Given), rows: 50, page: 1, ..SimsAsked::default() };
    sims::list(&town.house, actor, &asked).await.unwrap().expect("who may").total
}

async fn letters(town: &Town) -> Vec<(String, String)> {
    let mails = town
        .house
        .store
        .scoped(Scope::operator(town.door.operator))
        .mails(Window { offset: 0, rows: 20 })
        .await
        .unwrap()
        .unwrap()
        .0;
    let told = mails.into_iter().map(|mail| (mail.template, mail.recipient));
    told.filter(|(template, _)| template.starts_with("sims-")).collect()
}

/// FLT-16: a fleet manager orders blank cards by tens to an address, told by which working day they are there; what is wrong is named, the same
/// form twice is one order, and who ordered is written to.
#[tokio::test(flavor = "multi_thread")]
async fn blank_cards_are_ordered_by_tens() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        for (wrong, faults) in [
            (asked(15), vec![DeliveryFault::Cards(BlankSimRefusal::NotByPacks(15))]),
            (asked(0), vec![DeliveryFault::Cards(BlankSimRefusal::HowMany(0))]),
            (DeliveryAsked { kind: Some(SimKind::Esim), ..asked(10) }, vec![DeliveryFault::Kind]),
            (
                DeliveryAsked { network: "none".into(), address: DeliveryAddress::default(), ..asked(10) },
                vec![DeliveryFault::Network, DeliveryFault::Address],
            ),
        ] {
            assert_eq!(order(&town, &hugo, &wrong).await, Err(faults));
        }
        let id = order(&town, &hugo, &asked(10)).await.unwrap();
        assert_eq!(order(&town, &hugo, &asked(10)).await, Ok(id), "the same form again is the same order");
        let unsigned = DeliveryAsked { token: String::new(), ..asked(10) };
        assert_eq!(order(&town, &hugo, &unsigned).await, Err(vec![DeliveryFault::Form]));
        let (delivery, steps) = sim_deliveries::show(&town.house, &hugo, id).await.unwrap().expect("his");
        assert_eq!((delivery.cards, delivery.state, delivery.address.country.as_str()), (10, DeliveryState::Ordered, "FR"));
        assert!(delivery.promised.is_some() && steps.can_cancel && !steps.can_send && !steps.can_receive);
        assert_eq!(letters(&town).await, [("sims-asked".to_owned(), "hugo@lambert.example".to_owned())]);
        let mona = actor_of(&town, "mona@other.example").await;
        assert!(sim_deliveries::show(&town.house, &mona, id).await.unwrap().is_none(), "another customer's is not there");
        let rita = actor_of(&town, "rita@near.example").await;
        let stranger = DeliveryAsked { customer: "V100002".into(), token: "rita".into(), ..asked(10) };
        assert_eq!(order(&town, &rita, &stranger).await, Err(vec![DeliveryFault::Customer]));
        let listed = sim_deliveries::list(&town.house, &rita, (10, 0)).await.unwrap().expect("who may");
        assert_eq!((listed.0.len(), listed.1, listed.2), (1, 1, 1), "of her customer");
    }
}

/// FLT-16, RES-07: staff sends as many free cards of the network as were ordered, all or none; in the parcel nobody can give or use them, and they
/// are the customer's once they arrived, which is said once.
#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_holds_its_cards_until_it_arrives() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let olga = actor_of(&town, "olga@test.example").await;
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        stock(&town, &olga, 15).await;
        let id = order(&town, &hugo, &asked(10)).await.unwrap();
        let tell = async |news| sim_deliveries::tell(&town.house, &hugo, (id, news)).await.unwrap().expect("who may");
        assert!(!tell(DeliveryNews::Arrived).await, "nothing arrives that was not sent");
        assert_eq!(send(&town, &olga, id, (0, 4)).await, Err(SendRefusal::Count(5)));
        assert_eq!(send(&town, &olga, id, (9, 0)).await, Err(SendRefusal::Range));
        let Err(SendRefusal::Cards(refused, 4)) = send(&town, &olga, id, (9, 18)).await else { panic!("four are not there") };
        assert_eq!(refused[0].to_string(), iccid(15));
        let no = sim_deliveries::send(&town.house, &hugo, id, (&iccid(0), &iccid(9))).await.unwrap();
        assert!(no.is_none(), "a customer sends nothing");
        assert_eq!(state(&town, &olga, id).await, DeliveryState::Ordered);

        assert_eq!(send(&town, &olga, id, (0, 9)).await, Ok(()));
        assert!(matches!(state(&town, &hugo, id).await, DeliveryState::Sent { .. }));
        assert_eq!(send(&town, &olga, id, (0, 9)).await, Err(SendRefusal::Changed));
        assert!(!tell(DeliveryNews::Cancelled).await, "what was sent is not cancelled");
        assert_eq!(given(&town, &hugo).await, 0, "not theirs to use before they are there");
        let give = TransferAsked { way: Way::Give, first: iccid(9), last: iccid(10), customer: "V100002".into(), reseller: None };
        let plan = sim_transfer::plan(&town.house, &olga, &give).await.unwrap().unwrap().unwrap();
        assert_eq!(plan.refused.iter().map(|(_, why)| *why).collect::<Vec<_>>(), [NotThis::OnItsWay]);
        let stages = sims::list(&town.house, &olga, &SimsAsked { rows: 5, page: 1, ..SimsAsked::default() }).await.unwrap();
        let stages = stages.expect("who may").stages;
        assert!(stages.contains(&(SimStage::Free, 5)) && stages.contains(&(SimStage::OnItsWay, 10)), "{stages:?}");
        let free = town.house.store.scoped(Scope::operator(town.door.operator));
        assert_eq!(free.cards_for(town.other, ("orange", "card_with_pin"), 50).await.unwrap().len(), 5);

        assert!(tell(DeliveryNews::Arrived).await);
        assert!(!tell(DeliveryNews::Arrived).await, "it is said once");
        assert_eq!(given(&town, &hugo).await, 10);
        let words: Vec<_> = letters(&town).await.into_iter().map(|(word, _)| word).collect();
        assert_eq!(words, ["sims-sent", "sims-asked"]);
        let journal = town.house.store.scoped(hugo.scope).journal(None, None, 100).await.unwrap();
        let steps: Vec<_> = journal.iter().filter(|entry| entry.action.starts_with("blank_sims")).collect();
        assert_eq!(
            steps.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(),
            ["blank_sims_arrived", "blank_sims_sent", "blank_sims_asked"]
        );
        assert_eq!(after(steps[1])["first_sim"], iccid(0));

        let other = order(&town, &hugo, &asked(20)).await.unwrap();
        let cancelled = sim_deliveries::tell(&town.house, &hugo, (other, DeliveryNews::Cancelled)).await.unwrap();
        assert_eq!(cancelled, Some(true));
        assert_eq!(send(&town, &olga, other, (0, 9)).await, Err(SendRefusal::Changed));
    }
}
