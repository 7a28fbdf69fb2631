//! Lines, SIMs and numbers move as their tables say, and no other way.

use crate::stage::{at, grandlarge};
use catalog::AfterQuarantine;
use lines::{
    Chance, EndCause, InService, LineState, Number, NumberRefusal, NumberState, ProfileEvent, ProfileState, Sim, SimKind,
    SimRefusal, SimState, Step, TRANSITIONS, UserEditor, UserRefusal, choose, may_edit_user,
};
use proptest::prelude::*;
use vocabulary::{CustomerId, E164, LineId, OrderId, PortingId, SimId, Timestamp};

const NOW: Timestamp = Timestamp::from_micros(1_000_000);

fn states() -> Vec<LineState> {
    let (since, order, cause) = (Timestamp::EPOCH, OrderId(1), EndCause::Asked);
    vec![
        LineState::Ordered { order, begins: Some(since) },
        LineState::Activating { order },
        LineState::Active { since },
        LineState::Suspended { since },
        LineState::Ending { from: InService::Active(since), cause },
        LineState::Ending { from: InService::Suspended(since), cause },
        LineState::Ended { at: since, cause },
    ]
}

const STEPS: [Step; 10] = [
    Step::BeginActivation,
    Step::Activated,
    Step::ActivationFailed,
    Step::GiveUp,
    Step::Suspended,
    Step::Reactivated,
    Step::BeginEnd(EndCause::Asked),
    Step::BeginEnd(EndCause::PortedAway),
    Step::Ended,
    Step::EndFailed,
];

/// MOB-60, MOB-62: what a line does is what the table says, for each state and step.
#[test]
fn a_line_moves_as_the_table_says() {
    let mut used = std::collections::HashSet::new();
    for state in states() {
        for step in STEPS {
            let rows: Vec<_> =
                TRANSITIONS.iter().filter(|(from, name, _)| *from == state.stage() && *name == step.name()).collect();
            match state.after(step, NOW) {
                Ok(next) => {
                    let row = rows.iter().find(|(_, _, to)| *to == next.stage());
                    used.insert(**row.unwrap_or_else(|| panic!("{state:?} {step:?} leads to {next:?}, which the table has not")));
                }
                Err(refused) => {
                    assert!(rows.is_empty(), "{state:?} {step:?} is refused, and the table has it");
                    assert_eq!((refused.from, refused.step), (state.stage(), step));
                }
            }
        }
    }
    assert_eq!(used.len(), TRANSITIONS.len(), "each row is somebody's way");
}

proptest! {
    /// MOB-62: whatever happens to a line, once it is over it stays over, as it was.
    #[test]
    fn a_line_that_is_over_stays_over(steps in prop::collection::vec(0..STEPS.len(), 1..40)) {
        let mut state = states()[0];
        let mut over = None;
        for (hour, step) in steps.into_iter().enumerate() {
            let now = Timestamp::EPOCH.plus_seconds(i64::try_from(hour).unwrap());
            if let Ok(next) = state.after(STEPS[step], now) {
                state = next;
            }
            if let Some(over) = over {
                prop_assert_eq!(state, over);
            }
            if let LineState::Ended { .. } = state {
                over = Some(state);
            }
        }
    }

    /// RES-07, MOB-62: two customers and three lines do what they like with one SIM: it has one holder, and once it is over it stays over.
    #[test]
    fn a_sim_has_one_holder(actions in prop::collection::vec((0..6_u8, 1..3_i64, 1..4_i64), 1..40)) {
        let mut sim = card();
        let mut lives = std::collections::HashSet::new();
        for (action, customer, line) in actions {
            let before = sim.clone();
            let (customer, line) = (CustomerId(customer), LineId(line));
            let answer = match action {
                0 => sim.give(customer),
                1 => sim.release(),
                2 => sim.reserve(line, customer, "orange"),
                3 => sim.put_in_use(line),
                4 => { sim.let_go(); Ok(()) }
                _ if matches!(sim.state, SimState::InUse { .. }) => { sim.end(NOW); Ok(()) }
                _ => Ok(()),
            };
            if answer.is_err() {
                prop_assert_eq!(&sim, &before, "a refusal moves nothing");
            }
            if let SimState::InUse { line, .. } = sim.state {
                lives.insert(line);
                prop_assert_eq!(lives.len(), 1, "one line in its life");
            }
            if let SimState::Ended { .. } = before.state {
                prop_assert_eq!(sim.state, before.state);
            }
        }
    }

    /// RES-08: notifications in any order, any number of times: a deleted profile stays deleted, and none goes back before its installation.
    #[test]
    fn a_profile_never_goes_back(events in prop::collection::vec(0..6_usize, 1..30)) {
        use ProfileEvent::*;
        let all = [Released, Downloaded, Installed, Enabled, Disabled, Deleted];
        let mut state = ProfileState::Released;
        for event in events {
            let next = state.after(all[event]);
            prop_assert!(next >= state || (state, next) == (ProfileState::Disabled, ProfileState::Enabled));
            prop_assert_eq!(next.after(all[event]), next, "twice is once");
            state = next;
        }
    }
}

