//! What a switch asks of the program (FIX-17): where a call goes, and what follows from what was dialled on a line. The port is [`CallDesk`], which a
//! house is; how a switch is spoken to, and which operator's it is, the rooms outside know.

use crate::{
    House, OperationError, Scope,
    life::Doer,
    mail::Work,
    telephony::{
        Answer, Caller, Goes, KeptTelephony, LineServices, Presentation, Route, Standing, TelephonyRefusal, Voicemail, dial,
        is_in_service, kind_of, number_kind, services_now,
    },
};
use ::telephony::{
    NumberKind,
    route::{Called, InService, route as decide_route},
};
use catalog::World;
use serde::Serialize;
use std::fmt;
use vocabulary::{E164, OperatorId, Party};

/// A call that somebody makes. Numbers are as they are dialled in the operator's country, or with a plus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallAsked<'a> {
    /// Who is called.
    pub called: &'a str,
    /// How the line stands that is called.
    pub standing: Standing,
    /// Who calls; `None` where nobody knows.
    pub caller: Option<&'a str>,
    /// May the called see it, as far as the caller said for this call?
    pub presentation: Presentation,
    /// Through which lines the call came by forwards, the first called first.
    pub passed: &'a [String],
    /// Is there a voicemail for it to go to?
    pub voicemail: Voicemail,
}

/// Where a call goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "call", rename_all = "snake_case")]
pub enum CallTold {
    /// Nobody here has that number.
    NoSuchNumber,
    /// To an emergency service, whatever else is set; it sees who calls.
    Emergency(Reached),
    /// As a line's user has set it.
    Line(LineCalled),
}

/// Whom a call reaches without a line of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// Its number: with a plus, or short.
    pub to: String,
    /// The caller's number.
    pub caller: Option<E164>,
    /// Which number of the caller's is seen; `None` for none.
    pub shows: Option<E164>,
}

/// A call to a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineCalled {
    /// The line's number.
    pub called: E164,
    /// The caller's number.
    pub caller: Option<E164>,
    /// The decision.
    #[serde(flatten)]
    pub route: Route,
    /// What takes the call that rings, if it is the same for whatever reason the line does not take it. Otherwise it has to be asked for.
    pub then: Option<Goes>,
}

/// What somebody gets who dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialTold {
    /// No line here has the number that dials.
    NoSuchLine,
    /// They are put through.
    Connected(Reached),
    /// They hear an answer.
    Answered {
        /// The line's number.
        line: E164,
        /// What they hear.
        answer: Answer,
    },
}

/// Whom a switch asks.
pub trait CallDesk: Send + Sync + fmt::Debug {
    /// Where a call goes.
    ///
    /// # Errors
    /// When the database fails.
    fn call<'a>(&'a self, operator: OperatorId, asked: CallAsked<'a>) -> Work<'a, Result<CallTold, OperationError>>;

    /// What follows from what was dialled on the telephone that has a number.
    ///
    /// # Errors
    /// When the database fails.
    fn dialled<'a>(&'a self, operator: OperatorId, line: &'a str, dialled: &'a str)
    -> Work<'a, Result<DialTold, OperationError>>;
}

impl CallDesk for House {
    fn call<'a>(&'a self, operator: OperatorId, asked: CallAsked<'a>) -> Work<'a, Result<CallTold, OperationError>> {
        Box::pin(call(self, operator, asked))
    }

    fn dialled<'a>(
        &'a self,
        operator: OperatorId,
        line: &'a str,
        dialled: &'a str,
    ) -> Work<'a, Result<DialTold, OperationError>> {
        Box::pin(dialled_on(self, operator, line, dialled))
    }
}

