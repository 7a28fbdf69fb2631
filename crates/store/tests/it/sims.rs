//! The inventory: an ICCID and a number once an operator, one holder at a time, each sees its own.

use crate::town::{Town, towns};
use store::{AddedSim, LineQuery, NewBatch, NewSim, Reach, Scope, SealedCodes, SimHolding, SimQuery};
use vocabulary::{CustomerId, OperatorId, ResellerId, SimId, Timestamp};

const ICCIDS: [&str; 3] = ["8933010000000001000", "8933010000000001018", "8933010000000001026"];

fn batch(operator: OperatorId, digest: &str) -> NewBatch<'_> {
    NewBatch { operator, digest, name: "b", network: "n", kind: "card_with_pin", cards: 3, at: Timestamp::EPOCH }
}

async fn fill(town: &Town, operator: OperatorId) -> Vec<SimId> {
    let transaction = town.store.begin().await.unwrap();
    let new = batch(operator, "d1");
    let id = transaction.add_batch(&new).await.unwrap().unwrap();
    let mut sims = Vec::new();
    for (place, iccid) in ICCIDS.iter().enumerate() {
        let codes =
            SealedCodes { name: Scope::operator(operator).codes_name(iccid), codes: [None, Some("v1.k.x".into()), None, None] };
        let imsi = format!("20801000000000{place}");
        let added = transaction.add_sim((&new, id), NewSim { iccid, imsi: &imsi }, &codes).await.unwrap();
        let AddedSim::Added(sim) = added else { panic!("{added:?}") };
        sims.push(sim);
    }
    transaction.commit().await.unwrap();
    sims
}

fn holding(reseller: Option<ResellerId>, customer: Option<CustomerId>) -> SimHolding {
    SimHolding { state: if customer.is_some() { "given" } else { "free" }, reseller, customer }
}

fn all() -> SimQuery {
    SimQuery { limit: 50, ..SimQuery::default() }
}

/// RES-07: an ICCID and an IMSI are there once an operator, the same bytes once, and another operator has its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_sim_is_there_once_an_operator() {
    for town in towns().await {
        fill(&town, town.one).await;
        fill(&town, town.other).await;
        let transaction = town.store.begin().await.unwrap();
        assert_eq!(transaction.add_batch(&batch(town.one, "d1")).await.unwrap(), None);
        let new = batch(town.one, "d2");
        let id = transaction.add_batch(&new).await.unwrap().unwrap();
        let codes = SealedCodes { name: "x".into(), codes: [None, None, None, None] };
        let known = NewSim { iccid: ICCIDS[0], imsi: "208010000000009" };
        assert!(matches!(transaction.add_sim((&new, id), known, &codes).await.unwrap(), AddedSim::KnownIccid(_)));
        let known = NewSim { iccid: "8933010000000001034", imsi: "208010000000000" };
        assert_eq!(transaction.add_sim((&new, id), known, &codes).await.unwrap(), AddedSim::KnownImsi);
        drop(transaction);
        let scoped = town.store.scoped(Scope::operator(town.one));
        assert_eq!(scoped.count_sims(&all()).await.unwrap(), 3, "what was not kept leaves nothing");
    }
}

/// RES-07: of two who give the same card at the same time, one does.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_gives_of_one_card_one_wins() {
    for town in towns().await {
        let sims = fill(&town, town.one).await;
        let customers = town.store.scoped(Scope::operator(town.one));
        let [one, two] = ["C100", "C101"].map(|reference| reference.to_owned());
        let one = customers.sim_holders_called(&one).await.unwrap().remove(0);
        let two = customers.sim_holders_called(&two).await.unwrap().remove(0);
        let give = async |to: &store::SimHolder| {
            let transaction = town.store.begin().await.unwrap();
            let done = transaction.move_sim((sims[0], 0), holding(to.reseller, Some(to.customer))).await.unwrap();
            transaction.commit().await.unwrap();
            done
        };
        let (first, second) = tokio::join!(give(&one), give(&two));
        assert!(first ^ second, "{first} {second}");
        let winner = if first { &one } else { &two };
        let kept = customers.sim(sims[0]).await.unwrap().unwrap();
        assert_eq!((kept.customer.map(|(id, _)| id), kept.version), (Some(winner.customer), 1));
    }
}

/// PLT-01, RES-07: a customer sees what was given to it, a reseller its stock, another operator nothing; a range has its ends.
#[tokio::test(flavor = "multi_thread")]
async fn each_sees_its_own_sims() {
    for town in towns().await {
        let sims = fill(&town, town.one).await;
        let whole = town.store.scoped(Scope::operator(town.one));
        let holder = whole.sim_holders_called("Étoile").await.unwrap().remove(0);
        let reseller = holder.reseller.unwrap();
        let transaction = town.store.begin().await.unwrap();
        assert!(transaction.move_sim((sims[0], 0), holding(Some(reseller), Some(holder.customer))).await.unwrap());
        assert!(transaction.move_sim((sims[1], 0), holding(Some(reseller), None)).await.unwrap());
        transaction.commit().await.unwrap();
        let within = |operator, reach| town.store.scoped(Scope { operator, reach });
        for (scoped, seen) in [
            (within(town.one, Reach::Operator), vec![0, 1, 2]),
            (within(town.one, Reach::Reseller(reseller)), vec![0, 1]),
            (within(town.one, Reach::Customer(holder.customer)), vec![0]),
            (within(town.other, Reach::Operator), vec![]),
        ] {
            let found: Vec<SimId> = scoped.sims(&all()).await.unwrap().iter().map(|sim| sim.id).collect();
            assert_eq!(found, seen.iter().map(|place: &usize| sims[*place]).collect::<Vec<_>>());
            assert_eq!(scoped.count_sims(&all()).await.unwrap(), seen.len() as u64);
            assert_eq!(scoped.sim_codes(sims[2]).await.unwrap().is_some(), seen.contains(&2));
        }
        let range = (ICCIDS[1].parse().unwrap(), ICCIDS[2].parse().unwrap());
        assert_eq!(whole.sims_between(range, 9).await.unwrap().len(), 2);
        for (query, count) in [
            (SimQuery { iccid: "1018".into(), ..all() }, 1),
            (SimQuery { state: Some("free"), ..all() }, 2),
            (SimQuery { holder: "NEA".into(), ..all() }, 2),
            (SimQuery { holder: "toil".into(), ..all() }, 1),
            (SimQuery { kind: Some("esim"), ..all() }, 0),
            (SimQuery { network: "n".into(), ..all() }, 3),
        ] {
            assert_eq!(whole.count_sims(&query).await.unwrap(), count, "{query:?}");
        }
        // Who has one line sees no line without a SIM.
        let lines = whole.lines(&LineQuery { limit: 1, ..crate::lines::everything() }).await.unwrap();
        assert_eq!(whole.sim_of_line(lines[0].id).await.unwrap(), None);
    }
}
