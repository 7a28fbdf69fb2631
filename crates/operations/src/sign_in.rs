//! Who somebody is: a host name's brand, an identifier with its password, and the session that follows.
//!
//! Passwords are kept as Argon2id, sessions as the hash of their token. Whether an identifier exists is told neither by the answer nor
//! by the time that it takes.

pub use crate::brand::{Brand, brands_by_host as brands};
use crate::{
    House, OperationError, Reach, Scope,
    actor::Actor,
    back_off::{RULES, minutes},
    entering::{Entered, enter, known_device},
    first_access::Address,
    identifier::{canonical, identifier, meant},
    password::LONGEST as LONGEST_PASSWORD,
    permission::Role,
    refusal,
};
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};
use std::{
    fmt::Write,
    sync::{LazyLock, OnceLock},
};
use store::{Identifier, Login, Object};
use tokio::sync::Semaphore;
use vocabulary::{OperatorId, ResellerId};

/// How long a session lasts, in seconds: 30 days.
pub const SESSION_S: i64 = 30 * 86_400;
/// How often it is noted that something was asked in a session, in seconds.
const SEEN_EVERY_S: i64 = 300;
/// How many passwords are checked at a time: each takes a processor and 19 MB.
const AT_ONCE: usize = 2;

/// Where somebody stands before signing in: a host name is an operator's, or one of its resellers'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Door {
    /// Whose.
    pub operator: OperatorId,
    /// The reseller whose brand it is; `None` at the operator's own, where everybody of the operator may come in.
    pub reseller: Option<ResellerId>,
}

impl Door {
    /// Is it a door of theirs?
    pub(crate) fn lets_in(self, login: &Login) -> bool {
        login.operator == self.operator && (self.reseller.is_none() || login.reseller == self.reseller)
    }
}

/// What was typed.
#[derive(Clone, Copy)]
pub struct Credentials<'t> {
    /// A telephone number, an address or a reference.
    pub identifier: &'t str,
    /// The password.
    pub password: &'t str,
}

/// 256 bits that nobody guesses, as 64 hexadecimal digits. Whoever holds it is believed: it is shown to its browser only.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn fresh() -> Result<Self, OperationError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| OperationError::Stopped)?;
        Ok(Self(hexadecimal(&bytes)))
    }

    /// The one that a browser holds.
    pub(crate) fn known(digits: &str) -> Self {
        Self(digits.to_owned())
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

/// What is kept of a token.
pub(crate) fn hash_of(token: &str) -> String {
    hexadecimal(&Sha256::digest(token))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes whatever is written");
        text
    })
}

/// Where a request comes from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'t> {
    /// The address, as text.
    pub address: &'t str,
    /// What the browser says that it is.
    pub agent: &'t str,
    /// The cookie that tells a browser from another, if it brought one: a token for each login that it was used with, with points between.
    pub device: Option<&'t str>,
    /// The tag of the language of the page; empty for none.
    pub language: &'t str,
}

/// A browser is known again by so many logins.
pub const MOST_DEVICES: usize = 4;
/// What a token of ours has, in hexadecimal digits.
const TOKEN_DIGITS: usize = 64;

impl<'t> Origin<'t> {
    /// The tokens by which logins may know the browser.
    pub fn devices(self) -> impl Iterator<Item = &'t str> {
        self.device.unwrap_or_default().split('.').filter(|token| token.len() == TOKEN_DIGITS).take(MOST_DEVICES)
    }
}

/// What became of a try to sign in.
#[derive(Debug)]
pub enum Outcome {
    /// A session began.
    In {
        /// What its browser shows with each request.
        session: Token,
        /// What tells the browser from others for longer than a session.
        device: Token,
    },
    /// They belong together, and a one-time code is asked for too: what the browser shows with it.
    Code(Token),
    /// Identifier and password do not belong together, whichever of them is wrong.
    Wrong,
    /// Too many tries failed: so many minutes have to pass.
    Wait(i64),
}

/// Lets somebody in whose identifier and password belong together at this door. Whether an identifier is known is told by no answer
/// and no time.
///
/// # Errors
/// When the database fails.
pub async fn sign_in(
    house: &House,
    door: Door,
    credentials: Credentials<'_>,
    origin: Origin<'_>,
    links: &Address,
) -> Result<Outcome, OperationError> {
    let catalog = house.catalog(door.operator).await?;
    let typed = identifier(credentials.identifier, &catalog.world.plan);
    let login = match &typed {
        Some(identifier) => {
            let found = house.store.login_by_identifier(door.operator, door.reseller, identifier).await?;
            meant(found, identifier)
        }
        None => None,
    };
    let subjects = subjects(house, door, (typed.as_ref(), login.as_ref()), origin).await?;
    let now = house.clock.now();
    if let Some(until) = house.store.count_try(&subjects, now, |index, tries| RULES[index].waiting(tries, now)).await? {
        return Ok(Outcome::Wait(minutes(now, until)));
    }
    let hash = login.as_ref().and_then(|login| login.password_hash.clone());
    let right = verify(credentials.password.to_owned(), hash).await?;
    let Some(login) = login else { return Ok(Outcome::Wrong) };
    if !right || login.state != "validated" || scope(&login).is_none() {
        refusal::sign_in_refused(house, &login, origin.address);
        return Ok(Outcome::Wrong);
    }
    house.store.try_succeeded(&subjects[0], &subjects[1..]).await?;
    Ok(match enter(house, &login, origin, links).await? {
        Entered::In { session, device } => Outcome::In { session, device },
        Entered::Code(pending) => Outcome::Code(pending),
    })
}

