//! Who is to use an ordered line (FLT-03): somebody new, read by the same rules as anywhere, so that what one person types can be shown to another, and
//! mailed; or the user of another line of the customer.

use super::{Actor, LineAsked};
use crate::{
    House, OperationError,
    line_user::{Field, Typed, shown},
    members::name,
};
use catalog::Catalog;
use std::collections::HashMap;
use store::UserData;
use vocabulary::{CustomerId, E164, Party, Timestamp};

/// Who is to use a line, as it was typed; nobody yet where nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserAsked {
    /// Their name in one, where it is not typed in its parts.
    pub name: String,
    /// The number of the line whose user it is too; empty for somebody new.
    pub of: String,
    /// What is typed of somebody new.
    pub typed: Typed,
}

/// The column of a field in a file.
const fn column(field: Field) -> &'static str {
    match field {
        Field::Email => "contact_email",
        Field::Number => "contact_number",
        field => field.as_str(),
    }
}

impl UserAsked {
    /// From what stands in each column of a file.
    pub fn of_columns(text: impl Fn(&str) -> String) -> Self {
        Self { name: text("user"), of: text("user_of"), typed: Typed::with(|field| text(column(field))) }
    }

    /// Somebody of whom only the name is known.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// Who is to use a line: the name that lists show, empty for nobody yet, and what else is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct User {
    pub shown: String,
    pub data: UserData,
}

/// The users of the customer's lines whose numbers are named in an order.
pub(super) type Known = HashMap<E164, User>;

/// The column of what cannot be read, and what was typed there.
pub(super) type Unreadable = (&'static str, String);

/// The users that an order names by their lines: those of other customers, and those who alone see what is known of them, are not among them.
pub(super) async fn known(
    (house, actor): (&House, &Actor),
    catalog: &Catalog,
    customer: CustomerId,
    lines: &[LineAsked],
) -> Result<Known, OperationError> {
    let named = lines.iter().filter(|line| !line.user.of.is_empty());
    let numbers: Vec<E164> = named.filter_map(|line| number(catalog, &line.user.of)).collect();
    if numbers.is_empty() {
        return Ok(Known::new());
    }
    let found = house.store.scoped(actor.scope).users_of(customer, &numbers).await?;
    let users = found.into_iter().filter_map(|user| match user.number {
        Party::Number(number) => Some((number, User { shown: user.shown, data: user.data })),
        _ => None,
    });
    Ok(users.collect())
}

fn number(catalog: &Catalog, typed: &str) -> Option<E164> {
    match catalog.world.plan.read(typed) {
        Party::Number(number) => Some(number),
        _ => None,
    }
}

/// Who is to use a line. Without `known`, whose line is named is not looked at.
pub(super) fn read((catalog, now): (&Catalog, Timestamp), asked: &UserAsked, known: Option<&Known>) -> Result<User, Unreadable> {
    let (typed_name, of) = (asked.name.trim(), asked.of.trim());
    if !of.is_empty() {
        let wrong = || ("user_of", of.to_owned());
        let is_new = !typed_name.is_empty() || asked.typed != Typed::default();
        let number = number(catalog, of).filter(|_| !is_new).ok_or_else(wrong)?;
        let Some(known) = known else { return Ok(User::default()) };
        return known.get(&number).cloned().ok_or_else(wrong);
    }
    let data = asked.typed.fields(catalog, now).map_err(|faults| {
        let field = faults.first().map_or(Field::LastName, |(field, _)| *field);
        (column(field), asked.typed.get(field).to_owned())
    })?;
    if typed_name.is_empty() {
        return Ok(User { shown: shown(&data), data });
    }
    let read = name(typed_name).map_err(|_| ("user", typed_name.to_owned()))?;
    // Two names are one too many.
    if !data.first_name.is_empty() || !data.last_name.is_empty() {
        return Err(("user", read));
    }
    Ok(User { shown: read, data })
}
