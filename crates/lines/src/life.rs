//! A line with everything that one decision may change together, so that all of it is saved in one transaction: its SIM, its number, the
//! work order that is underway, what is planned, its porting. Every step of a line's life is a function here that moves these together or
//! refuses and moves nothing.

use crate::{
    Change, EndCause, Ground, LifeFault, Line, LineState, NoTransition, Number, NumberRefusal, Porting, PortingDirection,
    PortingEvent, Preview, Refusal, ScheduledChange, ScheduledState, Service, Sim, StaffNote, Stage, Step, When, WorkEffect,
    WorkEvent, WorkHours, WorkOrder, WorkRefusal, WorkState, change,
    opening_hours::{opens, opens_without_lead},
    work_order::{self, Action},
};
use catalog::Work;
use compact_str::CompactString;
use vocabulary::{CustomerId, LineId, OrderId, ScheduledChangeId, Timestamp, WorkOrderId};

/// A line and all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// The line.
    pub line: Line,
    /// Its SIM.
    pub sim: Option<Sim>,
    /// The SIM that is to take its place.
    pub next_sim: Option<Sim>,
    /// Its number.
    pub number: Option<Number>,
    /// The work order that is underway, or the one that an answer is about.
    pub work: Option<WorkOrder>,
    /// What is planned and what was.
    pub scheduled: Vec<ScheduledChange>,
    /// Its porting, the last one.
    pub porting: Option<Porting>,
}

/// A line that an order asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    /// Its id.
    pub id: LineId,
    /// Whose it is.
    pub customer: CustomerId,
    /// In this order.
    pub order: OrderId,
    /// On this network, by its id in the catalogue.
    pub network: CompactString,
    /// With these services.
    pub service: Service,
    /// Not before: what its quote says, the network's working days ahead included.
    pub begins: Timestamp,
}

/// Where a new line's number comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberSource {
    /// The network gives it when the line is active.
    Network,
    /// It is one of ours.
    Ours(Number),
    /// It comes from another operator, given what the inventory knows of it.
    Elsewhere(Porting, Option<Number>),
}

/// What follows a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send the work order to its network.
    Send(WorkOrderId),
    /// Ask the network to forget it.
    Withdraw(WorkOrderId),
    /// Staff has to look.
    Tell(StaffNote),
    /// Something happened that the line's page and notifications tell.
    Happened(Happened),
}

/// What happened in a line's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// The network is asked for something.
    Begun(WorkOrderId),
    /// It has done it.
    Done(WorkOrderId),
    /// It has not, and will not.
    NotDone(WorkOrderId),
    /// A planned change could not be any more at its hour.
    Dropped(ScheduledChangeId, Refusal),
}

/// What was asked is done at once or waits for its hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The network is asked.
    Begun(WorkOrderId),
    /// It is planned.
    Planned(ScheduledChangeId),
}

impl Life {
    /// A line as an order makes it: its SIM and its number are reserved.
    ///
    /// # Errors
    /// When SIM or number cannot be had.
    pub fn ordered(new: NewLine, mut sim: Sim, number: NumberSource) -> Result<Life, OrderRefusal> {
        sim.reserve(new.id, new.customer, &new.network)?;
        let (number, porting) = match number {
            NumberSource::Network => (None, None),
            NumberSource::Ours(mut number) => {
                number.reserve(new.id)?;
                (Some(number), None)
            }
            NumberSource::Elsewhere(porting, known) => {
                let number = Number::port_in(known.as_ref(), porting.number, (new.id, porting.id))?;
                (Some(number), Some(porting))
            }
        };
        let line = Line {
            id: new.id,
            customer: new.customer,
            network: new.network,
            state: LineState::Ordered { order: new.order, begins: Some(new.begins) },
            service: new.service,
            sim: Some(sim.id),
            number: number.as_ref().map(|number| number.number),
            underway: None,
        };
        Ok(Life { line, sim: Some(sim), next_sim: None, number, work: None, scheduled: Vec::new(), porting })
    }

