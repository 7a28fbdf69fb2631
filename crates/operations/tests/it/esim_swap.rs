//! A line that was to have an eSIM in place of its card, and does not after all.

use crate::{
    esim::{rounds, silent, with_server},
    orders::{Stage, iccid, request},
    stage::at,
};
use lines::{Reply, SimState, WorkEvent};
use operations::{
    esim::{self, EsimStage, ProfileState},
    life::{Doer, work_events},
    line_change::{self, Asked},
    order::{LineRequest, SimRequest},
    work_orders::{self, StaffStep},
};
use store::NewLetter;
use vocabulary::{LineId, WorkOrderId};

/// A line in service with a card.
async fn with_card(stage: &Stage) -> LineId {
    let order = stage.place(&stage.asked("card", vec![request("unlimited-5")])).await.unwrap();
    stage.rounds().await;
    assert_eq!(stage.states(order).await, ["active"]);
    stage.lives(order).await[0].life.line.id
}

/// Asks for an eSIM in place of the card.
async fn swap(stage: &Stage, line: LineId) -> WorkOrderId {
    let scoped = stage.house.store.scoped(stage.staff.scope);
    let profile = scoped.cards_named(stage.customer, &[iccid(100)]).await.unwrap().remove(0).sim.id;
    let came = line_change::swap_sim(&stage.house, stage.proof(), line, profile).await.unwrap().unwrap();
    let Ok(Asked::Begun(work)) = came else { panic!("{came:?}") };
    work
}

async fn cancel(stage: &Stage, work: WorkOrderId) {
    let step = (work, StaffStep::Cancel);
    assert_eq!(work_orders::step(&stage.house, &stage.staff, step).await.unwrap(), Some(Ok(())));
}

async fn letters(stage: &Stage) -> Vec<NewLetter> {
    let (store, now) = (&stage.house.store, stage.house.clock.now());
    let letters = store.take_letters(now, now.plus_seconds(60), 10).await.unwrap();
    store.letters_told(&letters.iter().map(|letter| letter.id).collect::<Vec<_>>()).await.unwrap();
    letters.into_iter().map(|letter| letter.letter).collect()
}

/// The line has its card as before, and the profile waits for somebody else.
async fn is_as_before(stage: &Stage, line: LineId) {
    assert!(esim::of_line(&stage.house, &stage.staff, line).await.unwrap().is_none(), "there is no code to show");
    let scoped = stage.house.store.scoped(stage.staff.scope);
    let profile = scoped.cards_named(stage.customer, &[iccid(100)]).await.unwrap().remove(0).sim;
    assert_eq!(profile.state, SimState::Free);
    let view = stage.network.view(line).expect("a subscription");
    assert_ne!(view.iccid(), Some(iccid(100)), "the network has the card as well");
    let kept = line_change::life(&stage.house, &stage.staff, line).await.unwrap().unwrap();
    let sim = kept.life.sim.expect("a card");
    assert_eq!((Some(sim.iccid), kept.life.line.underway, kept.life.next_sim), (view.iccid(), None, None));
}

/// RES-06, RES-08, PLT-12: a swap to an eSIM that staff takes back while the network is asked, before the profile was released: the card stays, what was
/// ordered at the profile server is cancelled, and the next line that has the profile gets other codes.
#[tokio::test]
async fn a_swap_is_taken_back_before_its_profile_was_released() {
    for database in testkit::databases() {
        let (stage, server) = with_server(database.url()).await;
        let line = with_card(&stage).await;
        server.fails(vec![None, silent()]);
        let work = swap(&stage, line).await;
        rounds(&stage).await;
        assert_eq!(server.calls(), ["order", "confirm"], "ordered, and nobody knows whether it is confirmed");
        assert_eq!(letters(&stage).await, [NewLetter::Request(work)]);
        cancel(&stage, work).await;
        assert_eq!(letters(&stage).await, [NewLetter::Withdrawal(work)]);
        let withdrawn = [(work, WorkEvent::Answer(Reply::Withdrawn))];
        work_events(&stage.house, Doer::Program(stage.operator), &withdrawn).await.unwrap();
        rounds(&stage).await;
        assert_eq!(server.calls(), ["cancel"]);
        is_as_before(&stage, line).await;
        let named = LineRequest { sim: SimRequest::This(iccid(100)), ..request("unlimited-5") };
        let next = stage.place(&stage.asked("next", vec![named])).await.unwrap();
        let next = stage.lives(next).await[0].life.line.id;
        rounds(&stage).await;
        assert_eq!(server.calls(), ["order", "confirm", "release"]);
        let stage_of_next = esim::of_line(&stage.house, &stage.staff, next).await.unwrap().expect("an eSIM").stage;
        assert_eq!(stage_of_next, EsimStage::At(ProfileState::Released));
        let confirmed = server.confirmed.lock().unwrap();
        let [before, after] = confirmed.as_slice() else { panic!("two confirmations: {}", confirmed.len()) };
        assert!(before.matching_id != after.matching_id && before.confirmation_code != after.confirmation_code);
    }
}

/// RES-06, PLT-12, MOB-52: a swap that waits for the network's opening hours is taken back at once: nothing was told to the network, nor stays at the
/// profile server.
#[tokio::test]
async fn a_swap_is_taken_back_while_the_network_is_closed() {
    for database in testkit::databases() {
        let (stage, server) = with_server(database.url()).await;
        let line = with_card(&stage).await;
        stage.house.clock.set(at("2026-11-21T10:00:00Z"));
        let work = swap(&stage, line).await;
        cancel(&stage, work).await;
        assert_eq!(letters(&stage).await, []);
        rounds(&stage).await;
        assert_eq!(server.calls(), Vec::<String>::new());
        is_as_before(&stage, line).await;
        let again = swap(&stage, line).await;
        assert_ne!(again, work);
    }
}
