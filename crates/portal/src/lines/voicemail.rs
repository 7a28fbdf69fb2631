//! `/lines/{id}/voicemail`: the messages of a line, its greeting, its code, where new messages are sent, and how it is reached (FIX-01, FIX-02,
//! TEL-09).

pub(crate) mod handler;
mod media;

use crate::{Icon, Page, Theme};
use askama::Template;
use operations::voicemail::{
    CODE_DIGITS, CodeFault, CodeRefusal, KeptMessage, KeptSound, MailRefusal, MailboxShown,
    sound::{LARGEST_SOUND, LONGEST_GREETING_S, SoundFault},
};
use vocabulary::{Party, Quantity, Timestamp};

/// Of so many messages the browser asks at once how long they last; of more, once somebody plays them.
const LOOKED_AHEAD: usize = 12;

/// The page of a voicemail.
#[derive(Template)]
#[template(path = "lines/voicemail.html")]
pub struct VoicemailPage {
    /// Its frame.
    pub page: Page,
    /// The voicemail.
    pub shown: MailboxShown,
    /// What was done a moment ago.
    pub done: Option<VoicemailDone>,
    /// What cannot be, and why.
    pub refusal: Option<VoicemailRefusal>,
    /// The address as it was typed.
    pub typed: Option<String>,
}

/// The page that asks before all messages are deleted.
#[derive(Template)]
#[template(path = "lines/voicemail_empty.html")]
pub struct EmptyPage {
    /// Its frame.
    pub page: Page,
    /// The voicemail.
    pub shown: MailboxShown,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoicemailDone {
    /// A message is kept.
    Kept,
    /// A message is deleted.
    Deleted,
    /// All are.
    Emptied,
    /// There is another greeting.
    Greeting,
    /// There is none any more.
    GreetingRemoved,
    /// There is another code.
    Code,
    /// Messages are sent, or no more.
    Mail,
}

impl VoicemailDone {
    const ALL: [Self; 7] =
        [Self::Kept, Self::Deleted, Self::Emptied, Self::Greeting, Self::GreetingRemoved, Self::Code, Self::Mail];

    /// Its word in addresses.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Deleted => "deleted",
            Self::Emptied => "emptied",
            Self::Greeting => "greeting",
            Self::GreetingRemoved => "greeting-removed",
            Self::Code => "code",
            Self::Mail => "mail",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.as_str() == word)
    }
}

/// Why a form was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VoicemailRefusal {
    /// The greeting.
    Greeting(SoundFault),
    /// The code.
    Code(CodeRefusal),
    /// The code was not typed twice alike.
    NotAlike,
    /// The address.
    Mail(MailRefusal),
}

fn number_of(page: &Page, shown: &MailboxShown) -> String {
    page.party(&Party::Number(shown.number))
}

