//! The way in for who has no password yet or forgot it (CUS-01, TEL-02, RES-27).

mod handler;

pub(crate) use handler::{ask, choose, get, link};

use crate::{Icon, Page, Theme};
use askama::Template;
use operations::{first_access::Welcome, humanity::Question, password::PasswordRefusal};

/// Why no link was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessRefusal {
    /// The question was not answered.
    Question,
    /// It was answered before.
    Repeated,
    /// Something was left empty.
    Empty,
    /// Asked too often: so many minutes to wait.
    Wait(i64),
}

/// The form that asks for a link.
#[derive(Template)]
#[template(path = "access/ask.html")]
pub struct AskPage {
    /// Its frame.
    pub page: Page,
    /// What was typed to be known by.
    pub identifier: String,
    /// What was typed that the contract knows too.
    pub proof: String,
    /// What tells a person from a program.
    pub question: Question,
    /// Why the try before was refused.
    pub refusal: Option<AccessRefusal>,
}

impl AskPage {
    fn refusal_words(&self, refusal: &AccessRefusal) -> String {
        match refusal {
            AccessRefusal::Question => self.page.t("access-wrong-answer").into(),
            AccessRefusal::Repeated => self.page.t("access-repeated").into(),
            AccessRefusal::Empty => self.page.t("access-empty").into(),
            AccessRefusal::Wait(minutes) => self.page.tn("access-wait", minutes),
        }
    }

    const fn is_question_refused(&self) -> bool {
        matches!(self.refusal, Some(AccessRefusal::Question | AccessRefusal::Repeated))
    }

    fn question_words(&self) -> String {
        let [one, other] = [self.question.numbers.0, self.question.numbers.1].map(|number| self.number_word(number));
        self.page.locale.text_with("access-question", [("one", one.into()), ("other", other.into())])
    }

    /// In words: digits are what the simplest of programs looks for.
    fn number_word(&self, number: u8) -> &'static str {
        match number {
            2 => self.page.t("number-2"),
            3 => self.page.t("number-3"),
            4 => self.page.t("number-4"),
            5 => self.page.t("number-5"),
            6 => self.page.t("number-6"),
            7 => self.page.t("number-7"),
            8 => self.page.t("number-8"),
            _ => self.page.t("number-9"),
        }
    }
}

/// What is said to who asked, whoever they are.
#[derive(Template)]
#[template(path = "access/sent.html")]
pub struct SentPage {
    /// Its frame.
    pub page: Page,
    /// Where a link goes, masked; empty where that is not shown.
    pub masked: String,
}

/// The form that a link leads to.
#[derive(Template)]
#[template(path = "access/choose.html")]
pub struct ChoosePage {
    /// Its frame.
    pub page: Page,
    /// The token of the link.
    pub token: String,
    /// Whom it lets in.
    pub welcome: Welcome,
    /// What was typed as identifier, where one is asked for.
    pub identifier: String,
    /// Why what was typed before is not taken.
    pub refusal: Option<ChoiceRefusal>,
}

/// Why what was typed on the page of a link is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceRefusal {
    /// The password.
    Password(PasswordRefusal),
    /// The identifier: somebody is known by it.
    Taken,
    /// That is no identifier.
    NoIdentifier,
}

impl ChoosePage {
    fn refusal_words(&self, refusal: &ChoiceRefusal) -> &'static str {
        match refusal {
            ChoiceRefusal::Password(refusal) => password_words(&self.page, *refusal),
            ChoiceRefusal::Taken => self.page.t("account-taken"),
            ChoiceRefusal::NoIdentifier => self.page.t("account-no-identifier"),
        }
    }

    fn is_password_refused(&self) -> bool {
        matches!(self.refusal, Some(ChoiceRefusal::Password(_)))
    }

    fn is_identifier_refused(&self) -> bool {
        self.refusal.is_some() && !self.is_password_refused()
    }
}

/// What a link says that was used, is over or never was.
#[derive(Template)]
#[template(path = "access/over.html")]
pub struct OverPage {
    /// Its frame.
    pub page: Page,
}

/// Why a password is not taken.
pub(crate) fn password_words(page: &Page, refusal: PasswordRefusal) -> &'static str {
    match refusal {
        PasswordRefusal::TooShort => page.t("password-too-short"),
        PasswordRefusal::TooLong => page.t("password-too-long"),
        PasswordRefusal::TooCommon => page.t("password-too-common"),
    }
}
