//! Recovery codes: what stands in for a one-time code when the telephone is away. Each is good once, and only hashes are kept.

use crate::{OperationError, seal::SealError, sign_in::hash_of};
use std::fmt;
use vocabulary::LoginId;
use zeroize::Zeroizing;

/// So many recovery codes are made at a time.
const RECOVERY_CODES: usize = 10;
/// Of these signs, which nobody mistakes for each other.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// The signs of a recovery code: 80 bits, which nobody finds from a hash.
pub(crate) const RECOVERY_SIGNS: usize = 16;
/// They are written in groups of so many.
const GROUP: usize = 4;

/// Recovery codes, as they are shown once.
#[derive(Clone, Default)]
pub struct RecoveryCodes(pub Vec<Zeroizing<String>>);

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} recovery codes", self.0.len())
    }
}

/// Without what people put between the signs, in capitals.
pub(crate) fn plain(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(RECOVERY_SIGNS + 1).collect::<String>().to_ascii_uppercase()
}

/// Ten codes of chance.
pub(crate) fn fresh_codes() -> Result<RecoveryCodes, OperationError> {
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let mut bytes = [0_u8; RECOVERY_SIGNS];
        getrandom::fill(&mut bytes).map_err(|_| SealError::NoRandomness)?;
        let mut code = Zeroizing::new(String::with_capacity(RECOVERY_SIGNS + RECOVERY_SIGNS / GROUP));
        for (place, byte) in bytes.into_iter().enumerate() {
            if place > 0 && place % GROUP == 0 {
                code.push('-');
            }
            code.push(char::from(SIGNS[usize::from(byte) % SIGNS.len()]));
        }
        codes.push(code);
    }
    Ok(RecoveryCodes(codes))
}

/// What is kept of them.
pub(crate) fn hashes(login: LoginId, codes: &RecoveryCodes) -> Vec<String> {
    codes.0.iter().map(|code| recovery_hash(login, &plain(code))).collect()
}

/// What is kept of one that somebody typed.
pub(crate) fn recovery_hash(login: LoginId, code: &str) -> String {
    hash_of(&format!("recovery code of login {login}: {code}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-03: ten codes, all different, that are known however they are typed; nothing prints them.
    #[test]
    fn recovery_codes_are_known_in_every_writing() {
        let codes = fresh_codes().unwrap();
        let kept = hashes(LoginId(7), &codes);
        assert_eq!(kept.iter().collect::<std::collections::BTreeSet<_>>().len(), RECOVERY_CODES);
        let written = codes.0[0].to_lowercase().replace('-', " ");
        assert_eq!(recovery_hash(LoginId(7), &plain(&written)), kept[0]);
        assert_ne!(recovery_hash(LoginId(8), &plain(&written)), kept[0], "another login's");
        assert_eq!((codes.0[0].len(), format!("{codes:?}").as_str()), (19, "10 recovery codes"));
        assert_eq!(plain(" 123 456 "), "123456");
        assert_eq!(plain(&"x".repeat(1_000)).len(), RECOVERY_SIGNS + 1);
    }
}
