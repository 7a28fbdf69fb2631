//! A simulated network, asked as the program asks it, on a clock that the test moves.

pub(crate) mod asker;
mod remembers;

use asker::{Asker, at, line, number, request, settings, sim, swap};
use gateways::simulated_network::{Manners, Outage, SimulatedNetwork, Subscription, SubscriptionState};
use operations::host_network::{Action, Asked, HostNetwork as _, Reply, TransportFault};
use vocabulary::{LineId, NumberingPlan, OperatorId, WorkOrderId};

/// Slow, busy, late and twice, but whatever is asked is answered in the end.
pub(crate) const HEARD: Manners = Manners {
    slow: 400,
    refusing: 50,
    silent: 0,
    busy: 200,
    twice: 300,
    out_of_order: 300,
    breaking: 0,
    longest_s: 12 * 3_600,
    outage: None,
};

/// All that can go wrong.
pub(crate) const AWFUL: Manners =
    Manners { silent: 250, breaking: 150, outage: Some(Outage { every_s: 86_400, for_s: 9_000 }), ..HEARD };

fn network(seed: u64, manners: Manners) -> SimulatedNetwork {
    SimulatedNetwork::in_memory(settings(seed, manners))
}

/// PLT-12: a prompt network does at once what can be done, answers in the order of the requests, and says in its own words why it does not.
#[tokio::test]
async fn a_prompt_network_answers_at_once() {
    let network = network(1, Manners::PROMPT);
    let done = Asked::Answered(Reply::Done { number: None });
    let refused = |reason: &str| Asked::Answered(Reply::Refused { reason: reason.into() });
    let asked = [
        (request(1, line(1), Action::Suspend), refused("line-unknown")),
        (request(2, line(1), asker::activate(1)), done.clone()),
        (request(3, line(1), asker::activate(1)), refused("line-known")),
        (request(4, line(2), asker::activate(1)), refused("sim-used")),
        (request(5, line(1), Action::Reactivate), refused("line-active")),
        (request(6, line(1), Action::Suspend), done.clone()),
        (request(7, line(1), Action::Suspend), refused("line-suspended")),
        (request(8, line(1), Action::Modify { service: asker::service("larger", &["abroad"]) }), done.clone()),
        (swap(9, line(1), 11), done.clone()),
        (swap(10, line(1), 1), refused("sim-used")),
        (request(11, line(1), Action::Reactivate), done.clone()),
        (request(2, line(1), asker::activate(1)), done.clone()),
    ];
    let (requests, expected): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
    assert_eq!(network.send(requests, at(0)).await, expected);
    let view = network.view(line(1)).unwrap();
    assert_eq!((view.state, view.iccid(), view.number), (SubscriptionState::Active, Some(sim(11).iccid), Some(number(1))));
    assert_eq!((view.offer.as_str(), view.options), ("larger", vec!["abroad".into()]));
    assert_eq!(network.view_of_sim(sim(11).iccid).map(|view| view.line), Some(line(1)));
    assert_eq!(network.view_of_sim(sim(1).iccid), None, "the SIM that was swapped is nobody's");
    assert_eq!(network.deeds(), 5);
    let ended = network.send(vec![request(12, line(1), Action::End), request(13, line(1), Action::Suspend)], at(1)).await;
    assert_eq!(ended, [done, refused("line-ended")]);
    assert_eq!(network.answers(10, at(9)).await.unwrap(), [], "whatever was answered at once does not come later");
}

/// PLT-12: what becomes of requests follows from the seed, whether they come alone or in one batch.
#[tokio::test]
async fn the_same_seed_behaves_the_same() {
    let mut first = Asker::new(network(7, AWFUL), 60);
    let mut second = Asker::new(network(7, AWFUL), 60);
    let mut other = Asker::new(network(8, AWFUL), 60);
    for asker in [&mut first, &mut second, &mut other] {
        asker.until_quiet().await;
    }
    assert_eq!(first.heard, second.heard);
    assert_ne!(first.heard, other.heard);
    assert_eq!(first.network.views(), second.network.views());

    let requests: Vec<_> = (1..=60).map(|n| request(n, line(n), asker::activate(n))).collect();
    let (together, apart) = (network(7, AWFUL), network(7, AWFUL));
    let in_one_go = together.send(requests.clone(), at(9_001)).await;
    let mut one_by_one = Vec::new();
    for request in requests.into_iter().rev() {
        one_by_one.extend(apart.send(vec![request], at(9_001)).await);
    }
    one_by_one.reverse();
    assert_eq!(in_one_go, one_by_one);
}

