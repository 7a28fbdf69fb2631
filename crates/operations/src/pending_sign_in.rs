//! The second step of signing in (PLT-03): the password was right, and the code is waited for. Until it came there is no session. Who holds
//! the token is told whom it waits for, for they knew the password.

use crate::{
    House, OperationError,
    back_off::{RULES, minutes},
    entering::{entry, session_in},
    first_access::Address,
    second_factor::{recognised, use_up},
    sign_in::{Door, Origin, Token, hash_of, scope},
};
use store::Login;

/// So many codes may be tried before the password is asked for again.
const MOST_TRIES: i32 = 5;

/// What became of a code that somebody showed to sign in.
#[derive(Debug)]
pub enum CodeOutcome {
    /// A session began.
    In {
        /// Of the session.
        session: Token,
        /// Of the browser.
        device: Token,
    },
    /// It is not the code, or was used.
    Wrong,
    /// Too many codes were wrong: so many minutes have to pass.
    Wait(i64),
    /// Nothing is waited for any more: the password comes first.
    Over,
}

/// The name of who signs in with this token at this door; `None` when no code is waited for.
///
/// # Errors
/// When the database fails.
pub async fn pending(house: &House, door: Door, token: &str) -> Result<Option<String>, OperationError> {
    Ok(waited_for(house, door, token).await?.map(|login| login.name))
}

async fn waited_for(house: &House, door: Door, token: &str) -> Result<Option<Login>, OperationError> {
    let Some(login) = house.store.pending_login(&hash_of(token), house.clock.now(), MOST_TRIES).await? else { return Ok(None) };
    Ok(Some(login).filter(|login| door.lets_in(login) && login.state == "validated" && scope(login).is_some()))
}

/// Lets somebody in who shows the code that is waited for, or a recovery code in its place.
///
/// # Errors
/// When the database fails.
pub async fn show_code(
    house: &House,
    door: Door,
    (token, typed): (&str, &str),
    origin: Origin<'_>,
    links: &Address,
) -> Result<CodeOutcome, OperationError> {
    let Some(login) = waited_for(house, door, token).await? else { return Ok(CodeOutcome::Over) };
    let (now, token_hash) = (house.clock.now(), hash_of(token));
    let subject = subject(house, &login, origin).await?;
    let waiting = house.store.count_try(std::slice::from_ref(&subject), now, |_, tries| RULES[0].waiting(tries, now)).await?;
    if let Some(until) = waiting {
        return Ok(CodeOutcome::Wait(minutes(now, until)));
    }
    let counting = house.store.begin().await?;
    let may_try = counting.try_pending(&token_hash, now, MOST_TRIES).await?;
    counting.commit().await?;
    if !may_try {
        return Ok(CodeOutcome::Over);
    }
    let Some(shown) = recognised(house, login.id, typed).await? else { return Ok(CodeOutcome::Wrong) };
    let transaction = house.store.begin().await?;
    // Of two at once with the same code, or the same token, one gets in.
    if !transaction.end_pending(&token_hash).await? {
        return Ok(CodeOutcome::Over);
    }
    if !use_up(house, &transaction, &login, (&shown, origin.address), links).await? {
        return Ok(CodeOutcome::Wrong);
    }
    let (session, device) = session_in(house, &transaction, &login, origin, links).await?;
    transaction.note(entry(&login, origin.address, now, "signed_in")).await?;
    transaction.commit().await?;
    house.mail_posted();
    house.store.try_succeeded(&subject, &[]).await?;
    Ok(CodeOutcome::In { session, device })
}

/// Whose wrong codes are counted: the owner's with a browser that is known, or everybody's who knows the password. So who guesses codes
/// elsewhere makes nobody wait who signed in here before.
async fn subject(house: &House, login: &Login, origin: Origin<'_>) -> Result<String, OperationError> {
    let mut who = format!("code of login {}", login.id);
    if let Some(hash) = origin.device.map(hash_of)
        && house.store.is_device_known(login.id, &hash).await?
    {
        who = format!("{who} device {hash}");
    }
    Ok(hash_of(&who))
}
