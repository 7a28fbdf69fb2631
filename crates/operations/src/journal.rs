//! The journal as its readers see it: who did what to what, the latest first (PLT-06).

use crate::{
    Actor, House, OperationError, Reach, Scope, members,
    permission::{Permission, Role},
};
use jiff::{civil::Date, tz::TimeZone};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use store::{Entry, JournalQuery};

pub use store::Object;
use vocabulary::{FileId, LineId, LoginId, Timestamp};

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// In the word of the action.
    pub action: Option<String>,
    /// By whom.
    pub person: Option<LoginId>,
    /// By who has this in their name; empty for anybody.
    pub name: String,
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day, and on it.
    pub to: Option<Date>,
    /// Earlier than this place of the chain.
    pub before: Option<i64>,
}

/// Something that was done.
#[derive(Clone, Debug)]
pub struct Noted {
    /// Its place in the chain.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by login; `None` for the program and for who was not signed in.
    pub login: Option<LoginId>,
    /// The person's name then, or the program's.
    pub name: String,
    /// As what.
    pub role: Option<Role>,
    /// From where; empty for the program.
    pub address: String,
    /// What was done, in the word of the action.
    pub action: String,
    /// To what.
    pub object: NotedObject,
    /// What changed by it.
    pub changes: Vec<Change>,
}

/// What something was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotedObject {
    /// The login of who did it.
    Self_,
    /// Somebody's login, and their name where the reader sees them.
    Person(LoginId, Option<String>),
    /// A line.
    Line(LineId),
    /// A usage file.
    UsageFile(FileId),
    /// Another thing, by the word of its kind and its number.
    Other(String, i64),
}

/// A value that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which, in the word that was noted.
    pub what: String,
    /// How it was; empty for what was not.
    pub before: String,
    /// How it is since; empty for what is not any more.
    pub after: String,
}

/// Reads a page of the journal, of so many entries, and whether there are earlier ones; `None` for who may not.
///
/// # Errors
/// When the database fails.
pub async fn list(house: &House, actor: &Actor, asked: &Asked, rows: u32) -> Result<Option<(Vec<Noted>, bool)>, OperationError> {
    if !actor.may(Permission::SeeJournal) {
        return Ok(None);
    }
    let zone = &house.catalog(actor.scope.operator).await?.operator.time_zone;
    // Who may not know who it was does not find out by asking for a name.
    let hidden: Vec<&str> = Role::ALL.iter().filter(|role| is_hidden(actor, **role)).map(|role| role.as_str()).collect();
    let asks_who = asked.person.is_some() || !asked.name.is_empty();
    let query = JournalQuery {
        action: asked.action.as_deref(),
        person: asked.person,
        before: asked.before,
        name: Some(asked.name.as_str()).filter(|name| !name.is_empty()),
        since: asked.from.map(|day| beginning(day, zone)),
        until: asked.to.and_then(|day| day.tomorrow().ok()).map(|day| beginning(day, zone)),
        not_roles: if asks_who { &hidden } else { &[] },
        ..JournalQuery::default()
    };
    let mut entries = house.store.scoped(actor.scope).journal_asked(&query, rows.saturating_add(1)).await?;
    let has_more = entries.len() > rows as usize;
    entries.truncate(rows as usize);
    let logins: BTreeSet<LoginId> =
        entries.iter().filter(|entry| entry.object == "login").map(|entry| LoginId(entry.object_id)).collect();
    let names = members::names(house, actor, &logins.into_iter().collect::<Vec<_>>()).await?;
    let named = |mut noted: Noted| {
        if let NotedObject::Person(login, name) = &mut noted.object {
            *name = names.get(login).cloned();
        }
        noted
    };
    Ok(Some((entries.into_iter().map(|entry| named(noted(actor, entry))).collect(), has_more)))
}

/// The name of somebody whom the journal is asked for, where the reader sees them.
///
/// # Errors
/// When the database fails.
pub async fn person(house: &House, actor: &Actor, login: LoginId) -> Result<Option<String>, OperationError> {
    Ok(members::names(house, actor, &[login]).await?.remove(&login))
}

