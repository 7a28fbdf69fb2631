//! What somebody types to be known by: a reference with or without its letter, a telephone number in any usual writing, an address
//! (TEL-01, CUS-02, PLT-03), and whom it means.

use store::{Identifier, Login};
use vocabulary::{NumberingPlan, Party};

/// No identifier is longer, in characters.
pub const LONGEST_IDENTIFIER: usize = 200;

/// Every writing in which what was typed may be kept; `None` for what nobody is known by.
pub(crate) fn identifier(typed: &str, plan: &NumberingPlan) -> Option<Identifier> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() || typed.chars().count() > LONGEST_IDENTIFIER {
        return None;
    }
    let mut writings = vec![typed.clone()];
    let mut add = |writing: String| {
        if !writing.is_empty() && !writings.contains(&writing) {
            writings.push(writing);
        }
    };
    let is_numeric = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let rest = typed.strip_prefix(|first: char| first.is_ascii_lowercase()).filter(|rest| is_numeric(rest));
    if let Some(rest) = rest {
        add(rest.to_owned());
    } else if typed.chars().all(|c| c.is_ascii_digit() || "+ .-/()\u{a0}\u{202f}".contains(c)) {
        let plain: String = typed.chars().map(|c| if c == '/' || !c.is_ascii() { ' ' } else { c }).collect();
        add(plain.chars().filter(char::is_ascii_digit).collect());
        if let Party::Number(number) = plan.read(&plain) {
            add(number.to_string());
            add(number.digits().to_string());
            let national = number.digits().to_string();
            if let Some(national) = national.strip_prefix(&plan.calling_code.to_string()) {
                add(format!("{}{national}", plan.trunk_prefix));
            }
        }
    }
    let after_letter = if is_numeric(&typed) { typed } else { String::new() };
    Some(Identifier { writings, after_letter })
}

/// The one writing by which the tries for what nobody is known by are counted, however it was typed.
pub(crate) fn canonical(identifier: &Identifier) -> String {
    let international = identifier.writings.iter().find(|writing| writing.starts_with('+'));
    international.or(identifier.writings.last()).cloned().unwrap_or_default()
}

/// The login that is written so, in the likeliest writing; else, of those that one letter more tells apart, the only one.
pub(crate) fn meant(found: Vec<(String, Login)>, identifier: &Identifier) -> Option<Login> {
    let kept_as = |writing: &String| found.iter().position(|(known_by, _)| known_by == writing);
    let written = identifier.writings.iter().find_map(kept_as);
    let is_one = found.iter().all(|(_, login)| login.id == found[0].1.id);
    match written {
        Some(index) => found.into_iter().nth(index).map(|(_, login)| login),
        None if is_one => found.into_iter().next().map(|(_, login)| login),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::{LoginId, OperatorId};

    fn plan() -> NumberingPlan {
        NumberingPlan {
            calling_code: 33,
            trunk_prefix: "0".into(),
            international_prefix: "00".into(),
            national_digits: vec![9, 13],
        }
    }

    fn login(id: i64, identifier: &str) -> (String, Login) {
        let login = Login {
            id: LoginId(id),
            operator: OperatorId(1),
            reseller: None,
            customer: None,
            line: None,
            password_hash: None,
            role: "subscriber".to_owned(),
            state: "validated".to_owned(),
            name: String::new(),
            email: String::new(),
            language: String::new(),
            party: String::new(),
        };
        (identifier.to_owned(), login)
    }

    /// TEL-01: a telephone number is known in any usual writing.
    #[test]
    fn a_telephone_number_is_one_identifier_in_every_writing() {
        for typed in ["06 39 98 00 11", "+33 6 39 98 00 11", "0033639980011", "06.39.98.00.11", "0639980011", "+33639980011"] {
            let identifier = identifier(typed, &plan()).unwrap();
            assert!(identifier.writings.contains(&"0639980011".to_owned()), "{typed}: {identifier:?}");
            assert!(identifier.writings.contains(&"+33639980011".to_owned()), "{typed}: {identifier:?}");
        }
    }

    /// PLT-03: a reference is known with or without its leading letter, an address whatever its case.
    #[test]
    fn a_reference_is_known_without_its_letter() {
        let with = identifier(" C104233 ", &plan()).unwrap();
        assert_eq!(with.writings, ["c104233", "104233"]);
        let without = identifier("104233", &plan()).unwrap();
        assert_eq!(without.after_letter, "104233");
        assert_eq!(identifier("Hugo@Lambert.example", &plan()).unwrap().writings, ["hugo@lambert.example"]);
        assert!(identifier("  ", &plan()).is_none());
        assert!(identifier(&"a".repeat(201), &plan()).is_none());
    }

    #[test]
    fn what_one_letter_more_tells_apart_is_nobody() {
        let typed = identifier("104233", &plan()).unwrap();
        assert!(meant(vec![login(1, "c104233"), login(2, "b104233")], &typed).is_none());
        assert_eq!(meant(vec![login(1, "b104233"), login(2, "104233")], &typed).unwrap().id, LoginId(2));
        assert_eq!(meant(vec![login(1, "c104233")], &typed).unwrap().id, LoginId(1));
        assert_eq!(
            meant(vec![login(1, "c104233"), login(1, "d104233")], &typed).unwrap().id,
            LoginId(1),
            "one with two references"
        );
        assert!(meant(vec![], &typed).is_none());
    }
}
