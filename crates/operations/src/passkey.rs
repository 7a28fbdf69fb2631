//! Passkeys (PLT-03): added, removed, and signed in with, each at one brand's host name. One that checked its owner (by finger, face or PIN)
//! is two factors at once, so no code is asked for beside it.
//!
//! How an answer is checked stands in [`challenge`].

mod challenge;

use self::challenge::{ask, checked, checker, credential, here, json, keep, take};
use crate::{
    Actor, House, OperationError,
    account::own,
    back_off::{RULES, minutes},
    entering::{entry, session_in, tell},
    first_access::Address,
    identity_change::{self, Notice},
    mail::Letter,
    proof::{ProofRefusal, Shown, owner_shown},
    seal::SealError,
    sign_in::{Door, Origin, Token, hash_of, scope},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use store::{ChangeKind, KeptPasskey, NewPasskey, Object};
use vocabulary::{Label, LabelRefusal, PasskeyId};
use webauthn_rs_core::proto::{RegisterPublicKeyCredential, RegistrationState, UserVerificationPolicy};

/// The longest name of a passkey, in characters.
pub const LONGEST_NAME: usize = 40;
/// A login has no more at one host name.
const MOST_PASSKEYS: usize = 20;
/// The bytes of what names a login to a passkey.
const HANDLE_BYTES: usize = 32;

/// Where a passkey is used.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// Who may come in here.
    pub door: Door,
    /// The brand's host name, which passkeys are for, and the address that a browser has to name.
    pub links: &'a Address,
    /// What the brand calls itself.
    pub name: &'a str,
    /// What tells the browser that asks from others; a secret of it.
    pub browser: &'a str,
}

/// Why a passkey was not added, removed or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyRefusal {
    /// The password is not the login's.
    WrongPassword,
    /// The code that goes with it is not the login's, or is not there.
    WrongCode,
    /// Too many tries: so many minutes have to pass.
    Wait(i64),
    /// It answers no challenge of ours, is nobody's here, or does not prove what it should.
    Unknown,
    /// It has no name, or one that is not taken.
    Name(LabelRefusal),
    /// There are too many.
    TooMany,
}

impl From<ProofRefusal> for PasskeyRefusal {
    fn from(refusal: ProofRefusal) -> Self {
        match refusal {
            ProofRefusal::Wait(minutes) => Self::Wait(minutes),
            ProofRefusal::CodeNeeded | ProofRefusal::WrongCode => Self::WrongCode,
            _ => Self::WrongPassword,
        }
    }
}

/// What is kept until a passkey that is being added answers.
#[derive(Serialize, Deserialize)]
struct Adding {
    handle: String,
    name: String,
    state: RegistrationState,
}

