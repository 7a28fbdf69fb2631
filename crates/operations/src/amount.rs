//! An amount as people type it: `12`, `12,5`, `12.50 €`, `1 234,56`.

use vocabulary::Cents;

/// Why what was typed is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountFault {
    /// Nothing was typed.
    Empty,
    /// It has other signs than digits and one comma or point.
    NotANumber,
    /// It has more than two digits after the comma.
    TooFine,
    /// Nobody owes so much.
    TooLarge,
}

/// More digits than these before the comma are no amount that anybody owes.
const MOST_DIGITS: usize = 12;

/// Reads an amount. Spaces group digits; the last comma or point parts the cents, and stands before one or two digits.
pub fn read(typed: &str) -> Result<Cents, AmountFault> {
    let plain: String = typed.chars().filter(|sign| !sign.is_whitespace() && !"\u{202f}\u{a0}".contains(*sign)).collect();
    let plain = plain.strip_suffix('€').or_else(|| plain.strip_prefix('€')).unwrap_or(&plain);
    let (is_negative, plain) = match plain.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, plain),
    };
    if plain.is_empty() {
        return Err(AmountFault::Empty);
    }
    let (whole, fraction) = plain.rsplit_once([',', '.']).unwrap_or((plain, ""));
    let whole = if fraction.is_empty() { whole.to_owned() } else { whole.replace([',', '.'], "") };
    if whole.is_empty() || ![whole.as_str(), fraction].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(AmountFault::NotANumber);
    }
    if fraction.len() > 2 {
        return Err(AmountFault::TooFine);
    }
    if whole.len() > MOST_DIGITS {
        return Err(AmountFault::TooLarge);
    }
    let cents: i64 = format!("{whole}{fraction:0<2}").parse().map_err(|_| AmountFault::TooLarge)?;
    Ok(Cents::new(if is_negative { -cents } else { cents }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CUS-09: an amount is read however people of four languages type it, and nothing is guessed.
    #[test]
    fn an_amount_is_read_as_people_type_it() {
        for (typed, cents) in [
            ("12", 1_200),
            ("12,5", 1_250),
            ("12.50", 1_250),
            (" 12,50 € ", 1_250),
            ("1 234,56", 123_456),
            ("1\u{202f}234,56\u{a0}€", 123_456),
            ("1.234,56", 123_456),
            ("1,234.56", 123_456),
            ("0", 0),
            ("0,01", 1),
            ("-5", -500),
        ] {
            assert_eq!(read(typed), Ok(Cents::new(cents)), "{typed:?}");
        }
        for (typed, fault) in [
            ("", AmountFault::Empty),
            (" € ", AmountFault::Empty),
            ("douze", AmountFault::NotANumber),
            (",50", AmountFault::NotANumber),
            ("1e3", AmountFault::NotANumber),
            ("12,5o", AmountFault::NotANumber),
            ("12,505", AmountFault::TooFine),
            ("1,234", AmountFault::TooFine),
            ("9999999999999", AmountFault::TooLarge),
        ] {
            assert_eq!(read(typed), Err(fault), "{typed:?}");
        }
    }
}
