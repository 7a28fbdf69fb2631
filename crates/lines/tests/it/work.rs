//! Requests to networks: every event in every state.

use catalog::{Requests, Work};
use lines::{
    Action, Reply, Settlement, StaffNote, WorkEffect as Effect, WorkEvent as Event, WorkHours, WorkOrder, WorkRefusal,
    WorkState as State, next, work_order::pause_s,
};
use proptest::prelude::*;
use vocabulary::{LineId, Timestamp, WorkOrderId};

const REQUESTS: Requests = Requests { answer_within_s: 60, tries: 3, pause_s: 10, longest_pause_s: 40 };

fn second(second: i64) -> Timestamp {
    Timestamp::EPOCH.plus_seconds(second)
}

fn order(state: State) -> WorkOrder {
    WorkOrder { id: WorkOrderId(1), line: LineId(1), network: "a".into(), action: Action::Suspend, work: Work::Suspension, state }
}

/// What becomes of a state at second 100 while the network is open.
fn at_100(state: State, event: Event) -> Result<(State, Vec<Effect>), WorkRefusal> {
    next(&order(state), &event, &WorkHours { now: second(100), opens: second(100), requests: REQUESTS, seed: 1 })
}

fn refused() -> Reply {
    Reply::Refused { reason: "no".into() }
}

/// PLT-12: what each event makes of each state, and what follows.
#[test]
fn plt_12_every_answer_in_every_state() {
    let (past, now, later) = (second(50), second(100), second(200));
    let done = || Reply::Done { number: None };
    let settled = Effect::Settle(Settlement::Done { number: None });
    let not_done = Effect::Settle(Settlement::NotDone);
    let contradiction = Effect::Tell(StaffNote::Contradiction);
    let sent = State::Sent { tries: 1, answer_by: later };
    let withdrawing = State::Withdrawing { tries: 1, answer_by: later };
    let accepted = State::Accepted { tries: 1, answer_by: second(340) };
    let is_done = State::Done { at: now };
    let is_refused = State::Refused { at: now, reason: "no".into() };
    let cancelled = State::Cancelled { at: now };
    let cases: Vec<(&str, State, Event, State, Vec<Effect>)> = vec![
        (
            "it opens",
            State::Waiting { until: past },
            Event::Hour,
            State::Sent { tries: 1, answer_by: second(160) },
            vec![Effect::Send],
        ),
        ("not yet", State::Waiting { until: later }, Event::Hour, State::Waiting { until: later }, vec![]),
        ("taken", sent.clone(), Event::Answer(Reply::Accepted), accepted.clone(), vec![]),
        ("done at once", sent.clone(), Event::Answer(done()), is_done.clone(), vec![settled.clone()]),
        ("done later", accepted.clone(), Event::Answer(done()), is_done.clone(), vec![settled.clone()]),
        ("accepted comes after done", is_done.clone(), Event::Answer(Reply::Accepted), is_done.clone(), vec![]),
        ("done twice", is_done.clone(), Event::Answer(done()), is_done.clone(), vec![]),
        ("refused after done", is_done.clone(), Event::Answer(refused()), is_done.clone(), vec![contradiction.clone()]),
        (
            "refused",
            sent.clone(),
            Event::Answer(refused()),
            is_refused.clone(),
            vec![not_done.clone(), Effect::Tell(StaffNote::Refused)],
        ),
        ("refused twice", is_refused.clone(), Event::Answer(refused()), is_refused.clone(), vec![]),
        ("done after refused", is_refused.clone(), Event::Answer(done()), is_refused, vec![contradiction.clone()]),
        (
            "answer to what was not sent",
            State::Waiting { until: later },
            Event::Answer(done()),
            State::Waiting { until: later },
            vec![contradiction.clone()],
        ),
        (
            "late answer after nobody answered",
            State::Unanswered { since: past },
            Event::Answer(done()),
            is_done.clone(),
            vec![settled.clone()],
        ),
        (
            "late answer while it pauses",
            State::Ready { tries: 2, not_before: later },
            Event::Answer(done()),
            is_done.clone(),
            vec![settled.clone()],
        ),
        (
            "cancelled before it was sent",
            State::Waiting { until: later },
            Event::Cancel,
            cancelled.clone(),
            vec![not_done.clone()],
        ),
        (
            "cancelled once it was sent",
            sent.clone(),
            Event::Cancel,
            State::Withdrawing { tries: 1, answer_by: second(160) },
            vec![Effect::Withdraw],
        ),
        ("withdrawn", withdrawing.clone(), Event::Answer(Reply::Withdrawn), cancelled.clone(), vec![not_done]),
        (
            "too late to withdraw",
            withdrawing.clone(),
            Event::Answer(done()),
            is_done,
            vec![settled, Effect::Tell(StaffNote::DoneDespiteCancel)],
        ),
        ("an older answer", withdrawing.clone(), Event::Answer(Reply::Accepted), withdrawing, vec![]),
        ("done after it was forgotten", cancelled.clone(), Event::Answer(done()), cancelled.clone(), vec![contradiction]),
        ("forgotten twice", cancelled.clone(), Event::Answer(Reply::Withdrawn), cancelled, vec![]),
        (
            "the third try",
            State::Sent { tries: 3, answer_by: past },
            Event::Hour,
            State::Unanswered { since: now },
            vec![Effect::Tell(StaffNote::Unanswered)],
        ),
        (
            "staff has it sent again",
            State::Unanswered { since: past },
            Event::Retry,
            State::Ready { tries: 1, not_before: now },
            vec![],
        ),
    ];
    for (why, state, event, expected, effects) in cases {
        assert_eq!(at_100(state.clone(), event.clone()), Ok((expected, effects)), "{why}: {state:?} {event:?}");
    }
    assert_eq!(at_100(State::Done { at: past }, Event::Cancel), Err(WorkRefusal::Over));
    assert_eq!(at_100(State::Done { at: past }, Event::Retry), Err(WorkRefusal::Over));
    assert_eq!(at_100(State::Sent { tries: 1, answer_by: later }, Event::Retry), Err(WorkRefusal::OnItsWay));
}

