//! The eSIM profile of a line as people see it (RES-08): how far it is, its activation code for who proved a moment ago who they are, the mail with
//! it, the confirmation code by text message to another number, and another pair of codes.
//!
//! How a profile is brought to where it is wanted is [`delivery`]'s, what its server tells [`progress`]'s.

mod codes;
pub mod delivery;
pub(crate) mod letter;
pub mod progress;

pub use ::lines::{CODE_TRIES, ProfileState, ShowRefusal};
pub(crate) use codes::confirmation_code_of;
pub(crate) use letter::brand_of;

use crate::{
    Actor, House, OperationError,
    back_off::INVITING_RULE,
    back_off::minutes,
    contact_numbers::{self, NumberReason},
    journal::Object,
    members,
    permission::Permission,
    profile_servers::{TelephoneRefusal, TelephoneStep},
    proof::FreshProof,
    sign_in::hash_of,
    text_message::TextNotice,
};
use ::lines::{CodeState, ProfileStanding, ProfileWish, may_send_code, may_show};
use serde_json::{Value, json};
use store::{KeptEsim, NewEntry, NewText};
use vocabulary::{ActivationCode, E164, Iccid, LineId, Party, SimId, Timestamp};

/// After so long the code in a text message is of no use any more, in seconds: a day.
const CODE_USEFUL_S: i64 = 86_400;
/// So often it is decided anew when something else changed meanwhile.
const ATTEMPTS: usize = 8;

/// How far a profile is, for who waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EsimStage {
    /// Its server makes it ready.
    Coming,
    /// It waits for its telephone, or is there, or was.
    At(ProfileState),
    /// Its confirmation code was typed wrongly too often: other codes are needed.
    CodeDead,
}

/// The eSIM of a line.
#[derive(Clone, Debug)]
pub struct Esim {
    /// Which SIM it is.
    pub sim: SimId,
    /// Its serial number.
    pub iccid: String,
    /// The line that has it, or is to have it, by its number.
    pub line: (LineId, Party),
    /// How far it is.
    pub stage: EsimStage,
    /// Where the activation mail goes by itself; empty where the line has no address of its own.
    pub contact: String,
    /// What its server said last where it did not do what it was asked; for the operator's staff.
    pub problem: Option<String>,
    /// Is there a pretended telephone?
    pub has_telephone: bool,
}

impl Esim {
    /// Is there a code to show?
    pub fn has_code(&self) -> bool {
        matches!(self.stage, EsimStage::At(ProfileState::Released | ProfileState::Downloaded))
    }

    /// Can it have other codes?
    pub fn can_renew(&self) -> bool {
        self.has_code() || self.stage == EsimStage::CodeDead
    }

    /// Is it on a telephone?
    pub fn is_on_telephone(&self) -> bool {
        matches!(self.stage, EsimStage::At(ProfileState::Installed | ProfileState::Enabled | ProfileState::Disabled))
    }
}

/// Why something is not done with a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EsimRefusal {
    /// There is no code yet.
    Coming,
    /// It is not shown or sent.
    Show(ShowRefusal),
    /// What was typed is no address of mail.
    Address,
    /// What was typed is no number.
    Number(NumberReason),
    /// Too much was sent: so many minutes have to pass.
    Wait(i64),
}

/// The eSIM of a line; `None` outside the asker's scope, for who may not see what unlocks a SIM, and for a line without one.
///
/// # Errors
/// When the database fails.
pub async fn of_line(house: &House, actor: &Actor, line: LineId) -> Result<Option<Esim>, OperationError> {
    Ok(kept(house, actor, line).await?.map(|kept| seen(house, actor, kept)))
}

async fn kept(house: &House, actor: &Actor, line: LineId) -> Result<Option<KeptEsim>, OperationError> {
    if !actor.may(Permission::SeePuk) {
        return Ok(None);
    }
    Ok(house.store.scoped(actor.scope).esim_of_line(line).await?)
}

fn seen(house: &House, actor: &Actor, kept: KeptEsim) -> Esim {
    let stage = stage(&kept);
    let server = house.profile_servers.find(kept.operator);
    Esim {
        sim: kept.sim,
        iccid: kept.iccid,
        line: kept.line,
        stage,
        contact: kept.contact,
        problem: kept.problem.filter(|_| actor.may(Permission::SeeWorkOrders)),
        has_telephone: server.is_some_and(|server| server.telephone.is_some()),
    }
}

fn stage(kept: &KeptEsim) -> EsimStage {
    let is_wanted = kept.state.wish == ProfileWish::Ready && kept.state.standing == ProfileStanding::Ready;
    match kept.state.profile {
        Some(state) if kept.state.is_on_telephone() => EsimStage::At(state),
        Some(_) if is_wanted && is_dead(kept) => EsimStage::CodeDead,
        Some(state) if is_wanted => EsimStage::At(state),
        _ => EsimStage::Coming,
    }
}

