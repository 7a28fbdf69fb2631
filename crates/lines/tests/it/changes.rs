//! What may be changed on a line in service, when it takes effect, what it costs.

use crate::{
    life_story::{CUSTOMER, Story, add, cutoff, end, plan, replace, sim},
    stage::{at, grandlarge, zenne},
};
use catalog::{Capping, Capping::Capped, Capping::Uncapped};
use lines::{
    Ask, Change, EndCause, OptionRefusal, Refusal, Reply, ScheduledState, SimKind, SimRefusal, SimState, TakeBackRefusal, When,
    bulk,
};
use vocabulary::{Money, SimId};

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn unlimited(capping: Capping) -> Story {
    Story::active(grandlarge(), "orange", "unlimited-30", Some(capping))
}

const END: Change = Change::End { cause: EndCause::Asked };

/// MOB-61, FLT-08: another plan from the 1st of next month by the operator's own time, at its price, within its family.
#[test]
fn mob_61_another_plan_from_the_first_of_next_month() {
    let mut story = unlimited(Capped);
    story.is("2026-11-30 23:30");
    let told = story.preview(plan("unlimited-50")).unwrap();
    assert_eq!(told.effect, at(grandlarge(), "2026-12-01 00:00"), "half an hour later, though in UTC it is the 30th still");
    assert_eq!((told.monthly_before, told.monthly_after, told.once), (money("10.50"), money("13.00"), Money::ZERO));
    for (offer, why) in [
        ("travel-20", Refusal::OtherFamily),
        ("metered", Refusal::OtherFamily),
        ("data-10", Refusal::OtherFamily),
        ("unlimited-30", Refusal::Same),
        ("unlimited-999", Refusal::Unknown),
    ] {
        assert_eq!(story.preview(plan(offer)), Err(why), "{offer}");
    }
    let bouygues = Story::active(grandlarge(), "bouygues", "metered", None);
    assert_eq!(bouygues.preview(plan("unlimited-30")), Err(Refusal::OtherFamily), "nor from metered to a plan");
    let m2m = Story::active(grandlarge(), "bouygues", "data-10", Some(Capped));
    assert_eq!(m2m.preview(plan("m2m-50")), Err(Refusal::OtherFamily));
    let start = Story::active(zenne(), "scaldis", "start", None);
    assert_eq!(start.preview(plan("limitless")).unwrap().monthly_after, money("33.00"), "where the catalogue lets families move");
}

/// MOB-61: a planned change is seen, refuses a second one, is taken back before its hour, and happens at it.
#[test]
fn mob_61_a_planned_change_is_taken_back_before_its_hour() {
    let mut story = unlimited(Capped);
    story.ask(plan("unlimited-50")).unwrap();
    let id = story.life.scheduled[0].id;
    assert_eq!(story.ask(plan("unlimited-100")), Err(Refusal::Planned(id)));
    let first = at(grandlarge(), "2026-12-01 00:00");
    assert_eq!((story.life.due(), story.state()), (Some(first), "active"));
    assert_eq!(story.life.clone().take_back(id, first), Err(TakeBackRefusal::TooLate), "its hour has come");
    story.life.take_back(id, at(grandlarge(), "2026-11-30 23:59")).unwrap();
    story.ask(plan("unlimited-100")).unwrap();
    story.is("2026-12-01 00:00").hour();
    story.done();
    assert_eq!((story.life.line.service.offer.as_str(), story.life.line.service.monthly), ("unlimited-100", money("20.00")));
    assert!(matches!(story.life.scheduled[1].state, ScheduledState::Done { .. }));
    assert_eq!(story.life.take_back(id, first), Err(TakeBackRefusal::TooLate));
}

/// MOB-61: capped and uncapped likewise, where the family gives the choice.
#[test]
fn mob_61_capped_and_uncapped_from_the_first() {
    let story = unlimited(Capped);
    let told = story.preview(Change::Capping { to: Uncapped }).unwrap();
    assert_eq!(told.effect, at(grandlarge(), "2026-12-01 00:00"));
    assert_eq!(story.preview(Change::Capping { to: Capped }), Err(Refusal::Same));
    let metered = Story::active(grandlarge(), "orange", "metered", None);
    assert_eq!(metered.preview(Change::Capping { to: Capped }), Err(Refusal::NoCapChoice));
}

