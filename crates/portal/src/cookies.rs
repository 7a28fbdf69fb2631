//! The cookies of the house: reading them from a request, writing them into a response.

use axum::http::{HeaderMap, header};

/// Holds the token of a session.
pub(crate) const SESSION: &str = "session";
/// Holds what forms are tied to before anybody signed in.
pub(crate) const FORM: &str = "form";
/// Tells a browser that somebody signed in with from others, for longer than a session.
pub(crate) const DEVICE: &str = "device";
/// Holds what a browser shows together with a one-time code, before there is a session.
pub(crate) const PENDING: &str = "pending";
/// Holds the language that the reader chose.
pub(crate) const LANGUAGE: &str = "language";
/// Holds the theme that the reader chose. Scripts write it too.
pub(crate) const THEME: &str = "theme";

/// How long a choice of language or theme is kept, in seconds: a year.
const YEAR_S: u32 = 31_536_000;

/// The cookies of a request.
pub(crate) struct Cookies<'r>(&'r HeaderMap);

impl<'r> Cookies<'r> {
    pub(crate) const fn of(headers: &'r HeaderMap) -> Self {
        Self(headers)
    }

    /// The value of a cookie, unless it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&'r str> {
        let lines = self.0.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(found, _)| *found == name).map(|(_, value)| value).filter(|value| !value.is_empty())
    }
}

/// A cookie that only this host's requests carry and no script reads, until the browser is closed.
pub(crate) fn own(name: &str, value: &str, secure: bool) -> String {
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{}", if secure { "; Secure" } else { "" })
}

/// The same, for so many seconds.
pub(crate) fn own_for(name: &str, value: &str, seconds: i64, secure: bool) -> String {
    format!("{}; Max-Age={seconds}", own(name, value, secure))
}

/// A choice of the reader, which scripts may read.
pub(crate) fn choice(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age={YEAR_S}; SameSite=Lax")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "theme=dark; session=abc;form=".parse().unwrap());
        let cookies = Cookies::of(&headers);
        assert_eq!(cookies.get(SESSION), Some("abc"));
        assert_eq!(cookies.get(THEME), Some("dark"));
        assert_eq!(cookies.get(FORM), None);
        assert_eq!(cookies.get("ession"), None);
    }
}
