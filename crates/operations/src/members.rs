//! Who has access for whom, and who looks after it (FLT-14, FLT-01, PLT-04, RES-02): the people of an operator, of a reseller, of a
//! customer.
//!
//! What belongs to others answers as if it were not there. A change names the version of what its form showed: of two who change the same
//! at once, the second is told. Nobody gives a role that is not of their own party or below.

mod change;
mod credentials;
mod invitation;
mod second_factor;
mod typed;

pub use change::{block, change_role, unblock};
pub use credentials::{LONGEST_REASON, change_email, change_identifier, send_link};
pub(crate) use invitation::{Asking, ask_in, links_of, waits};
pub use invitation::{Invited, invite, send_again, withdraw};
pub use second_factor::{PersonFactors, remove_factors};
pub(crate) use typed::{address, name};

use crate::{
    Actor, House, OperationError, Reach,
    email_change::ToCome,
    journal::{self, Noted, Object},
    permission::{Permission, Role},
};
use std::collections::BTreeMap;
use store::Window;
pub use store::{Member, Party, PartyName};
use vocabulary::{LabelRefusal, LoginId, Timestamp};

/// How long an invitation lasts, in days.
pub const INVITATION_DAYS: i64 = 7;
/// The longest name of a person, in characters.
pub const LONGEST_NAME: usize = 80;
/// The longest address, in characters (RFC 5321).
pub const LONGEST_ADDRESS: usize = 254;
/// So many customers are found at a time.
const MOST_FOUND: u32 = 20;

/// Why somebody's access was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberRefusal {
    /// That is no name.
    Name(LabelRefusal),
    /// That is no address of e-mail.
    Address,
    /// The party has somebody with that address.
    Known,
    /// The party has no such role, or the asker may not give it.
    Role,
    /// The party has no line in service with that number.
    Line,
    /// Who uses that line pays a part of its bill, and is somebody else.
    Shared,
    /// Somebody changed it since the form was shown.
    Stale,
    /// They would be the last who can look after the party.
    Last,
    /// One cannot take one's own access away.
    Self_,
    /// It was accepted already, or taken back.
    NotInvited,
    /// Sent too often: so many minutes have to pass.
    Wait(i64),
    /// Somebody is known by that identifier.
    Taken,
    /// That is no identifier.
    NoIdentifier,
    /// Why it is done was not said, or not so that it can be read.
    Reason(LabelRefusal),
    /// They have neither codes nor passkeys.
    NoFactors,
}

/// From when on something is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is.
    Now,
    /// After as many hours as the operator says.
    Held,
}

/// Where somebody's access stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberState {
    /// Asked in, and not come yet.
    Invited,
    /// May sign in.
    Validated,
    /// May not any more.
    Blocked,
}

/// Somebody who has access, or did.
#[derive(Clone, Debug)]
pub struct Person {
    /// As it is kept.
    pub kept: Member,
    /// As what.
    pub role: Role,
    /// Where it stands.
    pub state: MemberState,
    /// Is it the asker?
    pub is_self: bool,
}

/// A party and its people, as somebody sees them.
#[derive(Clone, Debug)]
pub struct People {
    /// Whose.
    pub of: PartyName,
    /// A page of them.
    pub people: Vec<Person>,
    /// How many there are in all.
    pub total: u64,
    /// What the asker may ask people in as; nothing for who only looks.
    pub roles: Vec<Role>,
}

/// One of them, with what may be done.
#[derive(Clone, Debug)]
pub struct OnePerson {
    /// Whose.
    pub of: PartyName,
    /// Who.
    pub person: Person,
    /// What it is known by.
    pub identifiers: Vec<(store::IdentifierKind, String)>,
    /// What it may be made; nothing for who only looks.
    pub roles: Vec<Role>,
    /// May the asker change anything?
    pub may_change: bool,
    /// May it renew their way in: address, identifier, a link to a new password?
    pub may_renew: bool,
    /// What protects them besides a password, and what waits for its hour, for who may renew their way in.
    pub factors: Option<PersonFactors>,
    /// Where their mails will go, for the same.
    pub email_to_come: Option<ToCome>,
    /// May the asker, being of the operator, skip the time for which a new address is held?
    pub may_hurry: bool,
    /// What was done to their access, the latest first.
    pub history: Vec<Noted>,
}

