//! The port to the payment provider of a demonstration: whoever pays on its page chooses what happens (BIL-07).

use billing::BankAmount;
use std::fmt;
use store::Issuer;
use vocabulary::Timestamp;

/// A late callback comes after so many seconds.
pub const LATE_S: i64 = 120;

/// What whoever pays chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mood {
    /// It is paid, and told after the browser went back.
    Success,
    /// The bank refuses.
    Refusal,
    /// The bank wants to know more: the page is shown once more, and chosen on again.
    StrongAuthentication,
    /// It is paid, and told after [`LATE_S`].
    Late,
    /// It is paid, and told twice.
    Twice,
    /// It is paid, and told before the browser goes back.
    BeforeRedirect,
    /// It is told with a signature of somebody else; nothing was paid.
    Forged,
    /// Another amount is told.
    WrongAmount,
    /// Another currency is told.
    WrongCurrency,
    /// Nobody paid in time.
    Expired,
    /// The browser goes back without having paid.
    Left,
}

impl Mood {
    /// All of them and the words that stand for them in forms.
    pub const WORDS: [(&'static str, Mood); 11] = [
        ("success", Self::Success),
        ("refusal", Self::Refusal),
        ("strong-authentication", Self::StrongAuthentication),
        ("late", Self::Late),
        ("twice", Self::Twice),
        ("before-redirect", Self::BeforeRedirect),
        ("forged", Self::Forged),
        ("wrong-amount", Self::WrongAmount),
        ("wrong-currency", Self::WrongCurrency),
        ("expired", Self::Expired),
        ("left", Self::Left),
    ];

    /// The mood of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, mood)| *mood)
    }

    /// Its word in forms.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, mood)| *mood == self).map_or("", |(word, _)| word)
    }
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SandboxPage {
    /// Whom it is paid to.
    pub issuer: Issuer,
    /// What is paid.
    pub title: String,
    /// How much.
    pub amount: BankAmount,
    /// The tag of its language.
    pub language: String,
    /// What stands of it.
    pub step: SandboxStep,
    /// Where the browser goes that has paid.
    pub paid_url: String,
    /// Where it goes without.
    pub left_url: String,
}

/// How far somebody is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SandboxStep {
    /// A card is asked for.
    Card,
    /// The bank asks whether it is them.
    Authentication,
    /// It was paid, refused or is over: there is nothing to choose.
    Over,
}

/// A callback to be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SandboxCallback {
    /// What stands in the header of its signature.
    pub signature: String,
    /// The body.
    pub body: Vec<u8>,
    /// When.
    pub delivered: Delivered,
}

/// When a callback is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// Before the browser is answered.
    First,
    /// At once, beside the answer.
    Beside,
    /// After so many seconds, and signed for then.
    After(i64),
}

/// What comes of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// To be delivered to who is paid, in this order.
    pub callbacks: Vec<SandboxCallback>,
    /// Where the browser goes.
    pub goes: String,
}

/// A provider whose page is one of ours, and on which nothing is paid.
pub trait PaymentSandbox: fmt::Debug + Send + Sync {
    /// What the page of a payment shows; `None` for one that it does not know.
    fn page(&self, reference: &str) -> Option<SandboxPage>;
    /// What comes of a choice on the page of a payment; `None` for one that it does not know. Where nothing is left to choose, the browser goes
    /// on and nothing is told.
    fn choose(&self, reference: &str, mood: Mood, now: Timestamp) -> Option<Chosen>;
}
