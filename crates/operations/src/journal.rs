//! The journal as its readers see it: who did what to what, the latest first (PLT-06).

use crate::{
    Actor, House, OperationError, Scope,
    permission::{Permission, Role},
};
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
    let query = JournalQuery { object: None, action: asked.action.as_deref(), person: asked.person, before: asked.before };
    let mut entries = house.store.scoped(actor.scope).journal_asked(&query, rows.saturating_add(1)).await?;
    let has_more = entries.len() > rows as usize;
    entries.truncate(rows as usize);
    Ok(Some((entries.into_iter().map(|entry| noted(actor, entry)).collect(), has_more)))
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
    let entries = house.store.scoped(scope).journal(Some(object), None, HISTORY_ROWS).await?;
    Ok(entries.into_iter().map(|entry| noted(actor, entry)).collect())
}

/// As this reader may know it: of people further up the tree than the reader what they are, not who and where from.
fn noted(actor: &Actor, mut entry: Entry) -> Noted {
    let role = Role::named(&entry.by.role);
    if role.is_some_and(|role| role.rank() > actor.role.rank()) {
        (entry.by.name, entry.by.address, entry.by.login) = (String::new(), String::new(), None);
    }
    let object = match entry.object.as_str() {
        "login" if entry.by.login == Some(LoginId(entry.object_id)) => NotedObject::Self_,
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