/// Whole seconds of some milliseconds, at least one.
fn length(page: &Page, sound: &KeptSound) -> String {
    let seconds = sound.length_ms.max(0).saturating_add(500) / 1_000;
    Quantity::new(seconds.max(1)).map(|seconds| page.locale.duration(seconds)).unwrap_or_default()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl VoicemailPage {
    fn name(&self) -> String {
        number_of(&self.page, &self.shown)
    }

    fn abroad(&self) -> String {
        self.page.tel_abroad(self.shown.voicemail.abroad)
    }

    fn room(&self) -> String {
        let parts = [
            ("count", self.page.count(count(self.shown.messages.len())).into()),
            ("most", self.page.count(self.shown.voicemail.most_messages).into()),
        ];
        self.page.locale.text_with("voicemail-room", parts)
    }

    fn new_count(&self) -> i64 {
        count(self.shown.new_count())
    }

    fn kept_count(&self) -> i64 {
        count(self.shown.kept_count())
    }

    fn caller(&self, message: &KeptMessage) -> String {
        match message.caller.parse() {
            Ok(number) => self.page.party(&Party::Number(number)),
            Err(_) => self.page.t("voicemail-hidden").to_owned(),
        }
    }

    fn length(&self, sound: &KeptSound) -> String {
        length(&self.page, sound)
    }

    /// Until when a message is there.
    fn until(&self, message: &KeptMessage) -> Timestamp {
        message.arrived.plus_seconds(self.shown.voicemail.keep_days * 86_400)
    }

    fn preload(&self) -> &'static str {
        if self.shown.messages.len() <= LOOKED_AHEAD { "metadata" } else { "none" }
    }

    fn address(&self) -> &str {
        match &self.typed {
            Some(typed) => typed,
            None if self.shown.mail_reception.is_empty() => &self.shown.own_address,
            None => &self.shown.mail_reception,
        }
    }

    fn is_sent(&self) -> bool {
        self.typed.is_some() || !self.shown.mail_reception.is_empty()
    }

    fn done_words(&self) -> Option<&'static str> {
        Some(match self.done? {
            VoicemailDone::Kept => self.page.t("voicemail-done-kept"),
            VoicemailDone::Deleted => self.page.t("voicemail-done-deleted"),
            VoicemailDone::Emptied => self.page.t("voicemail-done-emptied"),
            VoicemailDone::Greeting => self.page.t("voicemail-done-greeting"),
            VoicemailDone::GreetingRemoved => self.page.t("voicemail-done-greeting-removed"),
            VoicemailDone::Code => self.page.t("voicemail-done-code"),
            VoicemailDone::Mail if self.shown.mail_reception.is_empty() => self.page.t("voicemail-done-mail-off"),
            VoicemailDone::Mail => self.page.t("voicemail-done-mail"),
        })
    }

    fn greeting_fault(&self) -> Option<String> {
        let page = &self.page;
        let Some(VoicemailRefusal::Greeting(fault)) = &self.refusal else { return None };
        Some(match fault {
            SoundFault::Empty => page.t("voicemail-sound-empty").into(),
            SoundFault::TooLarge => page.ta("voicemail-sound-too-large", self.largest()),
            SoundFault::Unknown => page.t("voicemail-sound-unknown").into(),
            SoundFault::Unplayable => page.t("voicemail-sound-unplayable").into(),
            SoundFault::Damaged => page.t("voicemail-sound-damaged").into(),
            SoundFault::TooShort => page.t("voicemail-sound-too-short").into(),
            SoundFault::TooLong(most) => page.tn("voicemail-sound-too-long", *most),
        })
    }

    fn code_fault(&self) -> Option<String> {
        let page = &self.page;
        Some(match &self.refusal {
            Some(VoicemailRefusal::NotAlike) => page.t("voicemail-code-not-alike").into(),
            Some(VoicemailRefusal::Code(CodeRefusal::Fault(CodeFault::Digits))) => self.code_hint(),
            Some(VoicemailRefusal::Code(CodeRefusal::Fault(CodeFault::Easy))) => page.t("voicemail-code-easy").into(),
            Some(VoicemailRefusal::Code(CodeRefusal::OwnNumber)) => page.t("voicemail-code-own-number").into(),
            _ => return None,
        })
    }

    fn mail_fault(&self) -> Option<String> {
        match &self.refusal {
            Some(VoicemailRefusal::Mail(MailRefusal::Address)) => Some(self.page.t("voicemail-mail-wrong").to_owned()),
            Some(VoicemailRefusal::Mail(MailRefusal::Wait(_))) => Some(self.page.t("voicemail-mail-wait").to_owned()),
            _ => None,
        }
    }

    fn code_hint(&self) -> String {
        let parts = [("least", count(*CODE_DIGITS.start()).into()), ("most", count(*CODE_DIGITS.end()).into())];
        self.page.locale.text_with("voicemail-code-digits", parts)
    }

    fn longest_code(&self) -> usize {
        *CODE_DIGITS.end()
    }

    fn largest(&self) -> String {
        Quantity::new(count(LARGEST_SOUND)).map(|bytes| self.page.volume(bytes)).unwrap_or_default()
    }

    fn greeting_hint(&self) -> String {
        let parts = [("size", self.largest().into()), ("seconds", LONGEST_GREETING_S.into())];
        self.page.locale.text_with("voicemail-greeting-hint", parts)
    }
}

impl EmptyPage {
    fn name(&self) -> String {
        number_of(&self.page, &self.shown)
    }

    fn count(&self) -> i64 {
        count(self.shown.messages.len())
    }
}
