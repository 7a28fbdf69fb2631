//! The inventory of SIMs: a maker's file, giving and taking back, what unlocks a card.

use crate::{
    people::{PASSWORD, Town, actor_of, links, town},
    stage::after,
};
use operations::{
    Actor, keys,
    proof::{self, FRESH_S, ProofRefusal, Shown},
    seal::Seal,
    sim_batches::{self, BatchFile, BatchRefusal, RowWrong, Taken},
    sim_transfer::{self, NotThis, Plan, TransferAsked, TransferRefusal, Transferred, Way},
    sims::{self, SimKind, SimStage, SimsAsked},
};
use store::{Entry, SEALED, Scope};
use vocabulary::{Iccid, SimId};

const FIRST: u128 = 893_301_000_000_000_100;

fn iccid(place: u128) -> String {
    Iccid::from_serial(FIRST + place).unwrap().to_string()
}

/// A maker's file of so many cards; the PUK of each ends with its place.
fn file(cards: u128) -> String {
    let row = |place| format!("{};20801{:010};1234;870000{place:02};5678;990000{place:02}\n", iccid(place), 7_000 + place);
    std::iter::once("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n".to_owned()).chain((0..cards).map(row)).collect()
}

async fn take(town: &Town, actor: &Actor, text: &str) -> Result<Taken, BatchRefusal> {
    let file = BatchFile { name: "maker.csv", network: "orange", kind: SimKind::CardWithPin, bytes: text.as_bytes() };
    sim_batches::take(&town.house, actor, file).await.unwrap().expect("who may")
}

fn asked(way: Way, (first, last): (u128, u128), customer: &str) -> TransferAsked {
    TransferAsked { way, first: iccid(first), last: iccid(last), customer: customer.to_owned(), reseller: None }
}

async fn plan(town: &Town, actor: &Actor, asked: &TransferAsked) -> Result<Plan, TransferRefusal> {
    sim_transfer::plan(&town.house, actor, asked).await.unwrap().expect("who may")
}

async fn carry_out(town: &Town, actor: &Actor, asked: &TransferAsked, count: usize) -> Transferred {
    sim_transfer::carry_out(&town.house, actor, asked, count).await.unwrap().expect("who may").unwrap()
}

async fn seen(town: &Town, actor: &Actor, stage: SimStage) -> Vec<(SimId, String)> {
    let asked = SimsAsked { stage: Some(stage), rows: 50, page: 1, ..SimsAsked::default() };
    let list = sims::list(&town.house, actor, &asked).await.unwrap().expect("who may");
    list.rows.into_iter().map(|sim| (sim.id, sim.iccid)).collect()
}

async fn noted(town: &Town, action: &str) -> Vec<Entry> {
    let journal = town.house.store.scoped(Scope::operator(town.door.operator)).journal(None, None, 100).await.unwrap();
    journal.into_iter().filter(|entry| entry.action == action).collect()
}

