//! What is kept: in memory here, with transactions as a database has them. What is not committed is lost by a crash; after each commit it is
//! checked that nothing stands twice and nothing is forgotten.

use lines::{Life, LineState, Number, NumberState, ScheduledChange, ScheduledState, Sim, SimState, Stage, WorkOrder, WorkState};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use vocabulary::{E164, LineId, ScheduledChangeId, SimId, Timestamp, WorkOrderId};

/// A row of the outbox: what a network is still to be told.
#[derive(Clone, Debug)]
pub(crate) enum Letter {
    Request(WorkOrderId),
    Withdrawal(WorkOrderId),
}

/// What one transaction saves.
pub(crate) struct Saved {
    pub(crate) life: Life,
    pub(crate) letters: Vec<Letter>,
    /// The order that it came from, by the token of its form: the same form sent twice is one order.
    pub(crate) token: Option<u64>,
}

/// Why nothing was saved.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NotSaved {
    /// Somebody else was faster.
    Conflict,
}

/// What the driver needs of a store. The store of the program can stand here as well as the one in memory.
pub(crate) trait World {
    fn load(&self, line: LineId, about: Option<WorkOrderId>) -> Option<(Life, u64)>;
    fn commit(&mut self, version: u64, saved: Saved) -> Result<(), NotSaved>;
    fn line_of_token(&self, token: u64) -> Option<LineId>;
    fn sim(&self, id: SimId) -> Sim;
    fn number(&self, number: E164) -> Option<Number>;
    fn work(&self, id: WorkOrderId) -> WorkOrder;
    fn next_letter(&self) -> Option<(u64, Letter)>;
    fn letter_sent(&mut self, id: u64);
    fn first_due(&self) -> Option<(Timestamp, LineId)>;
    fn first_rested(&self) -> Option<(Timestamp, E164)>;
    fn save_number(&mut self, number: Number);
    /// Lines at which staff has to look.
    fn stuck(&self) -> Vec<LineId>;
    fn lines(&self) -> Vec<LineId>;
    fn next_id(&mut self) -> i64;
}

struct Row {
    line: lines::Line,
    version: u64,
    scheduled: Vec<ScheduledChange>,
    porting: Option<lines::Porting>,
    due: Option<Timestamp>,
}

#[derive(Default)]
pub(crate) struct Memory {
    rows: HashMap<LineId, Row>,
    sims: HashMap<SimId, Sim>,
    numbers: HashMap<E164, Number>,
    works: HashMap<WorkOrderId, WorkOrder>,
    over: HashMap<ScheduledChangeId, ScheduledState>,
    tokens: HashMap<u64, LineId>,
    outbox: BTreeMap<u64, Letter>,
    due: BTreeSet<(Timestamp, LineId)>,
    resting: BTreeSet<(Timestamp, E164)>,
    stuck: BTreeSet<LineId>,
    ids: i64,
    letters: u64,
    /// What must never be, as it was found.
    pub(crate) wrong: Vec<String>,
    pub(crate) commits: u64,
}

impl Memory {
    pub(crate) fn with(sims: impl IntoIterator<Item = Sim>, numbers: impl IntoIterator<Item = E164>) -> Self {
        Self {
            sims: sims.into_iter().map(|sim| (sim.id, sim)).collect(),
            numbers: numbers.into_iter().map(|number| (number, Number { number, state: NumberState::Free })).collect(),
            ids: 1_000_000,
            ..Self::default()
        }
    }

    fn check(&mut self, is_right: bool, what: impl FnOnce() -> String) {
        if !is_right {
            self.wrong.push(what());
        }
    }

    fn save_sim(&mut self, sim: Sim) {
        let before = self.sims[&sim.id].state;
        let may = match (before, sim.state) {
            (SimState::Ended { .. }, after) => before == after,
            (SimState::InUse { line: a, .. }, SimState::InUse { line: b, .. })
            | (SimState::Reserved { line: a, .. }, SimState::InUse { line: b, .. } | SimState::Reserved { line: b, .. }) => {
                a == b
            }
            (SimState::InUse { .. }, after) => matches!(after, SimState::Ended { .. }),
            (SimState::Free | SimState::Given { .. }, SimState::InUse { .. }) => false,
            _ => true,
        };
        self.check(may, || format!("SIM {} went from {before:?} to {:?}", sim.id, sim.state));
        self.sims.insert(sim.id, sim);
    }

    fn save_number_of(&mut self, number: Number, line: LineId) {
        if let Some(before) = self.numbers.get(&number.number) {
            let other = holder(before.state).filter(|holder| *holder != line);
            let resting = matches!(before.state, NumberState::Quarantined { .. }) && before.state != number.state;
            let is_held = matches!(before.state, NumberState::InUse { .. } | NumberState::PortingOut { .. });
            let stays = matches!(number.state, NumberState::Quarantined { .. } | NumberState::Gone { .. })
                || (holder(number.state) == holder(before.state) && !matches!(number.state, NumberState::Reserved { .. }));
            let freed = is_held && !stays;
            let (other, before) = (other.is_some() && before.state != number.state, before.state);
            self.check(!other && !resting && !freed, || format!("number {} of line {line} was {before:?}", number.number));
        }
        self.save_number(number);
    }

