//! What is shown when a page is not: what does not exist, what one may not see (the same), and a fault.

use crate::{Icon, Page, Theme};
use askama::Template;

/// Why there is no page.
#[derive(Clone, Debug)]
pub enum Failure {
    /// Nothing is there, or nothing that this viewer may see.
    NotFound,
    /// The form was not sent from a page of this house, or too long ago.
    StaleForm,
    /// Something broke; the reference finds it in the log.
    Fault {
        /// What a person can read to support.
        reference: String,
    },
}

/// The page.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// Its frame; without viewer and menu when they could not be loaded.
    pub page: Page,
    /// Why.
    pub failure: Failure,
}

impl ErrorPage {
    /// The status of the response.
    pub const fn status(&self) -> u16 {
        match self.failure {
            Failure::NotFound => 404,
            Failure::StaleForm => 403,
            Failure::Fault { .. } => 500,
        }
    }

    fn title(&self) -> &'static str {
        match self.failure {
            Failure::NotFound => self.page.t("error-not-found"),
            Failure::StaleForm => self.page.t("error-stale-form"),
            Failure::Fault { .. } => self.page.t("error-fault"),
        }
    }

    fn advice(&self) -> &'static str {
        match self.failure {
            Failure::NotFound => self.page.t("error-not-found-advice"),
            Failure::StaleForm => self.page.t("error-stale-form-advice"),
            Failure::Fault { .. } => self.page.t("error-fault-advice"),
        }
    }
}
