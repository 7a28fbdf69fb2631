//! What people do with orders and lines in a year, by a seed: customers, resellers, other operators, staff. They see a page that may be out of
//! date, click twice, and try again what a crash swallowed.

use super::{
    driver::{Attempt, Crash, Driver, Event},
    world::World,
};
use catalog::Capping;
use lines::{
    Change, Ground, HeldOption, Life, LineRequest, LineState, NewLine, NumberRequest, NumberSource, Porting, PortingDirection,
    PortingEvent, SimKind, SimRequest, Stage, When, WorkEvent, WorkState, check, choose, porting_day,
};
use std::collections::HashSet;
use vocabulary::{CustomerId, E164, LineId, OrderId, PortingId, ScheduledChangeId, SimId, WorkOrderId};

const DAY: i64 = 86_400;

/// What lines are ordered: network, offer, with a choice of capping, with an eSIM, and whose number is it.
const ORDERS: [(&str, &str, bool, bool); 6] = [
    ("orange", "unlimited-30", true, false),
    ("orange", "unlimited-5", true, true),
    ("bouygues", "unlimited-30", true, false),
    ("orange", "data-10", true, false),
    ("orange", "m2m-50", true, false),
    ("bouygues", "metered", false, false),
];

const OFFERS: [&str; 6] = ["unlimited-10", "unlimited-50", "unlimited-100", "data-20", "m2m-100", "travel-20"];
const OPTIONS: [&str; 7] = ["world-1", "world-5", "maghreb-turkey-1", "5g", "number-secrecy", "sva-off", "fixed-ip-orange"];

/// The numbers of the pool: so many from this one on.
pub(crate) fn pool(count: u64) -> Vec<E164> {
    (0..count).map(|at| E164::from_digits(33_639_000_000 + at).unwrap()).collect()
}

/// The number that the order of a token brings along. Two orders each want the same one, and some want one that is here.
fn ported_number(token: u64) -> E164 {
    let digits = if token.is_multiple_of(5) { 33_639_000_000 + token } else { 33_760_000_000 + token / 14 };
    E164::from_digits(digits).unwrap()
}

pub(crate) struct People {
    /// Numbers that a page offers as free.
    pub(crate) pool: Vec<E164>,
    /// Orders that were refused for good, by their token.
    pub(crate) given_up: HashSet<u64>,
    /// Do they still begin anything, or only end what they began?
    pub(crate) is_open: bool,
}

impl People {
    pub(crate) fn act<W: World>(&mut self, driver: &mut Driver<W>, event: Event) {
        match event {
            Event::Order(token) => {
                if self.order(driver, token).is_err() {
                    let again = driver.within(60);
                    driver.at(again, Event::Order(token));
                }
            }
            Event::Person(line) => self.person(driver, line),
            Event::PortingAnswer(line) => porting_answer(driver, line),
            Event::Staff => self.staff(driver),
            Event::Message(..) => unreachable!("the driver's own"),
        }
    }

    /// The form of a token is sent: as often as it takes, and one order comes of it.
    fn order<W: World>(&mut self, driver: &mut Driver<W>, token: u64) -> Result<(), Crash> {
        if driver.world.line_of_token(token).is_some() {
            return Ok(());
        }
        let (network, offer, has_choice, esim) = ORDERS[usize::try_from(token % ORDERS.len() as u64).unwrap()];
        let ported = offer.starts_with("unlimited") && token % 7 == 3;
        let capping = has_choice.then_some(if token.is_multiple_of(2) { Capping::Capped } else { Capping::Uncapped });
        let kind = if esim { SimKind::Esim } else { SimKind::CardWithPin };
        let cutoffs: &[(&str, i64)] = match network {
            "bouygues" => &[("data-europe-euros", 50_000_000), ("data-world-euros", 0)],
            _ => &[],
        };
        let request = LineRequest {
            network: network.into(),
            offer: offer.into(),
            capping,
            options: Vec::new(),
            cutoffs: cutoffs.iter().map(|(id, value)| ((*id).into(), *value)).collect(),
            sim: SimRequest::Any(kind),
            number: NumberRequest::Any,
            begins: When::Soonest,
        };
        let ground = Ground::at(driver.catalog, driver.now);
        let quote = check(&request, &ground).expect("what is ordered may be ordered");
        let sim = pick(driver, network, esim).expect("there are SIMs enough");
        let (line, porting) = (LineId(driver.world.next_id()), PortingId(driver.world.next_id()));
        let number = if ported {
            let number = ported_number(token);
            NumberSource::Elsewhere(Porting::new(porting, line, number, PortingDirection::In), driver.world.number(number))
        } else if network == "orange" && !offer.starts_with("unlimited") {
            NumberSource::Network
        } else {
            let seed = driver.chance.draw();
            let number = choose(&self.pool, seed).expect("there are numbers enough");
            NumberSource::Ours(driver.world.number(number).unwrap())
        };
        let new = NewLine {
            id: line,
            customer: CustomerId(i64::try_from(token % 50).unwrap()),
            order: OrderId(i64::try_from(token).unwrap()),
            network: network.into(),
            service: quote.service,
            begins: if driver.per_cent(20) { driver.within(10 * DAY) } else { quote.begins },
        };
        let Ok(life) = Life::ordered(new, driver.world.sim(sim), number) else {
            driver.tally.refused += 1;
            // Somebody was faster: another SIM, another number. A number that cannot come is given up.
            if ported && driver.world.number(ported_number(token)).is_some() {
                self.given_up.insert(token);
            } else {
                let again = driver.within(600);
                driver.at(again, Event::Order(token));
            }
            return Ok(());
        };
        if let Some(number) = life.line.number {
            let place = self.pool.iter().position(|free| *free == number);
            place.map(|place| self.pool.swap_remove(place));
        }
        driver.step()?;
        driver.save(0, life, Vec::new(), Some(token)).expect("a new line has no rival");
        let next = driver.within(20 * DAY);
        driver.at(next, Event::Person(line));
        if ported {
            let (answer, second) = (driver.within(2 * DAY), driver.within(4 * DAY));
            driver.at(answer, Event::PortingAnswer(line));
            driver.at(second, Event::PortingAnswer(line));
        }
        // Dying here, the form is sent again.
        driver.step()
    }

