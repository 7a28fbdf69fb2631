//! Numbers and cards that belong to nobody.
//!
//! France reserves six blocks of 10,000 numbers for fiction, one of them mobile (06 39 98). That is enough for three thousand lines and
//! more, with a thousand left for those whom they call; beyond, numbers are of 07 1 and 07 2, which have not been opened: no telephone
//! answers there. Of the numbers of machines (0700 and ten digits) and of Belgian numbers nothing is reserved: the demo takes
//! 0700 99 8… and 0460 0…, the block in which its Belgian catalogue has its voicemail. Nothing is ever dialled.

/// Where one operator's numbers come from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Range {
    /// French mobile numbers; the positions are one operator's own.
    FrenchMobile,
    /// French geographic numbers.
    FrenchFixed,
    /// French numbers of machines, 14 digits (MOB-10).
    FrenchMachine,
    /// Belgian mobile numbers.
    BelgianMobile,
}

impl Range {
    /// The number at a position, with calling code and plus.
    pub(crate) fn number(self, position: u64) -> String {
        match self {
            Self::FrenchMobile if position < 9_000 => format!("+3363998{position:04}"),
            Self::FrenchMobile => format!("+3371{:07}", position - 9_000),
            Self::FrenchFixed if position < 10_000 => format!("+3335301{position:04}"),
            Self::FrenchFixed => format!("+3372{:07}", position - 10_000),
            Self::FrenchMachine => format!("+33700998{position:07}"),
            Self::BelgianMobile => format!("+324600{:05}", 10_000 + position),
        }
    }
}

/// A SIM card's number: industry (89), country, issuer, the card's own, a check digit (ITU-T E.118).
pub(crate) fn iccid(country: u16, issuer: u16, card: u64) -> String {
    let body = format!("89{country}{issuer:02}{card:012}");
    let digit = check_digit(&body);
    format!("{body}{digit}")
}

/// The check digit by Luhn's formula (ISO/IEC 7812-1 annex B).
fn check_digit(body: &str) -> u32 {
    let sum: u32 = body.bytes().rev().enumerate().map(|(place, byte)| doubled(u32::from(byte - b'0'), place % 2 == 0)).sum();
    (10 - sum % 10) % 10
}

const fn doubled(digit: u32, every_second: bool) -> u32 {
    match (every_second, digit) {
        (false, _) => digit,
        (true, 0..=4) => digit * 2,
        (true, _) => digit * 2 - 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_have_19_digits_and_the_check_digit_of_luhn() {
        assert_eq!(check_digit("7992739871"), 3);
        assert_eq!(iccid(33, 1, 42).len(), 19);
        assert!(iccid(33, 1, 42).starts_with("893301"));
    }

    /// MOB-10: 14 digits for machines.
    #[test]
    fn machines_have_14_digits_and_other_lines_10() {
        assert_eq!(Range::FrenchMachine.number(7).len(), "+33".len() + 13);
        assert_eq!(Range::FrenchMobile.number(7), "+33639980007");
        assert_eq!(Range::FrenchMobile.number(9_007), "+33710000007");
        assert_eq!(Range::FrenchFixed.number(7), "+33353010007");
        assert_eq!(Range::BelgianMobile.number(7), "+32460010007");
    }
}
