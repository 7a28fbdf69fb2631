//! The way in.

mod handler;

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

impl SignInPage {
    fn refusal_words(&self, refusal: &SignInRefusal) -> String {
        match refusal {
            SignInRefusal::WrongCredentials => self.page.t("sign-in-wrong").into(),
            SignInRefusal::TooManyTries(minutes) => self.page.tn("sign-in-too-many", minutes),
        }
    }
}