/// RES-07: a maker's file comes in whole or not at all, each wrong row named; the same bytes again change nothing; what is there already is
/// named by its row; the journal has one entry of the batch.
#[tokio::test(flavor = "multi_thread")]
async fn a_batch_comes_in_whole_or_not_at_all() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let olga = actor_of(&town, "olga@test.example").await;
        let wrong = file(3).replace(&iccid(1), &iccid(1)[..18]).replace(";87000002;", ";8700;");
        let Err(BatchRefusal::Rows { faults, total: 2 }) = take(&town, &olga, &wrong).await else { panic!("two wrong rows") };
        assert_eq!(faults.iter().map(|fault| (fault.row, fault.column)).collect::<Vec<_>>(), [(2, "iccid"), (3, "puk1")]);
        assert!(matches!(&faults[1].what, RowWrong::Text(text) if !text.contains("8700")), "no secret is repeated");
        assert_eq!(seen(&town, &olga, SimStage::Free).await, []);
        for (text, refusal) in [
            ("", BatchRefusal::NoFile),
            ("iccid;imsi\n", BatchRefusal::Header),
            ("iccid;imsi;pin1;puk1;pin2;puk2\n", BatchRefusal::Empty),
        ] {
            assert_eq!(take(&town, &olga, text).await, Err(refusal), "{text}");
        }
        let text = file(1);
        let other = BatchFile { name: "x", network: "none", kind: SimKind::Esim, bytes: text.as_bytes() };
        let refused = sim_batches::take(&town.house, &olga, other).await.unwrap().unwrap();
        assert_eq!(refused, Err(BatchRefusal::NoNetwork));

        assert!(matches!(take(&town, &olga, &file(3)).await, Ok(Taken::Done(_, 3))));
        assert!(matches!(take(&town, &olga, &file(3)).await, Ok(Taken::Before(before)) if before.cards == 3 && before.free == 3));
        let Err(BatchRefusal::Rows { faults, total: 3 }) = take(&town, &olga, &file(4)).await else { panic!("three are known") };
        assert_eq!(faults[0].what, RowWrong::KnownIccid(iccid(0)));
        assert_eq!(seen(&town, &olga, SimStage::Free).await.len(), 3, "the fourth did not come in alone");
        let entries = noted(&town, "sims_taken_in").await;
        assert_eq!(entries.iter().map(after).collect::<Vec<_>>(), [serde_json::json!({ "name": "maker.csv", "sims": 3 })]);
        for nobody in ["hugo@lambert.example", "rita@near.example"] {
            let actor = actor_of(&town, nobody).await;
            let batch = BatchFile { name: "x", network: "orange", kind: SimKind::Esim, bytes: b"" };
            assert!(sim_batches::take(&town.house, &actor, batch).await.unwrap().is_none(), "{nobody}");
        }
    }
}

/// RES-07: a range is given to a reseller's customer and taken back, all or none, what cannot be is named, somebody else's customer is not
/// there, and what was given alone is seen by that customer; each step is in the journal of whose it is.
#[tokio::test(flavor = "multi_thread")]
async fn a_range_is_given_and_taken_back() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let [olga, rita, hugo] = [
            actor_of(&town, "olga@test.example").await,
            actor_of(&town, "rita@near.example").await,
            actor_of(&town, "hugo@lambert.example").await,
        ];
        take(&town, &olga, &file(6)).await.unwrap();
        let to_near = TransferAsked { reseller: Some(town.reseller), ..asked(Way::Give, (0, 4), "") };
        assert_eq!(plan(&town, &olga, &to_near).await.map(|plan| (plan.changed, plan.to)), Ok((5, "Near".to_owned())));
        assert!(matches!(carry_out(&town, &olga, &to_near, 4).await, Transferred::Changed(_)), "another number was confirmed");
        assert_eq!(seen(&town, &rita, SimStage::Free).await, []);
        assert_eq!(carry_out(&town, &olga, &to_near, 5).await, Transferred::Done(5));

        let lambert = asked(Way::Give, (1, 3), "v100001");
        assert_eq!(plan(&town, &rita, &asked(Way::Give, (1, 3), "V100002")).await, Err(TransferRefusal::NoSuchCustomer));
        let past = plan(&town, &rita, &asked(Way::Give, (3, 6), "V100001")).await.unwrap();
        assert_eq!(
            past.refused.iter().map(|(_, why)| *why).collect::<Vec<_>>(),
            [NotThis::Unknown; 2],
            "not hers, and not there"
        );
        assert_eq!(plan(&town, &rita, &asked(Way::Give, (3, 1), "V100001")).await, Err(TransferRefusal::Descending));
        assert_eq!(carry_out(&town, &rita, &lambert, 3).await, Transferred::Done(3));
        assert_eq!(plan(&town, &rita, &lambert).await.map(|plan| (plan.changed, plan.unchanged)), Ok((0, 3)));
        let given = seen(&town, &hugo, SimStage::Given).await;
        assert_eq!(given.iter().map(|(_, iccid)| iccid.clone()).collect::<Vec<_>>(), [iccid(1), iccid(2), iccid(3)]);
        assert_eq!(seen(&town, &hugo, SimStage::Free).await, []);
        let mona = actor_of(&town, "mona@other.example").await;
        assert!(sims::show(&town.house, &mona, given[0].0).await.unwrap().is_none(), "somebody else's is not there");
        let taken = plan(&town, &olga, &asked(Way::Give, (0, 5), "V100002")).await.unwrap();
        let why: Vec<_> = taken.refused.iter().map(|(_, why)| *why).collect();
        assert_eq!(why, [NotThis::OtherStock, NotThis::NotTheirs, NotThis::NotTheirs, NotThis::NotTheirs, NotThis::OtherStock]);
        assert_eq!(carry_out(&town, &rita, &asked(Way::Release, (2, 2), ""), 1).await, Transferred::Done(1));
        assert_eq!(seen(&town, &hugo, SimStage::Given).await.len(), 2);
        assert!(sim_transfer::plan(&town.house, &hugo, &lambert).await.unwrap().is_none(), "a customer gives nothing");

        let entries = noted(&town, "sim_given").await;
        assert_eq!(entries.len(), 8);
        assert_eq!(after(&entries[0])["holder"], "Menuiserie Lambert");
        assert_eq!(entries[0].owner, (Some(town.reseller), Some(town.company)));
        let own = town.house.store.scoped(hugo.scope).journal(None, None, 100).await.unwrap();
        assert_eq!(own.iter().filter(|entry| entry.action.starts_with("sim_")).count(), 4, "three given and one taken back");
    }
}

