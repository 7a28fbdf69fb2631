//! The voicemail of a line (FIX-01, FIX-02): its messages, its greeting, its code, and where new messages are sent by mail.
//!
//! Who hears the messages of a line is its user: whoever signs in for it, or holds the household's account while the line has no access of its own.
//! Nobody else does, the operator's own people and resellers included: for them there is no voicemail. The line's own telephone needs no code;
//! from elsewhere nobody is let in until its user has set one. What arrives and what is kept is as little in the journal as a call is; what is
//! deleted, and every setting, is, without who called or where mails go.

mod arrival;
mod call;
mod folder;
mod mail_reception;
pub mod sound;
mod tidy;

pub(crate) use arrival::attached;
pub use arrival::{Arrived, LeaveRefusal, Left, leave, set_up};
pub use call::{CallRefusal, From, Key, Prompt, VoicemailCall};
pub use catalog::Voicemail;
pub use folder::SoundFolder;
pub use mail_reception::{MailRefusal, set_mail_reception};
pub use store::{KeptMessage, KeptSound};
pub use tidy::{Tidied, run, tidy};

use crate::{
    Actor, House, OperationError, Scope,
    back_off::{CODE_RULE, minutes},
    journal::Object,
    life::Doer,
    permission::Permission,
    sign_in::{hash_of, hash_password, verify},
    telephony::Source,
};
pub use ::telephony::menu::{CODE_DIGITS, CodeFault};
use ::telephony::menu::{CODE_TRIES, code_fault};
use folder::fresh_name;
use serde_json::{Value, json};
use sound::{LONGEST_GREETING_S, Sound, SoundFault, SoundFormat};
use store::{KeptBox, KeptTelephony, Leftover, NewEntry, Transaction, Tries};
use vocabulary::{E164, LineId, OperatorId, Party, Timestamp, VoicemailMessageId};

/// A file that was named and not written by then belongs to nobody, in seconds.
const WRITTEN_WITHIN_S: i64 = 3_600;

/// A line's voicemail, for its user.
#[derive(Clone, Debug)]
pub struct MailboxShown {
    /// The line.
    pub line: LineId,
    /// Its number.
    pub number: E164,
    /// How it is reached, how much it holds and how long.
    pub voicemail: Voicemail,
    /// New ones first, each kind as it arrived.
    pub messages: Vec<KeptMessage>,
    /// Its own greeting, and since when it has it.
    pub greeting: Option<(KeptSound, Timestamp)>,
    /// Is there a code, so that it can be heard from elsewhere?
    pub has_code: bool,
    /// Where new messages are sent; empty for nowhere.
    pub mail_reception: String,
    /// The address of who looks, which they may mean.
    pub own_address: String,
}

impl MailboxShown {
    /// How many messages nobody kept yet.
    pub fn new_count(&self) -> usize {
        self.messages.iter().filter(|message| !message.is_kept).count()
    }

    /// How many were kept.
    pub fn kept_count(&self) -> usize {
        self.messages.len() - self.new_count()
    }

    /// Can no message more be left?
    pub fn is_full(&self) -> bool {
        i64::try_from(self.messages.len()).unwrap_or(i64::MAX) >= self.voicemail.most_messages
    }
}

/// A sound with its bytes.
#[derive(Clone, Debug)]
pub struct HeardSound {
    /// How it is written.
    pub format: SoundFormat,
    /// All of it.
    pub bytes: Vec<u8>,
    /// When it was recorded.
    pub since: Timestamp,
}

/// Why a code is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    /// What is wrong with it.
    Fault(CodeFault),
    /// It is the end of the line's own number, which every caller knows.
    OwnNumber,
}

/// A line that has a voicemail.
pub(crate) struct Found {
    pub(crate) kept: KeptTelephony,
    pub(crate) number: E164,
    pub(crate) voicemail: Voicemail,
}

/// The line, for whom its voicemail is there.
pub(crate) async fn found(house: &House, doer: Doer<'_>, line: LineId) -> Result<Option<Found>, OperationError> {
    let scoped = house.store.scoped(doer.scope());
    if let Doer::Person(actor) = doer
        && (!actor.may(Permission::UseVoicemail) || scoped.private_lines().await?.contains(&line))
    {
        return Ok(None);
    }
    let Some(kept) = scoped.telephony(line).await? else { return Ok(None) };
    let Party::Number(number) = kept.number else { return Ok(None) };
    let catalog = house.catalog(doer.scope().operator).await?;
    let voicemail = catalog.version_at(house.clock.now()).voicemail_of(&kept.service).cloned();
    let is_there = matches!(kept.state.as_str(), "active" | "suspended" | "ending");
    Ok(voicemail.filter(|_| is_there).map(|voicemail| Found { kept, number, voicemail }))
}

