//! The menu of the voicemail as somebody walks it with keys (FIX-01): `1` the messages (`1` hear or hear again, `2` next, `4` keep, `5` delete, `*`
//! back), `2` the settings (`1` record the greeting, `2` change the code, `*` back), `*` leave.
//!
//! Whether a code is right is not known here: it is kept as a hash, and whoever keeps it says so ([`Event::CodeWas`]).

use compact_str::CompactString;

/// So many wrong codes end the call; whoever keeps them makes the next one wait.
pub const CODE_TRIES: u8 = 3;
/// A code has so many digits at least and at most.
pub const CODE_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;
/// So many prompts without a key end the call.
pub const SILENCES: u8 = 3;

/// Why digits are no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// There are not as many as there have to be, or something else is among them.
    Digits,
    /// They are among the first that anybody tries: one digit again and again, or one after the other.
    Easy,
}

/// What is wrong with a code that somebody wants to have.
pub fn code_fault(code: &str) -> Option<CodeFault> {
    if !CODE_DIGITS.contains(&code.len()) || !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return Some(CodeFault::Digits);
    }
    let goes_by = |step: i16| code.as_bytes().windows(2).all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == step);
    [0, 1, -1].into_iter().any(goes_by).then_some(CodeFault::Easy)
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// `0` to `9`.
    Digit(u8),
    /// `*`
    Star,
    /// `#`
    Hash,
}

/// What the menu hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key.
    Key(Key),
    /// Nothing, for as long as somebody takes to press one.
    Silence,
    /// Whether the code was the right one.
    CodeWas(Verdict),
    /// A greeting was recorded.
    Recorded,
}

/// Of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the one.
    Right,
    /// It is not.
    Wrong,
}

/// Is a message new?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Nobody heard it.
    New,
    /// It was kept.
    Kept,
}

/// What the voicemail says next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// The code is asked for.
    TypeCode,
    /// It was not the right one.
    WrongCode,
    /// How many messages there are.
    Counts {
        /// That nobody heard.
        new: usize,
        /// That were kept.
        kept: usize,
    },
    /// The first choices.
    Top,
    /// The choices of a message.
    Choices,
    /// A message, by its place.
    Play(usize),
    /// It is kept.
    Kept,
    /// It is deleted.
    Deleted,
    /// There are no more.
    NoMore,
    /// The choices of the settings.
    Settings,
    /// The greeting is spoken after the tone.
    SpeakGreeting,
    /// It is kept.
    GreetingKept,
    /// A new code is typed, ended with `#`.
    TypeNewCode,
    /// It has not as many digits as it has to.
    CodeTooShort,
    /// It is one of those that anybody tries first.
    CodeTooEasy,
    /// It is typed once more.
    TypeAgain,
    /// The two were not alike.
    NotAlike,
    /// The code is another one now.
    CodeChanged,
    /// That key means nothing here.
    NotAKey,
    /// The end.
    Goodbye,
}

/// What whoever keeps the messages has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Say whether this is the code.
    CheckCode(CompactString),
    /// Keep the message at this place; it counts as heard.
    Keep(usize),
    /// Delete the message at this place.
    Delete(usize),
    /// Record a greeting.
    Record,
    /// This is the code from now on.
    SetCode(CompactString),
    /// Hang up.
    HangUp,
}

/// Where somebody is in the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Code { typed: CompactString, tries: u8 },
    Top,
    Message(usize),
    Settings,
    Greeting,
    NewCode { typed: CompactString, first: Option<CompactString> },
    Left,
}

/// A walk through the menu: what there was when it began, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    messages: Vec<Option<Age>>,
    place: Place,
    silences: u8,
}

/// What a step says and does.
pub type Said = (Vec<Prompt>, Vec<Act>);

/// Does the caller have to prove who they are?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// No: it is the line itself that calls.
    OwnLine,
    /// Yes.
    Elsewhere,
}

impl Menu {
    /// The beginning, with the messages in the order in which they are heard: the new ones first.
    pub fn begin(from: From, messages: Vec<Age>) -> (Self, Said) {
        let messages = messages.into_iter().map(Some).collect();
        match from {
            From::OwnLine => {
                let menu = Self { messages, place: Place::Top, silences: 0 };
                let said = menu.welcome();
                (menu, (said, Vec::new()))
            }
            From::Elsewhere => {
                let place = Place::Code { typed: CompactString::const_new(""), tries: 0 };
                (Self { messages, place, silences: 0 }, (vec![Prompt::TypeCode], Vec::new()))
            }
        }
    }

    /// Is it over?
    pub fn is_over(&self) -> bool {
        self.place == Place::Left
    }

    /// One step.
    pub fn step(&mut self, event: &Event) -> Said {
        if self.is_over() {
            return (Vec::new(), Vec::new());
        }
        match event {
            Event::Key(key) => {
                self.silences = 0;
                self.key(*key)
            }
            Event::Silence => self.silence(),
            Event::CodeWas(verdict) => self.verdict(*verdict),
            Event::Recorded if self.place == Place::Greeting => {
                self.place = Place::Settings;
                (vec![Prompt::GreetingKept, Prompt::Settings], Vec::new())
            }
            Event::Recorded => (Vec::new(), Vec::new()),
        }
    }

    fn welcome(&self) -> Vec<Prompt> {
        let count = |age| self.messages.iter().filter(|message| **message == Some(age)).count();
        vec![Prompt::Counts { new: count(Age::New), kept: count(Age::Kept) }, Prompt::Top]
    }

