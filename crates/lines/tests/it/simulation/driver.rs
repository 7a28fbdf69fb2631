//! Does what the program does: load, decide, save, send; and dies between any two of these steps. It knows of its store only what [`World`]
//! says. The network, people and time go on when it dies.

use super::{
    network::{Manners, Message, Network},
    world::{Letter, NotSaved, Saved, World},
};
use catalog::Catalog;
use lines::{Chance, Effect, Ground, Happened, Life, StaffNote, WorkEvent};
use std::collections::BTreeMap;
use vocabulary::{LineId, SimId, Timestamp, WorkOrderId};

/// What happens by itself, and when.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// Something arrives at a network or comes from it.
    Message(usize, Message),
    /// Somebody sends the order form of this token.
    Order(u64),
    /// Somebody looks at a line and does something with it.
    Person(LineId),
    /// The other operator answers about the porting of a line.
    PortingAnswer(LineId),
    /// Staff looks at what is stuck.
    Staff,
}

/// The program died: what was not committed is lost.
#[derive(Debug)]
pub(crate) struct Crash;

/// What came of an attempt.
#[derive(Debug)]
pub(crate) enum Attempt {
    Saved,
    Refused,
}

/// What is counted, to see that everything happened that is to be tried.
#[derive(Debug, Default, Clone)]
pub(crate) struct Tally {
    pub(crate) steps: u64,
    pub(crate) crashes: u64,
    pub(crate) conflicts: u64,
    pub(crate) refused: u64,
    pub(crate) sent: u64,
    pub(crate) notes: BTreeMap<StaffNote, u64>,
    pub(crate) happened: BTreeMap<&'static str, u64>,
}