/// Is there a voicemail of this line for the asker?
///
/// # Errors
/// When the database fails.
pub async fn is_offered(house: &House, actor: &Actor, line: LineId) -> Result<bool, OperationError> {
    Ok(found(house, Doer::Person(actor), line).await?.is_some())
}

/// A line's voicemail; `None` for everybody but its user.
///
/// # Errors
/// When the database fails.
pub async fn mailbox(house: &House, doer: Doer<'_>, line: LineId) -> Result<Option<MailboxShown>, OperationError> {
    let Some(found) = found(house, doer, line).await? else { return Ok(None) };
    let scoped = house.store.scoped(doer.scope());
    let KeptBox { code_hash, greeting, .. } = scoped.voicemail_box(line).await?;
    let own_address = match doer {
        Doer::Person(actor) => house.store.login(actor.login).await?.map(|login| login.email).unwrap_or_default(),
        Doer::Program(_) => String::new(),
    };
    Ok(Some(MailboxShown {
        line,
        number: found.number,
        voicemail: found.voicemail,
        messages: scoped.voicemail_messages(line).await?,
        greeting,
        has_code: code_hash.is_some(),
        mail_reception: found.kept.services.mail_reception.to_string(),
        own_address,
    }))
}

/// A message with its sound; `None` where it is not there for the asker.
///
/// # Errors
/// When the database or the folder fails.
pub async fn hear(
    house: &House,
    doer: Doer<'_>,
    line: LineId,
    message: VoicemailMessageId,
) -> Result<Option<HeardSound>, OperationError> {
    if found(house, doer, line).await?.is_none() {
        return Ok(None);
    }
    let messages = house.store.scoped(doer.scope()).voicemail_messages(line).await?;
    match messages.into_iter().find(|kept| kept.id == message) {
        Some(kept) => read(house, doer.scope().operator, (kept.sound, kept.arrived)).await,
        None => Ok(None),
    }
}

/// A line's own greeting; `None` where it has none, or it is not there for the asker.
///
/// # Errors
/// When the database or the folder fails.
pub async fn greeting(house: &House, doer: Doer<'_>, line: LineId) -> Result<Option<HeardSound>, OperationError> {
    if found(house, doer, line).await?.is_none() {
        return Ok(None);
    }
    match house.store.scoped(doer.scope()).voicemail_box(line).await?.greeting {
        Some(greeting) => read(house, doer.scope().operator, greeting).await,
        None => Ok(None),
    }
}

/// The bytes of a sound. One whose file is gone is told to whoever runs the program.
async fn read(
    house: &House,
    operator: OperatorId,
    (sound, since): (KeptSound, Timestamp),
) -> Result<Option<HeardSound>, OperationError> {
    let catalog = house.catalog(operator).await?;
    let bytes = house.sounds.read(&catalog.operator.id, &sound.file).await?;
    if bytes.is_none() {
        tracing::error!(operator = catalog.operator.id, file = sound.file, "a sound of the voicemail is not in its folder");
    }
    let format = SoundFormat::named(&sound.format).unwrap_or(SoundFormat::Wav);
    Ok(bytes.map(|bytes| HeardSound { format, bytes, since }))
}

/// Marks a message as kept: it is new no more. `None` where the voicemail is not there for the asker, `false` where the message is not.
///
/// # Errors
/// When the database fails.
pub async fn keep(
    house: &House,
    doer: Doer<'_>,
    line: LineId,
    message: VoicemailMessageId,
) -> Result<Option<bool>, OperationError> {
    if found(house, doer, line).await?.is_none() {
        return Ok(None);
    }
    let transaction = house.store.begin().await?;
    let is_kept = transaction.keep_voicemail_message(line, message).await?;
    transaction.commit().await?;
    Ok(Some(is_kept))
}

/// Which messages are deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// One.
    One(VoicemailMessageId),
    /// All of the line.
    All,
}

