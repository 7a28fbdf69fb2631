//! What a passkey answers. `webauthn_rs_core` checks what WebAuthn asks: challenge, origin, host name, that the owner was checked, signature and
//! counter. What it leaves to its caller stands here: a challenge is kept in the database, bound to the browser that asked, and taken by
//! its first answer; a passkey is looked up by host name, and has to name its login by the handle that it was given.

use super::Site;
use crate::{House, OperationError, sign_in::hash_of};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::{Challenge, KeptPasskey, Login, NewChallenge};
use url::Url;
use vocabulary::LoginId;
use webauthn_rs_core::{
    WebauthnCore,
    proto::{AuthenticationState, Credential, PublicKeyCredential, UserVerificationPolicy},
};

/// How long a challenge may be answered, in seconds.
const CHALLENGE_S: i64 = 300;

/// A passkey whose answer is right, and how it is kept once that was noted.
pub(super) struct ShownPasskey {
    pub(super) passkey: KeptPasskey,
    pub(super) login: Login,
    pub(super) credential: String,
}

/// Takes the challenge that an answer names, and checks the answer; `None` for one that is not taken.
pub(super) async fn checked(
    house: &House,
    (site, purpose): (Site<'_>, &'static str),
    whose: Option<LoginId>,
    answer: &str,
) -> Result<Option<ShownPasskey>, OperationError> {
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else { return Ok(None) };
    let Some(state) = take::<AuthenticationState>(house, (&answer.response.client_data_json, site, purpose), whose).await? else {
        return Ok(None);
    };
    let named = URL_SAFE_NO_PAD.encode(&answer.raw_id);
    let Some((passkey, login)) = house.store.passkey_named(&site.links.brand, &named).await? else { return Ok(None) };
    // Nobody typed who they are: the handle has to say it too.
    let handle = answer.response.user_handle.as_ref().map(|handle| URL_SAFE_NO_PAD.encode(handle));
    if handle.is_some_and(|handle| handle != passkey.user_handle) || (whose.is_none() && answer.response.user_handle.is_none()) {
        return Ok(None);
    }
    let mut known = credential(&passkey)?;
    let result = match checker(site)?.authenticate_single_credential(&answer, &state, &known) {
        Ok(result) if result.user_verified() => result,
        Ok(_) => return Ok(None),
        Err(error) => {
            tracing::debug!(passkey = passkey.id.0, "a passkey was not taken: {error}");
            return Ok(None);
        }
    };
    known.counter = result.counter();
    known.backup_state = result.backup_state();
    Ok(Some(ShownPasskey { credential: json(&known)?, passkey, login }))
}

/// What a browser needs to ask for a passkey of a login, or of anybody.
pub(super) async fn ask(
    house: &House,
    site: Site<'_>,
    purpose: &'static str,
    whose: Option<LoginId>,
) -> Result<String, OperationError> {
    let checker = checker(site)?;
    let known = match whose {
        Some(login) => here(house, login, site).await?.iter().map(credential).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    let asked = checker
        .new_challenge_authenticate_builder(known, Some(UserVerificationPolicy::Required))
        .map_err(OperationError::passkey)?;
    let (options, state) = checker.generate_challenge_authenticate(asked).map_err(OperationError::passkey)?;
    keep(house, (&options.public_key.challenge, site, purpose), whose, &state).await?;
    json(&options)
}

/// The passkeys of a login for this host name.
pub(super) async fn here(house: &House, login: LoginId, site: Site<'_>) -> Result<Vec<KeptPasskey>, OperationError> {
    let mut kept = house.store.passkeys(login).await?;
    kept.retain(|passkey| passkey.host == site.links.brand);
    Ok(kept)
}

/// Keeps a challenge for its first answer.
pub(super) async fn keep(
    house: &House,
    (challenge, site, purpose): (&[u8], Site<'_>, &'static str),
    login: Option<LoginId>,
    state: &impl Serialize,
) -> Result<(), OperationError> {
    let (now, browser) = (house.clock.now(), hash_of(site.browser));
    let new = NewChallenge {
        challenge_hash: &hash_of(&URL_SAFE_NO_PAD.encode(challenge)),
        asked: Challenge { browser_hash: &browser, purpose, host: &site.links.brand },
        login,
        state: &json(state)?,
        made: now,
        expires: now.plus_seconds(CHALLENGE_S),
    };
    let transaction = house.store.begin().await?;
    transaction.make_challenge(&new).await?;
    Ok(transaction.commit().await?)
}

/// Takes the challenge that an answer names, whatever comes of the answer; `None` for one that is not for this browser, or somebody
/// else's.
pub(super) async fn take<T: for<'d> Deserialize<'d>>(
    house: &House,
    (client_data, site, purpose): (&[u8], Site<'_>, &'static str),
    whose: Option<LoginId>,
) -> Result<Option<T>, OperationError> {
    /// The part of it that names the challenge; `webauthn_rs_core` reads the rest.
    #[derive(Deserialize)]
    struct ClientData {
        challenge: String,
    }
    let Ok(data) = serde_json::from_slice::<ClientData>(client_data) else { return Ok(None) };
    let browser = hash_of(site.browser);
    let asked = Challenge { browser_hash: &browser, purpose, host: &site.links.brand };
    let transaction = house.store.begin().await?;
    let taken = transaction.take_challenge(&hash_of(&data.challenge), asked, house.clock.now()).await?;
    transaction.commit().await?;
    match taken {
        Some((login, state)) if login == whose => Ok(Some(serde_json::from_str(&state).map_err(OperationError::passkey)?)),
        _ => Ok(None),
    }
}

/// What checks answers at a host name: this origin and no other.
pub(super) fn checker(site: Site<'_>) -> Result<WebauthnCore, OperationError> {
    let origin = Url::parse(&format!("{}://{}", site.links.scheme, site.links.host)).map_err(OperationError::passkey)?;
    let longest = Duration::from_secs(CHALLENGE_S.unsigned_abs());
    let exactly = Some(false);
    Ok(WebauthnCore::new_unsafe_experts_only(site.name, &site.links.brand, vec![origin], longest, exactly, exactly))
}

/// What is checked of a passkey.
pub(super) fn credential(passkey: &KeptPasskey) -> Result<Credential, OperationError> {
    serde_json::from_str(&passkey.credential).map_err(OperationError::passkey)
}

/// What is kept, or sent to a browser.
pub(super) fn json(value: &impl Serialize) -> Result<String, OperationError> {
    serde_json::to_string(value).map_err(OperationError::passkey)
}
