//! Direct debits and transfers, from open items to what the bank answers.

mod answers;
mod collections;
mod mandates;
mod matching;
mod open_items;

use billing::{ChangedAccount, InvoiceNumber, Mandate};
use catalog::{Holiday, HolidayRule, Holidays, Words};
use jiff::civil::Date;
use vocabulary::Cents;

/// The days on which banks do not settle.
fn banks() -> Holidays {
    use HolidayRule::{Easter, Fixed};
    let rules = [Fixed(1, 1), Easter(-2), Easter(1), Fixed(5, 1), Fixed(12, 25), Fixed(12, 26)];
    Holidays::new(rules.map(|rule| Holiday { name: Words::default(), rule }).to_vec())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn cents(hundredths: i64) -> Cents {
    Cents::new(hundredths)
}

fn invoice(number: &str) -> InvoiceNumber {
    number.into()
}

const IBAN: &str = "FR7630006000011234567890189";
const OTHER_IBAN: &str = "BE62510007547061";

fn account(iban: &str, reference: &str) -> ChangedAccount {
    ChangedAccount {
        iban: iban.parse().unwrap(),
        bic: None,
        holder: "Élodie Weiß".to_owned(),
        reference: reference.parse().unwrap(),
    }
}

/// A mandate signed on a day and never used.
fn mandate(signed: &str) -> Mandate {
    Mandate::signed(account(IBAN, "VX-1-1"), day(signed))
}