/// Who holds a token; `None` when it is of no session, of one that is over, or of another door.
///
/// # Errors
/// When the database fails.
pub async fn session(house: &House, door: Door, token: &str, address: &str) -> Result<Option<Actor>, OperationError> {
    if token.len() != TOKEN_DIGITS {
        return Ok(None);
    }
    let now = house.clock.now();
    let Some((id, (seen, proved), login)) = house.store.session_login(&hash_of(token), now).await? else { return Ok(None) };
    if !door.lets_in(&login) || login.state != "validated" {
        return Ok(None);
    }
    let Some((scope, role)) = scope(&login) else { return Ok(None) };
    if seen.plus_seconds(SEEN_EVERY_S) <= now {
        house.store.see_session(id, now).await?;
    }
    Ok(Some(Actor {
        login: login.id,
        session: id,
        scope,
        role,
        name: login.name,
        party: login.party,
        owner: (login.reseller, login.customer),
        proved,
        address: address.to_owned(),
    }))
}

/// Ends the session that somebody asks in.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(house: &House, actor: &Actor) -> Result<(), OperationError> {
    let transaction = house.store.begin().await?;
    if transaction.end_session(actor.login, actor.session).await? {
        transaction.note(actor.entry(house.clock.now(), "signed_out", Object::Login(actor.login))).await?;
    }
    Ok(transaction.commit().await?)
}

/// A password as it is kept: Argon2id with a salt of its own, in PHC form.
///
/// # Errors
/// When the program is stopping.
pub async fn hash_password(password: String) -> Result<String, OperationError> {
    on_a_thread(move || hashed(&password)).await
}

fn hashed(password: &str) -> String {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).expect("the standard parameters and a random salt are in range")
}

/// What a login may see; `None` for one whose role is not known, or lacks whom it acts for.
pub(crate) fn scope(login: &Login) -> Option<(Scope, Role)> {
    let role = Role::named(&login.role)?;
    let reach = match role {
        Role::Subscriber | Role::FleetManager => Reach::Customer(login.customer?),
        Role::Member => Reach::Line(login.line?),
        Role::ResellerAgent | Role::ResellerAdmin => Reach::Reseller(login.reseller?),
        Role::OperatorAgent | Role::OperatorAdmin | Role::Accounting | Role::Auditor => Reach::Operator,
    };
    Some((Scope { operator: login.operator, reach }, role))
}

/// Whose tries are counted: the person's with this browser, if it is known, or else everybody's who wants to be that person; and
/// everybody's at this address. So who tries passwords elsewhere makes nobody wait who signed in here before.
async fn subjects(
    house: &House,
    door: Door,
    (typed, login): (Option<&Identifier>, Option<&Login>),
    origin: Origin<'_>,
) -> Result<Vec<String>, OperationError> {
    // By what was typed, whether somebody is known by it or not: that two identifiers are one person's is told to nobody.
    let mut who = format!("{} {}", door.operator, typed.map(canonical).unwrap_or_default());
    if let Some(login) = login
        && let Some(device) = known_device(house, login, origin).await?
    {
        who = format!("{} login {} device {}", door.operator, login.id, hash_of(device));
    }
    Ok(vec![hash_of(&who), hash_of(&format!("address {}", origin.address))])
}

/// Does the password belong to the hash? Without a hash, no, after the same work.
pub(crate) async fn verify(password: String, hash: Option<String>) -> Result<bool, OperationError> {
    /// Of no password: what an unknown identifier is checked against.
    static NOBODY: OnceLock<String> = OnceLock::new();
    on_a_thread(move || {
        let known = hash.is_some() && password.len() <= LONGEST_PASSWORD;
        let password = &password.as_bytes()[..password.len().min(LONGEST_PASSWORD)];
        let hash = hash.unwrap_or_else(|| NOBODY.get_or_init(|| hashed("")).clone());
        let right = PasswordVerifier::<str>::verify_password(&Argon2::default(), password, &hash).is_ok();
        known && right
    })
    .await
}

/// Runs what takes a processor beside the requests, few at a time.
async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, OperationError> {
    static FREE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE));
    let _one = FREE.acquire().await.map_err(|_| OperationError::Stopped)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| OperationError::Stopped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_right_only_with_its_hash() {
        let hash = hash_password("Fleet 2026".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(verify("Fleet 2026".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!verify("fleet 2026".to_owned(), Some(hash)).await.unwrap());
        assert!(!verify(String::new(), None).await.unwrap(), "nobody's hash opens nothing");
    }

    #[test]
    fn tokens_differ_and_only_their_hash_is_kept() {
        let (one, other) = (Token::fresh().unwrap(), Token::fresh().unwrap());
        assert_ne!(one.as_str(), other.as_str());
        assert_eq!(one.as_str().len(), 64);
        assert_ne!(hash_of(one.as_str()), one.as_str());
        assert_eq!(format!("{one:?}"), "Token");
    }
}
