//! What is shown when a page is not: what does not exist, what one may not see (the same), and a fault.

use crate::{Icon, Page, Theme, answer::log_fault};
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::Response,
};
use std::io;

/// Why there is no page.
#[derive(Clone, Debug)]
pub enum Failure {
    /// Nothing is there, or nothing that this viewer may see.
    NotFound,
    /// The form was not sent from a page of this house, or too long ago.
    StaleForm,
    /// What was sent makes no sense: no form, an address that is no text, a broken file.
    Unreadable,
    /// More was sent than is read.
    TooLarge,
    /// The answer took too long.
    TooSlow,
    /// Something broke; the reference finds it in the log.
    Fault {
        /// What a person can read to support.
        reference: String,
    },
}

impl Failure {
    /// The status of the response.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::StaleForm => StatusCode::FORBIDDEN,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::GATEWAY_TIMEOUT,
            Self::Fault { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Why the framework answered by itself, in words of its own and without a page.
    pub(crate) fn of_framework(response: &Response) -> Option<Self> {
        let status = response.status();
        let kind = response.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes());
        if !(status.is_client_error() || status.is_server_error()) || kind.is_some_and(|kind| !kind.starts_with(b"text/plain")) {
            return None;
        }
        Some(match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Self::NotFound,
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG => Self::TooLarge,
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Self::TooSlow,
            _ if status.is_client_error() => Self::Unreadable,
            _ => Self::Fault { reference: log_fault(&io::Error::other(format!("an answer of {status} without a page"))) },
        })
    }
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
    fn status(&self) -> u16 {
        self.failure.status().as_u16()
    }

    fn title(&self) -> &'static str {
        match self.failure {
            Failure::NotFound => self.page.t("error-not-found"),
            Failure::StaleForm => self.page.t("error-stale-form"),
            Failure::Unreadable => self.page.t("error-unreadable"),
            Failure::TooLarge => self.page.t("error-too-large"),
            Failure::TooSlow => self.page.t("error-too-slow"),
            Failure::Fault { .. } => self.page.t("error-fault"),
        }
    }

    fn advice(&self) -> &'static str {
        match self.failure {
            Failure::NotFound => self.page.t("error-not-found-advice"),
            Failure::StaleForm => self.page.t("error-stale-form-advice"),
            Failure::Unreadable => self.page.t("error-unreadable-advice"),
            Failure::TooLarge => self.page.t("error-too-large-advice"),
            Failure::TooSlow => self.page.t("error-too-slow-advice"),
            Failure::Fault { .. } => self.page.t("error-fault-advice"),
        }
    }
}
