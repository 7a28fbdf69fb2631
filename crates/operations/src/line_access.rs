//! Split and join (TEL-07): the holder of a household's account gives one line access of its own, and takes it back.
//!
//! Whoever uses the line is asked in by mail, chooses a password, and is known by the line's number from then on: until then nothing changes
//! for anybody. While a line has access of its own, its holder alone sees what it uses; the holder of the account sees that it is there and
//! what it costs. Joining asks for the password of the line's own access: who does not know it was not asked to. What was not accepted yet
//! has no password, and is taken back without.

use crate::{
    Actor, House, OperationError,
    back_off::{INVITING_RULE, RULES, minutes},
    entering::tell,
    first_access::Address,
    mail::Letter,
    members::{Asking, MemberRefusal, address, ask_in, links_of, name},
    permission::{Permission, Role},
    sign_in::{hash_of, verify},
    voicemail,
};
pub use store::{LineAccess, OwnAccess};
use store::{NewMember, Object, Reach};
use vocabulary::{CustomerId, LineId, Party, Timestamp};

/// Why nothing was split or joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitRefusal {
    /// What was typed of the person, or how often.
    Person(MemberRefusal),
    /// The line has access of its own already.
    Split,
    /// It has none any more, or not yet, or somebody changed it since.
    Stale,
    /// That is not the password of the line's own access.
    WrongPassword,
    /// Too many wrong passwords: so many minutes have to pass.
    Wait(i64),
}

/// Who gets a line's own access.
#[derive(Clone, Copy, Debug)]
pub struct Given<'t> {
    /// The person.
    pub name: &'t str,
    /// Where the invitation goes.
    pub email: &'t str,
    /// The tag of the language of mails.
    pub language: &'t str,
}

/// The customer whose account the asker holds; `None` for everybody else.
fn household(actor: &Actor) -> Option<CustomerId> {
    match actor.scope.reach {
        Reach::Customer(id) if actor.may(Permission::SplitLines) => Some(id),
        _ => None,
    }
}

/// The lines of the asker's household, each with the access that it has of its own; `None` for who holds no account.
///
/// # Errors
/// When the database fails.
pub async fn list(house: &House, actor: &Actor) -> Result<Option<Vec<LineAccess>>, OperationError> {
    if household(actor).is_none() {
        return Ok(None);
    }
    let mut lines = house.store.scoped(actor.scope).line_accesses().await?;
    lines.retain(has_number);
    Ok(Some(lines))
}

async fn found(house: &House, actor: &Actor, line: LineId) -> Result<Option<(CustomerId, LineAccess)>, OperationError> {
    let Some(customer) = household(actor) else { return Ok(None) };
    let found = house.store.scoped(actor.scope).line_access(line).await?.filter(has_number);
    Ok(found.map(|found| (customer, found)))
}

/// Whoever has access to a line alone is known by its number: what has none, such as television, is not split.
const fn has_number(line: &LineAccess) -> bool {
    matches!(line.number, Party::Number(_))
}

fn entry(actor: &Actor, line: LineId, at: Timestamp, action: &'static str) -> store::NewEntry {
    actor.entry(at, action, Object::Line(line))
}

/// Gives a line access of its own; `None` for a line that is not there for the asker.
///
/// # Errors
/// When the database fails, or without keys.
pub async fn split(
    house: &House,
    actor: &Actor,
    line: LineId,
    given: Given<'_>,
    here: &Address,
) -> Result<Option<Result<(), SplitRefusal>>, OperationError> {
    let Some((customer, found)) = found(house, actor, line).await? else { return Ok(None) };
    if found.own.is_some() {
        return Ok(Some(Err(SplitRefusal::Split)));
    }
    let refused = |refusal| Ok(Some(Err(SplitRefusal::Person(refusal))));
    let (name, email) = match (name(given.name), address(given.email)) {
        (Ok(name), Ok(email)) => (name, email),
        (Err(refusal), _) | (_, Err(refusal)) => return refused(refusal),
    };
    let party = store::Party::Customer(customer);
    if house.store.scoped(actor.scope).has_address(party, &email, None).await? {
        return refused(MemberRefusal::Known);
    }
    let now = house.clock.now();
    if let Some(minutes) = waits(house, actor, now).await? {
        return refused(MemberRefusal::Wait(minutes));
    }
    let languages = &house.catalog(actor.scope.operator).await?.operator.languages;
    let language = languages.iter().find(|tag| *tag == given.language).or(languages.first()).cloned().unwrap_or_default();
    let links = links_of(house, (actor.scope.operator, actor.owner.0), here).await?;
    let transaction = house.store.begin().await?;
    let new = NewMember {
        operator: actor.scope.operator,
        party,
        line: Some(line),
        role: Role::Member.as_str(),
        name: &name,
        email: &email,
        language: &language,
        invited: now,
    };
    let Some(login) = transaction.add_member(&new).await? else { return refused(MemberRefusal::Known) };
    if !transaction.split_line(line, login, now).await? {
        return Ok(Some(Err(SplitRefusal::Split)));
    }
    let asking = Asking {
        operator: actor.scope.operator,
        login,
        email: &email,
        name: &name,
        language: &language,
        by: &actor.name,
        party: &actor.party,
    };
    ask_in(house, &transaction, &asking, &links).await?;
    let mut noted = entry(actor, line, now, "line_split");
    noted.after = Some(serde_json::json!({ "name": name, "email": email }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(())))
}

