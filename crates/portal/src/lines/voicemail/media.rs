//! A sound as a response: whole, or the part of it that a player asks for (RFC 9110, 14), so that one can seek.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::tz::TimeZone;
use operations::voicemail::HeardSound;
use std::ops::Range;

/// What a sound may do where somebody opens it by itself: play.
const SOUND_POLICY: &str = "default-src 'none'; media-src 'self'; frame-ancestors 'none'";

/// How a sound is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// To be played.
    Inline,
    /// To be kept as a file.
    AsFile,
}

/// What of it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    All,
    Some(Range<usize>),
    /// What it does not have.
    None,
}

pub(super) fn sound(heard: HeardSound, headers: &HeaderMap, (given, zone): (Given, &TimeZone)) -> Response {
    let name = heard.file_name(zone);
    let kind = match given {
        Given::Inline => "inline",
        Given::AsFile => "attachment",
    };
    let total = heard.bytes.len();
    let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let (status, range, bytes) = match asked.map_or(Part::All, |asked| part(asked, total)) {
        Part::All => (StatusCode::OK, None, heard.bytes),
        Part::Some(range) => {
            let said = format!("bytes {}-{}/{total}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, Some(said), heard.bytes[range].to_vec())
        }
        Part::None => (StatusCode::RANGE_NOT_SATISFIABLE, Some(format!("bytes */{total}")), Vec::new()),
    };
    let mut response = (status, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(heard.format.media_type()));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SOUND_POLICY));
    // Names and numbers of ours: digits, letters, hyphens.
    if let Ok(value) = HeaderValue::from_str(&format!("{kind}; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    if let Some(value) = range.and_then(|range| HeaderValue::from_str(&range).ok()) {
        headers.insert(header::CONTENT_RANGE, value);
    }
    response
}

/// Reads `bytes=0-99`, `bytes=100-` and `bytes=-100`. Several parts, and what cannot be read, are answered with all of it, as they may be.
fn part(asked: &str, total: usize) -> Part {
    let Some((from, to)) = asked.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else { return Part::All };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // So many digits that it is no number are more than there are bytes.
    let number = |text: &str| text.parse::<usize>().unwrap_or(usize::MAX);
    let range = match (from, to) {
        (from, "") if digits(from) => number(from)..total,
        ("", last) if digits(last) => total.saturating_sub(number(last))..total,
        (from, to) if digits(from) && digits(to) => {
            let (from, to) = (number(from), number(to));
            if to < from {
                return Part::All;
            }
            from..to.saturating_add(1).min(total)
        }
        _ => return Part::All,
    };
    if range.start < range.end { Part::Some(range) } else { Part::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIX-01: a player gets the part that it asks for.
    #[test]
    fn parts_of_a_sound_are_found() {
        for (asked, expected) in [
            ("bytes=0-", Part::Some(0..10)),
            ("bytes=0-0", Part::Some(0..1)),
            ("bytes=4-99", Part::Some(4..10)),
            ("bytes=-3", Part::Some(7..10)),
            ("bytes=-99999999999999999999999", Part::Some(0..10)),
            ("bytes=10-", Part::None),
            ("bytes=99999999999999999999999-", Part::None),
            ("bytes=-0", Part::None),
            ("bytes=5-4", Part::All),
            ("bytes=0-1,4-5", Part::All),
            ("bytes=-", Part::All),
            ("bytes=a-b", Part::All),
            ("lines=0-1", Part::All),
            ("", Part::All),
        ] {
            assert_eq!(part(asked, 10), expected, "{asked}");
        }
    }
}
