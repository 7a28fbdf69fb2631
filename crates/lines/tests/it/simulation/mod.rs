//! A year of many lines against networks that are slow, refuse, stay silent, answer twice and out of order, with a program that dies between
//! any two of its steps. After each commit nothing stands twice and nothing is forgotten; when all is quiet, the networks' view and ours agree.
//!
//! Everything follows from a seed, which a failure prints. The ordinary test runs some hundred lines under several seeds. The whole of it,
//! 100 seeds of 10,000 lines:
//!
//! ```text
//! CADRAN_SIMULATION=10000x100 cargo test --release -p cadran-lines --test it simulation -- --nocapture
//! ```
//!
//! `10000x1@4711` runs one seed.

mod driver;
mod network;
mod people;
mod world;

use crate::stage::{at, grandlarge};
use driver::{Driver, Event};
use lines::{LineState, Sim, SimKind, SimState, StaffNote, Stage};
use network::{Manners, SubscriptionState};
use people::People;
use std::{collections::HashSet, env, thread};
use vocabulary::{Iccid, SimId};
use world::{Memory, World};

/// A bad day of a network, every day.
const UNRELIABLE: Manners = Manners { silent: 12, busy: 6, refuses: 4, twice: 8 };
const DAY: i64 = 86_400;

/// SIMs enough for every line and its swaps, on each network, a tenth of them eSIM profiles.
fn sims(lines: u64) -> Vec<Sim> {
    let sim = |at: i64| Sim {
        id: SimId(at),
        iccid: Iccid::from_serial(893_301_000_000_000_000 + u128::try_from(at).unwrap()).unwrap(),
        kind: if at % 3 == 0 { SimKind::Esim } else { SimKind::CardWithPin },
        network: if at % 2 == 0 { "bouygues".into() } else { "orange".into() },
        state: SimState::Free,
    };
    (1..=i64::try_from(lines * 8 + 20).unwrap()).map(sim).collect()
}

/// What a run has seen: the driver at its end.
type Seen = Driver<Memory>;

fn run(seed: u64, lines: u64) -> Seen {
    let catalog = grandlarge();
    let start = at(catalog, "2026-01-01 00:00");
    let pool = people::pool(lines + 10);
    let mut driver = Driver::new(Memory::with(sims(lines), pool.clone()), catalog, (seed, start), UNRELIABLE);
    for sim in sims(lines) {
        let network = if sim.network == "orange" { "orange" } else { "bouygues" };
        driver.stock.entry((network, sim.kind.is_esim())).or_default().push(sim.id);
    }
    for token in 0..lines {
        let when = driver.within(300 * DAY);
        driver.at(when, Event::Order(token));
    }
    driver.at(start.plus_seconds(DAY / 2), Event::Staff);
    let mut people = People { pool, given_up: HashSet::new(), is_open: true };
    let go = |driver: &mut Seen, people: &mut People, end| {
        while driver.go_on(end, &mut |driver, event| people.act(driver, event)) {
            let broken = driver.networks.iter().flat_map(|(_, network)| &network.wrong).chain(&driver.world.wrong).next();
            assert_eq!(broken, None, "seed {seed}: {} at {}", broken.unwrap_or(&String::new()), driver.now);
        }
    };
    let end = start.plus_seconds(365 * DAY);
    go(&mut driver, &mut people, end);
    // Nobody begins anything any more; what is planned and underway comes to its end.
    people.is_open = false;
    driver.never_crash();
    let deadline = end.plus_seconds(400 * DAY);
    go(&mut driver, &mut people, deadline);
    assert!(driver.is_quiet(), "seed {seed}: not quiet 400 days after the year");
    for token in 0..lines {
        let is_there = driver.world.line_of_token(token).is_some();
        assert!(is_there != people.given_up.contains(&token), "seed {seed}: order {token} is lost, or was taken and refused");
    }
    driver
}