async fn waits(house: &House, actor: &Actor, now: Timestamp) -> Result<Option<i64>, OperationError> {
    let subjects = [hash_of(&format!("invitations by {}", actor.login))];
    let until = house.store.count_try(&subjects, now, |_, tries| INVITING_RULE.waiting(tries, now)).await?;
    Ok(until.map(|until| minutes(now, until)))
}

/// Takes a line's own access away: with its password, or without where it was not accepted yet. Its sessions are over. `None` for a line
/// that is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn join(
    house: &House,
    actor: &Actor,
    (line, version): (LineId, i64),
    password: &str,
    here: &Address,
) -> Result<Option<Result<(), SplitRefusal>>, OperationError> {
    let Some((_, found)) = found(house, actor, line).await? else { return Ok(None) };
    let Some(own) = found.own.filter(|own| own.version == version) else { return Ok(Some(Err(SplitRefusal::Stale))) };
    let now = house.clock.now();
    let subjects = [hash_of(&format!("joining of {}", own.login))];
    if own.password_hash.is_some() {
        if let Some(until) = house.store.count_try(&subjects, now, |_, tries| RULES[0].waiting(tries, now)).await? {
            return Ok(Some(Err(SplitRefusal::Wait(minutes(now, until)))));
        }
        if !verify(password.to_owned(), own.password_hash.clone()).await? {
            let transaction = house.store.begin().await?;
            transaction.note(entry(actor, line, now, "line_join_refused")).await?;
            transaction.commit().await?;
            return Ok(Some(Err(SplitRefusal::WrongPassword)));
        }
        house.store.try_succeeded(&subjects[0], &[]).await?;
    }
    let told = match (&own.password_hash, house.store.login(own.login).await?) {
        (Some(_), Some(login)) => Some((login, links_of(house, (actor.scope.operator, actor.owner.0), here).await?)),
        _ => None,
    };
    let transaction = house.store.begin().await?;
    if !transaction.join_line(actor.scope.operator, (own.login, version)).await? {
        return Ok(Some(Err(SplitRefusal::Stale)));
    }
    // What was left for its holder is not the household's to hear.
    if own.accepted.is_some() {
        voicemail::empty(&transaction, actor.scope.operator, line, now).await?;
    }
    let mut noted = entry(actor, line, now, "line_joined");
    noted.before = Some(serde_json::json!({ "name": own.name, "email": own.email, "state": own.state }).to_string());
    transaction.note(noted).await?;
    if let (Some((login, links)), Party::Number(number)) = (&told, &found.number) {
        let letter = Letter::LineJoined { number: number.to_string(), party: actor.party.clone(), at: now };
        tell(house, &transaction, login, links, letter).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(())))
}

/// Sends the invitation of a line's own access again that was not accepted yet. `None` for a line that is not there for the asker.
///
/// # Errors
/// When the database fails, or without keys.
pub async fn send_again(
    house: &House,
    actor: &Actor,
    (line, version): (LineId, i64),
    here: &Address,
) -> Result<Option<Result<(), SplitRefusal>>, OperationError> {
    let Some((_, found)) = found(house, actor, line).await? else { return Ok(None) };
    let Some(own) = found.own.filter(|own| own.version == version) else { return Ok(Some(Err(SplitRefusal::Stale))) };
    if own.state != "invited" {
        return Ok(Some(Err(SplitRefusal::Person(MemberRefusal::NotInvited))));
    }
    let now = house.clock.now();
    if let Some(wait) = crate::members::waits(house, own.login, now).await? {
        return Ok(Some(Err(SplitRefusal::Person(wait))));
    }
    let links = links_of(house, (actor.scope.operator, actor.owner.0), here).await?;
    let transaction = house.store.begin().await?;
    if !transaction.change_member((own.login, version), store::MemberChange::Invited(now)).await? {
        return Ok(Some(Err(SplitRefusal::Stale)));
    }
    let asking = Asking {
        operator: actor.scope.operator,
        login: own.login,
        email: &own.email,
        name: &own.name,
        language: &own.language,
        by: &actor.name,
        party: &actor.party,
    };
    ask_in(house, &transaction, &asking, &links).await?;
    transaction.note(entry(actor, line, now, "invitation_sent_again")).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(())))
}
