//! How callbacks are signed: HMAC-SHA256 over the hour, a point and the body, as `t=…,v1=…` with one `v1` for each key that is valid while keys
//! are changed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt::Write;
use vocabulary::Timestamp;

/// So many seconds may lie between the hour of a signature and ours, either way.
pub(crate) const WINDOW_S: i64 = 300;
/// A signature has so many bytes.
const BYTES: usize = 32;
/// No more signatures of one callback are looked at.
const MOST: usize = 8;

/// Was the body signed with one of the keys, not long ago? What is compared takes as long whatever is wrong.
pub(crate) fn is_signed(keys: &[impl AsRef<[u8]>], signature: &str, body: &[u8], now: Timestamp) -> bool {
    let values = |name: &'static str| signature.split(',').filter_map(move |part| part.trim().strip_prefix(name));
    let at = values("t=").next().unwrap_or_default();
    let mut is_theirs = false;
    for given in values("v1=").take(MOST) {
        let given = bytes(given).unwrap_or_default();
        for key in keys {
            is_theirs |= mac(key.as_ref(), at, body).verify_slice(&given).is_ok();
        }
    }
    let now_s = now.seconds_since(Timestamp::EPOCH);
    is_theirs && at.parse::<i64>().is_ok_and(|at| at.abs_diff(now_s) <= WINDOW_S.unsigned_abs())
}

/// The signature of a body at an hour.
pub(crate) fn signed(key: &[u8], body: &[u8], at: Timestamp) -> String {
    let at = at.seconds_since(Timestamp::EPOCH).to_string();
    format!("t={at},v1={}", hex(&mac(key, &at, body).finalize().into_bytes()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn mac(key: &[u8], at: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    if text.len() != BYTES * 2 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..BYTES).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_763_750_000;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::EPOCH.plus_seconds(seconds)
    }

    /// BIL-07: a signature is of its key, its body and its hour; while keys are changed there may be one of each.
    #[test]
    fn a_callback_is_signed_by_its_provider_and_now() {
        let (body, keys) = (b"{\"id\":\"evt_1\"}", ["whsec_new", "whsec_old"]);
        let of = |key: &str, hour: i64| signed(key.as_bytes(), body, at(hour));
        for key in keys {
            assert!(is_signed(&keys, &of(key, NOW), body, at(NOW)), "{key}");
        }

        let old = of("whsec_old", NOW);
        let both = format!("t={NOW},v1={},v1={},v0=aa", "0".repeat(64), old.split("v1=").nth(1).unwrap_or_default());
        assert!(is_signed(&["whsec_old"], &both, body, at(NOW)));
        assert!(is_signed(&keys, &of("whsec_new", NOW - WINDOW_S), body, at(NOW)));
        let forged = [
            of("whsec_other", NOW),
            of("whsec_new", NOW - WINDOW_S - 1),
            of("whsec_new", NOW + WINDOW_S + 1),
            of("whsec_new", NOW).replace(&NOW.to_string(), &(NOW + 1).to_string()),
            of("whsec_new", NOW).replace("v1=", "v0="),
            of("whsec_new", NOW).split(',').next().unwrap_or_default().to_owned(),
            String::new(),
            "t=,v1=".to_owned(),
            format!("t={NOW},v1=é{}", "0".repeat(62)),
        ];
        for signature in forged {
            assert!(!is_signed(&keys, &signature, body, at(NOW)), "{signature}");
        }
        assert!(!is_signed(&keys, &of("whsec_new", NOW), b"{}", at(NOW)), "another body");
        assert!(!is_signed(&[] as &[&str], &of("", NOW), body, at(NOW)), "no keys");
    }
}