/// One statement, but for a line that rings with another one: the called line and the caller's, which may hide its number, are read together.
async fn call(house: &House, operator: OperatorId, asked: CallAsked<'_>) -> Result<CallTold, OperationError> {
    let catalog = house.catalog(operator).await?;
    let number = |typed: &str| number_of(&catalog.world, typed);
    let caller = asked.caller.and_then(number);
    let party = catalog.world.plan.read(asked.called);
    if number_kind(&catalog.world, &party) == NumberKind::Emergency {
        let to = dialled_number(&catalog.world, asked.called);
        return Ok(CallTold::Emergency(Reached { to, caller, shows: caller }));
    }
    let Party::Number(called) = party else { return Ok(CallTold::NoSuchNumber) };
    let wanted: Vec<E164> = [Some(called), caller].into_iter().flatten().collect();
    let scope = Scope::operator(operator);
    let found = house.store.scoped(scope).telephony_of(&wanted).await?;
    let with = |number: E164| found.iter().find(|kept| kept.number == Party::Number(number));
    let Some(kept) = with(called).filter(|kept| kind_of(&kept.service).is_some()) else { return Ok(CallTold::NoSuchNumber) };
    let is_hidden = caller.and_then(with).is_some_and(|kept| kept.services.hides_number);
    let shown = if is_hidden { Presentation::Hidden } else { asked.presentation };
    let passed: Vec<E164> = asked.passed.iter().filter_map(|typed| number(typed)).collect();
    let services = services_now(house, scope, kept).await?;
    Ok(CallTold::Line(decided((kept, &services), called, (asked, Caller { number: caller, shown }), &passed)))
}

fn decided(
    (kept, services): (&KeptTelephony, &LineServices),
    number: E164,
    (asked, caller): (CallAsked<'_>, Caller),
    passed: &[E164],
) -> LineCalled {
    let called = Called { number, in_service: is_in_service(kept), voicemail: asked.voicemail, services };
    let route = decide_route(called, asked.standing, caller, passed);
    let then = match route.goes {
        Goes::Ring { waiting: ::telephony::Switch::Off, .. } => {
            let at = |standing| decide_route(called, standing, caller, passed).goes;
            let (busy, unreachable) = (at(Standing::Full), at(Standing::Unreachable));
            let not_answered = at(Standing::NotAnswered);
            let takes = |goes: &Goes| match goes {
                Goes::Forward { to, .. } => Some(Some(*to)),
                Goes::Voicemail => Some(None),
                Goes::Ring { .. } | Goes::Refuse(_) => None,
            };
            let taken = takes(&not_answered).is_some();
            let is_same = [&busy, &unreachable].into_iter().all(|goes| takes(goes) == takes(&not_answered));
            (taken && is_same).then_some(not_answered)
        }
        _ => None,
    };
    LineCalled { called: number, caller: caller.number, route, then }
}

async fn dialled_on(house: &House, operator: OperatorId, line: &str, dialled: &str) -> Result<DialTold, OperationError> {
    let catalog = house.catalog(operator).await?;
    // Help is reached from any telephone, whoever's it is, and without asking the database.
    if number_kind(&catalog.world, &catalog.world.plan.read(dialled)) == NumberKind::Emergency {
        let (to, caller) = (dialled_number(&catalog.world, dialled), number_of(&catalog.world, line));
        return Ok(DialTold::Connected(Reached { to, caller, shows: caller }));
    }
    let Some(own) = number_of(&catalog.world, line) else { return Ok(DialTold::NoSuchLine) };
    let found = house.store.scoped(Scope::operator(operator)).telephony_of(&[own]).await?;
    let Some(kept) = found.first() else { return Ok(DialTold::NoSuchLine) };
    let Some(answer) = dial(house, Doer::Program(operator), kept.line, dialled).await? else { return Ok(DialTold::NoSuchLine) };
    let is_emergency = |to: &str| number_kind(&catalog.world, &catalog.world.plan.read(to)) == NumberKind::Emergency;
    Ok(match answer {
        // Who is suspended calls nobody but for help.
        Answer::Connected { to, .. } if is_in_service(kept) == InService::No && !is_emergency(&to) => {
            DialTold::Answered { line: own, answer: Answer::Refused(TelephonyRefusal::NoTelephone) }
        }
        Answer::Connected { to, shows } => {
            DialTold::Connected(Reached { to: dialled_number(&catalog.world, &to), caller: Some(own), shows })
        }
        answer => DialTold::Answered { line: own, answer },
    })
}

fn number_of(world: &World, typed: &str) -> Option<E164> {
    match world.plan.read(typed) {
        Party::Number(number) => Some(number),
        Party::Short(_) | Party::Named(_) | Party::Unknown => None,
    }
}

/// With a plus where it is a number of the world, as it was dialled where it is a short one.
fn dialled_number(world: &World, typed: &str) -> String {
    match world.plan.read(typed) {
        Party::Unknown => typed.to_owned(),
        party => party.to_string(),
    }
}
