//! What somebody looks after of their own login (CUS-05, PLT-03): password, identifier, sessions. What could take a login over asks for
//! the password again, and is told at the address that is known (PLT-05).

use crate::{
    Actor, House, OperationError,
    back_off::{RULES, minutes},
    first_access::{Address, masked, to, told_of_change},
    journal::{self, Noted},
    mail::{self, Letter},
    password::{self, PasswordRefusal},
    sign_in::{hash_of, hash_password, verify},
};
use store::{IdentifierKind, KeptSession, Login, Object};
use vocabulary::SessionId;

/// The shortest and the longest identifier of one's own, in characters.
pub const IDENTIFIER_LENGTHS: (usize, usize) = (3, 60);

/// A login as its owner sees it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Where mails go; empty for nowhere.
    pub email: String,
    /// What it is known by.
    pub identifiers: Vec<(IdentifierKind, String)>,
    /// Does it ask for one-time codes?
    pub has_codes: bool,
    /// How many passkeys it has.
    pub passkeys: i64,
    /// Where its owner is signed in, the one asked in last first.
    pub sessions: Vec<KeptSession>,
    /// What was done to it, the latest first.
    pub history: Vec<Noted>,
}

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountRefusal {
    /// The password is not the login's.
    WrongPassword,
    /// Too many wrong passwords: so many minutes have to pass.
    Wait(i64),
    /// The new password is not taken.
    Password(PasswordRefusal),
    /// Somebody is known by that identifier.
    Taken,
    /// That is no identifier: too short or long, of other signs, or like a number or a reference.
    NoIdentifier,
}

/// The asker's own login.
///
/// # Errors
/// When the database fails.
pub async fn account(house: &House, actor: &Actor) -> Result<Account, OperationError> {
    let login = own(house, actor).await?;
    Ok(Account {
        email: login.email,
        identifiers: house.store.identifiers(actor.login).await?,
        has_codes: house.store.has_codes(actor.login).await?,
        passkeys: i64::try_from(house.store.passkeys(actor.login).await?.len()).unwrap_or(i64::MAX),
        sessions: house.store.sessions(actor.login, house.clock.now()).await?,
        history: journal::history(house, actor, Object::Login(actor.login)).await?,
    })
}

/// The asker's login.
pub(crate) async fn own(house: &House, actor: &Actor) -> Result<Login, OperationError> {
    house.store.login(actor.login).await?.ok_or(OperationError::Stopped)
}

/// Ends one of the asker's sessions; was it there?
///
/// # Errors
/// When the database fails.
pub async fn end_session(house: &House, actor: &Actor, id: SessionId) -> Result<bool, OperationError> {
    let transaction = house.store.begin().await?;
    let ended = transaction.end_session(actor.login, id).await?;
    if ended {
        transaction.note(actor.entry(house.clock.now(), "session_ended", Object::Login(actor.login))).await?;
    }
    transaction.commit().await?;
    Ok(ended)
}

/// Ends every session of the asker but this one.
///
/// # Errors
/// When the database fails.
pub async fn end_other_sessions(house: &House, actor: &Actor) -> Result<(), OperationError> {
    let transaction = house.store.begin().await?;
    if transaction.end_sessions(actor.login, Some(actor.session)).await? > 0 {
        transaction.note(actor.entry(house.clock.now(), "session_ended", Object::Login(actor.login))).await?;
    }
    Ok(transaction.commit().await?)
}

/// Gives the asker another password, and ends every other session.
///
/// # Errors
/// When the database fails.
pub async fn change_password(
    house: &House,
    actor: &Actor,
    (old, new): (&str, &str),
    links: &Address,
) -> Result<Result<(), AccountRefusal>, OperationError> {
    let login = own(house, actor).await?;
    if let Err(refusal) = prove(house, &login, old).await? {
        return Ok(Err(refusal));
    }
    let known: Vec<String> = house.store.identifiers(actor.login).await?.into_iter().map(|(_, known)| known).collect();
    let mut about = vec![login.name.as_str(), login.party.as_str(), login.email.as_str()];
    about.extend(known.iter().map(String::as_str));
    if let Err(refusal) = password::judged(new, &about) {
        return Ok(Err(AccountRefusal::Password(refusal)));
    }
    let hash = hash_password(new.to_owned()).await?;
    let told = told_of_change(house, &login, links)?;
    let transaction = house.store.begin().await?;
    transaction.set_password(actor.login, &hash).await?;
    transaction.end_sessions(actor.login, Some(actor.session)).await?;
    transaction.note(actor.entry(house.clock.now(), "password_changed", Object::Login(actor.login))).await?;
    if let Some(mail) = &told {
        transaction.post_mail(mail).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Ok(()))
}

