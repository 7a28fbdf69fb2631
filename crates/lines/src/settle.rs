//! What the end of a work order does to its line, its SIM, its number, its porting and what is planned. What leads there is `life`'s.

use crate::{
    Effect, Ground, Happened, Life, NoTransition, NotThen, Number, NumberRefusal, NumberState, PortingDirection, PortingEvent,
    Refusal, ScheduledState, Settlement, Sim, SimRefusal, StaffNote, Stage, Step, work_order::Action,
};
use vocabulary::Timestamp;

/// How long after a refused end the next try to let a number go follows, in seconds.
const PORT_OUT_PAUSE_S: i64 = 3_600;

/// What cannot be as long as all of a line is saved together: what was reserved for it is another's, or a state that its work order moves
/// on from is gone. A fault, never a person's mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LifeFault {
    /// The line is not where its work order says.
    #[error(transparent)]
    Line(#[from] NoTransition),
    /// The SIM is not the line's.
    #[error(transparent)]
    Sim(#[from] SimRefusal),
    /// The number is not the line's.
    #[error(transparent)]
    Number(#[from] NumberRefusal),
    /// The porting is not where the line is.
    #[error(transparent)]
    Porting(#[from] NotThen),
}

impl Life {
    /// Carries the end of a work order to the line. One that is not underway any more says nothing.
    pub(crate) fn settle(&mut self, settlement: Settlement, ground: &Ground<'_>) -> Result<Vec<Effect>, LifeFault> {
        let Some(order) = self.work_underway().cloned() else { return Ok(vec![Effect::Tell(StaffNote::Contradiction)]) };
        self.line.underway = None;
        let is_done = matches!(settlement, Settlement::Done { .. });
        match settlement {
            Settlement::Done { number } => self.done(&order.action, number, ground)?,
            Settlement::NotDone => self.not_done(&order.action, ground.now)?,
        }
        for planned in &mut self.scheduled {
            if planned.state == (ScheduledState::Begun { work: order.id }) {
                let at = ground.now;
                planned.state = if is_done { ScheduledState::Done { at } } else { ScheduledState::Dropped { at, why: None } };
            }
        }
        let mut happened = vec![if is_done { Happened::Done(order.id) } else { Happened::NotDone(order.id) }];
        if self.line.state.stage() == Stage::Ended {
            happened.extend(self.drop_planned(ground.now));
        }
        Ok(happened.into_iter().map(Effect::Happened).collect())
    }

    fn done(&mut self, action: &Action, given: Option<vocabulary::E164>, ground: &Ground<'_>) -> Result<(), LifeFault> {
        let now = ground.now;
        let line = self.line.id;
        match action {
            Action::Activate { .. } => {
                self.step(Step::Activated, now)?;
                if let (None, Some(number)) = (&self.number, given) {
                    self.number = Some(Number { number, state: NumberState::Reserved { line } });
                    self.line.number = Some(number);
                }
                self.sim.as_mut().map(|sim| sim.put_in_use(line)).transpose()?;
                self.number.as_mut().map(|number| number.put_in_use(line)).transpose()?;
                self.porting.as_mut().map(|porting| porting.step(PortingEvent::Ported, now)).transpose()?;
            }
            Action::Modify { service } => self.line.service = service.clone(),
            Action::Suspend => self.step(Step::Suspended, now)?,
            Action::Reactivate => self.step(Step::Reactivated, now)?,
            Action::SwapSim { to } => {
                self.sim.iter_mut().for_each(|sim| sim.end(now));
                self.line.sim = Some(*to);
                self.next_sim.as_mut().map(|sim| sim.put_in_use(line)).transpose()?;
                // Both are saved: the one that is over stands where the next one stood.
                std::mem::swap(&mut self.sim, &mut self.next_sim);
            }
            Action::End => self.over(ground)?,
        }
        Ok(())
    }

    fn not_done(&mut self, action: &Action, now: Timestamp) -> Result<(), LifeFault> {
        match action {
            Action::Activate { .. } => self.step(Step::ActivationFailed, now)?,
            Action::Modify { .. } | Action::Suspend | Action::Reactivate => {}
            Action::SwapSim { .. } => self.next_sim.iter_mut().for_each(Sim::let_go),
            Action::End => {
                self.step(Step::EndFailed, now)?;
                self.leave_later(now)?;
            }
        }
        Ok(())
    }

    /// What is still planned for a line that is over cannot be.
    fn drop_planned(&mut self, at: Timestamp) -> Vec<Happened> {
        let planned = self.scheduled.iter_mut().filter(|planned| planned.is_planned());
        planned
            .map(|planned| {
                planned.state = ScheduledState::Dropped { at, why: Some(Refusal::Over) };
                Happened::Dropped(planned.id, Refusal::Over)
            })
            .collect()
    }

    /// The network would not let the number go: it is asked again.
    pub(crate) fn leave_later(&mut self, now: Timestamp) -> Result<(), LifeFault> {
        let again = PortingEvent::Dated(now.plus_seconds(PORT_OUT_PAUSE_S));
        let leaving =
            self.porting.as_mut().filter(|porting| porting.direction == PortingDirection::Out && porting.due().is_some());
        Ok(leaving.map(|porting| porting.step(again, now)).transpose().map(|_| ())?)
    }

    fn over(&mut self, ground: &Ground<'_>) -> Result<(), LifeFault> {
        let at = ground.now;
        self.step(Step::Ended, at)?;
        self.sim.iter_mut().for_each(|sim| sim.end(at));
        self.number.iter_mut().for_each(|number| number.end(&ground.catalog.operator, at));
        let left = self.porting.as_mut().filter(|porting| porting.direction == PortingDirection::Out && porting.is_open());
        left.map(|porting| porting.step(PortingEvent::Ported, at)).transpose()?;
        Ok(())
    }
}
