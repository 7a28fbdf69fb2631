//! The activation mail of a profile: to the line's own address, or to the customer's person (RES-08).

use super::codes;
use crate::{
    House, OperationError,
    mail::{self, Letter, Post},
    sign_in::{Brand, brands},
};
use store::{KeptEsim, NewMail};
use vocabulary::{OperatorId, Party, ResellerId};

/// The activation mail to whom it goes by itself, and the address; `None` where there is nobody, no brand, or nothing to say.
///
/// # Errors
/// When the database fails, or without keys.
pub(super) async fn to_contact(house: &House, esim: &KeptEsim) -> Result<Option<(NewMail, String)>, OperationError> {
    let person = match esim.owner.1 {
        Some(customer) => house.store.customer_person(customer).await?,
        None => None,
    };
    let language = person.as_ref().map(|person| person.language.clone()).unwrap_or_default();
    let (email, name) = match person {
        _ if !esim.contact.is_empty() => (esim.contact.clone(), esim.user.clone()),
        Some(person) => (person.email, person.name),
        None => return Ok(None),
    };
    let Some(brand) = brand_of(house, (esim.operator, esim.owner.0)).await? else { return Ok(None) };
    let mail = written(house, esim, (&brand.host, &email), (&name, &language))?;
    Ok(mail.map(|mail| (mail, email)))
}

/// The activation mail to an address; `None` where there is nothing to say.
///
/// # Errors
/// Without keys.
pub(super) fn written(
    house: &House,
    esim: &KeptEsim,
    (host, email): (&str, &str),
    (name, language): (&str, &str),
) -> Result<Option<NewMail>, OperationError> {
    let Some(code) = codes::activation_code(house, esim)? else { return Ok(None) };
    let number = match &esim.line.1 {
        Party::Number(number) => number.to_string(),
        Party::Short(_) | Party::Named(_) | Party::Unknown => String::new(),
    };
    let letter = Letter::EsimReady { number, code: code.to_string() };
    let post = Post { operator: esim.operator, host, recipient: email, name, language, letter, useful_until: None };
    Ok(Some(mail::written(house, post)?))
}

/// The brand that writes to a reseller's customers, or to the operator's own.
///
/// # Errors
/// When the database fails.
pub(crate) async fn brand_of(
    house: &House,
    (operator, reseller): (OperatorId, Option<ResellerId>),
) -> Result<Option<Brand>, OperationError> {
    let found = brands(house).await?;
    let of = |wanted| found.iter().find(|brand| brand.door.operator == operator && brand.door.reseller == wanted);
    Ok(of(reseller).or_else(|| of(None)).cloned())
}