/// The party whose people the asker is one of and looks after, or looks at; `None` for who does neither.
pub fn own_party(actor: &Actor) -> Option<Party> {
    if !actor.may(Permission::ChangeOwnPeople) && actor.role != Role::Auditor {
        return None;
    }
    match actor.scope.reach {
        Reach::Operator => Some(Party::Operator),
        Reach::Reseller(id) => Some(Party::Reseller(id)),
        Reach::Customer(id) => Some(Party::Customer(id)),
        Reach::Line(_) => None,
    }
}

/// May the asker change people of such a party?
fn may_change(actor: &Actor, party: Party) -> bool {
    actor.may(match party {
        Party::Operator => Permission::ChangeOperatorPeople,
        Party::Reseller(_) => Permission::ChangeResellerPeople,
        Party::Customer(_) => Permission::ChangeCustomerPeople,
    })
}

/// May the asker renew the way in of people of a party? A desk does that for those below it: who could do it to their equals could sign in as
/// them.
fn may_renew(actor: &Actor, party: Party) -> bool {
    actor.may(Permission::RenewAccess) && may_change(actor, party) && own_party(actor) != Some(party)
}

fn may_see(actor: &Actor, party: Party) -> bool {
    actor.may(Permission::SeePeople) && (may_change(actor, party) || actor.role == Role::Auditor)
}

/// What people of a party can be, those who look after it last: nobody is made one because a form was sent as it came. A household's lines get access of their own from its holder
/// ([`crate::line_access`]).
const fn roles_of(of: &PartyName) -> &'static [Role] {
    match of.party {
        Party::Operator => &[Role::OperatorAgent, Role::Accounting, Role::Auditor, Role::OperatorAdmin],
        Party::Reseller(_) => &[Role::ResellerAgent, Role::ResellerAdmin],
        Party::Customer(_) if of.business => &[Role::Member, Role::FleetManager],
        Party::Customer(_) => &[Role::Subscriber],
    }
}

/// A party in the asker's sight.
async fn party(house: &House, actor: &Actor, party: Party) -> Result<Option<PartyName>, OperationError> {
    if !may_see(actor, party) {
        return Ok(None);
    }
    Ok(house.store.scoped(actor.scope).party(party).await?)
}

/// Somebody in the asker's sight, with their party.
async fn found(house: &House, actor: &Actor, login: LoginId) -> Result<Option<(PartyName, Member)>, OperationError> {
    let Some(member) = house.store.scoped(actor.scope).member(login).await? else { return Ok(None) };
    Ok(party(house, actor, member.party).await?.map(|of| (of, member)))
}

/// Somebody whom the asker may change.
async fn changeable(house: &House, actor: &Actor, login: LoginId) -> Result<Option<(PartyName, Member)>, OperationError> {
    Ok(found(house, actor, login).await?.filter(|(of, _)| may_change(actor, of.party)))
}

/// Somebody whose way in the asker may renew, as this version of them was shown.
async fn renewable(
    house: &House,
    actor: &Actor,
    (login, version): (LoginId, i64),
) -> Result<Option<Result<(PartyName, Member), MemberRefusal>>, OperationError> {
    let found = changeable(house, actor, login).await?.filter(|(of, _)| may_renew(actor, of.party));
    Ok(found.map(|(of, member)| if member.version == version { Ok((of, member)) } else { Err(MemberRefusal::Stale) }))
}

/// The names of those of some people whom the asker may see.
///
/// # Errors
/// When the database fails.
pub(crate) async fn names(house: &House, actor: &Actor, logins: &[LoginId]) -> Result<BTreeMap<LoginId, String>, OperationError> {
    let mut found = house.store.scoped(actor.scope).some_members(logins).await?;
    found.retain(|member| may_see(actor, member.party));
    Ok(found.into_iter().map(|member| (member.login, member.name)).collect())
}

