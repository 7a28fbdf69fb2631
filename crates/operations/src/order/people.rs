//! Who is to use an ordered line, and where messages about it go: read by the same rules as anywhere, so that what one person types can be
//! shown to another, and mailed.

use super::LineAsked;
use crate::members::{address, name};
use catalog::Catalog;
use vocabulary::Party;

/// The column of what cannot be read, and what was typed there.
pub(super) type Unreadable = (&'static str, String);

/// The line with these read; what is empty stays so.
pub(super) fn read(catalog: &Catalog, line: &LineAsked) -> Result<LineAsked, Unreadable> {
    let user = some(&line.user, "user", |text| name(text).ok())?;
    let email = some(&line.contact.0, "contact_email", |text| address(text).ok())?;
    let number = some(&line.contact.1, "contact_number", |text| match catalog.world.plan.read(text) {
        Party::Number(number) => Some(number.to_string()),
        _ => None,
    })?;
    Ok(LineAsked { request: line.request.clone(), user, contact: (email, number) })
}

fn some(typed: &str, column: &'static str, read: impl Fn(&str) -> Option<String>) -> Result<String, Unreadable> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    read(typed).ok_or_else(|| (column, typed.to_owned()))
}