/// TEL-06, RES-21, PLT-16: a PUK is shown after a fresh proof only, each time noted, to who has the card; it stands sealed, and opens after
/// the keys were changed.
#[tokio::test(flavor = "multi_thread")]
async fn a_puk_is_shown_after_a_fresh_proof() {
    for database in testkit::databases() {
        let town = town(database.url()).await;
        let olga = actor_of(&town, "olga@test.example").await;
        take(&town, &olga, &file(2)).await.unwrap();
        carry_out(&town, &olga, &asked(Way::Give, (0, 1), "V100001"), 2).await;
        let hugo = actor_of(&town, "hugo@lambert.example").await;
        let sim = seen(&town, &hugo, SimStage::Given).await[1].0;
        assert!(sims::show(&town.house, &hugo, sim).await.unwrap().unwrap().has_codes);
        town.house.clock.set(town.house.clock.now().plus_seconds(FRESH_S));
        assert_eq!(proof::asked(&hugo, town.house.clock.now()).err(), Some(ProofRefusal::Needed), "an old proof shows nothing");
        assert_eq!(noted(&town, "puk_shown").await.len(), 0);
        let fresh = proof::shown(&town.house, &hugo, Shown::Password(PASSWORD), &links()).await.unwrap().unwrap();
        let codes = sims::codes(&town.house, fresh, sim).await.unwrap().unwrap();
        assert_eq!((codes.puk1.as_deref(), codes.puk2.as_deref()), (Some("87000001"), Some("99000001")));
        assert!(!format!("{codes:?}").contains("87000001"));
        assert_eq!(noted(&town, "puk_shown").await[0].owner, (Some(town.reseller), Some(town.company)));
        let mona = actor_of(&town, "mona@other.example").await;
        let other = proof::asked(&mona, town.house.clock.now()).unwrap();
        assert!(sims::codes(&town.house, other, sim).await.unwrap().is_none(), "somebody else's is not there");
        assert_eq!(noted(&town, "puk_shown").await.len(), 1);

        let of_sims: Vec<_> = SEALED.iter().filter(|column| column.table == "sim_secret").collect();
        assert_eq!(of_sims.len(), 4);
        let mut before = 0;
        for column in &of_sims {
            before += town.house.store.sealed_otherwise(**column, &["v1.k2.".to_owned()], None).await.unwrap().len();
        }
        assert_eq!(before, 8, "every code of both cards is sealed");
        let (new, old) = (Seal::fresh_line(Some("k2")).unwrap(), town.key.as_str());
        let both = town.house.clone().with_seal(Seal::read(&format!("{}\n{old}", new.as_str())).unwrap());
        assert!(keys::rotate(&both, &|_| {}).await.unwrap() >= 8);
        let alone = town.house.clone().with_seal(Seal::read(&new).unwrap());
        keys::check(&alone).await.expect("nothing is left that the key before sealed");
        let again = sims::codes(&alone, fresh, sim).await.unwrap().unwrap();
        assert_eq!(again.puk1.as_deref(), Some("87000001"));
    }
}
