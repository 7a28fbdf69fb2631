//! Asking somebody in: once by mail, again while it was not accepted, and taking it back.

use super::{
    INVITATION_DAYS, MemberRefusal, Party, PartyName, address, changeable, entry, may_change, name, noted, party, roles_of,
};
use crate::{
    Actor, House, OperationError, Reach,
    back_off::{INVITED_RULE, INVITING_RULE, minutes},
    first_access::Address,
    mail::{self, Letter, Post},
    permission::Role,
    sign_in::{Token, hash_of},
};
use store::{LinkPurpose, MemberChange, NewLink, NewMember, Transaction};
use vocabulary::{CustomerId, LineId, LoginId, OperatorId, Party as Number, ResellerId, Timestamp};

/// What was typed of somebody who is to be asked in.
#[derive(Clone, Copy, Debug)]
pub struct Invited<'t> {
    /// The person.
    pub name: &'t str,
    /// Where the invitation goes.
    pub email: &'t str,
    /// As what, in the word of the role.
    pub role: &'t str,
    /// The tag of the language of mails.
    pub language: &'t str,
    /// The number of the line, of who uses one.
    pub line: &'t str,
}

/// Who is asked in, by whom, for whom.
pub(crate) struct Asking<'t> {
    /// Whose.
    pub(crate) operator: OperatorId,
    /// Who.
    pub(crate) login: LoginId,
    /// Where the invitation goes.
    pub(crate) email: &'t str,
    /// The person.
    pub(crate) name: &'t str,
    /// The tag of the language.
    pub(crate) language: &'t str,
    /// Who asks.
    pub(crate) by: &'t str,
    /// For whom one will act.
    pub(crate) party: &'t str,
}

/// Makes the link of an invitation and posts the mail that holds it, in the transaction of the change: what every invitation goes through.
///
/// # Errors
/// Without keys, or when the database fails.
pub(crate) async fn ask_in(
    house: &House,
    transaction: &Transaction,
    asking: &Asking<'_>,
    links: &Address,
) -> Result<(), OperationError> {
    let token = Token::fresh()?;
    let now = house.clock.now();
    let expires = now.plus_seconds(INVITATION_DAYS * 86_400);
    let link = format!("{}://{}/access/{}", links.scheme, links.host, token.as_str());
    let letter = Letter::Invitation { link, by: asking.by.to_owned(), party: asking.party.to_owned(), days: INVITATION_DAYS };
    let mail = mail::written(
        house,
        Post {
            operator: asking.operator,
            host: &links.brand,
            recipient: asking.email,
            name: asking.name,
            language: asking.language,
            letter,
            useful_until: Some(expires),
        },
    )?;
    let token_hash = hash_of(token.as_str());
    let purpose = LinkPurpose::Invitation;
    let link = NewLink { login: asking.login, token_hash: &token_hash, purpose, value: "", created: now, expires };
    transaction.make_link(&link).await?;
    transaction.post_mail(&mail).await?;
    Ok(())
}

/// Where links lead for people of a reseller or its customers: the address of their own brand, on the port of the one that asks.
///
/// # Errors
/// When the database fails.
pub(crate) async fn links_of(
    house: &House,
    (operator, reseller): (OperatorId, Option<ResellerId>),
    here: &Address,
) -> Result<Address, OperationError> {
    let brands = house.store.brands().await?;
    let is_of = |brand: &&store::Brand| brand.operator == operator && brand.reseller == reseller;
    let mut hosts = brands.iter().filter(is_of).flat_map(|brand| &brand.hosts).map(|host| &host.host);
    if hosts.clone().any(|host| *host == here.brand) {
        return Ok(here.clone());
    }
    let Some(host) = hosts.next() else { return Ok(here.clone()) };
    let port = here.host.strip_prefix(here.brand.as_str()).unwrap_or_default();
    Ok(Address { scheme: here.scheme, host: format!("{host}{port}"), brand: host.clone() })
}

/// Asks somebody in; `None` for a party that is not there for the asker.
///
/// # Errors
/// When the database fails, or without keys.
pub async fn invite(
    house: &House,
    actor: &Actor,
    of: Party,
    asked: Invited<'_>,
    here: &Address,
) -> Result<Option<Result<LoginId, MemberRefusal>>, OperationError> {
    let Some(of) = party(house, actor, of).await?.filter(|of| may_change(actor, of.party)) else { return Ok(None) };
    let wanted = match checked(house, actor, &of, asked).await? {
        Ok(wanted) => wanted,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let now = house.clock.now();
    let subjects = [hash_of(&format!("invitations by {}", actor.login))];
    if let Some(until) = house.store.count_try(&subjects, now, |_, tries| INVITING_RULE.waiting(tries, now)).await? {
        return Ok(Some(Err(MemberRefusal::Wait(minutes(now, until)))));
    }
    let links = links_of(house, (actor.scope.operator, of.reseller), here).await?;
    let transaction = house.store.begin().await?;
    let new = NewMember {
        operator: actor.scope.operator,
        party: of.party,
        line: wanted.line,
        role: wanted.role.as_str(),
        name: &wanted.name,
        email: &wanted.email,
        language: &wanted.language,
        invited: now,
    };
    let Some(login) = transaction.add_member(&new).await? else { return Ok(Some(Err(MemberRefusal::Known))) };
    ask_in(house, &transaction, &asking(actor, &of, &new, login), &links).await?;
    let mut noted = entry(actor, (&of, login), now, "login_invited");
    noted.after =
        Some(serde_json::json!({ "name": new.name, "email": new.email, "role": new.role, "number": wanted.number }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(login)))
}

fn asking<'t>(actor: &'t Actor, of: &'t PartyName, new: &NewMember<'t>, login: LoginId) -> Asking<'t> {
    let (email, name, language) = (new.email, new.name, new.language);
    Asking { operator: new.operator, login, email, name, language, by: &actor.name, party: &of.name }
}