/// MOB-50, RES-05: a larger option replaces the smaller at once; both are billed this month.
#[test]
fn mob_50_a_replaced_option_is_billed_beside_the_new_one() {
    assert_eq!(unlimited(Capped).preview(add("world-5")).unwrap().this_month, money("125"), "a month begun is due");
    let story = unlimited(Capped).with(add("world-5"));
    let told = story.preview(replace("world-5", "world-10")).unwrap();
    assert_eq!((told.once, told.this_month), (Money::ZERO, money("250")), "beside the 125 of this month");
    assert_eq!((told.monthly_before, told.monthly_after), (money("135.50"), money("260.50")));
    assert_eq!((told.effect, told.asks), (story.now, vec![Ask::BilledTwice]));
    for (change, why) in [
        (add("world-1"), OptionRefusal::OneOfGroup),
        (add("world-5"), OptionRefusal::AlreadyHeld),
        (replace("world-5", "maghreb-turkey-1"), OptionRefusal::NotOfOneGroup),
        (replace("world-2", "world-10"), OptionRefusal::NotHeld),
        (end("world-10"), OptionRefusal::NotHeld),
        (add("nothing"), OptionRefusal::Unknown),
    ] {
        assert_eq!(story.preview(change.clone()), Err(Refusal::Option(why)), "{change:?}");
    }
    assert_eq!(story.preview(end("world-5")).unwrap().effect, at(grandlarge(), "2026-12-01 00:00"), "a month begun is due");
    let larger = lines::options::replacements(&story.life.line.service, "world-5", "orange", &story.ground());
    assert_eq!(larger.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["world-1", "world-2", "world-3", "world-10"]);
}

/// MOB-53: a fixed IP on the one network asks for a capped data plan and ends with the month; on the other it ends at any time.
#[test]
fn mob_53_a_fixed_ip_by_network() {
    let orange = |capping| Story::active(grandlarge(), "orange", "data-10", Some(capping));
    assert_eq!(orange(Uncapped).preview(add("fixed-ip-orange")), Err(Refusal::Option(OptionRefusal::OtherCapping)));
    assert_eq!(orange(Capped).preview(add("fixed-ip-bouygues")), Err(Refusal::Option(OptionRefusal::NotForSuchLines)));
    let held = orange(Capped).with(add("fixed-ip-orange"));
    assert_eq!(held.preview(end("fixed-ip-orange")).unwrap().effect, at(grandlarge(), "2026-12-01 00:00"));
    let capping = held.preview(Change::Capping { to: Uncapped }).unwrap();
    assert_eq!(
        (capping.ends_options, capping.monthly_after),
        (vec!["fixed-ip-orange".into()], money("6.00")),
        "it says what it ends"
    );
    let other = Story::active(grandlarge(), "bouygues", "data-10", Some(Uncapped)).with(add("fixed-ip-bouygues"));
    assert_eq!(other.preview(end("fixed-ip-bouygues")).unwrap().effect, other.now);
}

/// MOB-09: the 5G option ends with the move to a plan that includes it.
#[test]
fn mob_09_a_plan_with_5g_ends_the_option() {
    let story = unlimited(Capped).with(add("5g"));
    let told = story.preview(plan("unlimited-50")).unwrap();
    assert_eq!((told.ends_options, told.monthly_after), (vec!["5g".into()], money("13.00")));
}

/// MOB-40, FLT-10: blocks only where the network can, and one of a group.
#[test]
fn mob_40_blocks_where_the_network_can() {
    let refused = Err(Refusal::Option(OptionRefusal::NotForSuchLines));
    assert_eq!(unlimited(Capped).preview(add("block-france-eea")), refused);
    let story = Story::active(grandlarge(), "bouygues", "unlimited-30", Some(Capped)).with(add("international-on"));
    assert_eq!(story.preview(add("block-voice-international")), Err(Refusal::Option(OptionRefusal::OneOfGroup)));
    assert_eq!(story.preview(add("block-france-eea")).unwrap().effect, story.now);
}