/// Deletes messages, their sounds with them; how many there were. `None` where the voicemail is not there for the asker.
///
/// # Errors
/// When the database or the folder fails.
pub async fn delete(
    house: &House,
    doer: Doer<'_>,
    line: LineId,
    (which, source): (Which, Source),
) -> Result<Option<usize>, OperationError> {
    let Some(found) = found(house, doer, line).await? else { return Ok(None) };
    let operator = doer.scope().operator;
    let one = match which {
        Which::One(message) => Some(message),
        Which::All => None,
    };
    let transaction = house.store.begin().await?;
    let files = transaction.delete_voicemail_messages((operator, line), one, house.clock.now()).await?;
    let count = files.len();
    if count == 0 {
        return Ok(Some(0));
    }
    let noted = entry(house, doer, &found.kept, ("voicemail_messages_deleted", source, json!({ "messages": count })));
    transaction.note(noted).await?;
    transaction.commit().await?;
    erase(house, operator, files).await?;
    Ok(Some(count))
}

/// Sets the greeting of a line; `None` where the voicemail is not there for the asker.
///
/// # Errors
/// When the database or the folder fails.
pub async fn set_greeting(
    house: &House,
    doer: Doer<'_>,
    line: LineId,
    (bytes, source): (Vec<u8>, Source),
) -> Result<Option<Result<(), SoundFault>>, OperationError> {
    let Some(found) = found(house, doer, line).await? else { return Ok(None) };
    let operator = doer.scope().operator;
    let (sound, bytes) = match looked_at(bytes, LONGEST_GREETING_S).await? {
        Ok(looked) => looked,
        Err(fault) => return Ok(Some(Err(fault))),
    };
    let kept = write(house, operator, (sound, bytes)).await?;
    let transaction = house.store.begin().await?;
    let before = transaction.set_voicemail_greeting((operator, line), Some(&kept), house.clock.now()).await?;
    transaction.note(entry(house, doer, &found.kept, ("voicemail_greeting_set", source, json!({})))).await?;
    transaction.commit().await?;
    erase(house, operator, before.into_iter().collect()).await?;
    Ok(Some(Ok(())))
}

/// Takes a line's own greeting away: callers hear the operator's. `None` where the voicemail is not there for the asker, `false` where there was
/// none.
///
/// # Errors
/// When the database or the folder fails.
pub async fn remove_greeting(house: &House, doer: Doer<'_>, line: LineId) -> Result<Option<bool>, OperationError> {
    let Some(found) = found(house, doer, line).await? else { return Ok(None) };
    let operator = doer.scope().operator;
    let transaction = house.store.begin().await?;
    let Some(before) = transaction.set_voicemail_greeting((operator, line), None, house.clock.now()).await? else {
        return Ok(Some(false));
    };
    transaction.note(entry(house, doer, &found.kept, ("voicemail_greeting_removed", Source::Page, json!({})))).await?;
    transaction.commit().await?;
    erase(house, operator, vec![before]).await?;
    Ok(Some(true))
}

/// Sets the code of a line; wrong ones before are forgotten. `None` where the voicemail is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn set_code(
    house: &House,
    doer: Doer<'_>,
    line: LineId,
    (typed, source): (&str, Source),
) -> Result<Option<Result<(), CodeRefusal>>, OperationError> {
    let Some(found) = found(house, doer, line).await? else { return Ok(None) };
    if let Some(fault) = code_fault(typed) {
        return Ok(Some(Err(CodeRefusal::Fault(fault))));
    }
    if source == Source::Page && found.number.to_string().ends_with(typed) {
        return Ok(Some(Err(CodeRefusal::OwnNumber)));
    }
    let hash = hash_password(typed.to_owned()).await?;
    let transaction = house.store.begin().await?;
    transaction.set_voicemail_code(line, &hash).await?;
    transaction.note(entry(house, doer, &found.kept, ("voicemail_code_set", source, json!({})))).await?;
    transaction.commit().await?;
    house.store.try_succeeded(&tries_of(line), &[]).await?;
    Ok(Some(Ok(())))
}

/// What came of a code that somebody typed on a telephone elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checked {
    /// It is the one.
    Right,
    /// It is not.
    Wrong,
    /// Nobody looked: after wrong ones, so many minutes have to pass.
    Wait(i64),
}