    fn person<W: World>(&mut self, driver: &mut Driver<W>, line: LineId) {
        if !self.is_open {
            return;
        }
        let Some((life, _)) = driver.world.load(line, None) else { return };
        if life.line.state.stage() == Stage::Ended {
            return;
        }
        let again = if self.do_something(driver, &life).is_err() { driver.within(60) } else { driver.within(36 * DAY) };
        driver.at(again, Event::Person(line));
    }

    fn do_something<W: World>(&mut self, driver: &mut Driver<W>, life: &Life) -> Result<(), Crash> {
        let line = life.line.id;
        let roll = driver.chance.below(100);
        if let Some(work) = life.line.underway.filter(|_| roll < 30) {
            return driver.answer(line, Some(work), &WorkEvent::Cancel).map(|_| ());
        }
        if life.line.state.stage() == Stage::Ordered {
            return if roll < 20 { give_up(driver, line) } else { Ok(()) };
        }
        if let Some(planned) = life.scheduled.iter().find(|planned| planned.is_planned()).filter(|_| roll < 25) {
            let (id, now) = (planned.id, driver.now);
            return driver.carry((line, None), &mut |life, _, _| life.take_back(id, now).ok().map(|()| Vec::new())).map(|_| ());
        }
        if (30..33).contains(&roll) {
            return port_out(driver, life);
        }
        let (change, when, next) = any_change(driver, life, roll);
        let times = if roll % 10 == 7 { 2 } else { 1 };
        ask(driver, line, &(change, when), (next, times))
    }

    /// Staff has sent again what nobody answered, takes some of it back, and asks anew for what was refused or gives it up.
    fn staff<W: World>(&mut self, driver: &mut Driver<W>) {
        for line in driver.world.stuck() {
            let Some((life, _)) = driver.world.load(line, None) else { continue };
            let _tried_again_tomorrow = match life.work.as_ref().map(|work| (work.id, &work.state)) {
                Some((id, WorkState::Unanswered { .. })) if driver.per_cent(70) => {
                    driver.answer(line, Some(id), &WorkEvent::Retry).map(|_| ())
                }
                Some((id, WorkState::Unanswered { .. })) => driver.answer(line, Some(id), &WorkEvent::Cancel).map(|_| ()),
                _ if driver.per_cent(70) => driver
                    .carry((line, None), &mut |life, ground, [work, _]| life.activate(WorkOrderId(work), ground).ok())
                    .map(|_| ()),
                _ => give_up(driver, line),
            };
        }
        let next = driver.now.plus_seconds(DAY / 2);
        if self.is_open || !driver.world.stuck().is_empty() || !driver.is_quiet() {
            driver.at(next, Event::Staff);
        }
    }
}

/// Somebody asks for a change, perhaps twice at once: two windows that show the same page.
fn ask<W: World>(
    driver: &mut Driver<W>,
    line: LineId,
    asked: &(Change, When),
    (next, times): (Option<SimId>, u32),
) -> Result<(), Crash> {
    let mut pages = Vec::new();
    for _ in 0..times {
        let Some((mut life, version)) = driver.world.load(line, None) else { return Ok(()) };
        life.next_sim = next.map(|sim| driver.world.sim(sim));
        let ids = (WorkOrderId(driver.world.next_id()), ScheduledChangeId(driver.world.next_id()));
        let ground = Ground::at(driver.catalog, driver.now);
        match life.ask(asked.clone(), ids, &ground) {
            Ok((_, effects)) => pages.push((version, life, effects)),
            Err(_) => driver.tally.refused += 1,
        }
    }
    driver.step()?;
    let pressed = pages.len();
    let mut saved = 0;
    for (version, life, effects) in pages {
        match driver.save(version, life, effects, None) {
            Ok(()) => saved += 1,
            Err(_) => driver.tally.conflicts += 1,
        }
    }
    assert!(saved == usize::from(pressed > 0), "of two who press at once, one is served");
    Ok(())
}