/// PLT-12: asked again and again by somebody who hears nothing, a network does each key once, says the same of it whenever it says how it
/// ended, and its view of each line is what its answers say.
#[tokio::test]
async fn each_key_is_done_once_whatever_happens() {
    for seed in 0..100 {
        let mut asker = Asker::new(network(seed, AWFUL), 25);
        asker.until_quiet().await;
        asker.check(&format!("seed {seed}"));
    }
}

/// PLT-12: once all is quiet, each key was answered to its end by a network that never stays silent, though it was asked no more than until it
/// was not busy.
#[tokio::test]
async fn once_quiet_each_key_was_answered_finally() {
    for seed in 0..100 {
        let mut asker = Asker::new(network(seed, HEARD), 25);
        asker.asks_again = asker::AsksAgain::AfterBusy;
        asker.until_quiet().await;
        assert_eq!(asker.without_end(), Vec::<WorkOrderId>::new(), "seed {seed}");
        asker.check(&format!("seed {seed}"));
    }
}

/// PLT-12: manners are what they say: each alone is met, and none of the others.
#[tokio::test]
async fn each_manner_shows() {
    let calm = Manners { longest_s: 3_600, ..Manners::PROMPT };
    let always = 1_000;
    let refused = Asked::Answered(Reply::Refused { reason: "not-today".into() });
    for (manners, expected, later) in [
        (Manners { slow: always, ..calm }, Asked::Answered(Reply::Accepted), vec![Reply::Done { number: None }]),
        (Manners { refusing: always, ..calm }, refused, vec![]),
        (Manners { silent: always, ..calm }, Asked::Later, vec![]),
        (Manners { busy: always, ..calm }, Asked::Answered(Reply::Busy), vec![]),
        (Manners { twice: always, ..calm }, Asked::Answered(Reply::Done { number: None }), vec![Reply::Done { number: None }; 3]),
        (Manners { out_of_order: always, ..calm }, Asked::Later, vec![Reply::Done { number: None }]),
    ] {
        let network = network(3, manners);
        assert_eq!(network.send(vec![request(1, line(1), asker::activate(1))], at(0)).await, [expected], "{manners:?}");
        let replies = network.answers(10, at(3 * 3_600)).await.unwrap().into_iter().map(|answer| answer.reply);
        assert_eq!(replies.collect::<Vec<_>>(), later, "{manners:?}");
    }
    let breaking = network(3, Manners { breaking: always, ..calm });
    let asked = breaking.send((1..=200).map(|n| request(n, line(n), asker::activate(n))).collect(), at(0)).await;
    let is_before = |asked: &Asked| matches!(asked, Asked::Fault(TransportFault::NotReached(_)));
    let before = asked.iter().filter(|asked| is_before(asked)).count();
    assert!(asked.iter().all(|asked| matches!(asked, Asked::Fault(_))) && (60..140).contains(&before), "{before} of 200");
    assert_eq!(breaking.deeds(), 200 - u64::try_from(before).unwrap(), "what broke after it was asked is done");

    let down = network(3, Manners { outage: Some(Outage { every_s: 1_000, for_s: 100 }), ..calm });
    for (hour, is_down) in [(0, true), (99, true), (100, false), (999, false), (1_000, true)] {
        assert_eq!(down.answers(1, at(hour)).await.is_err(), is_down, "{hour}");
        let withdrawn = down.withdraw(vec![WorkOrderId(1)], at(hour)).await;
        assert_eq!(matches!(withdrawn[..], [Asked::Fault(_)]), is_down, "{hour}");
    }
}