/// MOB-41, MOB-42, MOB-43, FLT-11: cut-offs at once, beside no option of their zone, and one that closes a zone asks.
#[test]
fn mob_43_cutoffs_at_once() {
    let story = unlimited(Capped);
    assert_eq!(story.preview(cutoff("data-world", 1_000_000_000)).unwrap().effect, story.now);
    assert_eq!(story.preview(cutoff("data-world", 7)), Err(Refusal::NotAValue));
    assert_eq!(story.preview(cutoff("data-world", 0)), Err(Refusal::Same), "the default");
    assert_eq!(story.preview(cutoff("data-europe-euros", 0)), Err(Refusal::NotItsCutoff));
    let with_option = unlimited(Capped).with(add("world-5"));
    assert_eq!(with_option.preview(cutoff("data-world", 1_000_000_000)), Err(Refusal::OptionInstead));
    let with_cutoff = unlimited(Capped).with(cutoff("data-world", 1_000_000_000));
    assert_eq!(with_cutoff.preview(add("world-5")), Err(Refusal::Option(OptionRefusal::CutoffInstead)));
    let euros = Story::active(grandlarge(), "bouygues", "unlimited-30", Some(Capped));
    assert_eq!(euros.preview(cutoff("data-europe-euros", 0)).unwrap().asks, [Ask::ClosesZone]);
    assert_eq!(euros.preview(cutoff("data-europe-euros", 100_000_000)).unwrap().asks, []);
    let business = Story::active(zenne(), "scaldis", "start", None);
    let limits: Vec<_> = zenne().versions()[0].cutoffs.iter().map(|(ix, _)| zenne().versions()[0].cutoffs.id(ix)).collect();
    assert!(limits.iter().all(|id| business.preview(cutoff(id, 0)).is_ok()), "0 included: {limits:?}");
}

/// MOB-56, MOB-60: a suspended line is billed on; it is reactivated at once; its options are not suspended but ended.
#[test]
fn mob_60_suspended_and_reactivated() {
    let mut story = unlimited(Capped).with(add("number-secrecy"));
    let told = story.preview(Change::Suspend).unwrap();
    assert_eq!((told.monthly_after, told.asks), (told.monthly_before, vec![Ask::StaysBilled]));
    assert_eq!(story.preview(Change::Reactivate), Err(Refusal::NotSuspended));
    story = story.with(Change::Suspend);
    assert_eq!((story.state(), story.preview(Change::Suspend)), ("suspended", Err(Refusal::AlreadySuspended)));
    assert_eq!(story.preview(Change::Reactivate).unwrap().runs, story.now);
    assert!(story.preview(end("number-secrecy")).is_ok());
    assert_eq!(story.with(Change::Reactivate).state(), "active");
}

/// RES-06, FLT-05: a SIM is swapped for a card or an eSIM, which costs what the network asks; the old one is over.
#[test]
fn mob_52_swapped_for_a_card_or_an_esim() {
    let mut story = unlimited(Capped);
    let swap = |id| Change::SwapSim { to: SimId(id) };
    assert_eq!(story.preview(swap(2)), Err(Refusal::NoSuchSim));
    for (next, why) in [
        (sim(2, SimKind::CardWithPin, "bouygues"), SimRefusal::OtherNetwork),
        (
            lines::Sim { state: SimState::Given { customer: vocabulary::CustomerId(8) }, ..sim(2, SimKind::Esim, "orange") },
            SimRefusal::NotTheirs,
        ),
        (lines::Sim { state: SimState::Ended { at: story.now }, ..sim(2, SimKind::Esim, "orange") }, SimRefusal::Ended),
    ] {
        story.life.next_sim = Some(next);
        assert_eq!(story.preview(swap(2)), Err(Refusal::Sim(why)));
    }
    story.is("2026-11-21 12:00").life.next_sim = Some(sim(2, SimKind::Esim, "orange"));
    let told = story.preview(swap(2)).unwrap();
    assert_eq!((told.once, told.effect), (money("1.50"), story.now));
    assert_eq!(told.runs, at(grandlarge(), "2026-11-23 09:00"), "a Saturday: eSIM swaps on Monday");
    story.ask(swap(2)).unwrap();
    story.is("2026-11-23 09:00").done();
    let (now, old) = (story.life.sim.as_ref().unwrap(), story.life.next_sim.as_ref().unwrap());
    assert_eq!((now.id, old.id, story.life.line.sim), (SimId(2), SimId(1), Some(SimId(2))));
    assert!(matches!(old.state, SimState::Ended { .. }) && matches!(now.state, SimState::InUse { .. }));
    let other = Story::active(grandlarge(), "bouygues", "unlimited-30", Some(Capped));
    let mut other = other;
    other.life.next_sim = Some(sim(2, SimKind::Esim, "bouygues"));
    assert_eq!(other.preview(swap(2)), Err(Refusal::NoEsim));
}