fn any_change<W: World>(driver: &mut Driver<W>, life: &Life, roll: u64) -> (Change, When, Option<SimId>) {
    let any =
        |driver: &mut Driver<W>, from: &[&str]| from[usize::try_from(driver.chance.below(from.len() as u64)).unwrap()].into();
    let change = match roll {
        33..50 if matches!(life.line.state, LineState::Suspended { .. }) => Change::Reactivate,
        33..50 => Change::Suspend,
        50..62 => Change::Plan { offer: any(driver, &OFFERS) },
        62..66 => Change::Capping { to: if roll == 62 { Capping::Capped } else { Capping::Uncapped } },
        66..78 => match life.line.service.options.first() {
            Some(HeldOption { option, .. }) if roll < 70 => Change::EndOption { option: option.clone() },
            Some(HeldOption { option, .. }) if roll < 74 => {
                Change::ReplaceOption { from: option.clone(), to: any(driver, &OPTIONS) }
            }
            _ => Change::AddOption { option: any(driver, &OPTIONS) },
        },
        78..82 => Change::Cutoff { cutoff: "data-world".into(), value: 1_000_000_000 },
        82..92 => {
            let network = if life.line.network == "orange" { "orange" } else { "bouygues" };
            let esim = network == "orange" && roll < 86;
            if let Some(sim) = pick(driver, network, esim) {
                return (Change::SwapSim { to: sim }, When::Soonest, Some(sim));
            }
            Change::Suspend
        }
        92..97 => Change::End { cause: lines::EndCause::Asked },
        _ => Change::Suspend,
    };
    let is_dated = matches!(change, Change::Suspend | Change::End { .. }) && driver.per_cent(40);
    let when = if is_dated {
        When::On(driver.within(20 * DAY).to_local(&driver.catalog.operator.time_zone).date())
    } else {
        When::Soonest
    };
    (change, when, None)
}

/// A SIM as a page shows it: mostly one that is free, now and then one that somebody has.
fn pick<W: World>(driver: &mut Driver<W>, network: &'static str, esim: bool) -> Option<SimId> {
    let used = driver.per_cent(3);
    let stock = driver.stock.get_mut(&(network, esim))?;
    if used { stock.first().map(|sim| SimId(sim.0 - 1)).filter(|sim| sim.0 > 0).or(stock.pop()) } else { stock.pop() }
}

fn give_up<W: World>(driver: &mut Driver<W>, line: LineId) -> Result<(), Crash> {
    let now = driver.now;
    driver.carry((line, None), &mut |life, _, _| life.give_up(now).ok().map(|()| Vec::new())).map(|_| ())
}

fn port_out<W: World>(driver: &mut Driver<W>, life: &Life) -> Result<(), Crash> {
    let (line, now) = (life.line.id, driver.now);
    if life.porting.as_ref().is_some_and(|porting| porting.is_open()) {
        return driver.carry((line, None), &mut |life, _, _| life.cancel_port_out(now).ok().map(|()| Vec::new())).map(|_| ());
    }
    let leave = &mut |life: &mut Life, ground: &Ground<'_>, [id, _]: [i64; 2]| {
        let mut porting = Porting::new(PortingId(id), line, life.line.number?, PortingDirection::Out);
        let (_, network) = ground.network(&life.line.network)?;
        let day = porting_day(ground, network, None).ok()?;
        porting.step(PortingEvent::Eligible, ground.now).ok()?;
        porting.step(PortingEvent::Dated(day), ground.now).ok()?;
        life.port_out(porting).ok().map(|()| Vec::new())
    };
    driver.carry((line, None), leave).map(|_| ())
}

/// The other operator lets the number go, or does not; it says so twice.
fn porting_answer<W: World>(driver: &mut Driver<W>, line: LineId) {
    let is_eligible = line.0 % 8 != 0;
    let answer = &mut |life: &mut Life, ground: &Ground<'_>, _: [i64; 2]| {
        let (_, network) = ground.network(&life.line.network)?;
        let day = porting_day(ground, network, None).ok()?;
        let porting = life.porting.as_mut()?;
        if porting.direction != PortingDirection::In || porting.due().is_some() {
            return None;
        }
        if is_eligible {
            porting.step(PortingEvent::Eligible, ground.now).ok()?;
            porting.step(PortingEvent::Dated(day), ground.now).ok()?;
        } else {
            porting.step(PortingEvent::Ineligible("wrong holder".into()), ground.now).ok()?;
            life.give_up(ground.now).ok()?;
        }
        Some(Vec::new())
    };
    match driver.carry((line, None), answer) {
        Ok(Attempt::Saved | Attempt::Refused) => {}
        Err(Crash) => {
            let again = driver.within(3_600);
            driver.at(again, Event::PortingAnswer(line));
        }
    }
}
