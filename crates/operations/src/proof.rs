//! Fresh proof (PLT-05): what could take somebody over (another address, another password, one day another SIM or IBAN, a PUK) is done only for
//! who proved a moment ago that they are the owner. A session that was left open, or stolen, is not enough.
//!
//! An operation that has to ask takes a [`FreshProof`] where others take an [`Actor`]. There are two ways to one: [`asked`], when the
//! session's last proof is recent, and [`shown`], with something that only the owner has. How that is asked for is the page's matter.

use crate::{
    Actor, House, OperationError,
    back_off::{RULES, minutes},
    first_access::Address,
    passkey::{self, Site},
    second_factor::{CodeRefusal, prove_by_code},
    sign_in::{hash_of, verify},
};
use store::Object;
use vocabulary::Timestamp;

/// How long a proof counts, in seconds: as long as it takes to fill in a form. Signing in is one.
pub const FRESH_S: i64 = 300;

/// Somebody who proved a moment ago that they are who signed in.
#[derive(Clone, Copy, Debug)]
pub struct FreshProof<'a> {
    actor: &'a Actor,
}

impl<'a> FreshProof<'a> {
    /// Who proved it.
    pub const fn actor(self) -> &'a Actor {
        self.actor
    }
}

/// What somebody shows as proof.
#[derive(Clone, Copy)]
pub enum Shown<'t> {
    /// The password of the login: enough where no one-time codes are on.
    Password(&'t str),
    /// The password, and a one-time or recovery code.
    PasswordAndCode(&'t str, &'t str),
    /// What a passkey answers, at the place where it was asked for.
    Passkey(Site<'t>, &'t str),
}

/// What a login can be proved with besides its password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// Are one-time codes on? Then one goes with the password.
    pub has_codes: bool,
    /// Has it a passkey for the host name that asks? Then that is enough.
    pub has_passkeys: bool,
}

/// Why there is no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofRefusal {
    /// The last one is too old: it has to be shown again.
    Needed,
    /// The password is not the owner's.
    Wrong,
    /// The password is not enough: a one-time code goes with it.
    CodeNeeded,
    /// It is not the code, or was used.
    WrongCode,
    /// The passkey is not the owner's, or does not prove what it should.
    WrongPasskey,
    /// Too much was tried: so many minutes have to pass.
    Wait(i64),
}

/// The proof of a session whose owner showed one a moment ago.
///
/// # Errors
/// When it has to be shown again.
pub fn asked(actor: &Actor, now: Timestamp) -> Result<FreshProof<'_>, ProofRefusal> {
    if actor.proved.plus_seconds(FRESH_S) > now { Ok(FreshProof { actor }) } else { Err(ProofRefusal::Needed) }
}

/// What the asker can show at a host name.
///
/// # Errors
/// When the database fails.
pub async fn ways(house: &House, actor: &Actor, host: &str) -> Result<Ways, OperationError> {
    Ok(Ways {
        has_codes: house.store.has_codes(actor.login).await?,
        has_passkeys: house.store.passkeys(actor.login).await?.iter().any(|passkey| passkey.host == host),
    })
}

/// The proof of who shows what only the owner has; the session keeps it for a while. Tries are counted as those of signing in are.
///
/// # Errors
/// When the database fails.
pub async fn shown<'a>(
    house: &House,
    actor: &'a Actor,
    shown: Shown<'_>,
    links: &Address,
) -> Result<Result<FreshProof<'a>, ProofRefusal>, OperationError> {
    if let Err(refusal) = owner_shown(house, actor, shown, links).await? {
        return Ok(Err(refusal));
    }
    let now = house.clock.now();
    house.store.note_proof(actor.session, now).await?;
    if matches!(shown, Shown::Passkey(..)) {
        house.store.note_passkey(actor.session, now).await?;
    }
    Ok(Ok(FreshProof { actor }))
}

/// Is it what only the actor has? For what asks for it whatever was proved a moment ago.
///
/// # Errors
/// When the database fails.
pub(crate) async fn owner_shown(
    house: &House,
    actor: &Actor,
    shown: Shown<'_>,
    links: &Address,
) -> Result<Result<(), ProofRefusal>, OperationError> {
    let (password, code) = match shown {
        Shown::Passkey(site, answer) => return passkey_shown(house, actor, (site, answer)).await,
        Shown::Password(password) => (password, ""),
        Shown::PasswordAndCode(password, code) => (password, code),
    };
    let has_codes = house.store.has_codes(actor.login).await?;
    // Before the password is looked at: without a code nobody learns whether it is right.
    if has_codes && code.trim().is_empty() {
        return Ok(Err(ProofRefusal::CodeNeeded));
    }
    if let Err(refusal) = password_shown(house, actor, password).await? {
        return Ok(Err(refusal));
    }
    if !has_codes {
        return Ok(Ok(()));
    }
    match prove_by_code(house, actor, code, links).await? {
        Ok(()) => Ok(Ok(())),
        Err(CodeRefusal::Wait(minutes)) => Ok(Err(ProofRefusal::Wait(minutes))),
        Err(_) => refused(house, actor, ProofRefusal::WrongCode).await,
    }
}

async fn passkey_shown(
    house: &House,
    actor: &Actor,
    (site, answer): (Site<'_>, &str),
) -> Result<Result<(), ProofRefusal>, OperationError> {
    let subjects = subjects(actor);
    if let Some(minutes) = waits(house, &subjects).await? {
        return Ok(Err(ProofRefusal::Wait(minutes)));
    }
    if passkey::prove_by_passkey(house, actor, site, answer).await?.is_err() {
        return refused(house, actor, ProofRefusal::WrongPasskey).await;
    }
    house.store.try_succeeded(&subjects[0], &[]).await?;
    Ok(Ok(()))
}

fn subjects(actor: &Actor) -> [String; 1] {
    [hash_of(&format!("proof of login {}", actor.login))]
}

/// Counts a try as wrong; for how many minutes it has to wait, if it has to.
async fn waits(house: &House, subjects: &[String]) -> Result<Option<i64>, OperationError> {
    let now = house.clock.now();
    let until = house.store.count_try(subjects, now, |_, tries| RULES[0].waiting(tries, now)).await?;
    Ok(until.map(|until| minutes(now, until)))
}

/// Notes what was refused.
async fn refused(house: &House, actor: &Actor, refusal: ProofRefusal) -> Result<Result<(), ProofRefusal>, OperationError> {
    let transaction = house.store.begin().await?;
    transaction.note(actor.entry(house.clock.now(), "proof_refused", Object::Login(actor.login))).await?;
    transaction.commit().await?;
    Ok(Err(refusal))
}

/// Is it the password of the actor's login? The password alone: for who has no codes yet, or shows one besides.
///
/// # Errors
/// When the database fails.
pub(crate) async fn password_shown(
    house: &House,
    actor: &Actor,
    password: &str,
) -> Result<Result<(), ProofRefusal>, OperationError> {
    let subjects = subjects(actor);
    if let Some(minutes) = waits(house, &subjects).await? {
        return Ok(Err(ProofRefusal::Wait(minutes)));
    }
    let hash = house.store.login(actor.login).await?.and_then(|login| login.password_hash);
    if !verify(password.to_owned(), hash).await? {
        return refused(house, actor, ProofRefusal::Wrong).await;
    }
    house.store.try_succeeded(&subjects[0], &[]).await?;
    Ok(Ok(()))
}