    /// When time alone moves it on; `None` where only an answer or a person does.
    pub fn due(&self) -> Option<Timestamp> {
        let work = self.work_underway().and_then(|work| work.state.due());
        if self.line.underway.is_some() {
            return work;
        }
        let porting = self.porting.as_ref().filter(|porting| porting.is_open());
        let begins = match self.line.state {
            LineState::Ordered { begins, .. } => match porting {
                Some(porting) => begins.zip(porting.due()).map(|(begins, due)| begins.max(due)),
                None => begins,
            },
            LineState::Ended { .. } => None,
            _ => porting.and_then(Porting::due),
        };
        let planned = self.scheduled.iter().filter(|planned| planned.is_planned()).map(|planned| planned.due).min();
        begins.into_iter().chain(planned).min()
    }

    /// Asks the network to bring an ordered line into service: at its hour, and again by somebody after it refused.
    ///
    /// # Errors
    /// When the line is not one that waits for it, or its number cannot come yet.
    pub fn activate(&mut self, id: WorkOrderId, ground: &Ground<'_>) -> Result<Vec<Effect>, Refusal> {
        self.refuse_unless_ordered()?;
        if let Some(porting) = &self.porting
            && porting.due().is_none_or(|due| due > ground.now)
        {
            return Err(Refusal::PortingNotDue);
        }
        let Some(sim) = &self.sim else { return Err(Refusal::NoSuchSim) };
        let work = match (&self.porting, sim.kind.is_esim()) {
            (Some(_), _) => Work::Porting,
            (None, true) => Work::Esim,
            (None, false) => Work::NewLine,
        };
        let action = Action::Activate { sim: sim.id, number: self.line.number, service: self.line.service.clone() };
        let order = self.work_order(id, (action, work), ground)?;
        self.step(Step::BeginActivation, ground.now)?;
        Ok(self.begin(order))
    }

    /// Gives an ordered line up: what it had reserved goes back.
    ///
    /// # Errors
    /// When the network knows of the line.
    pub fn give_up(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.refuse_unless_ordered()?;
        self.step(Step::GiveUp, now)?;
        self.sim.iter_mut().for_each(Sim::let_go);
        self.number.iter_mut().for_each(|number| number.let_go(now));
        if let Some(porting) = self.porting.as_mut().filter(|porting| porting.is_open()) {
            porting.step(PortingEvent::Cancel, now).map_err(|_| Refusal::PortingNotDue)?;
        }
        (self.line.sim, self.line.number) = (None, None);
        Ok(())
    }

