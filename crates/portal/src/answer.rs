//! What a handler answers with: a page, a way elsewhere, or that there is no page.

use crate::error::Failure;
use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use operations::OperationError;
use std::fmt::Write;

/// Why a handler gives no page. Its frame is put around it by [`crate::server`], which knows brand and reader.
#[derive(Clone, Debug)]
pub struct Stop(pub(crate) Failure);

impl Stop {
    /// Nothing is there, or nothing that this reader may see.
    pub const NOT_FOUND: Stop = Stop(Failure::NotFound);

    /// A fault: logged once, and shown as a reference.
    pub(crate) fn fault(error: &(dyn std::error::Error + 'static)) -> Self {
        Stop(Failure::Fault { reference: log_fault(error) })
    }
}

/// Logs a fault with its causes; the reference that finds it again.
pub(crate) fn log_fault(error: &(dyn std::error::Error + 'static)) -> String {
    let reference = reference();
    let mut causes = String::new();
    let mut source = error.source();
    while let Some(cause) = source {
        write!(causes, ": {cause}").expect("a string takes whatever is written");
        source = cause.source();
    }
    tracing::error!(reference, "{error}{causes}");
    reference
}

impl From<OperationError> for Stop {
    fn from(error: OperationError) -> Self {
        Self::fault(&error)
    }
}

impl From<askama::Error> for Stop {
    fn from(error: askama::Error) -> Self {
        Self::fault(&error)
    }
}

impl IntoResponse for Stop {
    /// An empty answer that carries the failure to who can frame it.
    fn into_response(self) -> Response {
        let mut response = self.0.status().into_response();
        response.extensions_mut().insert(self.0);
        response
    }
}

/// A page as a response.
///
/// # Errors
/// When its template fails, which a test of every page rules out.
pub(crate) fn html(page: &impl Template) -> Result<Response, Stop> {
    let body = page.render()?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], body).into_response())
}

/// A way to a path of this host, by GET.
pub(crate) fn see_other(path: &str) -> Response {
    Redirect::to(own_path(path)).into_response()
}

/// The path if it is one of this host, else the first page: a link that somebody was sent leads nowhere else.
pub(crate) fn own_path(path: &str) -> &str {
    let mut characters = path.chars();
    let own = characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'));
    let visible = path.bytes().all(|byte| (0x21..0x7f).contains(&byte));
    if own && visible && path.len() <= LONGEST_PATH { path } else { "/" }
}

/// Longer addresses are not come back to.
const LONGEST_PATH: usize = 1_000;

/// Eight signs that nobody mistakes for another: `7K2M-Q9TD`.
fn reference() -> String {
    const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let token = operations::sign_in::Token::fresh().map(|token| token.as_str().to_owned()).unwrap_or_default();
    let digits = token.bytes().take(8).zip(token.bytes().skip(8));
    let value = |digit: u8| char::from(digit).to_digit(16).unwrap_or(0);
    let signs = digits.map(|(one, other)| char::from(SIGNS[((value(one) * 16 + value(other)) % 32) as usize]));
    let signs: String = signs.collect();
    if signs.len() == 8 { format!("{}-{}", &signs[..4], &signs[4..]) } else { "0000-0000".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-01: nobody is led to another host by what stands after `next=`.
    #[test]
    fn only_paths_of_this_host_are_come_back_to() {
        for own in ["/", "/lines?state=active", "/lines/4/usage/1-2"] {
            assert_eq!(own_path(own), own);
        }
        for foreign in ["", "lines", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nx", "/\tb", "/é"] {
            assert_eq!(own_path(foreign), "/", "{foreign:?}");
        }
    }

    #[test]
    fn a_reference_can_be_read_aloud() {
        let reference = reference();
        assert_eq!(reference.len(), 9);
        assert!(!reference.contains(['0', 'O', '1', 'I']));
    }
}
