//! Carries what happens to lines: loads them with all that is their own, lets the room `lines` decide, and saves what follows in one
//! transaction with the journal, the letters to networks (PLT-12) and what is owed once for it (BIL-01). Who finds that somebody was
//! faster decides anew.
//!
//! Lines are carried many at a time: the 1st of a month moves a hundred thousand of them.

use crate::{Actor, House, OperationError, Scope, journal::Object, notification::LivesTold, sim_transfer::program};
use ::telephony::LineServices;
use catalog::Catalog;
use lines::{Change, Effect, Ground, Happened, Life, LifeFault, StaffNote, Stage, WorkEvent, WorkRefusal};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::{
    ChangedLife, KeptLife, LivesAsked, NewBulk, NewEntry, NewLetter, NewMail, NewNetworkAnswer, NewText, SavedBy, Transaction,
};
use vocabulary::{CustomerId, E164, LineId, OperatorId, Timestamp, WorkOrderId};

/// So often it is decided anew before it is given up: others are faster each time only where something is wrong.
const ATTEMPTS: usize = 8;
/// How many lines are carried in one transaction.
pub(crate) const BUNDLE: usize = 500;

/// Who does something to lines.
#[derive(Clone, Copy, Debug)]
pub enum Doer<'a> {
    /// Somebody who is signed in, within what they see.
    Person(&'a Actor),
    /// The program, for an operator: an hour came, a network answered.
    Program(OperatorId),
}

impl Doer<'_> {
    pub(crate) const fn scope(self) -> Scope {
        match self {
            Self::Person(actor) => actor.scope,
            Self::Program(operator) => Scope::operator(operator),
        }
    }

    pub(crate) fn name(self) -> String {
        match self {
            Self::Person(actor) => actor.name.clone(),
            Self::Program(_) => "Cadran".to_owned(),
        }
    }

    pub(crate) fn entry(self, at: Timestamp, action: &'static str, object: Object) -> NewEntry {
        match self {
            Self::Person(actor) => actor.entry(at, action, object),
            Self::Program(operator) => program(operator, at, (action, object)),
        }
    }
}

/// What a decision makes of a line.
pub(crate) enum Decided {
    /// This follows, and is noted beside what happened.
    Save(Vec<Effect>, Vec<Note>),
    /// It stays as it is.
    Leave,
    /// None of the lines changes.
    Abandon,
}

/// Something that the journal says of a line.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) action: &'static str,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// What stands at the hand of who decides: the ground, and ids for what may come of it.
pub(crate) struct Hand<'a> {
    pub(crate) ground: Ground<'a>,
    /// Of a work order, and of a planned change or a porting.
    pub(crate) ids: [i64; 2],
    /// For pauses.
    pub(crate) seed: u64,
}

/// What is written with what changes, in the same transaction.
#[derive(Default)]
pub(crate) struct Beside<'a> {
    /// What was asked for all of them at once.
    pub(crate) bulk: Option<NewBulk<'a>>,
    /// What somebody asked for, which those are told of who want it.
    pub(crate) about: Option<&'a Change>,
    /// Who hears of it whatever they want.
    pub(crate) mails: &'a [NewMail],
    pub(crate) texts: &'a [NewText],
    /// By which answer of a network it came: the same one again changes nothing.
    pub(crate) answer: Option<&'a NewNetworkAnswer<'a>>,
    /// Where a line's messages go from now on, and the number that is called about it.
    pub(crate) contact: Option<(LineId, &'a str, &'a str)>,
    /// What is set of a line's telephone from now on.
    pub(crate) telephony: Option<TelephonySet<'a>>,
    /// They are suspended for what their account owes, and not because somebody wished it (BIL-09).
    pub(crate) suspended_unpaid: bool,
    /// Letters whose answers these are: they are told. They are struck out also where nothing follows from an answer.
    pub(crate) told: &'a [i64],
}

/// What is set of a line's telephone, over the version that was seen.
#[derive(Clone, Copy)]
pub(crate) struct TelephonySet<'a> {
    pub(crate) line: LineId,
    pub(crate) version: i64,
    pub(crate) services: &'a LineServices,
    pub(crate) at: Timestamp,
    pub(crate) source: &'static str,
}

impl Beside<'_> {
    /// `false` where the same was written before.
    async fn write(&self, transaction: &Transaction, changed: &[ChangedLife]) -> Result<bool, OperationError> {
        if let Some(bulk) = &self.bulk
            && !transaction.write_bulk(bulk, changed).await?
        {
            return Ok(false);
        }
        if let Some(answer) = self.answer
            && !transaction.note_network_answer(answer).await?
        {
            return Ok(false);
        }
        if let Some((line, email, number)) = self.contact {
            transaction.set_line_contact(line, (email, number)).await?;
        }
        if let Some(set) = &self.telephony
            && !transaction.write_telephony((set.line, set.version), set.services, (set.at, set.source)).await?
        {
            return Ok(false);
        }
        if self.suspended_unpaid {
            let lines: Vec<LineId> = changed.iter().map(|change| change.life.line.id).collect();
            transaction.note_suspended_unpaid(&lines).await?;
        }
        for mail in self.mails {
            transaction.post_mail(mail).await?;
        }
        for text in self.texts {
            transaction.post_text(text).await?;
        }
        Ok(true)
    }
}