/// MOB-64: what has not been sent waits for the network to open; what was sent once is sent again at any hour.
#[test]
fn mob_64_a_closed_network_is_not_asked() {
    let closed = WorkHours { now: second(100), opens: second(500), requests: REQUESTS, seed: 1 };
    let first = order(State::Ready { tries: 0, not_before: second(100) });
    assert_eq!(next(&first, &Event::Hour, &closed), Ok((State::Waiting { until: second(500) }, vec![])));
    let again = order(State::Ready { tries: 1, not_before: second(100) });
    assert_eq!(next(&again, &Event::Hour, &closed).unwrap().1, [Effect::Send]);
}

/// PLT-12: pauses double up to the longest, and are spread so that not all come back at once.
#[test]
fn plt_12_pauses_double_and_are_spread() {
    for (tries, longest) in [(1, 10), (2, 20), (3, 40), (4, 40), (60, 40)] {
        let pauses: std::collections::BTreeSet<i64> = (0..500).map(|seed| pause_s(tries, &REQUESTS, seed)).collect();
        assert_eq!((pauses.first(), pauses.last()), (Some(&(longest / 2)), Some(&longest)), "after {tries} tries");
    }
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => Just(Event::Hour),
        1 => Just(Event::Retry),
        1 => Just(Event::Cancel),
        2 => Just(Event::Answer(Reply::Accepted)),
        1 => Just(Event::Answer(Reply::Busy)),
        1 => Just(Event::Answer(Reply::Done { number: None })),
        1 => Just(Event::Answer(refused())),
        1 => Just(Event::Answer(Reply::Withdrawn)),
    ]
}

proptest! {
    /// PLT-12: whatever comes, in whatever order: it is settled once at most, stays as it ended, and is never forgotten.
    #[test]
    fn plt_12_a_work_order_is_settled_once(events in prop::collection::vec((any_event(), 1..200_i64), 1..60), seed in any::<u64>()) {
        let mut order = order(State::Waiting { until: second(0) });
        let (mut now, mut settled) = (0, 0);
        for (event, later) in events {
            now += later;
            let hours = WorkHours { now: second(now), opens: second(now), requests: REQUESTS, seed };
            let Ok((state, effects)) = next(&order, &event, &hours) else { continue };
            if order.state.is_over() {
                prop_assert_eq!(&state, &order.state);
            }
            let settles = effects.iter().filter(|effect| matches!(effect, Effect::Settle(_))).count();
            settled += settles;
            prop_assert!(settled <= 1);
            prop_assert_eq!(settles == 1, state.is_over() && !order.state.is_over(), "it is settled when it ends");
            let is_seen = state.is_over() || state.due().is_some() || matches!(state, State::Unanswered { .. });
            prop_assert!(is_seen, "{:?}", state);
            order.state = state;
        }
    }
}