/// MOB-62, FLT-06: a line ends on a day; SIM and number go with it, and what was planned after it.
#[test]
fn mob_62_a_line_ends_on_a_day() {
    let mut story = unlimited(Capped);
    story.ask(plan("unlimited-50")).unwrap();
    let day = |text: &str| When::On(text.parse().unwrap());
    assert_eq!(story.ask_on(END, day("2026-11-01")), Err(Refusal::DayPassed));
    assert_eq!(story.ask_on(plan("unlimited-100"), day("2026-11-20")), Err(Refusal::Planned(story.life.scheduled[0].id)));
    assert_eq!(story.ask_on(add("sva-off"), day("2026-11-20")), Err(Refusal::NoDay));
    story.ask_on(END, day("2026-11-20")).unwrap();
    assert!(matches!(story.ask_on(END, day("2026-11-25")), Err(Refusal::Planned(_))));
    story.is("2026-11-20 00:00").hour();
    assert_eq!((story.state(), story.ask(Change::Suspend)), ("ending", Err(Refusal::Ending)));
    story.done();
    assert_eq!((story.state(), story.ask(Change::Suspend)), ("ended", Err(Refusal::Over)));
    assert!(matches!(story.life.sim.as_ref().unwrap().state, SimState::Ended { .. }));
    assert!(matches!(story.life.number.as_ref().unwrap().state, lines::NumberState::Quarantined { .. }));
    assert!(matches!(story.life.scheduled[0].state, ScheduledState::Dropped { why: Some(Refusal::Over), .. }));
}

/// A refused end leaves the line as it was; an end during an activation is refused; two changes at once are one.
#[test]
fn conflicts_are_answered_by_name() {
    let mut story = unlimited(Capped).with(Change::Suspend);
    story.ask(END).unwrap();
    story.hour();
    story.answer(Reply::Refused { reason: "no".into() });
    assert_eq!(story.state(), "suspended", "as it was");
    let mut first = unlimited(Capped);
    first.ask(add("sva-off")).unwrap();
    assert_eq!(first.ask(add("sva-off")), Err(Refusal::Underway), "of two at once, the second");
    let asked = crate::life_story::request("orange", "unlimited-30", Some(Capped));
    let mut ordered = Story::ordered(grandlarge(), &asked, "2026-11-02 10:00");
    assert_eq!(ordered.ask(END), Err(Refusal::NotActiveYet));
    ordered.hour();
    assert_eq!((ordered.state(), ordered.ask(END)), ("activating", Err(Refusal::Activating)));
    let now = ordered.now;
    assert_eq!(ordered.life.give_up(now), Err(Refusal::Activating));
    ordered.hour();
    ordered.answer(Reply::Refused { reason: "no".into() });
    assert_eq!(ordered.state(), "ordered");
    ordered.life.give_up(now).unwrap();
    assert_eq!(ordered.state(), "ended");
    assert_eq!(ordered.life.sim.as_ref().unwrap().state, SimState::Given { customer: CUSTOMER }, "its SIM was never used");
    assert_eq!(ordered.life.number.as_ref().unwrap().state, lines::NumberState::Free);
}

/// FLT-08: fifty lines: which can, which cannot and why; nothing is done unless all can.
#[test]
fn flt_08_all_or_nothing() {
    let mut stories: Vec<_> = (0..50).map(|_| unlimited(Capped)).collect();
    stories[3].ask(Change::Suspend).unwrap();
    stories[7] = Story::active(grandlarge(), "orange", "data-10", Some(Capped));
    stories[9] = unlimited(Capped).with(END);
    let lives = |stories: &[Story]| stories.iter().map(|story| story.life.clone()).collect::<Vec<_>>();
    let ground = stories[0].ground();
    let told = bulk(&lives(&stories), (&plan("unlimited-50"), When::Soonest), &ground);
    let why: Vec<_> = told.cannot.iter().map(|(_, why)| *why).collect();
    assert_eq!((told.can.len(), why), (47, vec![Refusal::Underway, Refusal::OtherFamily, Refusal::Over]));
    assert!(!told.all_can());
    let all: Vec<_> = (0..50).map(|_| unlimited(Capped)).collect();
    let told = bulk(&lives(&all), (&plan("unlimited-50"), When::Soonest), &ground);
    assert!(told.all_can());
    assert_eq!(told.monthly(), (money("525.00"), money("650.00")));
}
