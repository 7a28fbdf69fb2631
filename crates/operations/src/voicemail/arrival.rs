//! A message arrives, as a switch leaves it: looked at, written, and told by mail to whom its user named (FIX-02).

use super::{Found, HeardSound, SoundFormat, erase, found, looked_at, sound::SoundFault, write};
use crate::{
    House, OperationError, Scope,
    esim::brand_of,
    life::Doer,
    mail::{self, Letter, MailFile, NewMail, Post},
    sign_in::Brand,
};
use serde::{Deserialize, Serialize};
use store::{NewMessage, Transaction};
use vocabulary::{E164, LineId, OperatorId, Timestamp, VoicemailMessageId};

/// Seconds of a day.
const DAY_S: i64 = 86_400;

/// What somebody left.
#[derive(Clone, Debug)]
pub struct Left {
    /// Their number; `None` where they hid it.
    pub caller: Option<E164>,
    /// The sound.
    pub bytes: Vec<u8>,
}

/// Why no message is kept: what the caller is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveRefusal {
    /// The line has no voicemail, or is not in service.
    NoVoicemail,
    /// It holds as many messages as it may.
    Full,
    /// What came is no sound.
    Sound(SoundFault),
}

/// Leaves a message for a line.
///
/// # Errors
/// When the database or the folder fails.
pub async fn leave(
    house: &House,
    operator: OperatorId,
    line: LineId,
    left: Left,
) -> Result<Result<VoicemailMessageId, LeaveRefusal>, OperationError> {
    let scope = Scope::operator(operator);
    let found = found(house, Doer::Program(operator), line).await?.filter(|found| found.kept.state != "suspended");
    let Some(found) = found else { return Ok(Err(LeaveRefusal::NoVoicemail)) };
    let (longest_s, most) = (found.voicemail.longest_message_s, found.voicemail.most_messages);
    let there = house.store.scoped(scope).voicemail_messages(line).await?.len();
    if i64::try_from(there).unwrap_or(i64::MAX) >= most {
        return Ok(Err(LeaveRefusal::Full));
    }
    let (sound, bytes) = match looked_at(left.bytes, longest_s).await? {
        Ok(looked) => looked,
        Err(fault) => return Ok(Err(LeaveRefusal::Sound(fault))),
    };
    let kept = write(house, operator, (sound, bytes)).await?;
    let brand = brand_of(house, (operator, found.kept.owner.0)).await?;
    let now = house.clock.now();
    let caller = left.caller.map(|caller| caller.to_string()).unwrap_or_default();
    let transaction = house.store.begin().await?;
    let new = NewMessage { operator, line, caller: &caller, arrived: now, sound: &kept };
    let Some(message) = transaction.add_voicemail_message(&new, most).await? else {
        drop(transaction);
        erase(house, operator, vec![kept.file]).await?;
        return Ok(Err(LeaveRefusal::Full));
    };
    let arrived = Arrived { message: message.0, caller, at: now, length_ms: kept.length_ms };
    let mail = match &brand {
        Some(brand) => told(house, &transaction, (&found, brand), arrived).await?,
        None => None,
    };
    if let Some(mail) = &mail {
        transaction.post_mail(mail).await?;
    }
    transaction.commit().await?;
    if mail.is_some() {
        house.mail_posted();
    }
    Ok(Ok(message))
}

/// What a mail says of a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// Which message: its sound goes with the mail if it is there still.
    pub message: i64,
    /// Who left it: a number with its plus; empty where it was hidden.
    pub caller: String,
    /// When.
    pub at: Timestamp,
    /// How long it lasts, in milliseconds.
    pub length_ms: i64,
}

/// The mail of a message; `None` where its line has it sent nowhere.
async fn told(
    house: &House,
    transaction: &Transaction,
    (found, brand): (&Found, &Brand),
    arrived: Arrived,
) -> Result<Option<NewMail>, OperationError> {
    let operator = brand.door.operator;
    // Read again: who switched it off meanwhile wants no more of them.
    let scoped = transaction.scoped(Scope::operator(operator));
    let kept = scoped.telephony(found.kept.line).await?;
    let language = scoped.voicemail_box(found.kept.line).await?.language;
    drop(scoped);
    let recipient = kept.map(|kept| kept.services.mail_reception).unwrap_or_default();
    if recipient.is_empty() {
        return Ok(None);
    }
    if !house.seal.is_there() {
        // The message is there all the same.
        tracing::warn!("a message is not sent by mail: there is no key to seal it with");
        return Ok(None);
    }
    let useful_until = arrived.at.plus_seconds(found.voicemail.keep_days * DAY_S);
    let post = Post {
        operator,
        host: &brand.host,
        recipient: &recipient,
        name: "",
        language: &language,
        letter: Letter::VoicemailMessage { number: found.number.to_string(), arrived },
        useful_until: Some(useful_until),
    };
    Ok(Some(mail::written(house, post)?))
}

/// The sound of a message that a mail tells of; `None` where it was deleted meanwhile.
pub(crate) async fn attached(house: &House, brand: &Brand, message: i64) -> Result<Option<MailFile>, OperationError> {
    let found = house.store.voicemail_message(VoicemailMessageId(message)).await?;
    let Some((operator, kept)) = found.filter(|(operator, _)| *operator == brand.door.operator) else { return Ok(None) };
    let Some(heard) = super::read(house, operator, (kept.sound, kept.arrived)).await? else { return Ok(None) };
    let name = file_name(&heard, &brand.zone);
    Ok(Some(MailFile { name, media_type: heard.format.media_type().to_owned(), bytes: heard.bytes }))
}

/// What the file of a sound is called by who keeps it: when it was left, as clocks had it then.
fn file_name(heard: &HeardSound, zone: &jiff::tz::TimeZone) -> String {
    let extension = match heard.format {
        SoundFormat::Wav => "wav",
        SoundFormat::Opus => "ogg",
    };
    format!("voicemail-{}.{extension}", heard.since.to_local(zone).strftime("%Y%m%d-%H%M%S"))
}

impl HeardSound {
    /// What its file is called by who keeps it.
    pub fn file_name(&self, zone: &jiff::tz::TimeZone) -> String {
        file_name(self, zone)
    }
}

/// Leaves messages for a line of a demonstration, each so many seconds ago and kept or not, where it has none yet.
///
/// # Errors
/// When the database or the folder fails.
pub async fn set_up(
    house: &House,
    operator: OperatorId,
    line: LineId,
    messages: Vec<(Left, Timestamp, bool)>,
) -> Result<(), OperationError> {
    if !house.store.scoped(Scope::operator(operator)).voicemail_messages(line).await?.is_empty() {
        return Ok(());
    }
    let Some(found) = found(house, Doer::Program(operator), line).await? else { return Ok(()) };
    let mut written = Vec::new();
    for (left, at, is_kept) in messages {
        if let Ok((sound, bytes)) = looked_at(left.bytes, found.voicemail.longest_message_s).await? {
            written.push((write(house, operator, (sound, bytes)).await?, left.caller, at, is_kept));
        }
    }
    let transaction = house.store.begin().await?;
    for (sound, caller, arrived, is_kept) in &written {
        let caller = caller.map(|caller| caller.to_string()).unwrap_or_default();
        let new = NewMessage { operator, line, caller: &caller, arrived: *arrived, sound };
        let message = transaction.add_voicemail_message(&new, found.voicemail.most_messages).await?;
        if let (Some(message), true) = (message, is_kept) {
            transaction.keep_voicemail_message(line, message).await?;
        }
    }
    Ok(transaction.commit().await?)
}
