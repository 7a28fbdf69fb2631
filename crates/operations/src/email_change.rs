//! Another address for one's mails (CUS-06): typed twice, confirmed by a link that goes there, told to the address before and to the SIM, and held
//! as long as the operator says (PLT-05).
//!
//! Following the link counts only for who is signed in: where an address was mistyped, its stranger could else make it theirs with one
//! click, and ask for a password with it.

use crate::{
    Actor, House, OperationError,
    back_off::{LINK_RULE, minutes},
    first_access::{Address, masked, to},
    identity_change::{Notice, carry_out, farewell, regret_until, site},
    mail::{self, Letter},
    proof::FreshProof,
    sign_in::{Token, hash_of},
    text_message::TextNotice,
};
use store::{ChangeKind, KeptChange, LinkPurpose, Login, NewChange, NewLink, Object};
use vocabulary::{LabelRefusal, Timestamp, unreadable};

/// How long the link to a new address can be followed, in seconds: a day.
const LINK_S: i64 = 86_400;
const HOUR_S: i64 = 3_600;
/// No address is longer, in characters: RFC 5321 knows none that is.
pub const LONGEST_ADDRESS: usize = 254;

/// Why an address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressRefusal {
    /// It is none.
    NoAddress,
    /// It has a sign that nobody sees, or marks upon marks.
    Sign(LabelRefusal),
    /// It was not typed the same twice.
    Differ,
    /// Mails go there already.
    Same,
    /// Too many were asked for: so many minutes have to pass.
    Wait(i64),
}

/// An address that will be the login's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToCome {
    /// Which.
    pub address: String,
    /// When; `None` until it is confirmed.
    pub due: Option<Timestamp>,
}

/// What a link to a new address confirms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirming {
    /// The address.
    pub address: String,
    /// How long it is held then, in hours.
    pub hold_h: i64,
}