    fn save_work(&mut self, work: WorkOrder) {
        if let Some(before) = self.works.get(&work.id) {
            let stays = !before.state.is_over() || before.state == work.state;
            let was = before.state.clone();
            self.check(stays, || format!("work order {} was {was:?} and is {:?}", work.id, work.state));
        }
        let is_kept_moving =
            work.state.is_over() || work.state.due().is_some() || matches!(work.state, WorkState::Unanswered { .. });
        self.check(is_kept_moving, || format!("work order {} is forgotten: {:?}", work.id, work.state));
        self.works.insert(work.id, work);
    }

    /// What holds of a line and all that is its own after every commit.
    fn check_line(&mut self, life: &Life) {
        let line = &life.line;
        let (id, stage) = (line.id, line.state.stage());
        let sim = life.line.sim.map(|sim| self.sims[&sim].state);
        let fits = match (stage, sim) {
            (Stage::Ordered | Stage::Activating, Some(SimState::Reserved { line, .. })) => line == id,
            (Stage::Active | Stage::Suspended | Stage::Ending, Some(SimState::InUse { line, .. })) => line == id,
            (Stage::Ended, Some(SimState::Ended { .. }) | None) => true,
            _ => false,
        };
        self.check(fits, || format!("line {id} is {stage:?} with a SIM that is {sim:?}"));
        let number = line.number.map(|number| self.numbers[&number].state);
        let fits = match (stage, number) {
            (Stage::Ordered | Stage::Activating, Some(NumberState::Reserved { line } | NumberState::PortingIn { line, .. })) => {
                line == id
            }
            (Stage::Ordered | Stage::Activating | Stage::Ended, None) => true,
            (
                Stage::Active | Stage::Suspended | Stage::Ending,
                Some(NumberState::InUse { line } | NumberState::PortingOut { line, .. }),
            ) => line == id,
            (Stage::Ended, Some(_)) => true,
            _ => false,
        };
        self.check(fits, || format!("line {id} is {stage:?} with a number that is {number:?}"));
        let underway = line.underway.map(|work| (self.works[&work].line, self.works[&work].state.is_over()));
        let fits = underway.is_none_or(|(of, is_over)| of == id && !is_over);
        self.check(fits, || format!("line {id} waits for a work order that is over or another's"));
        let needs = matches!(stage, Stage::Activating | Stage::Ending);
        self.check(!needs || underway.is_some(), || format!("line {id} is {stage:?} and nothing is underway"));
    }

    fn save_scheduled(&mut self, scheduled: Vec<ScheduledChange>) -> Vec<ScheduledChange> {
        let mut open = Vec::new();
        for change in scheduled {
            if matches!(change.state, ScheduledState::Planned | ScheduledState::Begun { .. }) {
                open.push(change);
            } else {
                let twice = self.over.insert(change.id, change.state).is_some();
                self.check(!twice, || format!("scheduled change {} ended twice", change.id));
            }
        }
        open
    }

    /// SIMs and numbers that a line holds, or that are held for one, and that it does not know of.
    pub(crate) fn leaked(&self) -> Vec<String> {
        let live = |line: LineId| self.rows.get(&line).filter(|row| row.line.state.stage() != Stage::Ended).map(|row| &row.line);
        let sims = self.sims.values().filter_map(|sim| match sim.state {
            SimState::InUse { line, .. } | SimState::Reserved { line, .. }
                if live(line).is_none_or(|line| line.sim != Some(sim.id)) =>
            {
                Some(format!("SIM {} is {:?}", sim.id, sim.state))
            }
            _ => None,
        });
        let numbers = self.numbers.values().filter_map(|number| {
            let held = holder(number.state).filter(|line| live(*line).is_none_or(|line| line.number != Some(number.number)));
            held.map(|_| format!("number {} is {:?}", number.number, number.state))
        });
        sims.chain(numbers).collect()
    }

    /// How scheduled changes ended: done, dropped, taken back.
    pub(crate) fn scheduled_over(&self) -> [usize; 3] {
        let count = |is: fn(&ScheduledState) -> bool| self.over.values().filter(|state| is(state)).count();
        [
            count(|state| matches!(state, ScheduledState::Done { .. })),
            count(|state| matches!(state, ScheduledState::Dropped { .. })),
            count(|state| matches!(state, ScheduledState::TakenBack { .. })),
        ]
    }

    /// Planned changes of lines that are not over, work orders that are not over, letters that were not sent.
    pub(crate) fn open(&self) -> usize {
        let underway = self.works.values().filter(|work| !work.state.is_over()).count();
        underway + self.outbox.len() + self.rows.values().map(|row| row.scheduled.len()).sum::<usize>()
    }

