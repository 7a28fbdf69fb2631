//! Another role, no access any more, access again.

use super::{
    MemberRefusal, Party, PartyName, changeable, entry,
    invitation::{links_of, role_and_line},
    noted,
};
use crate::{Actor, House, OperationError, entering::tell, first_access::Address, mail::Letter, permission::Role};
use store::{Member, MemberChange, Transaction};
use vocabulary::LoginId;

/// The role that looks after a party's people: somebody has to be left in it.
const fn highest(of: &PartyName) -> Role {
    match of.party {
        Party::Operator => Role::OperatorAdmin,
        Party::Reseller(_) => Role::ResellerAdmin,
        Party::Customer(_) if of.business => Role::FleetManager,
        Party::Customer(_) => Role::Subscriber,
    }
}

/// Would the asker leave its own party without anybody to look after it? Whoever stands above a party may do that: a reseller switches a
/// customer's access off.
async fn is_last(transaction: &Transaction, actor: &Actor, of: &PartyName, member: &Member) -> Result<bool, OperationError> {
    let highest = highest(of).as_str();
    if member.role != highest || member.state != "validated" || super::own_party(actor) != Some(of.party) {
        return Ok(false);
    }
    Ok(transaction.others_in_role((actor.scope.operator, of.party), highest, member.login).await? == 0)
}

/// Gives somebody another role; `line` is the number of the line of who uses one. `None` for who is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn change_role(
    house: &House,
    actor: &Actor,
    (login, version): (LoginId, i64),
    (role, line): (&str, &str),
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let Some((of, member)) = changeable(house, actor, login).await? else { return Ok(None) };
    if member.is_split {
        return Ok(Some(Err(MemberRefusal::Role)));
    }
    let (role, line) = match role_and_line(house, actor, &of, (role, line, &member.email)).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let (line, number) = line.unzip();
    if member.version == version && member.role == role.as_str() && member.line == line {
        return Ok(Some(Ok(())));
    }
    let transaction = house.store.begin().await?;
    if role != highest(&of) && is_last(&transaction, actor, &of, &member).await? {
        return Ok(Some(Err(MemberRefusal::Last)));
    }
    if !transaction.change_member((login, version), MemberChange::Role(role.as_str(), line)).await? {
        return Ok(Some(Err(MemberRefusal::Stale)));
    }
    let mut changed = entry(actor, (&of, login), house.clock.now(), "login_role_changed");
    changed.before = Some(noted(&member));
    changed.after = Some(noted(&Member { role: role.as_str().to_owned(), line, number, ..member }));
    transaction.note(changed).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}

/// Takes somebody's access away: sessions and links are over at once. `None` for who is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn block(
    house: &House,
    actor: &Actor,
    (login, version): (LoginId, i64),
    here: &Address,
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let Some((of, member)) = changeable(house, actor, login).await? else { return Ok(None) };
    if member.state == "blocked" {
        return Ok(Some(Ok(())));
    }
    let links = links_of(house, (actor.scope.operator, of.reseller), here).await?;
    let transaction = house.store.begin().await?;
    if is_last(&transaction, actor, &of, &member).await? {
        return Ok(Some(Err(MemberRefusal::Last)));
    }
    if login == actor.login {
        return Ok(Some(Err(MemberRefusal::Self_)));
    }
    if !transaction.change_member((login, version), MemberChange::Blocked).await? {
        return Ok(Some(Err(MemberRefusal::Stale)));
    }
    transaction.end_sessions(login, None).await?;
    transaction.end_links(login).await?;
    note(house, actor, transaction, (&of, member, "blocked", &links)).await
}

/// Gives somebody access again whose access was taken away: with the password of before, if there was one. `None` for who is not there
/// for the asker.
///
/// # Errors
/// When the database fails.
pub async fn unblock(
    house: &House,
    actor: &Actor,
    (login, version): (LoginId, i64),
    here: &Address,
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let Some((of, member)) = changeable(house, actor, login).await? else { return Ok(None) };
    if member.state != "blocked" {
        return Ok(Some(Ok(())));
    }
    let links = links_of(house, (actor.scope.operator, of.reseller), here).await?;
    let transaction = house.store.begin().await?;
    if !transaction.change_member((login, version), MemberChange::Unblocked).await? {
        return Ok(Some(Err(MemberRefusal::Stale)));
    }
    let state = if member.has_password { "validated" } else { "invited" };
    note(house, actor, transaction, (&of, member, state, &links)).await
}

/// Notes the change, and tells who has been in before.
async fn note(
    house: &House,
    actor: &Actor,
    transaction: Transaction,
    (of, member, state, links): (&PartyName, Member, &str, &Address),
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let (at, party) = (house.clock.now(), of.name.clone());
    let (action, letter) = match state {
        "blocked" => ("login_blocked", Letter::AccessTakenAway { party, at }),
        _ => ("login_unblocked", Letter::AccessGivenBack { party, at }),
    };
    if member.has_password
        && let Some(login) = house.store.login(member.login).await?
    {
        tell(house, &transaction, &login, links, letter).await?;
    }
    let mut changed = entry(actor, (of, member.login), at, action);
    changed.before = Some(noted(&member));
    changed.after = Some(noted(&Member { state: state.to_owned(), ..member }));
    transaction.note(changed).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(())))
}