    fn key(&mut self, key: Key) -> Said {
        match (&mut self.place, key) {
            (Place::Code { typed, .. }, Key::Digit(digit)) => {
                // One digit more than a code may have makes it no code.
                if typed.len() <= *CODE_DIGITS.end() {
                    typed.push(char::from(b'0' + digit % 10));
                }
                (Vec::new(), Vec::new())
            }
            (Place::Code { typed, .. }, Key::Hash) => (Vec::new(), vec![Act::CheckCode(std::mem::take(typed))]),
            (Place::Code { .. } | Place::Top, Key::Star) => self.leave(),
            (Place::Top, Key::Digit(1)) => match self.next_from(0) {
                Some(first) => self.play(first),
                None => (vec![Prompt::NoMore, Prompt::Top], Vec::new()),
            },
            (Place::Top, Key::Digit(2)) => self.go(Place::Settings, Prompt::Settings),
            (Place::Message(at), Key::Digit(1)) => (vec![Prompt::Play(*at), Prompt::Choices], Vec::new()),
            (Place::Message(at), Key::Digit(2)) => {
                let next = *at + 1;
                self.after(next, Vec::new())
            }
            (Place::Message(at), Key::Digit(4)) => {
                let at = *at;
                self.messages[at] = Some(Age::Kept);
                let (said, mut acts) = self.after(at + 1, vec![Prompt::Kept]);
                acts.insert(0, Act::Keep(at));
                (said, acts)
            }
            (Place::Message(at), Key::Digit(5)) => {
                let at = *at;
                self.messages[at] = None;
                let (said, mut acts) = self.after(at + 1, vec![Prompt::Deleted]);
                acts.insert(0, Act::Delete(at));
                (said, acts)
            }
            (Place::Message(_) | Place::Settings, Key::Star) => self.go(Place::Top, Prompt::Top),
            (Place::Settings, Key::Digit(1)) => {
                self.place = Place::Greeting;
                (vec![Prompt::SpeakGreeting], vec![Act::Record])
            }
            (Place::Settings, Key::Digit(2)) => {
                self.go(Place::NewCode { typed: CompactString::const_new(""), first: None }, Prompt::TypeNewCode)
            }
            (Place::Greeting | Place::NewCode { .. }, Key::Star) => self.go(Place::Settings, Prompt::Settings),
            (Place::NewCode { typed, .. }, Key::Digit(digit)) => {
                if typed.len() <= *CODE_DIGITS.end() {
                    typed.push(char::from(b'0' + digit % 10));
                }
                (Vec::new(), Vec::new())
            }
            (Place::NewCode { .. }, Key::Hash) => self.new_code(),
            _ => (vec![Prompt::NotAKey, self.choices()], Vec::new()),
        }
    }

    fn new_code(&mut self) -> Said {
        let Place::NewCode { typed, first } = &mut self.place else { return (Vec::new(), Vec::new()) };
        let typed = std::mem::take(typed);
        match first.take() {
            _ if code_fault(&typed) == Some(CodeFault::Digits) => (vec![Prompt::CodeTooShort, Prompt::TypeNewCode], Vec::new()),
            _ if code_fault(&typed).is_some() => (vec![Prompt::CodeTooEasy, Prompt::TypeNewCode], Vec::new()),
            None => {
                *first = Some(typed);
                (vec![Prompt::TypeAgain], Vec::new())
            }
            Some(before) if before == typed => {
                self.place = Place::Settings;
                (vec![Prompt::CodeChanged, Prompt::Settings], vec![Act::SetCode(typed)])
            }
            Some(_) => (vec![Prompt::NotAlike, Prompt::TypeNewCode], Vec::new()),
        }
    }

    fn verdict(&mut self, verdict: Verdict) -> Said {
        let Place::Code { tries, .. } = &mut self.place else { return (Vec::new(), Vec::new()) };
        match verdict {
            Verdict::Right => {
                self.place = Place::Top;
                (self.welcome(), Vec::new())
            }
            Verdict::Wrong => {
                *tries += 1;
                if *tries < CODE_TRIES {
                    return (vec![Prompt::WrongCode, Prompt::TypeCode], Vec::new());
                }
                let (mut said, acts) = self.leave();
                said.insert(0, Prompt::WrongCode);
                (said, acts)
            }
        }
    }

    fn silence(&mut self) -> Said {
        self.silences += 1;
        if self.silences >= SILENCES { self.leave() } else { (vec![self.choices()], Vec::new()) }
    }

    fn next_from(&self, at: usize) -> Option<usize> {
        (at..self.messages.len()).find(|at| self.messages[*at].is_some())
    }

    fn play(&mut self, at: usize) -> Said {
        self.place = Place::Message(at);
        (vec![Prompt::Play(at), Prompt::Choices], Vec::new())
    }

    fn after(&mut self, at: usize, mut said: Vec<Prompt>) -> Said {
        let (more, acts) = match self.next_from(at) {
            Some(next) => self.play(next),
            None => {
                self.place = Place::Top;
                (vec![Prompt::NoMore, Prompt::Top], Vec::new())
            }
        };
        said.extend(more);
        (said, acts)
    }

    fn go(&mut self, place: Place, prompt: Prompt) -> Said {
        self.place = place;
        (vec![prompt], Vec::new())
    }

    fn leave(&mut self) -> Said {
        self.place = Place::Left;
        (vec![Prompt::Goodbye], vec![Act::HangUp])
    }

    fn choices(&self) -> Prompt {
        match self.place {
            Place::Code { .. } => Prompt::TypeCode,
            Place::Top => Prompt::Top,
            Place::Message(_) => Prompt::Choices,
            Place::Settings => Prompt::Settings,
            Place::Greeting => Prompt::SpeakGreeting,
            Place::NewCode { .. } => Prompt::TypeNewCode,
            Place::Left => Prompt::Goodbye,
        }
    }
}
