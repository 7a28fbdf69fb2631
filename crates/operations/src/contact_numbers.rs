//! Numbers at which a person can be reached (CUS-06): a mobile telephone, one at home, another one. They are checked as real numbers. The mobile
//! one takes the text messages of who has no SIM of ours, so that changing them asks for a proof and is told.

use crate::{
    House, OperationError,
    first_access::Address,
    identity_change::{self, Notice},
    mail::Letter,
    proof::FreshProof,
    text_message::TextNotice,
};
use catalog::{NumberClass, World};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberType};
use serde_json::{Map, Value};
use store::{ChangeKind, Login, NumberKind, Object, Transaction};
use vocabulary::{E164, Party};

/// No number is typed longer, in characters.
pub const LONGEST_NUMBER: usize = 40;

/// A number that is not taken, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberRefusal {
    /// Which of the three.
    pub kind: NumberKind,
    /// Is it a number, but none of a mobile telephone?
    pub reason: NumberReason,
}

/// Why a number is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberReason {
    /// No such number can be called.
    NoNumber,
    /// It is none of a mobile telephone, and so takes no text messages.
    NotMobile,
}

/// Puts what was typed in the place of the numbers before; what was left empty is forgotten. The person hears of it by mail and on the SIM,
/// and can take it back.
///
/// # Errors
/// When the database fails, or there are no keys to seal mails with.
pub async fn change(
    house: &House,
    proof: FreshProof<'_>,
    typed: [(NumberKind, &str); 3],
    links: &Address,
) -> Result<Result<(), NumberRefusal>, OperationError> {
    let actor = proof.actor();
    let world = &house.catalog(actor.scope.operator).await?.world;
    let mut wanted = Vec::new();
    for (kind, typed) in typed {
        match read(typed, kind, world) {
            Ok(number) => wanted.push((kind, number)),
            Err(reason) => return Ok(Err(NumberRefusal { kind, reason })),
        }
    }
    let before = house.store.login_numbers(actor.login).await?;
    let number_before = |kind| before.iter().find(|(known, _)| *known == kind).map(|(_, number)| *number);
    if wanted.iter().all(|(kind, number)| number_before(*kind) == *number) {
        return Ok(Ok(()));
    }
    let login = house.store.login(actor.login).await?.ok_or(OperationError::Stopped)?;
    let now = house.clock.now();
    // Written before the change: the number before is told.
    let letter = |not_me| Letter::NumbersChanged { at: now, not_me };
    let text = TextNotice::NumbersChanged { at: now };
    let notice = Notice::write(house, (&login, links), identity_change::regret_until(now), letter, Some(text)).await?;
    let (before, after) = (json(before.iter().map(|(kind, number)| (*kind, Some(*number)))), json(wanted.iter().copied()));
    let transaction = house.store.begin().await?;
    transaction.hold_login(actor.login).await?;
    for (kind, number) in &wanted {
        transaction.set_number(actor.login, *kind, *number).await?;
    }
    let mut noted = actor.entry(now, "numbers_changed", Object::Login(actor.login));
    let change = identity_change::made(&transaction, (&login, links), (ChangeKind::Numbers, &before, &after), now).await?;
    notice.post(&transaction, change).await?;
    (noted.before, noted.after) = (Some(before), Some(after));
    transaction.note(noted).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Ok(()))
}

/// Numbers as they are kept in the journal and with a change, by kind.
fn json(numbers: impl Iterator<Item = (NumberKind, Option<E164>)>) -> String {
    let entries = numbers.filter_map(|(kind, number)| Some((kind.as_str().to_owned(), Value::from(number?.to_string()))));
    Value::Object(entries.collect::<Map<_, _>>()).to_string()
}

/// Puts numbers back that were kept with a change.
pub(crate) async fn put_back(transaction: &Transaction, login: &Login, kept: &str) -> Result<(), OperationError> {
    let kept: Map<String, Value> = serde_json::from_str(kept).unwrap_or_default();
    for kind in NumberKind::ALL {
        let number = kept.get(kind.as_str()).and_then(Value::as_str).and_then(|number| number.parse().ok());
        transaction.set_number(login.id, kind, number).await?;
    }
    Ok(())
}

