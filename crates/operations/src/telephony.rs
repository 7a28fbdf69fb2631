//! The telephone of a line: what its user has set, changing it from a page or by a dialled code, and where a call goes (FIX-03 to FIX-16). Every way
//! goes through [`change`], so that each shows what the others did. What may be, and what follows, the room `telephony` decides.

use crate::{Actor, House, OperationError, Scope, convergence, journal::Object, life::Doer, permission::Permission};
pub use ::telephony::{
    Change, ChangeRefusal, Difference, Forward, ForwardRefusal, LineServices, RingTime, RingTimeError, Switch, When,
    dial_code::{Asked as AskedOf, DialCode, DialCodes, Does, Unheard},
    route::{Caller, Goes, Presentation, Refusal, Route, Standing, Voicemail},
};
use ::telephony::{
    LONGEST_CHAIN, NumberKind,
    dial_code::{Wish, of_fixed, of_mobile, stands},
    forward_loop, forward_number,
    route::{Called, InService, route as decide_route},
};
use catalog::{NumberClass, World};
use serde_json::json;
use std::collections::BTreeMap;
pub use store::KeptTelephony;
use vocabulary::{E164, LineId, OperatorId, Party};

/// So often it is decided anew when somebody was faster.
const ATTEMPTS: usize = 5;

/// From where something is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A page.
    Page,
    /// The line's own telephone, by a dialled code.
    Telephone,
}

impl Source {
    /// Its word in the database and the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Telephone => "telephone",
        }
    }
}

/// What kind of telephone a line has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TelephoneKind {
    /// A fixed one.
    Fixed,
    /// A mobile one.
    Mobile,
}

/// A line's telephone, for somebody who sees the line.
#[derive(Clone, Debug)]
pub struct TelephoneShown {
    /// As it is kept.
    pub kept: KeptTelephony,
    /// Which kind.
    pub kind: TelephoneKind,
    /// Its number.
    pub number: E164,
    /// What is dialled on it for its services, of a fixed line.
    pub codes: DialCodes,
    /// The host network that keeps its services, by the name that people know: they are set by codes on the telephone, and nothing tells it what is
    /// set here. `None` where the operator's own network asks here.
    pub kept_by: Option<String>,
    /// How its voicemail is reached, where the operator has one.
    pub voicemail: Option<catalog::Voicemail>,
}

/// What somebody wants to be other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeAsked<'a> {
    /// Calls forwarded to a number, as it was typed.
    Forward {
        /// In which cases.
        when: Vec<When>,
        /// To where.
        typed: &'a str,
        /// How long to ring before.
        ring_time: Option<RingTime>,
    },
    /// Something else.
    Other(Change),
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TelephonyRefusal {
    /// The line is not in service, or has no telephone.
    NoTelephone,
    /// Its host network keeps its services, and does not ask here.
    KeptElsewhere,
    /// Calls may not be forwarded there.
    Forward(ForwardRefusal),
    /// The change cannot be.
    Change(ChangeRefusal),
}

/// Why nothing of several changes was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotChanged {
    /// Somebody changed the settings since they were looked at.
    Behind,
    /// One of them cannot be: which, by its place, and why.
    Refused(usize, TelephonyRefusal),
}

/// What came of a change: what is other than before, which may be nothing.
pub type Changed = Result<Vec<Difference>, TelephonyRefusal>;

/// A line's telephone; `None` outside the scope, and for a line that has none.
///
/// # Errors
/// When the database fails.
pub async fn telephone(house: &House, actor: &Actor, line: LineId) -> Result<Option<TelephoneShown>, OperationError> {
    if is_private(house, actor, line).await? {
        return Ok(None);
    }
    found(house, actor.scope, line).await
}

/// Has the line access of its own, whose holder alone sees to where it forwards and changes it (TEL-07)?
async fn is_private(house: &House, actor: &Actor, line: LineId) -> Result<bool, OperationError> {
    Ok(house.store.scoped(actor.scope).private_lines().await?.contains(&line))
}

async fn found(house: &House, scope: Scope, line: LineId) -> Result<Option<TelephoneShown>, OperationError> {
    let Some(kept) = house.store.scoped(scope).telephony(line).await? else { return Ok(None) };
    let (Some(kind), Party::Number(number)) = (kind_of(&kept.service), kept.number.clone()) else { return Ok(None) };
    let catalog = house.catalog(scope.operator).await?;
    let version = catalog.version_at(house.clock.now());
    let network = version.networks.find(&kept.network).map(|ix| version.networks.get(ix));
    let kept_by = network.filter(|network| !network.own).map(|network| network.name.clone());
    let (codes, voicemail) = (version.dial_codes.clone(), version.voicemail_of(&kept.service).cloned());
    Ok(Some(TelephoneShown { kept, kind, number, codes, kept_by, voicemail }))
}