/// What a browser needs to make a passkey, as JSON, for who shows that they are the owner.
///
/// # Errors
/// When the database fails.
pub async fn begin_adding(
    house: &House,
    actor: &Actor,
    site: Site<'_>,
    (name, shown): (&str, Shown<'_>),
) -> Result<Result<String, PasskeyRefusal>, OperationError> {
    let login = own(house, actor).await?;
    let name = match Label::of_thing(name, LONGEST_NAME) {
        Ok(name) => name,
        Err(refusal) => return Ok(Err(PasskeyRefusal::Name(refusal))),
    };
    let kept: Vec<KeptPasskey> = here(house, actor.login, site).await?;
    if kept.len() >= MOST_PASSKEYS {
        return Ok(Err(PasskeyRefusal::TooMany));
    }
    // Last, so that a code is not used up by a name that is missing.
    if let Err(refusal) = owner_shown(house, actor, shown, site.links).await? {
        return Ok(Err(refusal.into()));
    }
    // One handle a login and host name: an authenticator keeps one passkey for each.
    let handle = match kept.first() {
        Some(passkey) => passkey.user_handle.clone(),
        None => fresh_handle()?,
    };
    let bytes = URL_SAFE_NO_PAD.decode(&handle).map_err(OperationError::passkey)?;
    let known_by = if login.email.is_empty() { &login.name } else { &login.email };
    let checker = checker(site)?;
    let excluded =
        kept.iter().map(|passkey| credential(passkey).map(|credential| credential.cred_id)).collect::<Result<_, _>>()?;
    let asked = checker.new_challenge_register_builder(&bytes, known_by, &login.name).map_err(OperationError::passkey)?;
    let asked = asked
        .require_resident_key(true)
        .user_verification_policy(UserVerificationPolicy::Required)
        .exclude_credentials(Some(excluded));
    let (options, state) = checker.generate_challenge_register(asked).map_err(OperationError::passkey)?;
    let adding = Adding { handle, name: name.into(), state };
    keep(house, (&options.public_key.challenge, site, "adding"), Some(actor.login), &adding).await?;
    Ok(Ok(json(&options)?))
}

/// Adds the passkey that a browser made.
///
/// # Errors
/// When the database fails.
pub async fn add(
    house: &House,
    actor: &Actor,
    site: Site<'_>,
    answer: &str,
) -> Result<Result<(), PasskeyRefusal>, OperationError> {
    let refused = Ok(Err(PasskeyRefusal::Unknown));
    let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answer) else { return refused };
    let taken = take::<Adding>(house, (&answer.response.client_data_json, site, "adding"), Some(actor.login)).await?;
    let Some(adding) = taken else { return refused };
    let made = match checker(site)?.register_credential(&answer, &adding.state, None) {
        Ok(made) if made.user_verified => made,
        Ok(_) => return refused,
        Err(error) => {
            tracing::debug!("a passkey was not added: {error}");
            return refused;
        }
    };
    let (login, now) = (own(house, actor).await?, house.clock.now());
    // Without keys no mail can be written, and nobody could take it back.
    let notice = if house.seal.is_there() {
        let letter = |not_me| Letter::PasskeyAdded { passkey: adding.name.clone(), at: now, not_me: Some(not_me) };
        Some(Notice::write(house, (&login, site.links), identity_change::regret_until(now), letter, None).await?)
    } else {
        None
    };
    let transaction = house.store.begin().await?;
    let added = transaction
        .add_passkey(&NewPasskey {
            login: actor.login,
            host: &site.links.brand,
            credential_id: &URL_SAFE_NO_PAD.encode(&made.cred_id),
            user_handle: &adding.handle,
            credential: &json(&made)?,
            name: &adding.name,
            made: now,
        })
        .await?;
    if !added {
        return refused;
    }
    let mut noted = actor.entry(now, "passkey_added", Object::Login(actor.login));
    noted.after = Some(serde_json::json!({ "passkey": adding.name }).to_string());
    transaction.note(noted).await?;
    if let Some(notice) = &notice {
        let what = (ChangeKind::Passkey, "", adding.name.as_str());
        let change = identity_change::made(&transaction, (&login, site.links), what, now).await?;
        notice.post(&transaction, change).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Ok(()))
}

/// Removes one of the asker's passkeys; `None` for one that is not theirs.
///
/// # Errors
/// When the database fails.
pub async fn remove(
    house: &House,
    actor: &Actor,
    (id, shown): (PasskeyId, Shown<'_>),
    links: &Address,
) -> Result<Option<Result<(), PasskeyRefusal>>, OperationError> {
    if house.store.passkeys(actor.login).await?.iter().all(|passkey| passkey.id != id) {
        return Ok(None);
    }
    let login = own(house, actor).await?;
    if let Err(refusal) = owner_shown(house, actor, shown, links).await? {
        return Ok(Some(Err(refusal.into())));
    }
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    let Some(name) = transaction.remove_passkey(actor.login, id).await? else { return Ok(None) };
    let mut noted = actor.entry(now, "passkey_removed", Object::Login(actor.login));
    noted.before = Some(serde_json::json!({ "passkey": name }).to_string());
    transaction.note(noted).await?;
    tell(house, &transaction, &login, links, Letter::PasskeyRemoved { passkey: name, at: now }).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(())))
}