/// The networks' view and ours, line by line.
fn agree(seed: u64, driver: &Seen) {
    let mut known = 0;
    for id in driver.world.lines() {
        let (life, _) = driver.world.load(id, None).unwrap();
        let line = life.line;
        let (_, network) = driver.networks.iter().find(|(name, _)| *name == line.network).unwrap();
        let there = network.subscriptions.get(&id);
        known += usize::from(there.is_some());
        let state = there.map(|subscription| subscription.state);
        let expected = match line.state {
            LineState::Active { .. } => Some(SubscriptionState::Active),
            LineState::Suspended { .. } => Some(SubscriptionState::Suspended),
            LineState::Ended { cause: lines::EndCause::GivenUp, .. } => None,
            LineState::Ended { .. } => Some(SubscriptionState::Gone),
            other => panic!("seed {seed}: line {id} is still {other:?}, {:?}", life.porting),
        };
        assert_eq!(state, expected, "seed {seed}: line {id}");
        if let Some(there) = there.filter(|_| line.state.stage() != Stage::Ended) {
            assert_eq!((Some(there.sim), there.number), (line.sim, line.number), "seed {seed}: line {id}");
            assert_eq!(there.service, line.service, "seed {seed}: line {id}");
        }
    }
    let there: usize = driver.networks.iter().map(|(_, network)| network.subscriptions.len()).sum();
    assert_eq!(known, there, "seed {seed}: a network knows a line that we do not");
    assert_eq!(driver.world.open(), 0, "seed {seed}: something was left undone");
    assert_eq!(driver.world.leaked(), Vec::<String>::new(), "seed {seed}: held for a line that does not have it");
    let happened = |what: &str| driver.tally.happened.get(what).copied().unwrap_or(0);
    let over = happened("done") + happened("not done");
    let carried_out: u64 = driver.networks.iter().map(|(_, network)| network.carried_out).sum();
    assert_eq!(happened("done"), carried_out, "seed {seed}: what the networks did and what we know of it");
    assert_eq!(happened("begun"), over, "seed {seed}: work orders that ended twice, or never");
}

fn try_seed(seed: u64, lines: u64) -> Seen {
    let seen = run(seed, lines);
    agree(seed, &seen);
    seen
}

/// What was to be tried happened: else a quiet world would agree with itself.
fn assert_eventful(seen: &Seen) {
    let tally = &seen.tally;
    for what in ["begun", "done", "not done", "dropped"] {
        assert!(tally.happened.get(what).is_some_and(|count| *count > 3), "{what}: {tally:?}");
    }
    assert!(
        tally.notes.contains_key(&StaffNote::Unanswered) && tally.notes.contains_key(&StaffNote::DoneDespiteCancel),
        "{tally:?}"
    );
    assert!(tally.crashes > 10 && tally.conflicts > 3 && tally.refused > 50, "{tally:?}");
    assert!(seen.world.scheduled_over().iter().all(|count| *count > 3), "{:?}", seen.world.scheduled_over());
    let stages: HashSet<_> =
        seen.world.lines().iter().map(|id| seen.world.load(*id, None).unwrap().0.line.state.as_str()).collect();
    assert!(stages.len() >= 3, "{stages:?}");
}

/// PLT-12, MOB-60, MOB-61, MOB-62, MOB-63: a year of orders, swaps, suspensions, plan changes, options, portings and endings comes out right
/// whatever networks and crashes do.
#[test]
fn plt_12_a_year_against_unreliable_networks() {
    let (lines, seeds, first) = match env::var("CADRAN_SIMULATION") {
        Ok(text) => read_size(&text).unwrap_or_else(|| panic!("CADRAN_SIMULATION `{text}` is not of the form 10000x100@1")),
        Err(_) => (300, 6, 1),
    };
    let halves: Vec<_> = (0..2)
        .map(|half| {
            thread::spawn(move || {
                for seed in (first..first + seeds).filter(|seed| seed % 2 == half) {
                    let seen = try_seed(seed, lines);
                    assert_eventful(&seen);
                    println!(
                        "seed {seed}: {} lines, {} work orders, {} commits, {:?}",
                        seen.world.lines().len(),
                        seen.world.count_of_works(),
                        seen.world.commits,
                        seen.tally
                    );
                }
            })
        })
        .collect();
    for half in halves {
        if let Err(panic) = half.join() {
            std::panic::resume_unwind(panic);
        }
    }
}

/// The same seed does the same: what a failure prints can be run again.
#[test]
fn a_seed_gives_the_same_year_again() {
    let one = run(9, 60);
    let other = run(9, 60);
    assert_eq!(format!("{:?} {}", one.tally, one.world.commits), format!("{:?} {}", other.tally, other.world.commits));
}

fn read_size(text: &str) -> Option<(u64, u64, u64)> {
    let (size, first) = text.split_once('@').unwrap_or((text, "1"));
    let (lines, seeds) = size.split_once('x')?;
    Some((lines.parse().ok()?, seeds.parse().ok()?, first.parse().ok()?))
}