/// What was typed, as it is kept.
struct Wanted {
    name: String,
    email: String,
    role: Role,
    language: String,
    line: Option<LineId>,
    number: Option<String>,
}

async fn checked(
    house: &House,
    actor: &Actor,
    of: &PartyName,
    asked: Invited<'_>,
) -> Result<Result<Wanted, MemberRefusal>, OperationError> {
    let (name, email) = match (name(asked.name), address(asked.email)) {
        (Ok(name), Ok(email)) => (name, email),
        (Err(refusal), _) | (_, Err(refusal)) => return Ok(Err(refusal)),
    };
    let (role, line) = match role_and_line(house, actor, of, (asked.role, asked.line, &email)).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if house.store.scoped(actor.scope).has_address(of.party, &email, None).await? {
        return Ok(Err(MemberRefusal::Known));
    }
    let languages = &house.catalog(actor.scope.operator).await?.operator.languages;
    let language = languages.iter().find(|tag| *tag == asked.language).or(languages.first()).cloned().unwrap_or_default();
    let (line, number) = line.unzip();
    Ok(Ok(Wanted { name, email, role, language, line, number }))
}

/// A role that the party has, and for who uses one line, which one it is. Whoever pays a part of its bill has it to themselves: who looks after the
/// customer asks nobody else in there, and could not read in their name (FLT-20).
pub(super) async fn role_and_line(
    house: &House,
    actor: &Actor,
    of: &PartyName,
    (role, line, email): (&str, &str, &str),
) -> Result<Result<(Role, Option<(LineId, String)>), MemberRefusal>, OperationError> {
    let Some(role) = Role::named(role).filter(|role| roles_of(of).contains(role)) else {
        return Ok(Err(MemberRefusal::Role));
    };
    let (Role::Member, Party::Customer(customer)) = (role, of.party) else { return Ok(Ok((role, None))) };
    let Some((line, number)) = find_line(house, actor, customer, line).await? else { return Ok(Err(MemberRefusal::Line)) };
    let is_of_customer = matches!(actor.scope.reach, Reach::Customer(_));
    let payer = if is_of_customer { house.store.scoped(actor.scope).own_account(line).await? } else { None };
    if payer.is_some_and(|payer| !payer.email.eq_ignore_ascii_case(email)) {
        return Ok(Err(MemberRefusal::Shared));
    }
    Ok(Ok((role, Some((line, number)))))
}

async fn find_line(
    house: &House,
    actor: &Actor,
    customer: CustomerId,
    typed: &str,
) -> Result<Option<(LineId, String)>, OperationError> {
    let typed = typed.trim();
    let catalog = house.catalog(actor.scope.operator).await?;
    let number = match catalog.world.plan.read(typed) {
        Number::Number(number) => number.to_string(),
        _ => typed.to_owned(),
    };
    let found = house.store.scoped(actor.scope).line_of_customer(customer, &number).await?;
    Ok(found.map(|line| (line, number)))
}

/// Sends an invitation again that was not accepted yet: a new link, and the one before is over. `None` for who is not there for the asker.
///
/// # Errors
/// When the database fails, or without keys.
pub async fn send_again(
    house: &House,
    actor: &Actor,
    (login, version): (LoginId, i64),
    here: &Address,
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let Some((of, member)) = changeable(house, actor, login).await? else { return Ok(None) };
    if member.state != "invited" || member.email.is_empty() {
        return Ok(Some(Err(MemberRefusal::NotInvited)));
    }
    if member.version != version {
        return Ok(Some(Err(MemberRefusal::Stale)));
    }
    let now = house.clock.now();
    if let Some(wait) = waits(house, login, now).await? {
        return Ok(Some(Err(wait)));
    }
    let links = links_of(house, (actor.scope.operator, of.reseller), here).await?;
    let transaction = house.store.begin().await?;
    if !transaction.change_member((login, version), MemberChange::Invited(now)).await? {
        return Ok(Some(Err(MemberRefusal::Stale)));
    }
    let asking = Asking {
        operator: actor.scope.operator,
        login,
        email: &member.email,
        name: &member.name,
        language: &member.language,
        by: &actor.name,
        party: &of.name,
    };
    ask_in(house, &transaction, &asking, &links).await?;
    transaction.note(entry(actor, (&of, login), now, "invitation_sent_again")).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(())))
}

/// Was somebody sent enough mails for a day?
pub(crate) async fn waits(house: &House, login: LoginId, now: Timestamp) -> Result<Option<MemberRefusal>, OperationError> {
    let subjects = [hash_of(&format!("invitations of {login}"))];
    let until = house.store.count_try(&subjects, now, |_, tries| INVITED_RULE.waiting(tries, now)).await?;
    Ok(until.map(|until| MemberRefusal::Wait(minutes(now, until))))
}

/// Takes an invitation back that was not accepted yet: as if it had not been sent, but for the journal. `None` for who is not there for
/// the asker.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(
    house: &House,
    actor: &Actor,
    (login, version): (LoginId, i64),
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let Some((of, member)) = changeable(house, actor, login).await? else { return Ok(None) };
    if member.state != "invited" || member.has_password {
        return Ok(Some(Err(MemberRefusal::NotInvited)));
    }
    let transaction = house.store.begin().await?;
    if !transaction.remove_login((login, version)).await? {
        return Ok(Some(Err(MemberRefusal::Stale)));
    }
    let mut gone = entry(actor, (&of, login), house.clock.now(), "invitation_withdrawn");
    gone.before = Some(noted(&member));
    transaction.note(gone).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}