fn is_dead(kept: &KeptEsim) -> bool {
    kept.wrong_codes >= i64::from(CODE_TRIES)
}

/// May a code be shown or mailed?
fn refuse_unless_shown(kept: &KeptEsim) -> Result<(), EsimRefusal> {
    match stage(kept) {
        EsimStage::Coming => Err(EsimRefusal::Coming),
        EsimStage::CodeDead => Err(EsimRefusal::Show(ShowRefusal::CodeDead)),
        EsimStage::At(state) => may_show(state).map_err(EsimRefusal::Show),
    }
}

fn entry(kept: &KeptEsim, actor: &Actor, at: Timestamp, (action, after): (&'static str, Option<Value>)) -> NewEntry {
    let after = after.map(|after| after.to_string());
    NewEntry { owner: kept.owner, after, ..actor.entry(at, action, Object::Line(kept.line.0)) }
}

/// What comes of something that is asked about the profile of a line; `None` where there is none for the asker.
pub type Outcome<T> = Result<Option<Result<T, EsimRefusal>>, OperationError>;

/// Shows the activation code to who proved a moment ago who they are, and notes that.
///
/// # Errors
/// When the database fails, or what is kept does not open.
pub async fn code(house: &House, proof: FreshProof<'_>, line: LineId) -> Outcome<ActivationCode> {
    let actor = proof.actor();
    let Some(kept) = kept(house, actor, line).await? else { return Ok(None) };
    if let Err(refusal) = refuse_unless_shown(&kept) {
        return Ok(Some(Err(refusal)));
    }
    let Some(code) = codes::activation_code(house, &kept)? else { return Ok(Some(Err(EsimRefusal::Coming))) };
    let transaction = house.store.begin().await?;
    transaction.note(entry(&kept, actor, house.clock.now(), ("esim_code_shown", None))).await?;
    transaction.commit().await?;
    Ok(Some(Ok(code)))
}

/// Sends the activation mail again, to any address; the address as it was read.
///
/// # Errors
/// When the database fails, or without keys.
pub async fn mail(house: &House, proof: FreshProof<'_>, line: LineId, typed: &str) -> Outcome<String> {
    let actor = proof.actor();
    let Some(kept) = kept(house, actor, line).await? else { return Ok(None) };
    if let Err(refusal) = refuse_unless_shown(&kept) {
        return Ok(Some(Err(refusal)));
    }
    let Ok(email) = members::address(typed) else { return Ok(Some(Err(EsimRefusal::Address))) };
    let now = house.clock.now();
    if let Some(minutes) = waits(house, &kept, now).await? {
        return Ok(Some(Err(EsimRefusal::Wait(minutes))));
    }
    let Some(brand) = brand_of(house, (kept.operator, kept.owner.0)).await? else {
        return Ok(Some(Err(EsimRefusal::Coming)));
    };
    let language = language(house, actor).await?;
    let Some(written) = letter::written(house, &kept, (&brand.host, &email), ("", &language))? else {
        return Ok(Some(Err(EsimRefusal::Coming)));
    };
    let transaction = house.store.begin().await?;
    transaction.post_mail(&written).await?;
    transaction.note(entry(&kept, actor, now, ("esim_mailed", Some(json!({ "email": email }))))).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(email)))
}

/// Sends the confirmation code by text message, to another number than the line's; the number as it was read. The message holds the code only
/// once it leaves: until then it names the profile.
///
/// # Errors
/// When the database fails.
pub async fn text_code(house: &House, proof: FreshProof<'_>, line: LineId, typed: &str) -> Outcome<E164> {
    let actor = proof.actor();
    let Some(kept) = kept(house, actor, line).await? else { return Ok(None) };
    if let Err(refusal) = refuse_unless_shown(&kept) {
        return Ok(Some(Err(refusal)));
    }
    let world = &house.catalog(kept.operator).await?.world;
    let to = match contact_numbers::mobile(typed, world) {
        Ok(to) => to,
        Err(reason) => return Ok(Some(Err(EsimRefusal::Number(reason)))),
    };
    let own = match kept.line.1 {
        Party::Number(number) => Some(number),
        _ => None,
    };
    let state = kept.state.profile.unwrap_or(ProfileState::Released);
    let wrong = u8::try_from(kept.wrong_codes).unwrap_or(u8::MAX);
    if let Err(refusal) = may_send_code(state, &CodeState::Open { wrong }, to, own) {
        return Ok(Some(Err(EsimRefusal::Show(refusal))));
    }
    let now = house.clock.now();
    if let Some(minutes) = waits(house, &kept, now).await? {
        return Ok(Some(Err(EsimRefusal::Wait(minutes))));
    }
    let Some(brand) = brand_of(house, (kept.operator, kept.owner.0)).await? else {
        return Ok(Some(Err(EsimRefusal::Coming)));
    };
    let notice = TextNotice::EsimCode { sim: kept.sim, round: kept.round };
    let text = NewText {
        operator: kept.operator,
        host: brand.host,
        recipient: to,
        language: language(house, actor).await?,
        template: notice.word().to_owned(),
        arguments: serde_json::to_string(&notice).expect("words and numbers become JSON"),
        created: now,
        useful_until: now.plus_seconds(CODE_USEFUL_S),
    };
    let transaction = house.store.begin().await?;
    transaction.post_text(&text).await?;
    transaction.note(entry(&kept, actor, now, ("esim_code_sent", Some(json!({ "mobile": to.to_string() }))))).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(to)))
}

