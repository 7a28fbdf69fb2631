//! What stands beside a plan: the cap that is lifted, and a fixed line that rings with a mobile one.

use crate::{
    life_story::{Story, add},
    stage::vallee,
};
use catalog::Capping;
use lines::{Cap, CapStep, Change, ConvergenceBarrier, EndCause, Mobiles, Refusal, cap_lifts, convergence};

fn capped() -> Story {
    Story::active(vallee(), "rhenane", "mobile-capped", Some(Capping::Capped))
}

/// A fixed line in service, whose network takes days to bring one there.
fn fixed(offer: &str) -> Story {
    let mut story = Story::active(vallee(), "rhenane", "mobile-20", Some(Capping::Capped));
    story.life.line.network = "vallee".into();
    (story.life.line.service.offer, story.life.line.service.capping) = (offer.into(), Capping::Uncapped);
    story
}

/// TEL-10: from each state there is one step to where somebody wants it, and none to where it will be anyway.
#[test]
fn tel_10_one_step_leads_where_somebody_wants_it() {
    let mut story = capped();
    let lift = |story: &Story| {
        let lifts = cap_lifts(&story.life, &story.ground());
        assert_eq!(lifts.iter().map(|lift| lift.id).collect::<Vec<_>>(), ["calls-beyond", "data-beyond"]);
        lifts.into_iter().next().unwrap()
    };
    let ask = |change: Change| CapStep::Ask(change);
    let holds = lift(&story);
    assert_eq!((holds.now, holds.to_come()), (Cap::Holds, Cap::Holds));
    assert_eq!(holds.step(Cap::Holds), CapStep::Nothing);
    assert_eq!(holds.step(Cap::Lifted), ask(add("calls-beyond")));
    story.ask(add("calls-beyond")).unwrap();
    let id = story.life.scheduled[0].id;
    let coming = lift(&story);
    assert_eq!((coming.now, coming.to_come()), (Cap::Holds, Cap::Lifted));
    assert_eq!((coming.step(Cap::Lifted), coming.step(Cap::Holds)), (CapStep::Nothing, CapStep::TakeBack(id)));
    story.is("2026-12-01 00:00").hour();
    story.done();
    let lifted = lift(&story);
    assert_eq!((lifted.now, lifted.to_come()), (Cap::Lifted, Cap::Lifted));
    assert_eq!(lifted.step(Cap::Holds), ask(Change::EndOption { option: "calls-beyond".into() }));
    assert_eq!(lifted.step(Cap::Lifted), CapStep::Nothing);
}

/// TEL-10: there is nothing to lift for a line that is not capped, nor on a plan whose cap no option lifts.
#[test]
fn tel_10_only_a_cap_that_is_there_is_lifted() {
    let uncapped = Story::active(vallee(), "rhenane", "mobile-capped", Some(Capping::Uncapped));
    let other_plan = Story::active(vallee(), "rhenane", "mobile-20", Some(Capping::Capped));
    for story in [uncapped, other_plan, fixed("fixed-metered")] {
        assert!(cap_lifts(&story.life, &story.ground()).is_empty());
    }
}

/// TEL-11: fixed lines may ring with a mobile one; each thing that stands in the way is told, the plan first, and nothing but its end of a line that
/// is over.
#[test]
fn tel_11_each_reason_is_told() {
    use ConvergenceBarrier::{Line, NoMobile, OtherPlan};
    let barriers = |story: &Story, mobiles| {
        let ground = story.ground();
        convergence(&story.life, &ground).expect("a fixed line").barriers(&story.life, mobiles, &ground)
    };
    let (mut unlimited, metered) = (fixed("fixed-unlimited"), fixed("fixed-metered"));
    assert_eq!(barriers(&unlimited, Mobiles::Some), []);
    assert_eq!(barriers(&unlimited, Mobiles::None), [NoMobile]);
    assert_eq!(barriers(&metered, Mobiles::Some), [OtherPlan]);
    assert_eq!(barriers(&metered, Mobiles::None), [OtherPlan, NoMobile]);
    let ground = unlimited.ground();
    let offers = convergence(&metered.life, &ground).unwrap().offers(&metered.life, &ground);
    assert_eq!(offers, ["fixed-unlimited"]);
    unlimited.ask(Change::Suspend).unwrap();
    assert_eq!(barriers(&unlimited, Mobiles::None), [NoMobile, Line(Refusal::Underway)]);
    unlimited.done();
    unlimited.ask(Change::End { cause: EndCause::Asked }).unwrap();
    assert_eq!(barriers(&unlimited, Mobiles::None), [Line(Refusal::Ending)]);
    let mobile = Story::active(vallee(), "rhenane", "mobile-20", Some(Capping::Capped));
    assert!(convergence(&mobile.life, &mobile.ground()).is_none(), "a mobile line is what rings too");
}
