//! A call to the voicemail: keys go in, prompts come out, and what the menu decides is done. A switch plays the prompts and sounds, and says
//! what it heard; it keeps the call as long as it lasts.

use super::{
    Checked, HeardSound, Which, check_code, code_waits, delete, found, hear, keep, set_code, set_greeting, sound::SoundFault,
};
use crate::{House, OperationError, Scope, life::Doer, telephony::Source};
use ::telephony::menu::{Act, Age, Event, Menu, Verdict};
pub use ::telephony::menu::{From, Key, Prompt};
use store::KeptMessage;
use vocabulary::{LineId, OperatorId};

/// Why nobody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallRefusal {
    /// The line has no voicemail.
    NoVoicemail,
    /// Its user set no code: it can be heard from its own telephone alone.
    NoCode,
    /// After wrong codes, so many minutes have to pass.
    Wait(i64),
}

/// A call that is answered.
#[derive(Clone, Debug)]
pub struct VoicemailCall {
    operator: OperatorId,
    line: LineId,
    menu: Menu,
    /// As they were when it was answered, in the order of the menu.
    messages: Vec<KeptMessage>,
    is_recording: bool,
}

impl VoicemailCall {
    /// Answers a call; what is said first. A line's own telephone is known by the network's word: a number that a caller shows proves nothing,
    /// so that whoever comes in over the number from abroad comes from elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn answer(
        house: &House,
        operator: OperatorId,
        line: LineId,
        from: From,
    ) -> Result<Result<(Self, Vec<Prompt>), CallRefusal>, OperationError> {
        if found(house, Doer::Program(operator), line).await?.is_none() {
            return Ok(Err(CallRefusal::NoVoicemail));
        }
        let scoped = house.store.scoped(Scope::operator(operator));
        if from == From::Elsewhere {
            if scoped.voicemail_box(line).await?.code_hash.is_none() {
                return Ok(Err(CallRefusal::NoCode));
            }
            if let Some(minutes) = code_waits(house, line).await? {
                return Ok(Err(CallRefusal::Wait(minutes)));
            }
        }
        let messages = scoped.voicemail_messages(line).await?;
        let ages = messages.iter().map(|message| if message.is_kept { Age::Kept } else { Age::New }).collect();
        let (menu, (said, _)) = Menu::begin(from, ages);
        Ok(Ok((Self { operator, line, menu, messages, is_recording: false }, said)))
    }

    /// Is it over?
    pub fn is_over(&self) -> bool {
        self.menu.is_over()
    }

    /// Is a greeting to be recorded now?
    pub const fn is_recording(&self) -> bool {
        self.is_recording
    }

    /// The message at a place, for who says when it came and from whom.
    pub fn message(&self, at: usize) -> Option<&KeptMessage> {
        self.messages.get(at)
    }

    /// The sound of the message at a place; `None` where it was deleted meanwhile.
    ///
    /// # Errors
    /// When the database or the folder fails.
    pub async fn sound(&self, house: &House, at: usize) -> Result<Option<HeardSound>, OperationError> {
        match self.messages.get(at) {
            Some(message) => hear(house, Doer::Program(self.operator), self.line, message.id).await,
            None => Ok(None),
        }
    }

    /// A key was pressed; what is said.
    ///
    /// # Errors
    /// When the database or the folder fails.
    pub async fn press(&mut self, house: &House, key: Key) -> Result<Vec<Prompt>, OperationError> {
        self.is_recording = false;
        self.step(house, &Event::Key(key)).await
    }

    /// Nobody pressed one for a while; what is said.
    ///
    /// # Errors
    /// When the database or the folder fails.
    pub async fn silence(&mut self, house: &House) -> Result<Vec<Prompt>, OperationError> {
        self.step(house, &Event::Silence).await
    }

    /// A greeting was recorded; what is said. One that is none is refused, and can be spoken again.
    ///
    /// # Errors
    /// When the database or the folder fails.
    pub async fn recorded(&mut self, house: &House, bytes: Vec<u8>) -> Result<Result<Vec<Prompt>, SoundFault>, OperationError> {
        if !self.is_recording {
            return Ok(Ok(Vec::new()));
        }
        let doer = Doer::Program(self.operator);
        match set_greeting(house, doer, self.line, (bytes, Source::Telephone)).await? {
            Some(Err(fault)) => Ok(Err(fault)),
            Some(Ok(())) => {
                self.is_recording = false;
                self.step(house, &Event::Recorded).await.map(Ok)
            }
            None => Ok(Ok(Vec::new())),
        }
    }

    async fn step(&mut self, house: &House, event: &Event) -> Result<Vec<Prompt>, OperationError> {
        let (mut said, mut acts) = self.menu.step(event);
        while !acts.is_empty() {
            for act in std::mem::take(&mut acts) {
                if let Some(verdict) = self.carry(house, &act).await? {
                    let (more, follows) = self.menu.step(&Event::CodeWas(verdict));
                    said.extend(more);
                    acts.extend(follows);
                }
            }
        }
        Ok(said)
    }

    /// Does what the menu decided; whether a code was right, where one was asked for.
    async fn carry(&mut self, house: &House, act: &Act) -> Result<Option<Verdict>, OperationError> {
        let (doer, line) = (Doer::Program(self.operator), self.line);
        match act {
            Act::CheckCode(typed) => {
                let Some(found) = found(house, doer, line).await? else { return Ok(Some(Verdict::Wrong)) };
                let checked = check_code(house, self.operator, &found, typed).await?;
                return Ok(Some(if checked == Checked::Right { Verdict::Right } else { Verdict::Wrong }));
            }
            Act::Keep(at) => {
                if let Some(message) = self.messages.get(*at) {
                    keep(house, doer, line, message.id).await?;
                }
            }
            Act::Delete(at) => {
                if let Some(message) = self.messages.get(*at) {
                    delete(house, doer, line, (Which::One(message.id), Source::Telephone)).await?;
                }
            }
            Act::SetCode(code) => {
                set_code(house, doer, line, (code, Source::Telephone)).await?;
            }
            Act::Record => self.is_recording = true,
            Act::HangUp => {}
        }
        Ok(None)
    }
}
