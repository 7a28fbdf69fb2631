//! An answer as bytes (RFC 3261, part 8.2.6): what it repeats of the request stands there as it came.

use super::request::{Request, tagged};
use std::{fmt::Write as _, net::SocketAddr};

/// What an answer says in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Status(pub(super) u16, pub(super) &'static str);

impl Status {
    pub(super) const OK: Self = Self(200, "OK");
    pub(super) const MOVED: Self = Self(302, "Moved Temporarily");
    pub(super) const BAD_REQUEST: Self = Self(400, "Bad Request");
    pub(super) const NOT_FOUND: Self = Self(404, "Not Found");
    pub(super) const NOT_ALLOWED: Self = Self(405, "Method Not Allowed");
    pub(super) const UNSUPPORTED_SCHEME: Self = Self(416, "Unsupported URI Scheme");
    pub(super) const BAD_EXTENSION: Self = Self(420, "Bad Extension");
    pub(super) const UNAVAILABLE: Self = Self(480, "Temporarily Unavailable");
    pub(super) const NO_TRANSACTION: Self = Self(481, "Call/Transaction Does Not Exist");
    pub(super) const BUSY: Self = Self(486, "Busy Here");
    pub(super) const SERVER_FAULT: Self = Self(500, "Server Internal Error");
    pub(super) const BAD_VERSION: Self = Self(505, "Version Not Supported");
    pub(super) const DECLINED: Self = Self(603, "Decline");
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) status: Status,
    /// Beside those that every answer has.
    pub(super) headers: Vec<(&'static str, String)>,
}

impl From<Status> for Reply {
    fn from(status: Status) -> Self {
        Self { status, headers: Vec::new() }
    }
}

impl Reply {
    /// The same with a header more.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The bytes that answer a request that came from there. The tag is the same each time that it comes.
    pub(super) fn write(&self, request: &Request<'_>, tag: u64, source: SocketAddr) -> Vec<u8> {
        let Status(code, phrase) = self.status;
        let mut text = format!("SIP/2.0 {code} {phrase}\r\nVia: {}\r\n", request.via.answered(source));
        let mut line = |name: &str, value: &str| {
            // Writing to a text does not fail.
            let _ = write!(text, "{name}: {value}\r\n");
        };
        request.message.values("via").skip(1).for_each(|via| line("Via", via));
        line("From", request.from);
        if tagged(request.to) {
            line("To", request.to);
        } else {
            line("To", &format!("{};tag={tag:016x}", request.to));
        }
        line("Call-ID", request.call_id);
        line("CSeq", request.cseq);
        self.headers.iter().for_each(|(name, value)| line(name, value));
        line("Content-Length", "0");
        text.push_str("\r\n");
        text.into_bytes()
    }
}