/// Is this the line's code? Three wrong ones make the next wait, and stand in the journal.
async fn check_code(house: &House, operator: OperatorId, found: &Found, typed: &str) -> Result<Checked, OperationError> {
    let (now, line) = (house.clock.now(), found.kept.line);
    let subjects = [tries_of(line)];
    let mut before = 0;
    let waiting = |_: usize, tries: Tries| {
        before = tries.failures;
        CODE_RULE.waiting(tries, now)
    };
    if let Some(until) = house.store.count_try(&subjects, now, waiting).await? {
        return Ok(Checked::Wait(minutes(now, until)));
    }
    let hash = house.store.scoped(Scope::operator(operator)).voicemail_box(line).await?.code_hash;
    if verify(typed.to_owned(), hash).await? {
        house.store.try_succeeded(&subjects[0], &[]).await?;
        return Ok(Checked::Right);
    }
    if before + 1 >= i32::from(CODE_TRIES) {
        let noted = ("voicemail_code_refused", Source::Telephone, json!({ "tries": before + 1 }));
        let transaction = house.store.begin().await?;
        transaction.note(entry(house, Doer::Program(operator), &found.kept, noted)).await?;
        transaction.commit().await?;
    }
    Ok(Checked::Wrong)
}

/// How many minutes the next code of a line has to wait, if it has to.
async fn code_waits(house: &House, line: LineId) -> Result<Option<i64>, OperationError> {
    let now = house.clock.now();
    let mut until = None;
    let look = |_: usize, tries: Tries| {
        until = CODE_RULE.waiting(tries, now);
        // Somebody who only looks did not try.
        Some(now)
    };
    house.store.count_try(&[tries_of(line)], now, look).await?;
    Ok(until.map(|until| minutes(now, until)))
}

/// Whose wrong codes are counted.
fn tries_of(line: LineId) -> String {
    hash_of(&format!("voicemail code of line {line}"))
}

/// Names a file and writes it: it is somebody's once a row says so.
async fn write(house: &House, operator: OperatorId, (sound, bytes): (Sound, Vec<u8>)) -> Result<KeptSound, OperationError> {
    let catalog = house.catalog(operator).await?;
    let kept = KeptSound {
        file: fresh_name(sound.format)?,
        format: sound.format.as_str().to_owned(),
        size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        length_ms: sound.length_ms,
    };
    let leftover = Leftover { file: kept.file.clone(), operator };
    house.store.announce_voicemail_file(&leftover, house.clock.now().plus_seconds(WRITTEN_WITHIN_S)).await?;
    house.sounds.write(&catalog.operator.id, &kept.file, bytes).await?;
    Ok(kept)
}

/// Erases files whose rows are gone. What cannot be erased now is, the next time that somebody tidies up.
async fn erase(house: &House, operator: OperatorId, files: Vec<String>) -> Result<(), OperationError> {
    let catalog = house.catalog(operator).await?;
    if let Err(error) = house.sounds.erase(&catalog.operator.id, files.clone()).await {
        tracing::warn!("sounds of the voicemail are erased later: {error}");
        return Ok(());
    }
    Ok(house.store.forget_voicemail_files(&files).await?)
}

/// Looks at a file beside the requests.
async fn looked_at(bytes: Vec<u8>, longest_s: i64) -> Result<Result<(Sound, Vec<u8>), SoundFault>, OperationError> {
    let looking = move || sound::look_at(&bytes, longest_s).map(|sound| (sound, bytes));
    tokio::task::spawn_blocking(looking).await.map_err(|_| OperationError::Stopped)
}

/// An entry of the journal about a line's voicemail.
fn entry(
    house: &House,
    doer: Doer<'_>,
    kept: &KeptTelephony,
    (action, source, mut said): (&'static str, Source, Value),
) -> NewEntry {
    said["source"] = json!(source.as_str());
    NewEntry {
        owner: (kept.owner.0, Some(kept.owner.1)),
        after: Some(said.to_string()),
        ..doer.entry(house.clock.now(), action, Object::Line(kept.line))
    }
}

/// Empties the voicemail of a line that goes to somebody else: messages, greeting, code, and where mails go. The files that are left over are
/// erased by who tidies up.
pub(crate) async fn empty(
    transaction: &Transaction,
    operator: OperatorId,
    line: LineId,
    now: Timestamp,
) -> Result<(), OperationError> {
    transaction.empty_voicemail((operator, line), now).await?;
    let scoped = transaction.scoped(Scope::operator(operator));
    let kept = scoped.telephony(line).await?;
    drop(scoped);
    if let Some(mut kept) = kept.filter(|kept| !kept.services.mail_reception.is_empty()) {
        kept.services.mail_reception = "".into();
        transaction.write_telephony((line, kept.version), &kept.services, (now, Source::Page.as_str())).await?;
    }
    Ok(())
}