/// What a browser needs to ask for any passkey of this host name, as JSON. Each question is a try of its address, until it is answered
/// rightly: there is nothing else to count, for no answer is taken without one.
///
/// # Errors
/// When the database fails.
pub async fn begin_sign_in(
    house: &House,
    site: Site<'_>,
    address: &str,
) -> Result<Result<String, PasskeyRefusal>, OperationError> {
    let now = house.clock.now();
    let waiting = house.store.count_try(&[subject(address)], now, |_, tries| RULES[1].waiting(tries, now)).await?;
    match waiting {
        Some(until) => Ok(Err(PasskeyRefusal::Wait(minutes(now, until)))),
        None => Ok(Ok(ask(house, site, "sign_in", None).await?)),
    }
}

fn subject(address: &str) -> String {
    hash_of(&format!("passkeys from {address}"))
}

/// What became of a passkey that somebody showed to sign in.
#[derive(Debug)]
pub enum PasskeyOutcome {
    /// A session began.
    In {
        /// Of the session.
        session: Token,
        /// Of the browser.
        device: Token,
    },
    /// It answers no challenge of ours, is nobody's here, or does not prove what it should.
    Unknown,
}

/// Lets somebody in who shows a passkey of this host name.
///
/// # Errors
/// When the database fails.
pub async fn sign_in(house: &House, site: Site<'_>, answer: &str, origin: Origin<'_>) -> Result<PasskeyOutcome, OperationError> {
    let now = house.clock.now();
    let refused = Ok(PasskeyOutcome::Unknown);
    let Some(shown) = checked(house, (site, "sign_in"), None, answer).await? else { return refused };
    let login = &shown.login;
    if !site.door.lets_in(login) || login.state != "validated" || scope(login).is_none() {
        return refused;
    }
    let transaction = house.store.begin().await?;
    if !transaction.use_passkey(&shown.passkey, &shown.credential, now).await? {
        return refused;
    }
    let (session, device) = session_in(house, &transaction, login, origin, site.links).await?;
    transaction.begun_with_passkey(&hash_of(session.as_str()), now).await?;
    let mut noted = entry(login, origin.address, now, "signed_in");
    noted.after = Some(serde_json::json!({ "passkey": shown.passkey.name }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    house.mail_posted();
    house.store.try_succeeded("", &[subject(origin.address)]).await?;
    Ok(PasskeyOutcome::In { session, device })
}

/// What a browser needs to ask for a passkey of the asker, as JSON.
///
/// # Errors
/// When the database fails.
pub async fn begin_proof(house: &House, actor: &Actor, site: Site<'_>) -> Result<String, OperationError> {
    ask(house, site, "proof", Some(actor.login)).await
}

/// Does the asker show a passkey of theirs now?
///
/// # Errors
/// When the database fails.
pub async fn prove_by_passkey(
    house: &House,
    actor: &Actor,
    site: Site<'_>,
    answer: &str,
) -> Result<Result<(), PasskeyRefusal>, OperationError> {
    let refused = Ok(Err(PasskeyRefusal::Unknown));
    let Some(shown) = checked(house, (site, "proof"), Some(actor.login), answer).await? else { return refused };
    if shown.login.id != actor.login {
        return refused;
    }
    let transaction = house.store.begin().await?;
    if !transaction.use_passkey(&shown.passkey, &shown.credential, house.clock.now()).await? {
        return refused;
    }
    transaction.commit().await?;
    Ok(Ok(()))
}

fn fresh_handle() -> Result<String, OperationError> {
    let mut bytes = [0_u8; HANDLE_BYTES];
    getrandom::fill(&mut bytes).map_err(|_| SealError::NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