    /// What is told of a change before it is asked for.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn preview(&self, change: &Change, when: When, ground: &Ground<'_>) -> Result<Preview, Refusal> {
        change::preview(self, (change, when), ground)
    }

    /// Asks for a change: it begins now, or is planned.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn ask(
        &mut self,
        (change, when): (Change, When),
        (work, planned): (WorkOrderId, ScheduledChangeId),
        ground: &Ground<'_>,
    ) -> Result<(Asked, Vec<Effect>), Refusal> {
        let preview = self.preview(&change, when, ground)?;
        if preview.effect > ground.now {
            let state = ScheduledState::Planned;
            self.scheduled.push(ScheduledChange { id: planned, line: self.line.id, change, due: preview.effect, state });
            return Ok((Asked::Planned(planned), Vec::new()));
        }
        let effects = self.begin_change(&change, work, ground)?;
        Ok((Asked::Begun(work), effects))
    }

    /// Takes a planned change back.
    ///
    /// # Errors
    /// When there is none, or its hour has come.
    pub fn take_back(&mut self, id: ScheduledChangeId, now: Timestamp) -> Result<(), crate::TakeBackRefusal> {
        let planned = self.scheduled.iter_mut().find(|planned| planned.id == id);
        planned.ok_or(crate::TakeBackRefusal::Unknown)?.take_back(now)
    }

    /// The line leaves with its number on a day that is agreed with the other operator.
    ///
    /// # Errors
    /// When the line is not in service, or the number is not its own or leaves already.
    pub fn port_out(&mut self, porting: Porting) -> Result<(), OrderRefusal> {
        if !matches!(self.line.state.stage(), Stage::Active | Stage::Suspended) {
            return Err(OrderRefusal::Number(NumberRefusal::NotOfThatLine));
        }
        let number = self.number.as_mut().ok_or(NumberRefusal::NotOfThatLine)?;
        number.begin_port_out(self.line.id, porting.id)?;
        self.porting = Some(porting);
        Ok(())
    }

    /// The other operator, or the holder, takes it back before the day.
    ///
    /// # Errors
    /// When there is no such porting, or the line is leaving.
    pub fn cancel_port_out(&mut self, now: Timestamp) -> Result<(), Refusal> {
        let is_leaving = matches!(self.line.state, LineState::Ending { cause: EndCause::PortedAway, .. });
        let porting = self.porting.as_mut().filter(|porting| porting.direction == PortingDirection::Out && !is_leaving);
        porting.ok_or(Refusal::Ending)?.step(PortingEvent::Cancel, now).map_err(|_| Refusal::Ending)?;
        self.number.iter_mut().for_each(Number::cancel_port_out);
        Ok(())
    }

    /// Time has passed: what is due begins, one thing at a time; what is due and cannot be any more is dropped with its reason. `work` is the id
    /// of the work order that may come of it.
    ///
    /// # Errors
    /// When the line is not as its own state says: a fault.
    pub fn hour(&mut self, work: WorkOrderId, seed: u64, ground: &Ground<'_>) -> Result<Vec<Effect>, LifeFault> {
        if self.line.underway.is_some() {
            // Time alone is never refused.
            return Ok(self.answer(&WorkEvent::Hour, seed, ground)?.unwrap_or_default());
        }
        if self.due().is_none_or(|due| due > ground.now) {
            return Ok(Vec::new());
        }
        if let LineState::Ordered { order, .. } = self.line.state {
            return Ok(self.activate(work, ground).unwrap_or_else(|_| {
                self.line.state = LineState::Ordered { order, begins: None };
                vec![Effect::Tell(StaffNote::Refused)]
            }));
        }
        if self.porting.as_ref().is_some_and(|porting| porting.due().is_some_and(|due| due <= ground.now)) {
            let begun = self.begin_change(&Change::End { cause: EndCause::PortedAway }, work, ground);
            return match begun {
                Ok(effects) => Ok(effects),
                Err(_) => self.leave_later(ground.now).map(|()| vec![Effect::Tell(StaffNote::Refused)]),
            };
        }
        let mut effects = Vec::new();
        while let Some(at) = self.next_planned(ground.now) {
            let (id, change) = (self.scheduled[at].id, self.scheduled[at].change.clone());
            match self.begin_change(&change, work, ground) {
                Ok(begun) => {
                    self.scheduled[at].state = ScheduledState::Begun { work };
                    effects.extend(begun);
                    break;
                }
                Err(why) => {
                    self.scheduled[at].state = ScheduledState::Dropped { at: ground.now, why: Some(why) };
                    effects.push(Effect::Happened(Happened::Dropped(id, why)));
                }
            }
        }
        Ok(effects)
    }

    /// An answer of the network, an hour or a person moves the work order on, and the line with it when that is over.
    ///
    /// # Errors
    /// When the line is not as its work order says: a fault. Within it, what staff asks may be refused.
    pub fn answer(
        &mut self,
        event: &WorkEvent,
        seed: u64,
        ground: &Ground<'_>,
    ) -> Result<Result<Vec<Effect>, WorkRefusal>, LifeFault> {
        let Some(order) = &self.work else { return Ok(Err(WorkRefusal::Over)) };
        let id = order.id;
        let Some((_, network)) = ground.network(&order.network) else { return Ok(Err(WorkRefusal::Over)) };
        // Opening hours matter until it was sent once.
        let opens = match (event, &order.state) {
            (WorkEvent::Hour, WorkState::Waiting { .. } | WorkState::Ready { tries: 0, .. }) => {
                opens_without_lead(ground, network, order.work, ground.now).unwrap_or(ground.now)
            }
            _ => ground.now,
        };
        let hours = WorkHours { now: ground.now, opens, requests: network.requests, seed };
        let (state, decided) = match work_order::next(order, event, &hours) {
            Ok(decided) => decided,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(order) = &mut self.work {
            order.state = state;
        }
        let mut effects = Vec::new();
        for effect in decided {
            match effect {
                WorkEffect::Send => effects.push(Effect::Send(id)),
                WorkEffect::Withdraw => effects.push(Effect::Withdraw(id)),
                WorkEffect::Tell(note) => effects.push(Effect::Tell(note)),
                WorkEffect::Settle(settlement) => effects.extend(self.settle(settlement, ground)?),
            }
        }
        Ok(Ok(effects))
    }

    pub(crate) fn work_underway(&self) -> Option<&WorkOrder> {
        self.work.as_ref().filter(|work| self.line.underway == Some(work.id))
    }

    fn refuse_unless_ordered(&self) -> Result<(), Refusal> {
        match self.line.state.stage() {
            Stage::Ordered if self.line.underway.is_none() => Ok(()),
            Stage::Ordered | Stage::Activating => Err(Refusal::Activating),
            Stage::Active | Stage::Suspended => Err(Refusal::InService),
            Stage::Ending => Err(Refusal::Ending),
            Stage::Ended => Err(Refusal::Over),
        }
    }

    /// The planned change that is due first.
    fn next_planned(&self, now: Timestamp) -> Option<usize> {
        let due = self.scheduled.iter().enumerate().filter(|(_, planned)| planned.is_due(now));
        due.min_by_key(|(_, planned)| (planned.due, planned.id)).map(|(at, _)| at)
    }

    fn begin_change(&mut self, change: &Change, id: WorkOrderId, ground: &Ground<'_>) -> Result<Vec<Effect>, Refusal> {
        let outcome = change::decided(self, change, ground)?;
        let order = self.work_order(id, (outcome.action, outcome.work), ground)?;
        if let Change::End { cause } = change {
            self.step(Step::BeginEnd(*cause), ground.now)?;
        }
        if let Action::SwapSim { .. } = order.action
            && let Some(sim) = &mut self.next_sim
        {
            sim.reserve(self.line.id, self.line.customer, &self.line.network)?;
        }
        Ok(self.begin(order))
    }

    fn work_order(&self, id: WorkOrderId, (action, work): (Action, Work), ground: &Ground<'_>) -> Result<WorkOrder, Refusal> {
        let (_, network) = ground.network(&self.line.network).ok_or(Refusal::OtherNetwork)?;
        // The working days that a new line needs have passed before the day on which it begins.
        let is_activation = matches!(action, Action::Activate { .. });
        let opens = if is_activation { opens_without_lead } else { opens };
        let until = opens(ground, network, work, ground.now).ok_or(Refusal::NeverOpen)?;
        let state =
            if until > ground.now { WorkState::Waiting { until } } else { WorkState::Ready { tries: 0, not_before: ground.now } };
        Ok(WorkOrder { id, line: self.line.id, network: self.line.network.clone(), action, work, state })
    }

    fn begin(&mut self, order: WorkOrder) -> Vec<Effect> {
        let id = order.id;
        self.line.underway = Some(id);
        self.work = Some(order);
        vec![Effect::Happened(Happened::Begun(id))]
    }

    pub(crate) fn step(&mut self, step: Step, at: Timestamp) -> Result<(), NoTransition> {
        self.line.state = self.line.state.after(step, at)?;
        Ok(())
    }
}

/// Why an order cannot have its SIM or its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefusal {
    /// About the SIM.
    #[error(transparent)]
    Sim(#[from] crate::SimRefusal),
    /// About the number.
    #[error(transparent)]
    Number(#[from] NumberRefusal),
}

impl From<NoTransition> for Refusal {
    /// The steps that a person asks for are looked at before; what is left is a line that is over.
    fn from(_: NoTransition) -> Self {
        Refusal::Over
    }
}