fn card() -> Sim {
    let iccid = "8933263212200169065".parse().unwrap();
    Sim { id: SimId(1), iccid, kind: SimKind::CardWithPin, network: "orange".into(), state: SimState::Free }
}

/// RES-07: a SIM is given, taken back, and refused with the reason that comes first.
#[test]
fn a_sim_is_refused_with_its_reason() {
    let (one, other, line) = (CustomerId(1), CustomerId(2), LineId(1));
    let mut sim = card();
    sim.give(one).unwrap();
    assert_eq!(sim.give(other), Err(SimRefusal::NotTheirs));
    assert_eq!(sim.refuse_for(other, "orange"), Err(SimRefusal::NotTheirs));
    assert_eq!(sim.refuse_for(one, "bouygues"), Err(SimRefusal::OtherNetwork));
    sim.reserve(line, one, "orange").unwrap();
    assert_eq!(sim.reserve(LineId(2), one, "orange"), Err(SimRefusal::Reserved));
    assert_eq!(sim.release(), Err(SimRefusal::Reserved));
    sim.let_go();
    assert_eq!(sim.state, SimState::Given { customer: one }, "it goes back to whom it was given");
    sim.reserve(line, one, "orange").unwrap();
    sim.put_in_use(line).unwrap();
    assert_eq!(sim.put_in_use(LineId(2)), Err(SimRefusal::InUse));
    sim.end(NOW);
    assert_eq!(sim.reserve(line, one, "orange"), Err(SimRefusal::Ended), "never used again");
}

/// MOB-62: a number rests 45 to 120 days by the operator's calendar, and is then gone or free as the catalogue says.
#[test]
fn a_number_rests_after_its_line_ended() {
    let catalog = grandlarge();
    let number: E164 = "+33639980011".parse().unwrap();
    let mut of_line = Number { number, state: NumberState::Free };
    of_line.reserve(LineId(1)).unwrap();
    assert_eq!(of_line.reserve(LineId(2)), Err(NumberRefusal::Taken));
    of_line.put_in_use(LineId(1)).unwrap();
    of_line.end(&catalog.operator, at(catalog, "2026-01-15 12:00"));
    let until = at(catalog, "2026-04-15 12:00");
    assert_eq!(
        of_line.state,
        NumberState::Quarantined { until },
        "90 days later, at the same hour though the clocks went forward"
    );
    assert_eq!(of_line.reserve(LineId(2)), Err(NumberRefusal::Quarantined));
    assert!(!of_line.hour(AfterQuarantine::Free, until.plus_seconds(-1)));
    let mut other = of_line.clone();
    assert!(of_line.hour(AfterQuarantine::Gone, until) && other.hour(AfterQuarantine::Free, until));
    assert_eq!((of_line.state, other.state), (NumberState::Gone { at: until }, NumberState::Free));
}

/// RES-03: a number is ported once at a time, in or out.
#[test]
fn a_number_is_not_ported_twice_at_once() {
    let number: E164 = "+33639980011".parse().unwrap();
    let porting = |line, id| (LineId(line), PortingId(id));
    let mut coming = Number::port_in(None, number, porting(1, 1)).unwrap();
    assert_eq!(Number::port_in(Some(&coming), number, porting(2, 2)), Err(NumberRefusal::BeingPorted));
    assert_eq!(coming.put_in_use(LineId(2)), Err(NumberRefusal::NotOfThatLine));
    coming.put_in_use(LineId(1)).unwrap();
    assert_eq!(Number::port_in(Some(&coming), number, porting(2, 2)), Err(NumberRefusal::Taken), "it is here already");
    coming.begin_port_out(LineId(1), PortingId(3)).unwrap();
    assert_eq!(coming.begin_port_out(LineId(1), PortingId(4)), Err(NumberRefusal::BeingPorted));
    coming.end(&grandlarge().operator, NOW);
    assert_eq!(coming.state, NumberState::Gone { at: NOW }, "it left with its line: it does not rest");
    assert!(Number::port_in(Some(&coming), number, porting(5, 5)).is_ok(), "whoever left may come back");
}

/// MOB-10: a number of the pool is chosen by a seed, any of them.
#[test]
fn a_number_is_chosen_by_a_seed() {
    let pool: Vec<E164> = (0..50).map(|at| E164::from_digits(33_639_980_000 + at).unwrap()).collect();
    let chosen: std::collections::HashSet<_> = (0..1_000).map(|seed| choose(&pool, seed).unwrap()).collect();
    assert_eq!((chosen.len(), choose(&pool, 7), choose(&[], 7)), (50, choose(&pool, 7), None));
    let mut chance = Chance::new(1);
    assert!((0..1_000).all(|_| chance.below(3) < 3));
}

/// FLT-07, RES-25: a user's data are the manager's to change until the user has confirmed them.
#[test]
fn flt_07_a_user_s_data_are_theirs_once_confirmed() {
    assert_eq!(may_edit_user(UserEditor::Manager, None), Ok(()));
    assert_eq!(may_edit_user(UserEditor::Manager, Some(NOW)), Err(UserRefusal::Confirmed));
    assert_eq!(may_edit_user(UserEditor::User, Some(NOW)), Ok(()));
}