/// The number of a mobile telephone that was typed.
pub(crate) fn mobile(typed: &str, world: &World) -> Result<E164, NumberReason> {
    read(typed, NumberKind::Mobile, world)?.ok_or(NumberReason::NoNumber)
}

/// The number that was typed; none for nothing. At home the catalogue knows which numbers are whose, elsewhere the tables of the world's plans do.
fn read(typed: &str, kind: NumberKind, world: &World) -> Result<Option<E164>, NumberReason> {
    let plan = &world.plan;
    let party = plan.read(typed);
    let number = match party {
        Party::Unknown => return Ok(None),
        Party::Number(number) if typed.chars().count() <= LONGEST_NUMBER => number,
        Party::Number(_) | Party::Short(_) | Party::Named(_) => return Err(NumberReason::NoNumber),
    };
    let digits = number.digits().to_string();
    let class = match digits.strip_prefix(&plan.calling_code.to_string()) {
        // No country's national numbers begin with a zero: that is what is dialled before them.
        Some(national)
            if !national.starts_with('0') && plan.national_digits.iter().any(|&n| usize::from(n) == national.len()) =>
        {
            world.destination(&party).and_then(|known| world.get(known).class)
        }
        Some(_) => None,
        None => class_abroad(number),
    };
    match (class, kind) {
        (Some(NumberClass::Mobile), _) | (Some(NumberClass::Geographic), NumberKind::Home | NumberKind::Other) => {
            Ok(Some(number))
        }
        (Some(NumberClass::Geographic), NumberKind::Mobile) => Err(NumberReason::NotMobile),
        _ => Err(NumberReason::NoNumber),
    }
}

/// What a number of another country is; nothing for one that its plan does not have.
fn class_abroad(number: E164) -> Option<NumberClass> {
    let known = PHONE_NUMBER_UTIL.parse(number.to_string(), None).ok()?;
    if !PHONE_NUMBER_UTIL.is_valid_number(&known) {
        return None;
    }
    match PHONE_NUMBER_UTIL.get_number_type(&known) {
        // Where both look alike, text messages arrive at some.
        PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile => Some(NumberClass::Mobile),
        _ => Some(NumberClass::Geographic),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalog::{Catalog, CatalogFiles};

    /// CUS-06: numbers are real ones, in any usual writing, and the mobile one is of a mobile telephone.
    #[test]
    fn a_number_is_one_that_can_be_called() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
        let world = Catalog::load(&CatalogFiles::read(&folder).unwrap(), "vallee").unwrap().world;
        let read = |typed, kind| read(typed, kind, &world).map(|number| number.map(|number| number.to_string()));
        for typed in ["06 39 98 00 11", "+33 6 39 98 00 11", "0033639980011", "06.39.98.00.11"] {
            assert_eq!(read(typed, NumberKind::Mobile), Ok(Some("+33639980011".into())), "{typed}");
        }
        assert_eq!(read("03 53 01 00 10", NumberKind::Home), Ok(Some("+33353010010".into())));
        assert_eq!(read("+49 30 23125 000", NumberKind::Other), Ok(Some("+493023125000".into())));
        assert_eq!(read("+32 470 12 34 56", NumberKind::Mobile), Ok(Some("+32470123456".into())));
        assert_eq!(read("  ", NumberKind::Home), Ok(None));
        assert_eq!(read("03 53 01 00 10", NumberKind::Mobile), Err(NumberReason::NotMobile));
        for bad in [
            "112",
            "3179",
            "0639",
            "06 39 98 00 11 22",
            "+33 6 39",
            "+33 0 00 00 00 00",
            "+999 12345678",
            "08 99 12 34 56",
            "07001234567890",
            "+32 4",
            "Anne",
            "<b>",
            "+",
        ] {
            assert_eq!(read(bad, NumberKind::Other), Err(NumberReason::NoNumber), "{bad}");
        }
    }
}
