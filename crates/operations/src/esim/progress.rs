//! What a profile server tells of profiles on their way to telephones (RES-08).

use super::delivery::entry;
use crate::{
    House, OperationError,
    esim_port::{ProfileProgress, ProgressOutcome, ProgressRefusal, ProgressStep},
};
use ::lines::{CODE_TRIES, ProfileOrderState, ProfileState, ProfileWish};
use serde_json::json;
use store::{KeptEsim, NewEntry};
use vocabulary::OperatorId;

/// So often it is decided anew when something else changed meanwhile.
const ATTEMPTS: usize = 8;
/// The codes of the standard for a confirmation code that is not the one, and for one that was typed wrongly too often.
const CODE_WRONG: &str = "8.2.7/3.8";
const CODE_DEAD: &str = "8.2.7/6.4";

/// Why what a server tells is not taken.
#[derive(Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// Nobody calls back with this secret.
    Stranger,
    /// It is no such message.
    Message(ProgressRefusal),
    /// No line was to have the profile.
    NoProfile,
}

/// Takes what a server tells, who calls back with a secret. What comes twice, late or in another order changes nothing that is not so.
///
/// # Errors
/// When the database fails: then it has to be told again.
pub async fn take(house: &House, secret: &str, body: &[u8]) -> Result<Result<(), NotTaken>, OperationError> {
    let Some((operator, server)) = house.profile_servers.of_secret(secret) else { return Ok(Err(NotTaken::Stranger)) };
    let told = match server.reader.read(body) {
        Ok(told) => told,
        Err(refusal) => return Ok(Err(NotTaken::Message(refusal))),
    };
    for _ in 0..ATTEMPTS {
        if let Some(taken) = attempt(house, operator, &told).await? {
            return Ok(taken);
        }
    }
    Err(OperationError::Contended)
}

/// `None` when something else changed meanwhile.
async fn attempt(
    house: &House,
    operator: OperatorId,
    told: &ProfileProgress,
) -> Result<Option<Result<(), NotTaken>>, OperationError> {
    let Some(before) = house.store.esim_of_iccid(operator, told.iccid.as_str()).await? else {
        return Ok(Some(Err(NotTaken::NoProfile)));
    };
    let Some((after, noted)) = decided(&before, told) else { return Ok(Some(Ok(()))) };
    let now = house.clock.now();
    let (action, was, is) = noted;
    let entry = NewEntry { before: was, after: is, ..entry(&after, now, action) };
    let transaction = house.store.begin().await?;
    if !transaction.save_esim(&after, now).await? {
        return Ok(None);
    }
    transaction.note(entry).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}

type Noted = (&'static str, Option<String>, Option<String>);

/// The profile as it is then, and what the journal says; `None` where nothing changes.
fn decided(before: &KeptEsim, told: &ProfileProgress) -> Option<(KeptEsim, Noted)> {
    let mut after = before.clone();
    if let Some(event) = told.event() {
        let was = before.state.profile;
        let is = was.unwrap_or(ProfileState::Released).after(event);
        if was == Some(is) || was.is_none() && is == ProfileState::Released {
            return None;
        }
        after.state = ProfileOrderState { profile: Some(is), ..before.state };
        if after.state.is_on_telephone() {
            // Its codes are used up: nobody needs them, and nobody finds them.
            (after.matching_id, after.confirmation_code) = (None, None);
            if after.state.next_call().is_none() {
                (after.due, after.problem) = (None, None);
            }
        }
        let word = |state: ProfileState| json!({ "esim": state.as_str() }).to_string();
        return Some((after, ("esim_moved", was.map(word), Some(word(is)))));
    }
    let ProgressOutcome::Failed { code, .. } = &told.outcome else { return None };
    if told.step != ProgressStep::CodeTyped || before.state.wish != ProfileWish::Ready {
        return None;
    }
    let tries = i64::from(CODE_TRIES);
    // The server counts: only what it says is dead is.
    after.wrong_codes = match code.as_str() {
        CODE_DEAD => tries,
        CODE_WRONG => before.wrong_codes.max((before.wrong_codes + 1).min(tries - 1)),
        _ => return None,
    };
    if after.wrong_codes == before.wrong_codes {
        return None;
    }
    let left = Some(json!({ "tries_left": tries - after.wrong_codes }).to_string());
    Some((after, ("esim_code_wrong", None, left)))
}
