//! The way in for who has no password yet, or forgot it (CUS-01, TEL-02, RES-27): something that one is known by and something that the
//! contract knows too, then a link by mail, then a password.
//!
//! Whether somebody exists is told by nothing: the answer names a masked address in each case, and what takes time (the link, the mail) is
//! done after it.

use crate::{
    House, OperationError,
    account::{AccountRefusal, is_own},
    back_off::{GUESSED_RULE, LINK_RULE, LINKS_RULE, minutes},
    entering::{Entered, enter, entry, entry_of_stranger},
    humanity::Answered,
    identifier::{canonical, identifier, meant},
    identity_change::{self, Notice},
    mail::{self, Letter, NewMail, Post},
    password::{self, PasswordRefusal},
    sign_in::{Door, Origin, Token, hash_of, hash_password},
    text_message::TextNotice,
    voicemail,
};
use store::{ChangeKind, IdentifierKind, LinkPurpose, Login, NewEntry, NewLink, OpenLink, Transaction, Tries};
use vocabulary::Timestamp;

/// How long a link lasts, in seconds.
const LINK_S: i64 = 900;
/// Nothing that is typed to be known by is longer, in characters.
pub const LONGEST_PROOF: usize = 200;

/// Where links lead to.
#[derive(Clone, Debug)]
pub struct Address {
    /// `https` or `http`.
    pub scheme: &'static str,
    /// The brand's host, with a port where there is one.
    pub host: String,
    /// The same without port: the brand that writes.
    pub brand: String,
}

/// What was typed.
#[derive(Clone, Copy)]
pub struct Asked<'t> {
    /// A reference, an identifier, a number or an address.
    pub identifier: &'t str,
    /// The postcode of the contract, or the address that mails go to.
    pub proof: &'t str,
    /// The language of the page.
    pub language: &'t str,
    /// What tells that a person asks: good for one link.
    pub answered: &'t Answered,
}

/// What is said to who asks for a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// If all that is right, a link goes to this address, masked; empty where so many asked for that person's link lately that nothing of an
    /// address is shown, whether it is right or not.
    Sent(String),
    /// The question that tells a person from a program was answered before: another has to be.
    Repeated,
    /// It was asked for too often: so many minutes have to pass.
    Wait(i64),
}

/// Sends a link to who can be let in, after the answer.
///
/// Whoever asks waits by their own address only: by what strangers try elsewhere nobody is held up who can say what the contract knows. What
/// they try tells them nothing, right or wrong, and a person gets so many mails.
///
/// # Errors
/// When the database fails.
pub async fn ask(
    house: &House,
    door: Door,
    asked: Asked<'_>,
    origin: Origin<'_>,
    links: Address,
) -> Result<Answer, OperationError> {
    let catalog = house.catalog(door.operator).await?;
    let typed = identifier(asked.identifier, &catalog.world.plan);
    let who = typed.as_ref().map(canonical).unwrap_or_default();
    let now = house.clock.now();
    let subjects = [
        hash_of(&format!("link from {}", origin.address)),
        hash_of(&format!("{} link {who} from {}", door.operator, origin.address)),
        hash_of(&format!("{} link {who}", door.operator)),
        asked.answered.subject(),
    ];
    let (mut is_guessed, mut is_repeated) = (false, false);
    let waiting = |index, tries: Tries| match index {
        0 => LINKS_RULE.waiting(tries, now),
        1 => LINK_RULE.waiting(tries, now),
        2 => {
            is_guessed = GUESSED_RULE.is_exceeded(tries, now);
            None
        }
        _ => {
            is_repeated = tries.failures > 0;
            is_repeated.then_some(now)
        }
    };
    let until = house.store.count_try(&subjects, now, waiting).await?;
    if is_repeated {
        return Ok(Answer::Repeated);
    }
    if let Some(until) = until {
        return Ok(Answer::Wait(minutes(now, until)));
    }
    let login = match &typed {
        Some(identifier) => {
            let found = house.store.login_by_identifier(door.operator, door.reseller, identifier).await?;
            meant(found, identifier)
        }
        None => None,
    };
    // The same questions whether somebody was found or not.
    let postcode = house.store.postcode_of(login.as_ref().map_or(vocabulary::LoginId(0), |login| login.id)).await?;
    // Also by what was typed as proof: were it the same whatever proof is wrong, another one would tell that it was right.
    let made_up = made_up(house, door, &format!("{who} {}", plain(asked.proof))).await?;
    let proven =
        login.filter(|login| login.state != "blocked" && !login.email.is_empty() && proves(asked.proof, login, &postcode));
    let shown = masked(proven.as_ref().map_or(made_up.as_str(), |login| login.email.as_str()));
    if let Some(login) = proven {
        let (house, language, address) = (house.clone(), asked.language.to_owned(), origin.address.to_owned());
        tokio::spawn(async move {
            let noted = entry_of_stranger(&login, &address, house.clock.now(), "link_asked");
            if let Err(error) = send_at_most(&house, &login, &language, (noted, &links)).await {
                tracing::error!(login = login.id.0, "a link could not be sent: {error}");
            }
        });
    }
    Ok(Answer::Sent(if is_guessed { String::new() } else { shown }))
}