/// What is done to a line on a ground, with two ids that it may use; `None` where it is refused.
pub(crate) type Decide<'d> = &'d mut dyn FnMut(&mut Life, &Ground<'_>, [i64; 2]) -> Option<Vec<Effect>>;

pub(crate) struct Driver<W> {
    pub(crate) world: W,
    pub(crate) catalog: &'static Catalog,
    pub(crate) networks: Vec<(&'static str, Network)>,
    pub(crate) chance: Chance,
    pub(crate) now: Timestamp,
    pub(crate) tally: Tally,
    agenda: BTreeMap<(Timestamp, u64), Event>,
    events: u64,
    crash_in: u64,
    /// SIMs that nobody has, by network and kind, as a page offers them: it may be out of date.
    pub(crate) stock: BTreeMap<(&'static str, bool), Vec<SimId>>,
}

impl<W: World> Driver<W> {
    pub(crate) fn new(world: W, catalog: &'static Catalog, (seed, start): (u64, Timestamp), manners: Manners) -> Self {
        let names = ["orange", "bouygues"];
        Self {
            world,
            catalog,
            networks: names.iter().enumerate().map(|(at, name)| (*name, Network::new(seed + at as u64, manners))).collect(),
            chance: Chance::new(seed),
            now: start,
            tally: Tally::default(),
            agenda: BTreeMap::new(),
            events: 0,
            crash_in: 400,
            stock: BTreeMap::new(),
        }
    }

    pub(crate) fn per_cent(&mut self, per_cent: u64) -> bool {
        self.chance.below(100) < per_cent
    }

    pub(crate) fn within(&mut self, seconds: i64) -> Timestamp {
        let later = self.chance.below(seconds.unsigned_abs()) + 1;
        self.now.plus_seconds(i64::try_from(later).unwrap())
    }

    pub(crate) fn at(&mut self, when: Timestamp, event: Event) {
        self.events += 1;
        self.agenda.insert((when, self.events), event);
    }

    pub(crate) fn never_crash(&mut self) {
        self.crash_in = 0;
    }

    /// Between any two steps the program may die.
    pub(crate) fn step(&mut self) -> Result<(), Crash> {
        self.tally.steps += 1;
        if self.crash_in > 0 && self.chance.below(self.crash_in) == 0 {
            self.tally.crashes += 1;
            return Err(Crash);
        }
        Ok(())
    }

    /// The hour of what happens next: a letter to send is there now.
    fn next_hour(&self) -> Option<Timestamp> {
        let letter = self.world.next_letter().map(|_| self.now);
        let agenda = self.agenda.first_key_value().map(|((at, _), _)| *at);
        let due = self.world.first_due().map(|(at, _)| at);
        let rested = self.world.first_rested().map(|(at, _)| at);
        [letter, agenda, due, rested].into_iter().flatten().min()
    }

    /// Does the next thing, unless that is after `end`. A crash ends it early; whatever was to be done is found again in the store.
    pub(crate) fn go_on(&mut self, end: Timestamp, people: &mut dyn FnMut(&mut Self, Event)) -> bool {
        let Some(hour) = self.next_hour().filter(|hour| *hour <= end) else { return false };
        self.now = self.now.max(hour);
        if let Some((id, letter)) = self.world.next_letter() {
            let _lost = self.send(id, &letter);
        } else if self.world.first_due().is_some_and(|(at, _)| at <= self.now) {
            let line = self.world.first_due().map(|(_, line)| line).unwrap();
            let _lost = self.hour(line);
        } else if let Some((_, number)) = self.world.first_rested().filter(|(at, _)| *at <= self.now) {
            let mut number = self.world.number(number).unwrap();
            number.hour(self.catalog.operator.after_quarantine, self.now);
            self.world.save_number(number);
        } else if let Some((_, event)) = self.agenda.pop_first() {
            match event {
                Event::Message(network, message) => {
                    let _lost = self.arrive(network, message);
                }
                event => people(self, event),
            }
        }
        true
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.world.next_letter().is_none() && self.agenda.is_empty() && self.world.first_due().is_none()
    }

    /// Loads a line, decides, and saves all that follows in one transaction. Who finds that somebody was faster decides again.
    pub(crate) fn carry(&mut self, (line, about): (LineId, Option<WorkOrderId>), decide: Decide<'_>) -> Result<Attempt, Crash> {
        loop {
            let Some((mut life, version)) = self.world.load(line, about) else { return Ok(Attempt::Refused) };
            let ids = [self.world.next_id(), self.world.next_id()];
            let ground = Ground::at(self.catalog, self.now);
            let Some(effects) = decide(&mut life, &ground, ids) else {
                self.tally.refused += 1;
                return Ok(Attempt::Refused);
            };
            self.step()?;
            match self.save(version, life, effects, None) {
                Ok(()) => {
                    self.step()?;
                    return Ok(Attempt::Saved);
                }
                Err(NotSaved::Conflict) => self.tally.conflicts += 1,
            }
        }
    }

    /// One transaction: the line with all that is its own, and the letters that follow.
    pub(crate) fn save(&mut self, version: u64, life: Life, effects: Vec<Effect>, token: Option<u64>) -> Result<(), NotSaved> {
        let letter = |effect: &Effect| match effect {
            Effect::Send(work) => Some(Letter::Request(*work)),
            Effect::Withdraw(work) => Some(Letter::Withdrawal(*work)),
            Effect::Tell(_) | Effect::Happened(_) => None,
        };
        let letters = effects.iter().filter_map(letter).collect();
        self.world.commit(version, Saved { life, letters, token })?;
        for effect in effects {
            match effect {
                Effect::Tell(note) => *self.tally.notes.entry(note).or_default() += 1,
                Effect::Happened(happened) => *self.tally.happened.entry(name_of(happened)).or_default() += 1,
                Effect::Send(_) | Effect::Withdraw(_) => {}
            }
        }
        Ok(())
    }

    /// Time has passed for a line.
    fn hour(&mut self, line: LineId) -> Result<(), Crash> {
        let seed = self.chance.draw();
        let hour = &mut |life: &mut Life, ground: &Ground<'_>, [work, _]: [i64; 2]| {
            Some(life.hour(WorkOrderId(work), seed, ground).expect("no fault"))
        };
        self.carry((line, None), hour).map(|_| ())
    }

    /// An event of a work order: an answer, or staff.
    pub(crate) fn answer(&mut self, line: LineId, about: Option<WorkOrderId>, event: &WorkEvent) -> Result<Attempt, Crash> {
        let seed = self.chance.draw();
        self.carry((line, about), &mut |life, ground, _| life.answer(event, seed, ground).expect("no fault").ok())
    }

    /// Sends a letter and forgets it afterwards: dying in between, it is sent twice.
    fn send(&mut self, id: u64, letter: &Letter) -> Result<(), Crash> {
        self.step()?;
        let (Letter::Request(work) | Letter::Withdrawal(work)) = letter;
        let work = self.world.work(*work);
        let network = self.networks.iter().position(|(name, _)| *name == work.network).expect("a network that is there");
        self.tally.sent += 1;
        let follows = match letter {
            Letter::Request(_) => self.networks[network].1.receive((work.id, work.line, work.action), self.now),
            Letter::Withdrawal(_) => self.networks[network].1.withdraw((work.id, work.line), self.now),
        };
        self.expect(network, follows);
        self.step()?;
        self.world.letter_sent(id);
        Ok(())
    }

    fn expect(&mut self, network: usize, follows: Vec<(Timestamp, Message)>) {
        for (when, message) in follows {
            self.at(when, Event::Message(network, message));
        }
    }

    fn arrive(&mut self, network: usize, message: Message) -> Result<(), Crash> {
        match message {
            Message::Request(work, line, action) => {
                let follows = self.networks[network].1.receive((work, line, action), self.now);
                self.expect(network, follows);
            }
            Message::Work(work, line, action) => {
                let follows = self.networks[network].1.work((work, line, action), self.now);
                self.expect(network, follows);
            }
            Message::Answer(work, line, reply) => {
                self.step()?;
                self.answer(line, Some(work), &WorkEvent::Answer(reply))?;
            }
        }
        Ok(())
    }
}

fn name_of(happened: Happened) -> &'static str {
    match happened {
        Happened::Begun(_) => "begun",
        Happened::Done(_) => "done",
        Happened::NotDone(_) => "not done",
        Happened::Dropped(..) => "dropped",
    }
}
