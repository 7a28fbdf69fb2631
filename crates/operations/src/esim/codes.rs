//! The secrets of a profile: what its activation code says, and the code that is typed beside it. Drawn once an order, sealed at rest (PLT-16).

use crate::{
    House, OperationError,
    seal::{Place, SealError},
};
use store::KeptEsim;
use vocabulary::{ActivationCode, Confirmation, ConfirmationCode, MatchingId};
use zeroize::Zeroizing;

/// The signs of a matching id: those that nobody takes for others.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// So many of them, in groups of five: a hundred bits.
const MATCHING_SIGNS: usize = 20;
const GROUP: usize = 5;
/// Codes of six digits.
const CODES: u32 = 1_000_000;

const TABLE: &str = "esim_profile";

/// Draws both secrets of a profile that has none yet, and seals them.
///
/// # Errors
/// Without keys or randomness.
pub(super) fn draw(house: &House, esim: &mut KeptEsim) -> Result<(), OperationError> {
    if esim.matching_id.is_some() && esim.confirmation_code.is_some() {
        return Ok(());
    }
    let (matching_id, code) = (matching_id()?, confirmation_code()?);
    esim.matching_id = Some(house.seal.seal(place("matching_id", &esim.name), matching_id.as_bytes())?);
    esim.confirmation_code = Some(house.seal.seal(place("confirmation_code", &esim.name), code.as_bytes())?);
    Ok(())
}

/// Forgets both: the next order has others.
pub(super) fn forget(esim: &mut KeptEsim) {
    (esim.matching_id, esim.confirmation_code, esim.sm_dp, esim.wrong_codes) = (None, None, None, 0);
}

/// What the activation code says; `None` where nothing is kept.
///
/// # Errors
/// When what is kept does not open.
pub(super) fn matching_id_of(house: &House, esim: &KeptEsim) -> Result<Option<MatchingId>, OperationError> {
    opened(house, (&esim.name, "matching_id"), esim.matching_id.as_deref())
}

/// What is typed beside it; `None` where nothing is kept.
///
/// # Errors
/// When what is kept does not open.
pub(crate) fn confirmation_code_of(house: &House, esim: &KeptEsim) -> Result<Option<ConfirmationCode>, OperationError> {
    opened(house, (&esim.name, "confirmation_code"), esim.confirmation_code.as_deref())
}

/// The whole activation code; `None` until the profile waits somewhere, and once nothing is kept.
///
/// # Errors
/// When what is kept does not open.
pub(super) fn activation_code(house: &House, esim: &KeptEsim) -> Result<Option<ActivationCode>, OperationError> {
    let sm_dp = esim.sm_dp.as_deref().and_then(|address| address.parse().ok());
    let Some((sm_dp, matching_id)) = sm_dp.zip(matching_id_of(house, esim)?) else { return Ok(None) };
    Ok(Some(ActivationCode { sm_dp, matching_id: Some(matching_id), oid: None, confirmation: Confirmation::Code }))
}

const fn place<'a>(column: &'a str, row: &'a str) -> Place<'a> {
    Place { table: TABLE, column, row }
}

fn opened<T: std::str::FromStr>(
    house: &House,
    (name, column): (&str, &str),
    sealed: Option<&str>,
) -> Result<Option<T>, OperationError> {
    let Some(sealed) = sealed else { return Ok(None) };
    let plain = house.seal.open(place(column, name), sealed)?;
    Ok(std::str::from_utf8(&plain).ok().and_then(|text| text.parse().ok()))
}

fn matching_id() -> Result<Zeroizing<String>, OperationError> {
    let mut random = Zeroizing::new([0_u8; MATCHING_SIGNS]);
    getrandom::fill(random.as_mut_slice()).map_err(|_| SealError::NoRandomness)?;
    let mut text = Zeroizing::new(String::with_capacity(MATCHING_SIGNS + MATCHING_SIGNS / GROUP));
    for (place, byte) in random.iter().enumerate() {
        if place > 0 && place % GROUP == 0 {
            text.push('-');
        }
        text.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    Ok(text)
}

/// Six digits, each code as likely as any other.
fn confirmation_code() -> Result<Zeroizing<String>, OperationError> {
    // What lies past the last whole run of codes is drawn again.
    let most = u32::MAX - u32::MAX % CODES;
    loop {
        let mut random = [0_u8; 4];
        getrandom::fill(&mut random).map_err(|_| SealError::NoRandomness)?;
        let drawn = u32::from_le_bytes(random);
        if drawn < most {
            return Ok(Zeroizing::new(format!("{:06}", drawn % CODES)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RES-08: what is drawn is what it has to be, and other each time.
    #[test]
    fn secrets_are_drawn_by_chance() {
        let ids: Vec<_> = (0..50).map(|_| matching_id().unwrap()).collect();
        for id in &ids {
            assert!(id.len() == 23 && id.parse::<MatchingId>().is_ok(), "{}", id.as_str());
        }
        let codes: std::collections::BTreeSet<String> = (0..50).map(|_| confirmation_code().unwrap().to_string()).collect();
        assert!(codes.len() > 40 && codes.iter().all(|code| code.parse::<ConfirmationCode>().is_ok()));
        assert_eq!(ids.iter().map(|id| id.as_str()).collect::<std::collections::BTreeSet<_>>().len(), 50);
    }
}
