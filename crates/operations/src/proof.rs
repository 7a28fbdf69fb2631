//! Fresh proof (PLT-05): what could take somebody over (another address, another password, one day another SIM or IBAN, a PUK) is done only for
//! who proved a moment ago that they are the owner. A session that was left open, or stolen, is not enough.
//!
//! An operation that has to ask takes a [`FreshProof`] where others take an [`Actor`]. There are two ways to one: [`asked`], when the
//! session's last proof is recent, and [`shown`], with something that only the owner has. How that is asked for is the page's matter.

use crate::{
    Actor, House, OperationError,
    back_off::{RULES, minutes},
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

/// What somebody shows as proof. Another kind (a one-time code, a passkey) is a variant here and its check in [`shown`].
#[derive(Clone, Copy)]
pub enum Shown<'t> {
    /// The password of the login.
    Password(&'t str),
}

/// Why there is no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofRefusal {
    /// The last one is too old: it has to be shown again.
    Needed,
    /// What was shown is not the owner's.
    Wrong,
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

/// The proof of who shows what only the owner has; the session keeps it for a while. Tries are counted as those of signing in are.
///
/// # Errors
/// When the database fails.
pub async fn shown<'a>(
    house: &House,
    actor: &'a Actor,
    shown: Shown<'_>,
) -> Result<Result<FreshProof<'a>, ProofRefusal>, OperationError> {
    let proved = match shown {
        Shown::Password(password) => password_shown(house, actor, password).await?,
    };
    if let Err(refusal) = proved {
        return Ok(Err(refusal));
    }
    house.store.note_proof(actor.session, house.clock.now()).await?;
    Ok(Ok(FreshProof { actor }))
}

/// Is it the password of the actor's login? For what asks for it whatever was proved a moment ago.
///
/// # Errors
/// When the database fails.
pub(crate) async fn password_shown(
    house: &House,
    actor: &Actor,
    password: &str,
) -> Result<Result<(), ProofRefusal>, OperationError> {
    let subjects = [hash_of(&format!("proof of login {}", actor.login))];
    let now = house.clock.now();
    if let Some(until) = house.store.count_try(&subjects, now, |_, tries| RULES[0].waiting(tries, now)).await? {
        return Ok(Err(ProofRefusal::Wait(minutes(now, until))));
    }
    let hash = house.store.login(actor.login).await?.and_then(|login| login.password_hash);
    if !verify(password.to_owned(), hash).await? {
        let transaction = house.store.begin().await?;
        transaction.note(actor.entry(now, "proof_refused", Object::Login(actor.login))).await?;
        transaction.commit().await?;
        return Ok(Err(ProofRefusal::Wrong));
    }
    house.store.try_succeeded(&subjects[0], &[]).await?;
    Ok(Ok(()))
}