/// Asks for another address. It counts once its link was followed; the one asked for before does not any more.
///
/// # Errors
/// When the database fails, or there are no keys to seal mails with.
pub async fn ask(
    house: &House,
    proof: FreshProof<'_>,
    (wanted, again): (&str, &str),
    links: &Address,
) -> Result<Result<(), AddressRefusal>, OperationError> {
    let actor = proof.actor();
    let login = house.store.login(actor.login).await?.ok_or(OperationError::Stopped)?;
    if let Some(refusal) = unreadable(wanted.trim()) {
        return Ok(Err(AddressRefusal::Sign(refusal)));
    }
    let Some(wanted) = address(wanted) else { return Ok(Err(AddressRefusal::NoAddress)) };
    if !address(again).is_some_and(|again| again.eq_ignore_ascii_case(&wanted)) {
        return Ok(Err(AddressRefusal::Differ));
    }
    if wanted.eq_ignore_ascii_case(&login.email) {
        return Ok(Err(AddressRefusal::Same));
    }
    let now = house.clock.now();
    let subjects = [hash_of(&format!("new address of login {}", login.id))];
    if let Some(until) = house.store.count_try(&subjects, now, |_, tries| LINK_RULE.waiting(tries, now)).await? {
        return Ok(Err(AddressRefusal::Wait(minutes(now, until))));
    }
    let hold_h = house.catalog(login.operator).await?.operator.holds.email_h;
    let until = regret_until(now.plus_seconds(LINK_S + hold_h * HOUR_S));
    let shown = masked(&wanted);
    let letter = |not_me| Letter::AddressAsked { to: shown, at: now, hold_h, not_me };
    let text = TextNotice::AddressAsked { at: now };
    let notice = Notice::write(house, (&login, links), until, letter, Some(text)).await?;
    let token = Token::fresh()?;
    let link = format!("{}/account/email/{}", site(links), token.as_str());
    let letter = Letter::ConfirmAddress { link, hours: LINK_S / HOUR_S };
    let expires = now.plus_seconds(LINK_S);
    let there = Login { email: wanted.clone(), ..login.clone() };
    let confirm = mail::written(house, mail::Post { useful_until: Some(expires), ..to(&there, links, letter) })?;
    let transaction = house.store.begin().await?;
    let change = NewChange {
        login: login.id,
        kind: ChangeKind::Email,
        before: &login.email,
        after: &wanted,
        host: &links.brand,
        site: &site(links),
        asked: now,
        done: None,
        regret_until: until,
    };
    let change = transaction.ask_change(&change).await?;
    let (token_hash, value) = (hash_of(token.as_str()), change.to_string());
    let link =
        NewLink { login: login.id, token_hash: &token_hash, purpose: LinkPurpose::Email, value: &value, created: now, expires };
    transaction.make_link(&link).await?;
    transaction.post_mail(&confirm).await?;
    notice.post(&transaction, change).await?;
    let mut noted = actor.entry(now, "email_asked", Object::Login(login.id));
    noted.before = Some(serde_json::json!({ "email": login.email }).to_string());
    noted.after = Some(serde_json::json!({ "email": wanted }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Ok(()))
}

/// The address that will be the asker's, if they asked for one that can still be confirmed, or is.
///
/// # Errors
/// When the database fails.
pub async fn to_come(house: &House, actor: &Actor) -> Result<Option<ToCome>, OperationError> {
    let now = house.clock.now();
    let change = house.store.change_to_come(actor.login, ChangeKind::Email).await?;
    let change = change.filter(|change| change.due.is_some() || change.asked.plus_seconds(LINK_S) > now);
    Ok(change.map(|change| ToCome { address: change.after, due: change.due }))
}

/// Takes back what the asker asked for, before it takes effect; was there something?
///
/// # Errors
/// When the database fails.
pub async fn take_back(house: &House, actor: &Actor) -> Result<bool, OperationError> {
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    transaction.hold_login(actor.login).await?;
    let Some(dropped) = transaction.drop_change(actor.login, ChangeKind::Email).await? else { return Ok(false) };
    let mut noted = actor.entry(now, "change_taken_back", Object::Login(actor.login));
    noted.before = Some(serde_json::json!({ "email": dropped }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    Ok(true)
}

/// What the asker confirms with a link; `None` for one that was used, is over, never was, or is somebody else's.
///
/// # Errors
/// When the database fails.
pub async fn confirming(house: &House, actor: &Actor, token: &str) -> Result<Option<Confirming>, OperationError> {
    let Some(change) = asked_by(house, actor, token).await? else { return Ok(None) };
    let hold_h = house.catalog(actor.scope.operator).await?.operator.holds.email_h;
    Ok(Some(Confirming { address: change.after, hold_h }))
}

async fn asked_by(house: &House, actor: &Actor, token: &str) -> Result<Option<KeptChange>, OperationError> {
    let link = house.store.open_link(&hash_of(token), house.clock.now()).await?;
    let link = link.filter(|link| link.purpose == LinkPurpose::Email && link.login.id == actor.login);
    let Some(id) = link.and_then(|link| link.value.parse().ok()) else { return Ok(None) };
    let change = house.store.change(id).await?;
    Ok(change.filter(|change| change.state == "asked" && change.login.id == actor.login))
}

/// Confirms that an address is the asker's; when it takes effect, which may be now. `None` as for [`confirming`].
///
/// # Errors
/// When the database fails, or there are no keys to seal mails with.
pub async fn confirm(house: &House, actor: &Actor, token: &str) -> Result<Option<Timestamp>, OperationError> {
    let Some(change) = asked_by(house, actor, token).await? else { return Ok(None) };
    let now = house.clock.now();
    let hold_h = house.catalog(actor.scope.operator).await?.operator.holds.email_h;
    let due = now.plus_seconds(hold_h * HOUR_S);
    let notice = farewell(house, &change).await?;
    let transaction = house.store.begin().await?;
    transaction.hold_login(actor.login).await?;
    if !transaction.use_link(&hash_of(token), now).await? || !transaction.hold_change(change.id, due).await? {
        return Ok(None);
    }
    let mut noted = actor.entry(now, "email_confirmed", Object::Login(actor.login));
    noted.after = Some(serde_json::json!({ "email": change.after, "hold_hours": hold_h }).to_string());
    transaction.note(noted).await?;
    if due <= now {
        carry_out(&transaction, (&change, &notice), Some(actor), now).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(due))
}

/// What was typed, if a mail could go there: one `@`, a domain with a point, nothing that a mail program would read as something else.
pub(crate) fn address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (local, domain) = typed.split_once('@')?;
    let is_plain = |text: &str| !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"(),:;<>@[\\]/'`".contains(c));
    let labels: Vec<&str> = domain.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let is_local = !local.is_empty() && !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    let is_domain = labels.len() > 1
        && labels.iter().all(is_label)
        && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && labels.last().is_some_and(|end| end.chars().any(char::is_alphabetic));
    // An apostrophe is fine before the `@`: it is in names.
    (is_local && is_domain && is_plain(&local.replace('\'', "")) && typed.chars().count() <= LONGEST_ADDRESS)
        .then(|| format!("{local}@{}", domain.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CUS-06: what no mail could reach is not taken as an address.
    #[test]
    fn an_address_is_one_that_mails_reach() {
        for good in
            ["anne@example.fr", " Anne.Muller+tel@Example.FR ", "o'neil@example.co.uk", "élise@exemple.fr", "a@b.xn--p1ai"]
        {
            assert!(address(good).is_some(), "{good}");
        }
        assert_eq!(address(" Anne@Example.FR").as_deref(), Some("Anne@example.fr"));
        for bad in [
            "",
            "anne",
            "@example.fr",
            "anne@",
            "anne@example",
            "anne@@example.fr",
            "anne@exam ple.fr",
            "anne@example..fr",
            "anne@-example.fr",
            "a@b.c, d@e.f",
            "Anne <anne@example.fr>",
            "anne@example.fr\r\nBcc: x@y.z",
            "anne@192.0.2.1",
            ".anne@example.fr",
            "anne@example.fr/",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
        assert_eq!(address(&format!("{}@example.fr", "a".repeat(250))), None);
    }
}