impl TelephoneShown {
    /// What a reset would change (FIX-14).
    pub fn reset(&self) -> Vec<Difference> {
        let after = self.kept.services.after(&Change::Reset);
        after.map(|after| after.differences(&self.kept.services)).unwrap_or_default()
    }

    /// Does the line have a telephone that works?
    pub fn is_in_service(&self) -> bool {
        is_in_service(&self.kept) == InService::Yes
    }
}

pub(crate) fn kind_of(service: &str) -> Option<TelephoneKind> {
    match service {
        "fixed" => Some(TelephoneKind::Fixed),
        "mobile" => Some(TelephoneKind::Mobile),
        _ => None,
    }
}

/// Changes what is set of a line's telephone; `None` outside the scope, or for who may not.
///
/// # Errors
/// When the database fails.
pub async fn change(
    house: &House,
    doer: Doer<'_>,
    line: LineId,
    (asked, source): (&ChangeAsked<'_>, Source),
) -> Result<Option<Changed>, OperationError> {
    let came = change_all(house, doer, line, (std::slice::from_ref(asked), source, None)).await?;
    match came {
        Some(Err(NotChanged::Refused(_, refusal))) => Ok(Some(Err(refusal))),
        Some(Ok(differences)) => Ok(Some(Ok(differences))),
        // Nobody said what they had seen.
        Some(Err(NotChanged::Behind)) => Err(OperationError::Contended),
        None => Ok(None),
    }
}

/// What came of several changes: what is other than before, which may be nothing.
pub type AllChanged = Result<Vec<Difference>, NotChanged>;

/// Several changes, all of them or none; where somebody looked at the settings first, only if they are still as they were then: `seen` is their version.
///
/// # Errors
/// When the database fails.
pub async fn change_all(
    house: &House,
    doer: Doer<'_>,
    line: LineId,
    (asked, source, seen): (&[ChangeAsked<'_>], Source, Option<i64>),
) -> Result<Option<AllChanged>, OperationError> {
    if let Doer::Person(actor) = doer
        && (!actor.may(Permission::ChangeTelephony) || is_private(house, actor, line).await?)
    {
        return Ok(None);
    }
    // Who hears a line's messages is its user's alone to say, and told by mail: `voicemail` does both.
    let is_of_voicemail = |asked: &ChangeAsked<'_>| matches!(asked, ChangeAsked::Other(Change::MailReception { .. }));
    if matches!(doer, Doer::Person(_)) && asked.iter().any(is_of_voicemail) {
        return Ok(None);
    }
    for _ in 0..ATTEMPTS {
        let Some(shown) = found(house, doer.scope(), line).await? else { return Ok(None) };
        let after = match services_after(house, doer.scope(), &shown, (asked, source, seen)).await? {
            Ok(after) => after,
            Err(not) => return Ok(Some(Err(not))),
        };
        let differences = after.differences(&shown.kept.services);
        if differences.is_empty() || save(house, doer, &shown.kept, (&after, &differences, source)).await? {
            return Ok(Some(Ok(differences)));
        }
    }
    Err(OperationError::Contended)
}

/// What [`change_all`] would come to, without doing it: for a page that tells something before.
///
/// # Errors
/// When the database fails.
pub async fn would_change(
    house: &House,
    actor: &Actor,
    line: LineId,
    (asked, seen): (&[ChangeAsked<'_>], Option<i64>),
) -> Result<Option<AllChanged>, OperationError> {
    if !actor.may(Permission::ChangeTelephony) {
        return Ok(None);
    }
    let Some(shown) = telephone(house, actor, line).await? else { return Ok(None) };
    let after = services_after(house, actor.scope, &shown, (asked, Source::Page, seen)).await?;
    Ok(Some(after.map(|after| after.differences(&shown.kept.services))))
}

/// What is set after several changes, or why none is made.
async fn services_after(
    house: &House,
    scope: Scope,
    shown: &TelephoneShown,
    (asked, source, seen): (&[ChangeAsked<'_>], Source, Option<i64>),
) -> Result<Result<LineServices, NotChanged>, OperationError> {
    if is_in_service(&shown.kept) == InService::No {
        return Ok(Err(NotChanged::Refused(0, TelephonyRefusal::NoTelephone)));
    }
    if source == Source::Page && shown.kept_by.is_some() {
        return Ok(Err(NotChanged::Refused(0, TelephonyRefusal::KeptElsewhere)));
    }
    if seen.is_some_and(|seen| seen != shown.kept.version) {
        return Ok(Err(NotChanged::Behind));
    }
    let mut after = shown.kept.services.clone();
    for (at, asked) in asked.iter().enumerate() {
        let change = match looked_at(house, scope, shown, asked).await? {
            Ok(change) => change,
            Err(refusal) => return Ok(Err(NotChanged::Refused(at, refusal))),
        };
        after = match after.after(&change) {
            Ok(after) => after,
            Err(refusal) => return Ok(Err(NotChanged::Refused(at, TelephonyRefusal::Change(refusal)))),
        };
    }
    Ok(Ok(after))
}

/// `false` when somebody was faster.
async fn save(
    house: &House,
    doer: Doer<'_>,
    kept: &KeptTelephony,
    (after, differences, source): (&LineServices, &[Difference], Source),
) -> Result<bool, OperationError> {
    let now = house.clock.now();
    // Whose line has access of its own sees alone to where it forwards: the journal of a line is read by others too.
    let is_private = house.store.line_has_own_access(kept.line).await?;
    let transaction = house.store.begin().await?;
    if !transaction.write_telephony((kept.line, kept.version), after, (now, source.as_str())).await? {
        return Ok(false);
    }
    let mut entry = doer.entry(now, "line_telephony_changed", Object::Line(kept.line));
    entry.owner = (kept.owner.0, Some(kept.owner.1));
    let services: Vec<&str> = differences.iter().map(Difference::as_str).collect();
    let mut said = json!({ "telephone_services": services.join(", "), "source": source.as_str() });
    if let Some(to) = differences.iter().find_map(Difference::forwards_to).filter(|_| !is_private) {
        said["forwarded_to"] = json!(to.to_string());
    }
    entry.after = Some(said.to_string());
    transaction.note_many(doer.scope().operator, vec![entry]).await?;
    transaction.commit().await?;
    house.telephones_changed();
    Ok(true)
}

async fn looked_at(
    house: &House,
    scope: Scope,
    shown: &TelephoneShown,
    asked: &ChangeAsked<'_>,
) -> Result<Result<Change, TelephonyRefusal>, OperationError> {
    let (when, typed, ring_time) = match asked {
        ChangeAsked::Other(change) => return Ok(Ok(change.clone())),
        ChangeAsked::Forward { when, typed, ring_time } => (when.clone(), *typed, *ring_time),
    };
    let catalog = house.catalog(scope.operator).await?;
    let kind_of = |party: &Party| number_kind(&catalog.world, party);
    let to = match forward_number(typed, shown.number, (&catalog.world.plan, &kind_of)) {
        Ok(to) => to,
        Err(refusal) => return Ok(Err(TelephonyRefusal::Forward(refusal))),
    };
    let forwards = forwards_from(house, Scope::operator(scope.operator), to).await?;
    Ok(match forward_loop(shown.number, to, &forwards) {
        // Whose lines the others are is not everybody's to know.
        Some(_) => Err(TelephonyRefusal::Forward(ForwardRefusal::Loop(Vec::new()))),
        None => Ok(Change::Forward { when, to, ring_time }),
    })
}

/// To where the lines forward that calls to a number may come to, as far as one call goes.
async fn forwards_from(house: &House, scope: Scope, to: E164) -> Result<BTreeMap<E164, Vec<E164>>, OperationError> {
    let scoped = house.store.scoped(scope);
    let (mut known, mut next) = (BTreeMap::new(), vec![to]);
    for _ in 0..LONGEST_CHAIN {
        if next.is_empty() {
            break;
        }
        let found = scoped.telephony_of(&next).await?;
        next.clear();
        for kept in found {
            if let Party::Number(number) = kept.number {
                let targets = kept.services.targets();
                next.extend(targets.iter().copied().filter(|target| !known.contains_key(target)));
                known.insert(number, targets);
            }
        }
    }
    Ok(known)
}

pub(crate) fn number_kind(world: &World, party: &Party) -> NumberKind {
    let Some(destination) = world.destination(party) else { return NumberKind::Unknown };
    match world.get(destination).class {
        Some(NumberClass::Emergency) => NumberKind::Emergency,
        Some(NumberClass::Short) => NumberKind::Short,
        Some(NumberClass::Special) => NumberKind::Special,
        Some(NumberClass::Machine | NumberClass::Internal) => NumberKind::Unknown,
        Some(NumberClass::Geographic | NumberClass::Mobile) | None => NumberKind::Line,
    }
}

pub(crate) fn is_in_service(kept: &KeptTelephony) -> InService {
    if matches!(kept.state.as_str(), "active" | "ending") { InService::Yes } else { InService::No }
}

/// What somebody hears who dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This is other now; nothing, where it was so already.
    Changed(Vec<Difference>),
    /// How it stands.
    Stands(Vec<(Option<When>, Switch)>),
    /// They are put through.
    Connected {
        /// To whom, as it was dialled.
        to: String,
        /// Which number the called sees; `None` for none.
        shows: Option<E164>,
    },
    /// It cannot be.
    Refused(TelephonyRefusal),
    /// Nothing follows from what was dialled.
    Unheard(Unheard),
}

/// What follows from what was dialled on a line's own telephone; `None` outside the scope, and for a line without a telephone.
///
/// # Errors
/// When the database fails.
pub async fn dial(house: &House, doer: Doer<'_>, line: LineId, dialled: &str) -> Result<Option<Answer>, OperationError> {
    let Some(shown) = found(house, doer.scope(), line).await? else { return Ok(None) };
    let operator = doer.scope().operator;
    let wish = match shown.kind {
        TelephoneKind::Fixed => of_fixed(dialled, &shown.codes),
        TelephoneKind::Mobile => of_mobile(dialled),
    };
    let asked = match wish {
        Err(unheard) => return Ok(Some(Answer::Unheard(unheard))),
        Ok(Wish::Ask(asked)) => return Ok(Some(Answer::Stands(stands(&asked, &shown.kept.services)))),
        Ok(Wish::Call(to)) => return called(house, (operator, &shown), to, None).await.map(Some),
        Ok(Wish::CallHidden(to)) => return called(house, (operator, &shown), to, Some(Presentation::Hidden)).await.map(Some),
        Ok(Wish::CallShown(to)) => return called(house, (operator, &shown), to, Some(Presentation::Shown)).await.map(Some),
        Ok(Wish::Forward { when, typed, ring_time }) => ChangeAsked::Forward { when, typed, ring_time },
        Ok(Wish::Change(change)) => ChangeAsked::Other(change),
    };
    Ok(change(house, doer, line, (&asked, Source::Telephone)).await?.map(|came| match came {
        Ok(differences) => Answer::Changed(differences),
        Err(refusal) => Answer::Refused(refusal),
    }))
}

async fn called(
    house: &House,
    (operator, shown): (OperatorId, &TelephoneShown),
    to: &str,
    for_this_call: Option<Presentation>,
) -> Result<Answer, OperationError> {
    let catalog = house.catalog(operator).await?;
    let is_emergency = || number_kind(&catalog.world, &catalog.world.plan.read(to)) == NumberKind::Emergency;
    let shows = ::telephony::route::shown_to_called(shown.number, &shown.kept.services, for_this_call, is_emergency);
    Ok(Answer::Connected { to: to.to_owned(), shows })
}

/// Where a call to a line goes; `None` outside the scope, and for a line without a telephone.
///
/// # Errors
/// When the database fails.
pub async fn route(
    house: &House,
    scope: Scope,
    line: LineId,
    (standing, caller, passed): (Standing, Caller, &[E164]),
) -> Result<Option<Route>, OperationError> {
    let Some(shown) = found(house, scope, line).await? else { return Ok(None) };
    let services = services_now(house, scope, &shown.kept).await?;
    let called = Called {
        number: shown.number,
        in_service: is_in_service(&shown.kept),
        voicemail: if shown.voicemail.is_some() { Voicemail::Yes } else { Voicemail::No },
        services: &services,
    };
    Ok(Some(decide_route(called, standing, caller, passed)))
}

/// What is set of a line, as it works now: it rings with a mobile line only while both may (TEL-11).
pub(crate) async fn services_now(house: &House, scope: Scope, kept: &KeptTelephony) -> Result<LineServices, OperationError> {
    let mut services = kept.services.clone();
    if let Some(with) = services.rings_with
        && !convergence::rings_with(house, scope, kept.line, with).await?
    {
        services.rings_with = None;
    }
    Ok(services)
}

/// Somebody's number, as they typed it.
///
/// # Errors
/// When the operator has no catalogue.
pub async fn number_typed(house: &House, scope: Scope, typed: &str) -> Result<Option<E164>, OperationError> {
    let catalog = house.catalog(scope.operator).await?;
    Ok(match catalog.world.plan.read(typed) {
        Party::Number(number) => Some(number),
        Party::Short(_) | Party::Named(_) | Party::Unknown => None,
    })
}