/// Gives the asker an identifier of their own choosing, in place of the one before.
///
/// # Errors
/// When the database fails.
pub async fn change_identifier(
    house: &House,
    actor: &Actor,
    (wanted, password): (&str, &str),
    links: &Address,
) -> Result<Result<(), AccountRefusal>, OperationError> {
    let login = own(house, actor).await?;
    if let Err(refusal) = prove(house, &login, password).await? {
        return Ok(Err(refusal));
    }
    let wanted = wanted.trim().to_lowercase();
    if !is_own(&wanted) {
        return Ok(Err(AccountRefusal::NoIdentifier));
    }
    let now = house.clock.now();
    let told = if login.email.is_empty() {
        None
    } else {
        Some(mail::written(house, to(&login, links, Letter::IdentifierChanged { to: masked_word(&wanted), at: now }))?)
    };
    let before = house.store.identifiers(actor.login).await?.into_iter().find(|(kind, _)| *kind == IdentifierKind::Own);
    let transaction = house.store.begin().await?;
    if !transaction.choose_identifier(actor.scope.operator, actor.login, &wanted).await? {
        return Ok(Err(AccountRefusal::Taken));
    }
    let mut entry = actor.entry(now, "identifier_changed", Object::Login(actor.login));
    entry.before = before.map(|(_, known)| serde_json::json!({ "identifier": known }).to_string());
    entry.after = Some(serde_json::json!({ "identifier": wanted }).to_string());
    transaction.note(entry).await?;
    if let Some(mail) = &told {
        transaction.post_mail(mail).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Ok(()))
}

/// Is it the login's password? Tries are counted as those of signing in are.
pub(crate) async fn prove(house: &House, login: &Login, password: &str) -> Result<Result<(), AccountRefusal>, OperationError> {
    let subjects = [hash_of(&format!("proof of login {}", login.id))];
    let now = house.clock.now();
    if let Some(until) = house.store.count_try(&subjects, now, |_, tries| RULES[0].waiting(tries, now)).await? {
        return Ok(Err(AccountRefusal::Wait(minutes(now, until))));
    }
    if !verify(password.to_owned(), login.password_hash.clone()).await? {
        return Ok(Err(AccountRefusal::WrongPassword));
    }
    house.store.try_succeeded(&subjects[0], &[]).await?;
    Ok(Ok(()))
}

/// An identifier that nobody takes for a number, a reference or an address of somebody else.
pub(crate) fn is_own(wanted: &str) -> bool {
    let (least, most) = IDENTIFIER_LENGTHS;
    let length = wanted.chars().count();
    let signs = wanted.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
    let letters = wanted.chars().filter(char::is_ascii_lowercase).count();
    (least..=most).contains(&length) && signs && letters >= 2
}

/// The beginning of an identifier: enough for who knows it.
pub(crate) fn masked_word(word: &str) -> String {
    let (first, _) = masked(word).split_once('@').map(|(first, rest)| (first.to_owned(), rest.to_owned())).unwrap_or_default();
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CUS-02, CUS-05: an identifier of one's own is no number, reference or address that could be somebody else's.
    #[test]
    fn an_identifier_of_ones_own_is_like_nothing_else() {
        for good in ["anne.schneider", "anne67", "a-b"] {
            assert!(is_own(good), "{good}");
        }
        for bad in ["", "ab", "v100042", "0639980011", "anne@example.fr", "anne schneider", "<b>", "élise"] {
            assert!(!is_own(bad), "{bad}");
        }
        assert!(!is_own(&"a".repeat(61)));
        assert_eq!(masked_word("anne.schneider"), "a*******");
    }
}