    pub(crate) fn count_of_works(&self) -> usize {
        self.works.len()
    }
}

/// The line that a number is held for.
fn holder(state: NumberState) -> Option<LineId> {
    match state {
        NumberState::Reserved { line }
        | NumberState::InUse { line }
        | NumberState::PortingIn { line, .. }
        | NumberState::PortingOut { line, .. } => Some(line),
        _ => None,
    }
}

impl World for Memory {
    fn load(&self, line: LineId, about: Option<WorkOrderId>) -> Option<(Life, u64)> {
        let row = self.rows.get(&line)?;
        let work = about.or(row.line.underway).and_then(|id| self.works.get(&id)).cloned();
        let next_sim = work.as_ref().and_then(|work| match work.action {
            lines::Action::SwapSim { to } => Some(self.sims[&to].clone()),
            _ => None,
        });
        let life = Life {
            sim: row.line.sim.map(|sim| self.sims[&sim].clone()),
            next_sim: next_sim.filter(|next| Some(next.id) != row.line.sim),
            number: row.line.number.map(|number| self.numbers[&number].clone()),
            work,
            scheduled: row.scheduled.clone(),
            porting: row.porting.clone(),
            line: row.line.clone(),
        };
        Some((life, row.version))
    }

    fn commit(&mut self, version: u64, Saved { mut life, letters, token }: Saved) -> Result<(), NotSaved> {
        let id = life.line.id;
        if self.rows.get(&id).map_or(0, |row| row.version) != version {
            return Err(NotSaved::Conflict);
        }
        self.commits += 1;
        for sim in [&life.sim, &life.next_sim].into_iter().flatten() {
            self.save_sim(sim.clone());
        }
        if let Some(number) = &life.number {
            self.save_number_of(number.clone(), id);
        }
        if let Some(work) = &life.work {
            self.save_work(work.clone());
        }
        self.check_line(&life);
        let scheduled = self.save_scheduled(std::mem::take(&mut life.scheduled));
        // An answer may be about an older work order than the one that is underway.
        let underway = life.line.underway.map(|work| self.works[&work].clone());
        let is_unanswered = underway.as_ref().is_some_and(|work| matches!(work.state, WorkState::Unanswered { .. }));
        let waits = matches!(life.line.state, LineState::Ordered { begins: None, .. });
        if is_unanswered || waits {
            self.stuck.insert(id)
        } else {
            self.stuck.remove(&id)
        };
        for letter in letters {
            self.letters += 1;
            self.outbox.insert(self.letters, letter);
        }
        if let Some(token) = token {
            let twice = self.tokens.insert(token, id).is_some();
            self.check(!twice, || format!("order {token} was taken twice"));
        }
        let life = Life { scheduled, work: underway, ..life };
        let due = life.due();
        if let Some(before) = self.rows.get(&id).and_then(|row| row.due) {
            self.due.remove(&(before, id));
        }
        due.map(|due| self.due.insert((due, id)));
        self.rows
            .insert(id, Row { line: life.line, version: version + 1, scheduled: life.scheduled, porting: life.porting, due });
        Ok(())
    }

    fn line_of_token(&self, token: u64) -> Option<LineId> {
        self.tokens.get(&token).copied()
    }

    fn sim(&self, id: SimId) -> Sim {
        self.sims[&id].clone()
    }

    fn number(&self, number: E164) -> Option<Number> {
        self.numbers.get(&number).cloned()
    }

    fn work(&self, id: WorkOrderId) -> WorkOrder {
        self.works[&id].clone()
    }

    fn next_letter(&self) -> Option<(u64, Letter)> {
        self.outbox.first_key_value().map(|(id, letter)| (*id, letter.clone()))
    }

    fn letter_sent(&mut self, id: u64) {
        self.outbox.remove(&id);
    }

    fn first_due(&self) -> Option<(Timestamp, LineId)> {
        self.due.first().copied()
    }

    fn first_rested(&self) -> Option<(Timestamp, E164)> {
        self.resting.first().copied()
    }

    fn save_number(&mut self, number: Number) {
        if let Some(Number { state: NumberState::Quarantined { until }, .. }) = self.numbers.get(&number.number) {
            self.resting.remove(&(*until, number.number));
        }
        if let NumberState::Quarantined { until } = number.state {
            self.resting.insert((until, number.number));
        }
        self.numbers.insert(number.number, number);
    }

    fn stuck(&self) -> Vec<LineId> {
        self.stuck.iter().copied().collect()
    }

    fn lines(&self) -> Vec<LineId> {
        let mut lines: Vec<_> = self.rows.keys().copied().collect();
        lines.sort();
        lines
    }

    fn next_id(&mut self) -> i64 {
        self.ids += 1;
        self.ids
    }
}