/// Asks for another activation code and another confirmation code: the ones before are worth nothing any more.
///
/// # Errors
/// When the database fails.
pub async fn renew(house: &House, proof: FreshProof<'_>, line: LineId) -> Outcome<()> {
    let actor = proof.actor();
    for _ in 0..ATTEMPTS {
        let Some(mut kept) = kept(house, actor, line).await? else { return Ok(None) };
        match stage(&kept) {
            EsimStage::Coming => return Ok(Some(Err(EsimRefusal::Coming))),
            EsimStage::CodeDead => {}
            EsimStage::At(state) => {
                if let Err(refusal) = may_show(state) {
                    return Ok(Some(Err(EsimRefusal::Show(refusal))));
                }
            }
        }
        let now = house.clock.now();
        kept.state.wish = ProfileWish::Anew;
        (kept.due, kept.tries, kept.problem) = (Some(now), 0, None);
        let noted = entry(&kept, actor, now, ("esim_renewed", None));
        let transaction = house.store.begin().await?;
        if transaction.save_esim(&kept, now).await? {
            transaction.note(noted).await?;
            transaction.commit().await?;
            house.esims_changed();
            return Ok(Some(Ok(())));
        }
    }
    Err(OperationError::Contended)
}

/// What somebody does with the telephone of a demonstration.
#[derive(Clone, Copy, Debug)]
pub enum OnTelephone<'t> {
    /// Scans the activation code and types the code beside it.
    Install(&'t str),
    /// Does something with the installed profile.
    Step(TelephoneStep),
}

/// Does something with the pretended telephone; `None` where there is none, or no profile for the asker.
///
/// # Errors
/// When the database fails.
pub async fn telephone(
    house: &House,
    actor: &Actor,
    line: LineId,
    what: OnTelephone<'_>,
) -> Result<Option<Result<(), TelephoneRefusal>>, OperationError> {
    let Some(kept) = kept(house, actor, line).await? else { return Ok(None) };
    let server = house.profile_servers.find(kept.operator);
    let Some(telephone) = server.and_then(|server| server.telephone.as_ref()) else { return Ok(None) };
    let now = house.clock.now();
    Ok(Some(match what {
        OnTelephone::Install(typed) => match codes::matching_id_of(house, &kept)? {
            Some(matching_id) => telephone.install(&matching_id, typed, now).await,
            None => Err(TelephoneRefusal::NoProfile),
        },
        OnTelephone::Step(step) => match kept.iccid.parse::<Iccid>() {
            Ok(iccid) => telephone.handle(iccid, step, now).await,
            Err(_) => Err(TelephoneRefusal::NoProfile),
        },
    }))
}

/// Profiles whose server did not do what it was asked last, for the operator's staff; `None` for others.
///
/// # Errors
/// When the database fails.
pub async fn stuck(house: &House, actor: &Actor, most: u32) -> Result<Option<Vec<Esim>>, OperationError> {
    if !actor.may(Permission::SeeWorkOrders) {
        return Ok(None);
    }
    let found = house.store.scoped(actor.scope).stuck_esims(most).await?;
    Ok(Some(found.into_iter().map(|kept| seen(house, actor, kept)).collect()))
}

/// Counts what is sent of a profile: for how many minutes the next has to wait, if it has to.
async fn waits(house: &House, kept: &KeptEsim, now: Timestamp) -> Result<Option<i64>, OperationError> {
    let subjects = [hash_of(&format!("codes of eSIM {}", kept.sim.0))];
    let until = house.store.count_try(&subjects, now, |_, tries| INVITING_RULE.waiting(tries, now)).await?;
    Ok(until.map(|until| minutes(now, until)))
}

/// The language of who asks: what they send, others read, and nobody knows theirs.
async fn language(house: &House, actor: &Actor) -> Result<String, OperationError> {
    Ok(house.store.login(actor.login).await?.map(|login| login.language).unwrap_or_default())
}
