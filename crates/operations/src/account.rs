//! What somebody looks after of their own login (CUS-05, PLT-03): password, identifier, sessions. What could take a login over asks for
//! a fresh proof, and is told at the address and the SIM that are known (PLT-05).

use crate::{
    Actor, House, OperationError,
    email_change::{ToCome, to_come},
    first_access::{Address, masked, password_notice},
    identity_change::{self, Notice},
    journal::{self, Noted},
    mail::Letter,
    password::{self, PasswordRefusal},
    proof::{FreshProof, asked},
    sign_in::hash_password,
    text_message::TextNotice,
};
use store::{ChangeKind, IdentifierKind, KeptSession, Login, NumberKind, Object};
use vocabulary::{E164, SessionId};

/// The shortest and the longest identifier of one's own, in characters.
pub const IDENTIFIER_LENGTHS: (usize, usize) = (3, 60);

/// A login as its owner sees it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Where mails go; empty for nowhere.
    pub email: String,
    /// Where mails will go.
    pub to_come: Option<ToCome>,
    /// Numbers to reach its owner at.
    pub numbers: Vec<(NumberKind, E164)>,
    /// Did its owner prove a moment ago who they are?
    pub is_proved: bool,
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
        to_come: to_come(house, actor).await?,
        numbers: house.store.login_numbers(actor.login).await?,
        is_proved: asked(actor, house.clock.now()).is_ok(),
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

/// Writes to the asker in another language from now on.
///
/// # Errors
/// When the database fails.
pub async fn choose_language(house: &House, actor: &Actor, tag: &str) -> Result<(), OperationError> {
    let transaction = house.store.begin().await?;
    transaction.choose_language(actor.login, tag).await?;
    Ok(transaction.commit().await?)
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
    proof: FreshProof<'_>,
    new: &str,
    links: &Address,
) -> Result<Result<(), AccountRefusal>, OperationError> {
    let actor = proof.actor();
    let login = own(house, actor).await?;
    let known: Vec<String> = house.store.identifiers(actor.login).await?.into_iter().map(|(_, known)| known).collect();
    let mut about = vec![login.name.as_str(), login.party.as_str(), login.email.as_str()];
    about.extend(known.iter().map(String::as_str));
    if let Err(refusal) = password::judged(new, &about) {
        return Ok(Err(AccountRefusal::Password(refusal)));
    }
    let hash = hash_password(new.to_owned()).await?;
    let (now, notice) = (house.clock.now(), password_notice(house, &login, links).await?);
    let transaction = house.store.begin().await?;
    transaction.set_password(actor.login, &hash).await?;
    transaction.end_sessions(actor.login, Some(actor.session)).await?;
    transaction.note(actor.entry(now, "password_changed", Object::Login(actor.login))).await?;
    let change = identity_change::made(&transaction, (&login, links), (ChangeKind::Password, "", ""), now).await?;
    notice.post(&transaction, change).await?;
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
    proof: FreshProof<'_>,
    wanted: &str,
    links: &Address,
) -> Result<Result<(), AccountRefusal>, OperationError> {
    let actor = proof.actor();
    let login = own(house, actor).await?;
    let wanted = wanted.trim().to_lowercase();
    if !is_own(&wanted) {
        return Ok(Err(AccountRefusal::NoIdentifier));
    }
    let now = house.clock.now();
    let letter = |not_me| Letter::IdentifierChanged { to: masked_word(&wanted), at: now, not_me: Some(not_me) };
    let text = TextNotice::IdentifierChanged { at: now };
    let until = identity_change::regret_until(now);
    let notice = Notice::write(house, (&login, links), until, letter, Some(text)).await?;
    let before = house.store.identifiers(actor.login).await?.into_iter().find(|(kind, _)| *kind == IdentifierKind::Own);
    let before = before.map(|(_, known)| known);
    let transaction = house.store.begin().await?;
    if !transaction.choose_identifier(actor.scope.operator, actor.login, &wanted).await? {
        return Ok(Err(AccountRefusal::Taken));
    }
    let mut entry = actor.entry(now, "identifier_changed", Object::Login(actor.login));
    entry.before = before.as_ref().map(|known| serde_json::json!({ "identifier": known }).to_string());
    entry.after = Some(serde_json::json!({ "identifier": wanted }).to_string());
    transaction.note(entry).await?;
    let what = (ChangeKind::Identifier, before.as_deref().unwrap_or_default(), wanted.as_str());
    let change = identity_change::made(&transaction, (&login, links), what, now).await?;
    notice.post(&transaction, change).await?;
    transaction.commit().await?;
    house.mail_posted();
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