/// The first instant of a day.
fn beginning(day: Date, zone: &TimeZone) -> Timestamp {
    // Where midnight itself is skipped, the day begins with the first instant after the gap.
    zone.to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible().map_or(Timestamp::EPOCH, Timestamp::from)
}

/// Is what somebody did in a role told to this reader as that of the role only?
fn is_hidden(actor: &Actor, role: Role) -> bool {
    role.rank() > actor.role.rank()
}

/// So much of a thing's history stands on its page.
const HISTORY_ROWS: u32 = 12;

/// What was done to one thing that the reader was shown, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn history(house: &House, actor: &Actor, object: Object) -> Result<Vec<Noted>, OperationError> {
    // One's own login is there for everybody, whatever else they see.
    let scope = if object == Object::Login(actor.login) { Scope::operator(actor.scope.operator) } else { actor.scope };
    // What was refused to a customer's people is for who looks after the house.
    let is_customer = matches!(actor.scope.reach, Reach::Customer(_) | Reach::Line(_));
    let not_actions: &[&str] = if is_customer { &["request_refused"] } else { &[] };
    let query = JournalQuery { object: Some(object), not_actions, ..JournalQuery::default() };
    let entries = house.store.scoped(scope).journal_asked(&query, HISTORY_ROWS).await?;
    Ok(entries.into_iter().map(|entry| noted(actor, entry)).collect())
}

/// As this reader may know it: of people further up the tree than the reader what they are, not who and where from.
fn noted(actor: &Actor, mut entry: Entry) -> Noted {
    let role = Role::named(&entry.by.role);
    if role.is_some_and(|role| is_hidden(actor, role)) {
        (entry.by.name, entry.by.address, entry.by.login) = (String::new(), String::new(), None);
    }
    let object = match entry.object.as_str() {
        "login" if entry.by.login == Some(LoginId(entry.object_id)) => NotedObject::Self_,
        "login" => NotedObject::Person(LoginId(entry.object_id), None),
        "line" => NotedObject::Line(LineId(entry.object_id)),
        "usage_file" => NotedObject::UsageFile(FileId(entry.object_id)),
        _ => NotedObject::Other(entry.object, entry.object_id),
    };
    Noted {
        sequence: entry.sequence,
        at: entry.at,
        login: entry.by.login,
        name: entry.by.name,
        role,
        address: entry.by.address,
        action: entry.action,
        object,
        changes: changes(entry.before.as_deref(), entry.after.as_deref()),
    }
}

/// What differs, by name.
fn changes(before: Option<&str>, after: Option<&str>) -> Vec<Change> {
    let (before, after) = (object(before), object(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    changed.map(|name| Change { what: name.clone(), before: text(before.get(name)), after: text(after.get(name)) }).collect()
}

fn object(json: Option<&str>) -> Map<String, Value> {
    json.and_then(|json| serde_json::from_str(json).ok()).map(unfolded).unwrap_or_default()
}

/// What stands in an object within it stands beside the rest.
fn unfolded(map: Map<String, Value>) -> Map<String, Value> {
    let mut all = Map::new();
    for (name, value) in map {
        match value {
            Value::Object(inner) if inner.contains_key(&name) => all.extend(inner),
            other => drop(all.insert(name, other)),
        }
    }
    all
}

fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(values)) => values.iter().map(|value| text(Some(value))).collect::<Vec<_>>().join(", "),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-06: what was and what is stand beside each other; what stayed is left out.
    #[test]
    fn what_changed_is_told_apart_from_what_stayed() {
        let change =
            |what: &str, before: &str, after: &str| Change { what: what.into(), before: before.into(), after: after.into() };
        let found =
            changes(Some(r#"{"email":"a@x","name":"A","state":"invited"}"#), Some(r#"{"name":"A","state":"validated","n":3}"#));
        assert_eq!(found, [change("email", "a@x", ""), change("n", "", "3"), change("state", "invited", "validated")]);
        assert_eq!(changes(None, Some("not JSON")), []);
        let planned = changes(None, Some(r#"{"change":{"change":"add_option","option":"a"},"due":7,"ended":["b","c"]}"#));
        let told = [("change", "add_option"), ("due", "7"), ("ended", "b, c"), ("option", "a")];
        assert_eq!(planned, told.map(|(what, after)| change(what, "", after)));
    }
}