fn person(kept: Member, actor: &Actor) -> Option<Person> {
    let state = match kept.state.as_str() {
        "invited" => MemberState::Invited,
        "validated" => MemberState::Validated,
        _ => MemberState::Blocked,
    };
    Some(Person { role: Role::named(&kept.role)?, state, is_self: kept.login == actor.login, kept })
}

/// A page of a party's people; `None` for a party that is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn list(house: &House, actor: &Actor, of: Party, window: Window) -> Result<Option<People>, OperationError> {
    let Some(of) = party(house, actor, of).await? else { return Ok(None) };
    let (kept, total) = house.store.scoped(actor.scope).members(of.party, window).await?;
    let people = kept.into_iter().filter_map(|kept| person(kept, actor)).collect();
    let roles = if may_change(actor, of.party) { roles_of(&of).to_vec() } else { Vec::new() };
    Ok(Some(People { of, people, total, roles }))
}

/// One person; `None` for who is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn show(house: &House, actor: &Actor, login: LoginId) -> Result<Option<OnePerson>, OperationError> {
    let Some((of, kept)) = found(house, actor, login).await? else { return Ok(None) };
    let may_change = may_change(actor, of.party);
    let identifiers = house.store.identifiers(login).await?;
    let Some(person) = person(kept, actor) else { return Ok(None) };
    // A line's own access is of that line and of nothing else.
    let roles = if may_change && !person.kept.is_split { roles_of(&of).to_vec() } else { Vec::new() };
    let may_renew = may_renew(actor, of.party);
    let (factors, email_to_come) = if may_renew {
        (Some(second_factor::of(house, login).await?), credentials::to_come(house, login).await?)
    } else {
        (None, None)
    };
    let may_hurry = may_renew && actor.scope.reach == Reach::Operator;
    let history = journal::history(house, actor, Object::Login(login)).await?;
    Ok(Some(OnePerson { of, person, identifiers, roles, may_change, may_renew, factors, email_to_come, may_hurry, history }))
}

/// Parties below the asker whose people it may see: resellers, and customers that a text finds.
///
/// # Errors
/// When the database fails.
pub async fn below(house: &House, actor: &Actor, text: &str) -> Result<(Vec<PartyName>, Vec<PartyName>), OperationError> {
    if matches!(actor.scope.reach, Reach::Customer(_) | Reach::Line(_)) || !actor.may(Permission::SeePeople) {
        return Ok((Vec::new(), Vec::new()));
    }
    let scoped = house.store.scoped(actor.scope);
    let mut resellers = scoped.resellers().await?;
    resellers.retain(|reseller| may_see(actor, reseller.party));
    let text = text.trim();
    let customers = if text.is_empty() { Vec::new() } else { scoped.customers_like(text, MOST_FOUND).await? };
    Ok((resellers, customers))
}

/// The lines of a customer that somebody may be bound to, to choose from: those of a small fleet.
///
/// # Errors
/// When the database fails.
pub async fn lines_to_choose(house: &House, actor: &Actor, of: Party) -> Result<Vec<(String, String)>, OperationError> {
    let Party::Customer(customer) = of else { return Ok(Vec::new()) };
    let lines = house.store.scoped(actor.scope).lines_of_customer(customer).await?;
    Ok(lines)
}

/// What of somebody stands in the journal.
fn noted(member: &Member) -> String {
    serde_json::json!({
        "name": member.name, "email": member.email, "role": member.role, "state": member.state, "number": member.number,
    })
    .to_string()
}

/// An entry of the journal about somebody of a party.
fn entry(actor: &Actor, (of, login): (&PartyName, LoginId), at: Timestamp, action: &'static str) -> store::NewEntry {
    let customer = match of.party {
        Party::Customer(id) => Some(id),
        Party::Operator | Party::Reseller(_) => None,
    };
    store::NewEntry { owner: (of.reseller, customer), ..actor.entry(at, action, store::Object::Login(login)) }
}