/// What a decision answers, or a fault of the line as it is kept.
pub(crate) type Decision = Result<Decided, LifeFault>;

/// Carries lines; those that the doer does not see are left out. How many were saved.
///
/// # Errors
/// When the database fails, or a line is not as its own state says.
pub(crate) async fn carry(
    house: &House,
    doer: Doer<'_>,
    asked: LivesAsked<'_>,
    decide: impl FnMut(&mut KeptLife, &Hand<'_>) -> Decision,
) -> Result<usize, OperationError> {
    carry_beside(house, doer, asked, &Beside::default(), decide).await
}

/// The same with what is written in the same transaction.
///
/// # Errors
/// As [`carry`].
pub(crate) async fn carry_beside(
    house: &House,
    doer: Doer<'_>,
    asked: LivesAsked<'_>,
    beside: &Beside<'_>,
    mut decide: impl FnMut(&mut KeptLife, &Hand<'_>) -> Decision,
) -> Result<usize, OperationError> {
    let catalog = house.catalog(doer.scope().operator).await?;
    for _ in 0..ATTEMPTS {
        if let Some(saved) = attempt(house, (doer, &catalog), asked, beside, &mut decide).await? {
            return Ok(saved);
        }
    }
    Err(OperationError::Contended)
}

async fn attempt(
    house: &House,
    (doer, catalog): (Doer<'_>, &Catalog),
    asked: LivesAsked<'_>,
    beside: &Beside<'_>,
    decide: &mut impl FnMut(&mut KeptLife, &Hand<'_>) -> Decision,
) -> Result<Option<usize>, OperationError> {
    // Ids come out of a transaction of their own, which would wait for this one.
    let first = house.next_ids(asked.len() * 2).await?;
    let transaction = house.store.begin().await?;
    let lives = transaction.scoped(doer.scope()).lives(asked, catalog).await?;
    let now = house.clock.now();
    let (mut changed, mut notes) = (Vec::new(), Vec::new());
    for (kept, id) in lives.into_iter().zip((first..).step_by(2)) {
        let hand = Hand { ground: Ground::at(catalog, now), ids: [id, id + 1], seed: seed(id, now) };
        let mut kept = kept;
        let was = kept.life.clone();
        let decided = decide(&mut kept, &hand).map_err(|fault| OperationError::of_line(was.line.id, fault))?;
        // What was laid beside the line stays there with its version.
        let life = std::mem::replace(&mut kept.life, was);
        match decided {
            Decided::Abandon => return Ok(Some(0)),
            Decided::Leave => {}
            Decided::Save(effects, said) => {
                notes.extend(entries(doer, now, &kept, (&life, &effects), said));
                let letters = effects.iter().filter_map(letter).collect();
                let fees = life.fees_since(&kept.life, kept.bought(), &hand.ground);
                changed.push(ChangedLife { before: kept, life, letters, fees });
            }
        }
    }
    transaction.strike_letters(beside.told).await?;
    if changed.is_empty() {
        if !beside.told.is_empty() {
            transaction.commit().await?;
        }
        return Ok(Some(0));
    }
    let about = (beside.about, beside.bulk.as_ref().map(|bulk| bulk.id));
    let told = LivesTold::of(house, &transaction, doer, &changed, about).await?;
    let name = doer.name();
    if !transaction.save_lives(&changed, SavedBy { now, who: &name }).await? {
        return Ok(None);
    }
    transaction.note_bereft(&over(&changed), now).await?;
    if !beside.write(&transaction, &changed).await? {
        return Ok(Some(0));
    }
    transaction.note_many(doer.scope().operator, notes).await?;
    let has_told = told.post(&transaction, now).await?;
    transaction.commit().await?;
    house.lives_changed();
    if has_told || !beside.mails.is_empty() || !beside.texts.is_empty() {
        house.mail_posted();
    }
    Ok(Some(changed.len()))
}

/// The numbers of lines that are over by this, with whose they were: what rings with them is bereft.
fn over(changed: &[ChangedLife]) -> Vec<(CustomerId, E164)> {
    let ends = |one: &&ChangedLife| {
        let is_over = |life: &Life| life.line.state.stage() == Stage::Ended;
        is_over(&one.life) && !is_over(&one.before.life)
    };
    changed.iter().filter(ends).filter_map(|one| Some((one.life.line.customer, one.before.life.line.number?))).collect()
}

/// A pause's chance: different for each line and hour.
fn seed(id: i64, now: Timestamp) -> u64 {
    id.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ now.micros().unsigned_abs()
}

pub(crate) fn letter(effect: &Effect) -> Option<NewLetter> {
    match effect {
        Effect::Send(work) => Some(NewLetter::Request(*work)),
        Effect::Withdraw(work) => Some(NewLetter::Withdrawal(*work)),
        Effect::Tell(_) | Effect::Happened(_) => None,
    }
}

/// What the journal says of a line: what was asked, and what happened with it.
pub(crate) fn entries(
    doer: Doer<'_>,
    now: Timestamp,
    before: &KeptLife,
    (life, effects): (&Life, &[Effect]),
    said: Vec<Note>,
) -> Vec<NewEntry> {
    let happened = effects.iter().filter_map(|effect| happened(effect, &before.life, life));
    let entry = |note: Note| {
        let text = |value: Option<Value>| value.map(|value| value.to_string());
        NewEntry {
            owner: (before.reseller, Some(life.line.customer)),
            before: text(note.before),
            after: text(note.after),
            ..doer.entry(now, note.action, Object::Line(life.line.id))
        }
    };
    said.into_iter().chain(happened).map(entry).collect()
}

fn happened(effect: &Effect, before: &Life, life: &Life) -> Option<Note> {
    let work = || life.work.as_ref().map_or(Value::Null, |work| work_words(&work.action, &before.line.service));
    let note = |action, after| Some(Note { action, before: None, after: Some(after) });
    match effect {
        Effect::Happened(Happened::Begun(_)) => note("line_work_begun", work()),
        Effect::Happened(Happened::Done(_)) => note("line_work_done", work()),
        Effect::Happened(Happened::NotDone(_)) => {
            let mut words = work();
            if let Some(lines::WorkState::Refused { reason, .. }) = life.work.as_ref().map(|work| &work.state) {
                words["reason"] = json!(reason);
            }
            note("line_work_not_done", words)
        }
        Effect::Happened(Happened::Dropped(id, why)) => {
            let change = life.scheduled.iter().find(|planned| planned.id == *id).map(|planned| &planned.change);
            note("line_change_dropped", json!({ "change": change, "why": why.to_string() }))
        }
        Effect::Tell(note_to_staff) => note("line_needs_staff", json!({ "note": staff_word(*note_to_staff) })),
        Effect::Send(_) | Effect::Withdraw(_) => None,
    }
}

/// What a network has to do, in words for the journal: of another service only what is other.
fn work_words(action: &lines::Action, was: &lines::Service) -> Value {
    let mut words = serde_json::to_value(action).unwrap_or_default();
    if let lines::Action::Modify { service } = action {
        let mut other = json!({ "action": "modify" });
        if service.offer != was.offer {
            other["offer"] = json!(service.offer);
        }
        if service.capping != was.capping {
            other["capping"] = json!(service.capping);
        }
        let missing = |from: &lines::Service, of: &lines::Service| {
            let ids = of.options.iter().map(|held| &held.option).filter(|id| !from.has(id));
            ids.cloned().collect::<Vec<_>>()
        };
        for (name, options) in [("added", missing(was, service)), ("ended", missing(service, was))] {
            if !options.is_empty() {
                other[name] = json!(options);
            }
        }
        let cutoffs: HashMap<_, _> = service.cutoffs.iter().filter(|chosen| !was.cutoffs.contains(chosen)).cloned().collect();
        if !cutoffs.is_empty() {
            other["cutoffs"] = json!(cutoffs);
        }
        return other;
    }
    if let Some(map) = words.as_object_mut() {
        map.remove("service");
    }
    words
}

const fn staff_word(note: StaffNote) -> &'static str {
    match note {
        StaffNote::Unanswered => "unanswered",
        StaffNote::Refused => "refused",
        StaffNote::DoneDespiteCancel => "done_despite_cancel",
        StaffNote::Contradiction => "contradiction",
    }
}

/// What time alone moves on: the hour of a planned change, a pause, a network that did not answer. How many lines were due; none is forgotten,
/// for those that are left are still due.
///
/// # Errors
/// When the database fails.
pub async fn hours_due(house: &House) -> Result<usize, OperationError> {
    let due = house.store.due_lines(house.clock.now(), BUNDLE).await?;
    let mut by_operator: BTreeMap<OperatorId, Vec<LineId>> = BTreeMap::new();
    for (operator, line) in &due {
        by_operator.entry(*operator).or_default().push(*line);
    }
    for (operator, ids) in by_operator {
        let doer = Doer::Program(operator);
        if let Err(error) = carry(house, doer, LivesAsked::Lines(&ids), hour).await {
            // One that is not as it should be does not hold the others up.
            tracing::error!(error = &error as &dyn std::error::Error, "lines are carried one by one");
            for id in ids {
                if let Err(error) = carry(house, doer, LivesAsked::Lines(&[id]), hour).await {
                    tracing::error!(line = id.0, error = &error as &dyn std::error::Error, "a line cannot be moved on");
                    house.store.put_line_aside(id, house.clock.now().plus_seconds(ASIDE_S)).await?;
                }
            }
        }
    }
    Ok(due.len())
}

/// A line that cannot be moved on for a fault is tried again after so many seconds.
const ASIDE_S: i64 = 600;
/// What is begun is sent in the same transaction where nothing has to be waited for: an hour begins a change, another sends it.
const STEPS_AT_ONCE: usize = 3;

fn hour(kept: &mut KeptLife, hand: &Hand<'_>) -> Decision {
    let mut effects = Vec::new();
    for _ in 0..STEPS_AT_ONCE {
        if kept.life.due().is_none_or(|due| due > hand.ground.now) {
            break;
        }
        effects.extend(kept.life.hour(WorkOrderId(hand.ids[0]), hand.seed, &hand.ground)?);
    }
    Ok(Decided::Save(effects, Vec::new()))
}

/// Goes on at once with what has begun now, so that nobody waits for the next round.
pub(crate) fn go_on(life: &mut Life, effects: &mut Vec<Effect>, hand: &Hand<'_>) -> Result<(), LifeFault> {
    if life.line.underway.is_some() && life.due().is_some_and(|due| due <= hand.ground.now) {
        effects.extend(life.hour(WorkOrderId(hand.ids[0]), hand.seed, &hand.ground)?);
    }
    Ok(())
}

/// What networks said about work orders of an operator, or somebody who retries and cancels. What says nothing new changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn work_events(
    house: &House,
    doer: Doer<'_>,
    events: &[(WorkOrderId, WorkEvent)],
) -> Result<Vec<WorkRefusal>, OperationError> {
    work_events_beside(house, doer, events, &Beside::default()).await
}

/// The same with what is written in the same transaction; letters are struck out with the last of the answers.
///
/// # Errors
/// When the database fails.
pub(crate) async fn work_events_beside(
    house: &House,
    doer: Doer<'_>,
    events: &[(WorkOrderId, WorkEvent)],
    beside: &Beside<'_>,
) -> Result<Vec<WorkRefusal>, OperationError> {
    if events.is_empty() && !beside.told.is_empty() {
        house.store.letters_told(beside.told).await?;
    }
    let mut refusals = Vec::new();
    let mut left: Vec<&(WorkOrderId, WorkEvent)> = events.iter().collect();
    while !left.is_empty() {
        // Two answers about one work order, or one line, are taken one after the other: the second sees what the first did.
        let lines = house.store.lines_of_works(&left.iter().map(|(work, _)| *work).collect::<Vec<_>>()).await?;
        let (mut now, mut later, mut seen) = (BTreeMap::new(), Vec::new(), HashSet::new());
        for event in left {
            let Some(line) = lines.get(&event.0) else { continue };
            if now.len() < BUNDLE && seen.insert(*line) {
                now.insert(event.0, &event.1);
            } else {
                later.push(event);
            }
        }
        let ids: Vec<WorkOrderId> = now.keys().copied().collect();
        let told = if later.is_empty() { beside.told } else { &[] };
        let beside = Beside { told, answer: beside.answer, ..Beside::default() };
        carry_beside(house, doer, LivesAsked::Works(&ids), &beside, |kept, hand| {
            let Some(event) = kept.life.work.as_ref().and_then(|work| now.get(&work.id)) else { return Ok(Decided::Leave) };
            let before = kept.life.clone();
            match kept.life.answer(event, hand.seed, &hand.ground)? {
                Err(refusal) => {
                    refusals.push(refusal);
                    Ok(Decided::Leave)
                }
                Ok(effects) if effects.is_empty() && before == kept.life => Ok(Decided::Leave),
                Ok(mut effects) => {
                    go_on(&mut kept.life, &mut effects, hand)?;
                    Ok(Decided::Save(effects, Vec::new()))
                }
            }
        })
        .await?;
        left = later;
    }
    Ok(refusals)
}

impl House {
    /// Numbers whose rest is over are free again, or not the operator's any more, as its catalogue says.
    pub(crate) async fn numbers_rested(&self) -> Result<(), OperationError> {
        let now = self.clock.now();
        for operator in self.store.operators_with_rested(now).await? {
            let word = match self.catalog(operator).await?.operator.after_quarantine {
                catalog::AfterQuarantine::Free => "free",
                catalog::AfterQuarantine::Gone => "gone",
            };
            self.store.end_rest(operator, word, now).await?;
        }
        Ok(())
    }
}
