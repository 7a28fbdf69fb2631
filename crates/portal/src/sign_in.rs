//! The way in.

pub(crate) mod code;
mod handler;
pub(crate) mod passkey;

pub(crate) use code::ask_code;
pub(crate) use handler::{delete, get, let_in, origin, post};

use crate::{Icon, Page, Role, Theme};
use askama::Template;

/// Why somebody was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInRefusal {
    /// The identifier and the password do not belong together; which of them is wrong is not said.
    WrongCredentials,
    /// Too many tries: so many minutes to wait.
    TooManyTries(i64),
    /// The code came too late, or too many were wrong.
    Over,
    /// The passkey is nobody's here.
    Passkey,
}

/// A sign-in that a demonstration offers with one click.
#[derive(Clone, Debug)]
pub struct DemoSignIn {
    /// Whose it is.
    pub name: String,
    /// For whom that person acts.
    pub party: String,
    /// As what.
    pub role: Role,
    /// What is sent as identifier.
    pub identifier: String,
    /// What is sent as password.
    pub password: String,
}

/// The page.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// Its frame, without a viewer.
    pub page: Page,
    /// Why the try before was refused.
    pub refusal: Option<SignInRefusal>,
    /// What was typed as identifier.
    pub identifier: String,
    /// Where to go afterwards: a path of this host.
    pub next: String,
    /// The sign-ins of a demonstration; none elsewhere.
    pub demo: Vec<DemoSignIn>,
}

/// The page of the second step.
#[derive(Template)]
#[template(path = "sign_in/code.html")]
pub struct CodePage {
    /// Its frame, without a viewer.
    pub page: Page,
    /// Whose code is waited for.
    pub name: String,
    /// Where to go afterwards: a path of this host.
    pub next: String,
    /// Why the code before was refused.
    pub refusal: Option<String>,
}

impl SignInPage {
    fn refusal_words(&self, refusal: &SignInRefusal) -> String {
        match refusal {
            SignInRefusal::WrongCredentials => self.page.t("sign-in-wrong").into(),
            SignInRefusal::TooManyTries(minutes) => self.page.tn("sign-in-too-many", minutes),
            SignInRefusal::Over => self.page.t("sign-in-over").into(),
            SignInRefusal::Passkey => self.page.t("sign-in-passkey-unknown").into(),
        }
    }
}
