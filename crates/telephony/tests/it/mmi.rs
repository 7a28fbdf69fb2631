//! The grammar of 3GPP TS 22.030 and what its codes mean.

use proptest::prelude::*;
use telephony::{
    dial_code::{Asked, Unheard, Wish, of_mobile},
    mmi::{CodeRefusal, Dialled, Meaning, NotDialled, PartFault, Procedure, meaning, read},
};

fn procedure(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Activate => "activate",
        Procedure::Deactivate => "deactivate",
        Procedure::Interrogate => "interrogate",
        Procedure::Register => "register",
        Procedure::Erase => "erase",
    }
}

/// What the shared cases call what was dialled: its syntax, its parts, and what is expected of it.
fn told(dialled: &str, is_mobile: bool) -> (Vec<String>, &'static str) {
    let code = match read(dialled) {
        Ok(Dialled::Code(code)) => code,
        other => {
            let word = match other {
                Ok(Dialled::Ussd(_)) => "ussd",
                Ok(Dialled::Short(_)) => "short",
                Ok(Dialled::Number(_)) => "dial",
                Ok(Dialled::Code(_)) | Err(_) => "invalid",
            };
            let mut parts = vec![word.to_owned()];
            parts.resize(8, String::new());
            return (parts, word);
        }
    };
    let mut parts = vec!["ss".to_owned(), procedure(code.procedure).to_owned(), code.service.to_owned()];
    parts.extend(code.parts.iter().map(|part| part.unwrap_or_default().to_owned()));
    parts.push(code.called.unwrap_or_default().to_owned());
    let expected = match meaning(&code) {
        // What a fixed line's operator makes of a service is its own table's.
        _ if !is_mobile => "valid",
        Ok(Meaning::Ussd) => "ussd",
        Ok(Meaning::Forward { seconds: Some(seconds), .. }) if seconds % 5 != 0 => "warn",
        Ok(_) => "valid",
        Err(CodeRefusal::Basic(_)) => "invalid-service",
        Err(CodeRefusal::Part(_)) => "invalid-param",
        Err(CodeRefusal::Procedure) => "invalid-procedure",
    };
    (parts, expected)
}

/// FIX-16: every shared case is read and understood as it says.
#[test]
fn fix_16_the_shared_cases_are_understood() {
    let Some(path) = testkit::shared("vectors/mmi.csv") else { return };
    let mut file = csv::Reader::from_path(path).unwrap();
    let mut count = 0;
    for row in file.records() {
        let row = row.unwrap();
        let (parts, expected) = told(&row[0], &row[1] == "mobile");
        let wanted: Vec<&str> = (2..10).map(|at| &row[at]).collect();
        assert_eq!((parts.iter().map(String::as_str).collect::<Vec<_>>(), expected), (wanted, &row[10]), "`{}`", &row[0]);
        count += 1;
    }
    assert!(count >= 46, "{count} cases");
}

/// FIX-16: what no telephone sends, and what is cut, is said and means nothing.
#[test]
fn fix_16_what_was_never_dialled_is_told() {
    let long = format!("*21*{}#", "1".repeat(300));
    for (dialled, why) in [
        ("", NotDialled::Empty),
        (long.as_str(), NotDialled::TooLong),
        ("*21*06 12#", NotDialled::Sign(' ')),
        ("*21*abc#", NotDialled::Sign('a')),
        ("*21*06\u{0}12#", NotDialled::Sign('\u{0}')),
        ("*21*06\u{1b}[31m#", NotDialled::Sign('\u{1b}')),
        ("*21*06+12#", NotDialled::Sign('+')),
        ("*21", NotDialled::Unended),
        ("*21*0612345678", NotDialled::Unended),
        ("١٢٣", NotDialled::Sign('١')),
    ] {
        assert_eq!(read(dialled), Err(why), "{dialled:?}");
        assert!(!why.to_string().chars().any(char::is_control), "{why}");
    }
    assert_eq!(of_mobile("**#"), Err(Unheard::Unknown));
    assert_eq!(of_mobile("*21*#"), Err(Unheard::Code(CodeRefusal::Part(PartFault::NoNumber))));
    assert_eq!(of_mobile("*33*0000#"), Err(Unheard::NotOffered));
    assert_eq!(of_mobile("**04*1234*5678*5678#"), Err(Unheard::Card));
    assert_eq!(of_mobile("*#43#"), Ok(Wish::Ask(Asked::CallWaiting)));
    assert_eq!(of_mobile("112"), Ok(Wish::Call("112")));
    assert_eq!(of_mobile("#31#112"), Ok(Wish::CallHidden("112")));
}

proptest! {
    /// FIX-16: whatever is dialled is answered, and a code is made of nothing but what was dialled.
    #[test]
    fn fix_16_nothing_dialled_does_harm(dialled in "[*#+0-9]{0,40}") {
        if let Ok(Dialled::Code(code)) = read(&dialled) {
            prop_assert!(dialled.contains(code.service));
            let _known = meaning(&code);
        }
        let _wish = of_mobile(&dialled);
    }

    /// FIX-16: any text at all.
    #[test]
    fn fix_16_nothing_sent_does_harm(dialled in ".{0,200}") {
        let is_keys = dialled.chars().all(|sign| sign.is_ascii_digit() || "*#+".contains(sign));
        prop_assert!(read(&dialled).is_err() || is_keys);
    }
}
