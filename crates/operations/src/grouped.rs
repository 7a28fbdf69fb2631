//! Telephone numbers in groups, as people read them aloud.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};
use vocabulary::{E164, NumberingPlan, Party};

const FRANCE: u16 = 33;

/// A number in groups that stay on one line: nationally when it is of the plan's own country (`06 39 98 00 11`), else
/// internationally (`+32 470 12 34 56`). A number that no table knows stands in its digits.
pub fn grouped(number: E164, plan: &NumberingPlan) -> String {
    let digits = number.digits().to_string();
    if let Some(national) = digits.strip_prefix(&plan.calling_code.to_string())
        && plan.national_digits.iter().any(|&length| usize::from(length) == national.len())
        && plan.national_digits.iter().max().is_some_and(|&longest| usize::from(longest) == national.len() && longest > 9)
    {
        // Machine numbers are longer than the tables of persons' numbers know; they read in pairs like those.
        return in_pairs(&format!("{}{national}", plan.trunk_prefix));
    }
    if plan.calling_code == FRANCE
        && let Some(national) = digits.strip_prefix(&FRANCE.to_string())
        && national.len() == 9
        && !national.starts_with(['0', '8'])
    {
        // What the tables would say, without their time: a page has a hundred numbers. Those of `08` are in other groups.
        return in_pairs(&format!("{}{national}", plan.trunk_prefix));
    }
    let Ok(parsed) = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None) else {
        return format!("+{digits}");
    };
    let own = digits.starts_with(&plan.calling_code.to_string());
    let format = if own { PhoneNumberFormat::National } else { PhoneNumberFormat::International };
    PHONE_NUMBER_UTIL.format(&parsed, format).replace(' ', "\u{a0}")
}

/// A number in groups as it is dialled from another country: `+33 3 53 01 01 23`.
pub fn from_abroad(number: E164) -> String {
    let Ok(parsed) = PHONE_NUMBER_UTIL.parse(number.to_string(), None) else { return number.to_string() };
    PHONE_NUMBER_UTIL.format(&parsed, PhoneNumberFormat::International).replace(' ', "\u{a0}")
}

/// The other party of a usage; nothing for one that nobody named.
pub fn party(party: &Party, plan: &NumberingPlan) -> String {
    match party {
        Party::Number(number) => grouped(*number, plan),
        Party::Short(digits) => digits.to_string(),
        Party::Named(name) => name.to_string(),
        Party::Unknown => String::new(),
    }
}

fn in_pairs(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % 2 == 0 {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn france() -> NumberingPlan {
        NumberingPlan {
            calling_code: 33,
            trunk_prefix: "0".into(),
            international_prefix: "00".into(),
            national_digits: vec![9, 13],
        }
    }

    #[test]
    fn numbers_are_grouped_as_their_country_reads_them() {
        let france = france();
        let belgium = NumberingPlan { calling_code: 32, national_digits: vec![8, 9], ..france.clone() };
        for (number, plan, shown) in [
            ("+33639980011", &france, "06 39 98 00 11"),
            ("+337001234567890", &france, "07 00 12 34 56 78 90"),
            ("+32470123456", &france, "+32 470 12 34 56"),
            ("+32470123456", &belgium, "0470 12 34 56"),
            ("+33639980011", &belgium, "+33 6 39 98 00 11"),
            ("+41791234567", &france, "+41 79 123 45 67"),
        ] {
            assert_eq!(grouped(number.parse().unwrap(), plan).replace('\u{a0}', " "), shown);
        }
    }

    #[test]
    fn french_numbers_are_in_the_groups_of_the_tables() {
        let france = france();
        for start in 100..1000 {
            let number = format!("+33{start}234567");
            let parsed = PHONE_NUMBER_UTIL.parse(&number, None).unwrap();
            let of_tables = PHONE_NUMBER_UTIL.format(&parsed, PhoneNumberFormat::National).replace(' ', "\u{a0}");
            assert_eq!(grouped(number.parse().unwrap(), &france), of_tables, "{number}");
        }
    }
}