/// PLT-12: what was withdrawn in time is never done, also when the request arrives later; what was done is said to be done.
#[tokio::test]
async fn what_is_withdrawn_in_time_is_never_done() {
    let slow = network(5, Manners { slow: 1_000, longest_s: 3_600, ..Manners::PROMPT });
    let sent = vec![request(1, line(1), asker::activate(1)), request(2, line(2), asker::activate(2))];
    assert_eq!(slow.send(sent.clone(), at(0)).await, vec![Asked::Answered(Reply::Accepted); 2]);
    let withdrawn = Asked::Answered(Reply::Withdrawn);
    let unknown = WorkOrderId(3);
    assert_eq!(slow.withdraw(vec![WorkOrderId(1), unknown], at(0)).await, vec![withdrawn.clone(); 2]);
    assert_eq!(
        slow.send(vec![request(3, line(3), asker::activate(3)), sent[0].clone()], at(5)).await,
        vec![withdrawn.clone(); 2]
    );
    let answers = slow.answers(10, at(9_999)).await.unwrap();
    assert_eq!(answers.iter().map(|answer| answer.key.0).collect::<Vec<_>>(), [2]);
    assert_eq!((slow.view(line(1)), slow.view(line(3)), slow.deeds()), (None, None, 1));
    let done = Asked::Answered(Reply::Done { number: None });
    assert_eq!(slow.withdraw(vec![WorkOrderId(2), WorkOrderId(1)], at(9_999)).await, [done, withdrawn]);
}

/// MOB-10: where the network gives numbers, a machine gets one of 14 digits as it is dialled and a mobile line one of 10, never the same twice,
/// also after its line ended; when none is left, it says so.
#[tokio::test]
async fn numbers_are_given_by_kind_and_never_twice() {
    use operations::host_network::ServiceKind::{Data, M2m, Mobile};
    let network = network(1, Manners::PROMPT);
    let plan = NumberingPlan {
        calling_code: 33,
        trunk_prefix: "0".into(),
        international_prefix: "00".into(),
        national_digits: vec![9, 13],
    };
    let mut seen = std::collections::HashSet::new();
    for (n, kind) in (1..).zip([M2m, Mobile, M2m, Mobile, Mobile, M2m, Mobile, Data]) {
        let mut asked = request(2 * n, line(n), asker::activate_with(n, None));
        asked.facts.kind = kind;
        let answered = network.send(vec![asked, request(2 * n + 1, line(n), Action::End)], at(n)).await;
        let expected = match (kind, n) {
            (M2m, _) => Some(14),
            // Three numbers are in the block.
            (Mobile, 2 | 4 | 5) => Some(10),
            _ => None,
        };
        let Asked::Answered(reply) = &answered[0] else { panic!("{answered:?}") };
        match (reply, expected) {
            (Reply::Done { number: Some(number) }, Some(digits)) => {
                assert_eq!(plan.as_dialled(*number).unwrap().as_str().len(), digits, "{number}");
                assert!(seen.insert(*number), "{number} twice");
                assert_eq!(network.view(line(n)).unwrap().number, Some(*number));
            }
            (Reply::Refused { reason }, None) => assert_eq!(reason, "no-number-left"),
            other => panic!("{kind:?} {n}: {other:?}"),
        }
    }
    assert_eq!(seen.len(), 6);
}

/// PLT-12: a network knows the lines that it is told were there before, once, and a number that one of them has is nobody else's.
#[tokio::test]
async fn lines_that_were_there_before_are_taken_over() {
    let network = network(1, Manners::PROMPT);
    let before = |n: i64, state| Subscription {
        operator: OperatorId(1),
        line: LineId(n),
        // The third is a fixed line.
        sim: (n < 3).then(|| sim(n)),
        number: Some(number(n)),
        state,
        offer: "small".into(),
        options: vec![],
    };
    network
        .take_over(vec![
            before(1, SubscriptionState::Active),
            before(2, SubscriptionState::Suspended),
            before(3, SubscriptionState::Active),
        ])
        .unwrap();
    let refused = |reason: &str| Asked::Answered(Reply::Refused { reason: reason.into() });
    let done = Asked::Answered(Reply::Done { number: None });
    let sent = vec![
        request(1, line(1), Action::Suspend),
        request(2, line(2), Action::Reactivate),
        request(3, line(4), asker::activate(1)),
        request(4, line(4), asker::activate_with(3, Some(number(2)))),
        request(5, line(3), Action::Modify { service: asker::service("small", &["abroad"]) }),
    ];
    let expected = [done.clone(), done.clone(), refused("sim-used"), refused("number-in-use"), done];
    assert_eq!(network.send(sent, at(0)).await, expected);
    network.take_over(vec![before(1, SubscriptionState::Active)]).unwrap();
    assert_eq!(network.view(line(1)).unwrap().state, SubscriptionState::Suspended, "what it was told later counts");
    assert_eq!(network.views().len(), 3);
    assert_eq!(network.view(line(3)).unwrap().options, ["abroad"]);
}
