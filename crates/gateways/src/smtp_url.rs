//! Where the mail server is, as one address: `smtps://USER:PASSWORD@HOST:PORT`, `smtp://HOST?tls=required`.

use std::{fmt, path::PathBuf, str::FromStr};
use url::{Host, Url};
use zeroize::Zeroizing;

/// When a connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encryption {
    /// From its first byte (`smtps`).
    Always,
    /// By STARTTLS, or there is no mail (`?tls=required`).
    Required,
    /// By STARTTLS where the server offers it.
    Offered,
    /// Never (`?tls=none`).
    Never,
}

/// The mail server and how to speak to it. Printed, it shows no password.
#[derive(Clone)]
pub struct SmtpUrl {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) encryption: Encryption,
    pub(crate) user: Option<(String, Zeroizing<String>)>,
    pub(crate) authority: Option<PathBuf>,
}

/// Why a text is no address of a mail server. It does not repeat the text, in which a password may stand.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "mail server is not written as smtp://HOST:PORT, smtp://USER:PASSWORD@HOST?tls=required or smtps://USER:PASSWORD@HOST: {0}"
)]
pub struct SmtpUrlError(String);

impl SmtpUrl {
    /// Does what is said to the server stay on this machine?
    fn is_local(&self) -> bool {
        self.host == "localhost" || self.host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// May the password be sent over a connection that is not encrypted?
    pub(crate) fn may_speak_clear(&self) -> bool {
        self.is_local()
    }
}

impl FromStr for SmtpUrl {
    type Err = SmtpUrlError;
    fn from_str(text: &str) -> Result<Self, SmtpUrlError> {
        let fault = |problem: &str| SmtpUrlError(problem.to_owned());
        let url = Url::parse(text).map_err(|error| SmtpUrlError(error.to_string()))?;
        // The host of a scheme that the standard of URLs does not know comes as it was typed.
        let host = match url.host().ok_or_else(|| fault("there is no host"))? {
            Host::Domain(name) => name.to_ascii_lowercase(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let (mut encryption, port) = match url.scheme() {
            "smtp" => (Encryption::Offered, 25),
            "smtps" => (Encryption::Always, 465),
            other => return Err(SmtpUrlError(format!("`{other}` is neither smtp nor smtps"))),
        };
        let mut authority = None;
        for (name, value) in url.query_pairs() {
            match (name.as_ref(), value.as_ref(), encryption) {
                ("tls", "required", Encryption::Offered) => encryption = Encryption::Required,
                ("tls", "none", Encryption::Offered) => encryption = Encryption::Never,
                ("ca", file, _) => authority = Some(PathBuf::from(file)),
                _ => {
                    return Err(SmtpUrlError(format!(
                        "after the question mark stands tls=required, tls=none or ca=FILE, not `{name}`"
                    )));
                }
            }
        }
        let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned);
        let user = match (url.username(), url.password()) {
            ("", None) => None,
            (user, Some(password)) if !user.is_empty() => {
                let (user, password) = (decoded(user), decoded(password));
                let (Ok(user), Ok(password)) = (user, password) else { return Err(fault("user or password is not UTF-8")) };
                Some((user, Zeroizing::new(password)))
            }
            _ => return Err(fault("user and password come together")),
        };
        let settings = Self { host, port: url.port().unwrap_or(port), encryption, user, authority };
        if settings.user.is_some() && settings.encryption == Encryption::Never && !settings.is_local() {
            return Err(fault("a password is not sent in clear: leave tls=none out"));
        }
        Ok(settings)
    }
}

impl fmt::Display for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-07: an address of a mail server is read, and a password is neither shown nor sent in clear.
    #[test]
    fn a_mail_server_is_one_address() {
        let read = |text: &str| text.parse::<SmtpUrl>();
        let url = read("smtps://me%40example.org:s%2Fcret@mail.example.org").unwrap();
        assert_eq!((url.host.as_str(), url.port, url.encryption), ("mail.example.org", 465, Encryption::Always));
        let (user, password) = url.user.as_ref().unwrap();
        assert_eq!((user.as_str(), password.as_str()), ("me@example.org", "s/cret"));
        assert_eq!(format!("{url:?} {url}"), "SmtpUrl(mail.example.org:465) mail.example.org:465");
        assert_eq!(read("smtp://127.0.0.1:2525").unwrap().encryption, Encryption::Offered);
        let private = read("smtp://relay:587?tls=required&ca=/etc/ca.pem").unwrap();
        assert_eq!((private.encryption, private.authority), (Encryption::Required, Some("/etc/ca.pem".into())));
        assert!(read("smtp://me:secret@127.0.0.1?tls=none").is_ok());
        for bad in
            ["", "mail.example.org", "http://mail", "smtp://", "smtp://me@mail", "smtp://h?tls=maybe", "smtps://h?tls=none"]
        {
            assert!(read(bad).is_err(), "{bad}");
        }
        let error = read("smtp://me:secret@mail.example.org?tls=none").unwrap_err().to_string();
        assert!(error.contains("in clear") && !error.contains("secret"), "{error}");
        assert!(!read("smtp://me:secret@mail.example.org:99999").unwrap_err().to_string().contains("secret"));
    }
}
