//! What follows once somebody showed who they are: a session, or first the question for a one-time code.

use crate::{
    House, OperationError,
    first_access::{Address, to},
    mail::{self, Letter},
    sign_in::{Origin, SESSION_S, Token, hash_of},
};
use store::{By, Login, NewEntry, NewPending, NewSession, Object, Transaction};
use vocabulary::Timestamp;

/// How long a code is waited for, in seconds.
pub const PENDING_S: i64 = 300;
/// What a browser says of itself is kept so far, in characters.
const LONGEST_AGENT: usize = 300;

/// What somebody gets whose password is right.
#[derive(Debug)]
pub(crate) enum Entered {
    /// A session.
    In { session: Token, device: Token },
    /// What the browser shows together with the code.
    Code(Token),
}

/// Begins a session, or waits for the code of who switched codes on.
pub(crate) async fn enter(house: &House, login: &Login, origin: Origin<'_>, links: &Address) -> Result<Entered, OperationError> {
    if !house.store.has_codes(login.id).await? {
        let (session, device) = begin_session(house, login, origin, links).await?;
        return Ok(Entered::In { session, device });
    }
    let (token, now) = (Token::fresh()?, house.clock.now());
    let token_hash = hash_of(token.as_str());
    let new = NewPending { login: login.id, token_hash: &token_hash, begun: now, expires: now.plus_seconds(PENDING_S) };
    let transaction = house.store.begin().await?;
    transaction.begin_pending(&new).await?;
    transaction.commit().await?;
    Ok(Entered::Code(token))
}

/// Begins a session of a login: its token, and the one that its browser keeps for longer.
async fn begin_session(
    house: &House,
    login: &Login,
    origin: Origin<'_>,
    links: &Address,
) -> Result<(Token, Token), OperationError> {
    let transaction = house.store.begin().await?;
    let tokens = session_in(house, &transaction, login, origin, links).await?;
    transaction.note(entry(login, origin.address, house.clock.now(), "signed_in")).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(tokens)
}

/// The same within a transaction, whose caller notes it in the journal. Who signs in with a browser that is new is told, at the address
/// that is known.
pub(crate) async fn session_in(
    house: &House,
    transaction: &Transaction,
    login: &Login,
    origin: Origin<'_>,
    links: &Address,
) -> Result<(Token, Token), OperationError> {
    let token = Token::fresh()?;
    // One that this login does not know may have been put there by somebody who knows it too.
    let device = match known_device(house, login, origin).await? {
        Some(device) => Token::known(device),
        None => Token::fresh()?,
    };
    let now = house.clock.now();
    let (token_hash, device_hash) = (hash_of(token.as_str()), hash_of(device.as_str()));
    let agent: String = origin.agent.chars().take(LONGEST_AGENT).collect();
    let is_new = transaction
        .begin_session(&NewSession {
            login: login.id,
            token_hash: &token_hash,
            device_hash: &device_hash,
            started: now,
            expires: now.plus_seconds(SESSION_S),
            address: origin.address,
            device: &agent,
        })
        .await?;
    // Mails speak as the page did on which somebody came in for the first time.
    transaction.learn_language(login.id, origin.language).await?;
    if is_new {
        let letter = Letter::NewDevice { device: agent, address: origin.address.to_owned(), at: now };
        tell(house, transaction, login, links, letter).await?;
    }
    Ok((token, device))
}

/// The browser's token by which this login knows it, of those that it brought.
pub(crate) async fn known_device<'t>(
    house: &House,
    login: &Login,
    origin: Origin<'t>,
) -> Result<Option<&'t str>, OperationError> {
    for device in origin.devices() {
        if house.store.is_device_known(login.id, &hash_of(device)).await? {
            return Ok(Some(device));
        }
    }
    Ok(None)
}

/// Writes to a login what happened to it. Who gave no address is not told; without keys no mail can be written, of which whoever runs the
/// program was told at the start.
pub(crate) async fn tell(
    house: &House,
    transaction: &Transaction,
    login: &Login,
    links: &Address,
    letter: Letter,
) -> Result<(), OperationError> {
    if !login.email.is_empty() && house.seal.is_there() {
        transaction.post_mail(&mail::written(house, to(login, links, letter))?).await?;
    }
    Ok(())
}

/// An entry of the journal about a login, by itself.
pub(crate) fn entry(login: &Login, address: &str, at: Timestamp, action: &'static str) -> NewEntry {
    NewEntry {
        operator: login.operator,
        at,
        by: By { login: Some(login.id), name: login.name.clone(), role: login.role.clone(), address: address.to_owned() },
        action,
        object: Object::Login(login.id),
        owner: (login.reseller, login.customer),
        before: None,
        after: None,
    }
}

/// The same by somebody who is not signed in: whoever it was, it is not known to be the person.
pub(crate) fn entry_of_stranger(login: &Login, address: &str, at: Timestamp, action: &'static str) -> NewEntry {
    NewEntry { by: By { address: address.to_owned(), ..By::default() }, ..entry(login, address, at, action) }
}
