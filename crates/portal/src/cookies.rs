//! The cookies of the house: reading them from a request, writing them into a response.
//!
//! Over HTTPS what belongs to the house alone has a name with `__Host-`: no other host below the same domain can plant such a cookie, and
//! what another could plant is not read.

use crate::session::is_secure;
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

/// What browsers take from this very host only, and encrypted.
const HOST_ONLY: &str = "__Host-";

/// How long a choice of language or theme is kept, in seconds: a year.
const YEAR_S: u32 = 31_536_000;

/// The cookies of a request.
pub(crate) struct Cookies<'r> {
    headers: &'r HeaderMap,
    prefix: &'static str,
}

impl<'r> Cookies<'r> {
    pub(crate) fn of(headers: &'r HeaderMap) -> Self {
        Self { headers, prefix: if is_secure(headers) { HOST_ONLY } else { "" } }
    }

    /// The value of a cookie that [`own`] wrote, unless it is empty.
    pub(crate) fn own(&self, name: &str) -> Option<&'r str> {
        self.find(|found| found.strip_prefix(self.prefix) == Some(name))
    }

    /// The value of a cookie that [`choice`] wrote, unless it is empty.
    pub(crate) fn chosen(&self, name: &str) -> Option<&'r str> {
        self.find(|found| found == name)
    }

    fn find(&self, is_it: impl Fn(&str) -> bool) -> Option<&'r str> {
        let lines = self.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(found, _)| is_it(found)).map(|(_, value)| value).filter(|value| !value.is_empty())
    }
}

/// A cookie that only this host's requests carry and no script reads, until the browser is closed.
pub(crate) fn own(name: &str, value: &str, secure: bool) -> String {
    let (prefix, attribute) = if secure { (HOST_ONLY, "; Secure") } else { ("", "") };
    format!("{prefix}{name}={value}; Path=/; HttpOnly; SameSite=Lax{attribute}")
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
        assert_eq!(cookies.own(SESSION), Some("abc"));
        assert_eq!(cookies.chosen(THEME), Some("dark"));
        assert_eq!(cookies.own(FORM), None);
        assert_eq!(cookies.own("ession"), None);
    }

    /// PLT-01: over HTTPS a cookie is ours only under the name that no other host can plant.
    #[test]
    fn over_https_only_cookies_of_this_host_are_read() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-proto", "https".parse().unwrap());
        headers.insert(header::COOKIE, "session=planted; theme=dark; __Host-session=ours; __Host-theme=light".parse().unwrap());
        assert_eq!(Cookies::of(&headers).own(SESSION), Some("ours"));
        assert_eq!(Cookies::of(&headers).chosen(THEME), Some("dark"), "scripts write it");
        headers.insert(header::COOKIE, "session=planted".parse().unwrap());
        assert_eq!(Cookies::of(&headers).own(SESSION), None);
        headers.remove("x-forwarded-proto");
        assert_eq!(Cookies::of(&headers).own(SESSION), Some("planted"), "the demonstration speaks plain HTTP");
        assert_eq!(own(SESSION, "a", true), "__Host-session=a; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(own(SESSION, "a", false), "session=a; Path=/; HttpOnly; SameSite=Lax");
    }
}