/// Sends a link, unless so many were sent to this person that the last of them is still good.
async fn send_at_most(house: &House, login: &Login, language: &str, noted: (NewEntry, &Address)) -> Result<(), OperationError> {
    let now = house.clock.now();
    let subjects = [mailed_to(login)];
    if house.store.count_try(&subjects, now, |_, tries| LINK_RULE.waiting(tries, now)).await?.is_some() {
        return Ok(());
    }
    send(house, login, language, noted).await
}

/// By what the links that are mailed to somebody are counted.
fn mailed_to(login: &Login) -> String {
    hash_of(&format!("links mailed to login {}", login.id))
}

/// Does what was typed stand in the contract? Postcodes are compared without spaces, addresses without regard to case.
fn proves(proof: &str, login: &Login, postcode: &str) -> bool {
    let proof = plain(proof);
    !proof.is_empty() && (proof == plain(postcode) || proof == plain(&login.email))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

/// An address that stands in for that of nobody: somebody else's, chosen by a key that nobody outside knows, the same each time.
async fn made_up(house: &House, door: Door, who: &str) -> Result<String, OperationError> {
    let place = house.seal.keyed(&format!("address of nobody {} {who}", door.operator));
    let letter = house.seal.keyed(&format!("letter of nobody {} {who}", door.operator));
    let one = house.store.some_address(door.operator, door.reseller, place).await?.unwrap_or_default();
    let other = house.store.some_address(door.operator, door.reseller, letter).await?.unwrap_or_default();
    let first = other.chars().next().unwrap_or('c');
    Ok(format!("{first}@{}", one.rsplit_once('@').map_or("example.com", |(_, domain)| domain)))
}

/// `c*******@…fr`: its first letter and the end of its domain, and nothing of its length.
pub(crate) fn masked(address: &str) -> String {
    let first = address.chars().next().unwrap_or('c');
    let end = address.rsplit_once('.').map_or("com", |(_, end)| end);
    format!("{first}*******@…{end}")
}

/// Makes the link and posts the mail that holds it.
pub(crate) async fn send(
    house: &House,
    login: &Login,
    language: &str,
    (mut noted, links): (NewEntry, &Address),
) -> Result<(), OperationError> {
    let link = password_link(house, login, language, links)?;
    let transaction = house.store.begin().await?;
    link.post(&transaction, login).await?;
    noted.after = Some(serde_json::json!({ "purpose": link.purpose.as_str() }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(())
}

/// A link to choose a password, and the mail that holds it.
pub(crate) struct PasswordLink {
    token_hash: String,
    purpose: LinkPurpose,
    made: Timestamp,
    mail: NewMail,
}

impl PasswordLink {
    /// Writes both.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn post(&self, transaction: &Transaction, login: &Login) -> Result<(), OperationError> {
        let Self { token_hash, purpose, made, mail } = self;
        let expires = made.plus_seconds(LINK_S);
        let new = NewLink { login: login.id, token_hash, purpose: *purpose, value: "", created: *made, expires };
        transaction.make_link(&new).await?;
        transaction.post_mail(mail).await?;
        Ok(())
    }
}

/// A link to choose a password, for a login with an address; in the language of the page where the login has none.
///
/// # Errors
/// Without keys, because what a mail says is sealed.
pub(crate) fn password_link(
    house: &House,
    login: &Login,
    language: &str,
    links: &Address,
) -> Result<PasswordLink, OperationError> {
    let token = Token::fresh()?;
    let now = house.clock.now();
    let expires = now.plus_seconds(LINK_S);
    let (link, minutes) = (format!("{}://{}/access/{}", links.scheme, links.host, token.as_str()), LINK_S / 60);
    let (purpose, letter) = match login.password_hash {
        None => (LinkPurpose::FirstAccess, Letter::FirstAccess { link, minutes }),
        Some(_) => (LinkPurpose::Password, Letter::ForgottenPassword { link, minutes }),
    };
    let mail = mail::written(
        house,
        Post {
            operator: login.operator,
            host: &links.brand,
            recipient: &login.email,
            name: &login.name,
            language: if login.language.is_empty() { language } else { &login.language },
            letter,
            useful_until: Some(expires),
        },
    )?;
    Ok(PasswordLink { token_hash: hash_of(token.as_str()), purpose, made: now, mail })
}

/// Whom a link lets in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// The person.
    pub name: String,
    /// For whom somebody will act who was asked in; `None` for who comes by themselves.
    pub party: Option<String>,
    /// Is somebody else known by their address, so that they have to choose an identifier?
    pub needs_identifier: bool,
}

/// The person whom a link lets in at this door; `None` for one that was used, is over, or never was.
///
/// # Errors
/// When the database fails.
pub async fn link(house: &House, door: Door, token: &str) -> Result<Option<Welcome>, OperationError> {
    let Some(OpenLink { purpose, login, .. }) = open(house, door, token).await? else { return Ok(None) };
    let is_invitation = purpose == LinkPurpose::Invitation;
    let needs_identifier = is_invitation && needs_identifier(house, &login).await?;
    Ok(Some(Welcome { name: login.name, party: is_invitation.then_some(login.party), needs_identifier }))
}

/// Has somebody who was asked in nothing that they could be known by? Who uses a line is known by its number.
async fn needs_identifier(house: &House, login: &Login) -> Result<bool, OperationError> {
    if house.store.has_free_number(login.id).await? || !house.store.identifiers(login.id).await?.is_empty() {
        return Ok(false);
    }
    let known = house.store.known_by(login.operator, &login.email).await?;
    Ok(known.is_some_and(|other| other != login.id))
}

async fn open(house: &House, door: Door, token: &str) -> Result<Option<OpenLink>, OperationError> {
    let Some(link) = house.store.open_link(&hash_of(token), house.clock.now()).await? else { return Ok(None) };
    let login = &link.login;
    let lets_in = link.purpose != LinkPurpose::Email && login.state != "blocked";
    Ok((door.lets_in(login) && lets_in).then_some(link))
}

/// What became of a password that was chosen by a link.
#[derive(Debug)]
pub enum Chosen {
    /// It is set, the person is in, and every session before is over.
    In {
        /// Of the session.
        session: Token,
        /// Of the browser.
        device: Token,
    },
    /// It is set, every session before is over, and a one-time code is asked for before the next: what the browser shows with it.
    Code(Token),
    /// It is not taken; the link can still be used.
    Refused(PasswordRefusal),
    /// Somebody else is known by their address, and the identifier that they chose is not taken; the link can still be used.
    Identifier(AccountRefusal),
    /// The link was used meanwhile, is over, or never was.
    Over,
}

/// Sets the password of whom a link lets in, and lets them in. An identifier is asked of who was asked in at an address that somebody else
/// is known by, and passed over otherwise.
///
/// # Errors
/// When the database fails; the link can still be used then.
pub async fn choose(
    house: &House,
    door: Door,
    (token, password, identifier): (&str, &str, &str),
    origin: Origin<'_>,
    links: &Address,
) -> Result<Chosen, OperationError> {
    let Some(link) = open(house, door, token).await? else { return Ok(Chosen::Over) };
    let login = link.login;
    let is_invitation = link.purpose == LinkPurpose::Invitation;
    let identifier = identifier.trim().to_lowercase();
    let needs_identifier = is_invitation && needs_identifier(house, &login).await?;
    if needs_identifier && !is_own(&identifier) {
        return Ok(Chosen::Identifier(AccountRefusal::NoIdentifier));
    }
    let known: Vec<String> = house.store.identifiers(login.id).await?.into_iter().map(|(_, known)| known).collect();
    let mut about = vec![login.name.as_str(), login.party.as_str(), login.email.as_str()];
    about.extend(known.iter().map(String::as_str));
    if let Err(refusal) = password::judged(password, &about) {
        return Ok(Chosen::Refused(refusal));
    }
    let hash = hash_password(password.to_owned()).await?;
    let now = house.clock.now();
    let told = match login.password_hash {
        None => None,
        Some(_) => Some(password_notice(house, &login, links).await?),
    };
    let transaction = house.store.begin().await?;
    // The login before its link, as whoever takes an invitation back holds them.
    transaction.set_password(login.id, &hash).await?;
    if !transaction.use_link(&hash_of(token), now).await? {
        return Ok(Chosen::Over);
    }
    if needs_identifier && !transaction.choose_identifier(login.operator, login.id, &identifier).await? {
        return Ok(Chosen::Identifier(AccountRefusal::Taken));
    }
    if is_invitation {
        accept(&transaction, &login, now).await?;
    }
    transaction.end_sessions(login.id, None).await?;
    transaction.note(entry(&login, origin.address, now, "password_chosen")).await?;
    if let Some(notice) = &told {
        let change = identity_change::made(&transaction, (&login, links), (ChangeKind::Password, "", ""), now).await?;
        notice.post(&transaction, change).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    house.store.try_succeeded(&mailed_to(&login), &[]).await?;
    let login = Login { state: "validated".to_owned(), ..login };
    Ok(match enter(house, &login, origin, links).await? {
        Entered::In { session, device } => Chosen::In { session, device },
        Entered::Code(pending) => Chosen::Code(pending),
    })
}

/// Makes somebody who was asked in known by their address, as they came by it, by what the customer is known by for whom they act, and by
/// the number of the line that they use.
async fn accept(transaction: &Transaction, login: &Login, now: Timestamp) -> Result<(), OperationError> {
    let who = (login.operator, login.id);
    transaction.try_identifier(who, (IdentifierKind::Email, &login.email)).await?;
    transaction.accept_customer(who).await?;
    if let Some(line) = transaction.accept_line(who, now).await? {
        // What was left for the household, and where its mails went, is not the holder's.
        voicemail::empty(transaction, login.operator, line, now).await?;
    }
    Ok(())
}

/// What says that the password is another, to who had one.
pub(crate) async fn password_notice(house: &House, login: &Login, links: &Address) -> Result<Notice, OperationError> {
    let at = house.clock.now();
    let letter = |not_me| Letter::PasswordChanged { at, not_me: Some(not_me) };
    let text = TextNotice::PasswordChanged { at };
    Notice::write(house, (login, links), identity_change::regret_until(at), letter, Some(text)).await
}

/// A letter to a login.
pub(crate) fn to<'a>(login: &'a Login, links: &'a Address, letter: Letter) -> Post<'a> {
    Post {
        operator: login.operator,
        host: &links.brand,
        recipient: &login.email,
        name: &login.name,
        language: &login.language,
        letter,
        useful_until: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CUS-01, TEL-02, RES-27: an address is shown by its first letter and the end of its domain.
    #[test]
    fn an_address_is_masked_to_one_length() {
        assert_eq!(masked("claire.muller@example.fr"), "c*******@…fr");
        assert_eq!(masked("c@example.fr"), "c*******@…fr");
        assert_eq!(masked("Élise@exemple.co.uk"), "É*******@…uk");
        assert_eq!(masked(""), "c*******@…com");
    }
}
