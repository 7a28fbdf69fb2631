//! One-time codes as RFC 6238 has them: six digits of HMAC-SHA-1 over a step of 30 seconds, which is what every authenticator app reads
//! from a QR code. Nothing here knows the hour or a database.

use getrandom::Error as NoRandomness;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use std::fmt::Write;
use vocabulary::Timestamp;
use zeroize::Zeroizing;

/// How long a code lasts, in seconds.
const STEP_S: i64 = 30;
/// So many steps early or late, a code is taken: clocks differ, and people type slowly.
const TOLERANCE: i64 = 1;
/// The digits of a code.
pub(crate) const DIGITS: usize = 6;
/// The length of a seed in bytes: that of the hash, as RFC 4226 advises.
const SEED_BYTES: usize = 20;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What codes are made of: whoever holds it makes them all.
#[derive(Clone)]
pub(crate) struct CodeSeed(Zeroizing<Vec<u8>>);

impl CodeSeed {
    /// A new one.
    pub(crate) fn fresh() -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new(vec![0; SEED_BYTES]);
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    pub(crate) const fn from_bytes(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// As it is typed into an app: base32, which has neither 0 nor 1.
    pub(crate) fn base32(&self) -> Zeroizing<String> {
        let (mut text, mut bits, mut held) = (Zeroizing::new(String::with_capacity(32)), 0_u32, 0_u32);
        for byte in self.0.iter() {
            held = (held << 8) | u32::from(*byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                text.push(char::from(BASE32[(held >> bits & 31) as usize]));
            }
        }
        if bits > 0 {
            text.push(char::from(BASE32[(held << (5 - bits) & 31) as usize]));
        }
        text
    }

    /// What a QR code holds: the seed, who asks for codes and for whom.
    pub(crate) fn address(&self, issuer: &str, name: &str) -> Zeroizing<String> {
        let [issuer, name] = [issuer, name].map(|text| escaped(&text.replace(':', " ")));
        let secret = self.base32();
        Zeroizing::new(format!("otpauth://totp/{issuer}:{name}?secret={}&issuer={issuer}", secret.as_str()))
    }

    /// The code of a step.
    pub(crate) fn code(&self, step: i64) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).expect("a key of any length");
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest[19] & 15);
        let word = u32::from_be_bytes([digest[offset] & 0x7f, digest[offset + 1], digest[offset + 2], digest[offset + 3]]);
        format!("{:06}", word % 1_000_000)
    }

    /// The step whose code that is, of those that may be shown now; the latest of two.
    pub(crate) fn step_of(&self, typed: &str, now: Timestamp) -> Option<i64> {
        let here = now.micros().div_euclid(1_000_000 * STEP_S);
        let mut found = None;
        // Each is compared, so that the time does not tell which.
        for step in here - TOLERANCE..=here + TOLERANCE {
            let code = self.code(step);
            let differing = code.bytes().zip(typed.bytes()).fold(0, |differing, (one, other)| differing | (one ^ other));
            if differing == 0 && typed.len() == DIGITS {
                found = Some(step);
            }
        }
        found
    }
}

/// As RFC 3986 wants it in an address.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut escaped, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => escaped.push(char::from(byte)),
            _ => write!(escaped, "%{byte:02X}").expect("a string takes whatever is written"),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed(text: &[u8]) -> CodeSeed {
        CodeSeed::from_bytes(Zeroizing::new(text.to_vec()))
    }

    fn second(second: i64) -> Timestamp {
        Timestamp::EPOCH.plus_seconds(second)
    }

    /// PLT-03: the test vectors of RFC 6238, appendix B, by their last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let seed = seed(b"12345678901234567890");
        for (at, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(seed.code(at / 30), code, "at second {at}");
            assert_eq!(seed.step_of(code, second(at)), Some(at / 30));
        }
    }

    /// PLT-03: a code is taken a step early and a step late, and no further.
    #[test]
    fn a_code_is_taken_one_step_around() {
        let seed = seed(b"12345678901234567890");
        let code = seed.code(100);
        let taken = |at: i64| seed.step_of(&code, second(at));
        assert_eq!(
            [taken(2_969), taken(2_970), taken(3_000), taken(3_059), taken(3_060)],
            [None, Some(100), Some(100), Some(100), None]
        );
        for typed in ["", "12345", "1234567", &code[..5]] {
            assert_eq!(seed.step_of(typed, second(3_000)), None, "{typed}");
        }
    }

    #[test]
    fn a_seed_reads_as_apps_take_it() {
        assert_eq!(seed(b"12345678901234567890").base32().as_str(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(seed(b"foo").base32().as_str(), "MZXW6");
        let address = seed(b"foo").address("Société: l'été", "V100001");
        assert_eq!(
            address.as_str(),
            "otpauth://totp/Soci%C3%A9t%C3%A9%20%20l%27%C3%A9t%C3%A9:V100001?secret=MZXW6&issuer=Soci%C3%A9t%C3%A9%20%20l%27%C3%A9t%C3%A9"
        );
        assert_eq!(CodeSeed::fresh().unwrap().as_bytes().len(), 20);
    }
}
