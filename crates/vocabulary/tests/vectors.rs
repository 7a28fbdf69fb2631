//! The words of SIM cards, eSIMs and portings against cases that others worked out, which lie beside the repository. Where they are
//! missing, the tests say so and pass over them; examples of ours stand in the second half.

mod shared;

use shared::rows;
use vocabulary::{
    ActivationCode, Confirmation, ConfirmationCode, DonorCustomerNumber, E164, Eid, Iccid, IccidError, IccidRange, Imsi,
    NationalNumber, NumberingPlan, Pin, Puk, Rio, RioQuality,
};

/// RES-03: a RIO is taken only with the number that its key was made for.
#[test]
fn a_rio_belongs_to_its_number() {
    let official: NationalNumber = "0612345678".parse().unwrap();
    assert_eq!(Rio::key("01PEROY4P", &official).unwrap(), "4TR");
    let rio = Rio::of("01 p eroy4p 4tr", &official).unwrap();
    assert_eq!((rio.as_str(), rio.operator(), rio.quality()), ("01PEROY4P4TR", "01", RioQuality::Personal));
    let machine: NationalNumber = "07001234567890".parse().unwrap();
    let key = Rio::key("01EABC123", &machine).unwrap();
    assert!(Rio::of(&format!("01EABC123{key}"), &machine).is_ok(), "14 digits have a RIO, too");
    for [rio, number, kind, expected, ..] in rows("rio.csv").iter().map(|row| <[String; 4]>::try_from(row[..4].to_vec()).unwrap())
    {
        let read = number.parse().ok().and_then(|number: NationalNumber| Rio::of(&rio, &number).ok());
        assert_eq!(read.is_some(), expected == "valid", "{rio} {number}");
        if let Some(read) = read {
            assert_eq!(read.quality() == RioQuality::Fixed, kind == "fixed", "{rio}");
        }
    }
}

/// RES-07, FLT-03: an ICCID has 19 or 20 digits and a check digit; its filler is no part of it.
#[test]
fn an_iccid_is_known_with_and_without_filler() {
    for row in rows("iccid.csv") {
        let [input, normalized, _, luhn, expected] = &row[..5] else { panic!("{row:?}") };
        if expected == "nibble-swapped" {
            let bytes: Vec<u8> = (0..10).map(|at| u8::from_str_radix(&input[2 * at..2 * at + 2], 16).unwrap()).collect();
            let iccid = Iccid::from_bcd(bytes.clone().try_into().unwrap()).unwrap();
            assert_eq!((iccid.as_str(), &iccid.to_bcd()[..]), (normalized.as_str(), &bytes[..]));
            continue;
        }
        match input.parse::<Iccid>() {
            Ok(iccid) => {
                assert!(expected.starts_with("valid"), "{input}");
                assert_eq!(iccid.as_str(), normalized);
                assert_eq!(Iccid::from_bcd(iccid.to_bcd()), Ok(iccid));
            }
            Err(IccidError::CheckDigit(..)) => assert!(expected == "warn" && luhn == "bad", "{input}"),
            Err(error) => assert!(expected == "invalid" || expected == "warn", "{input}: {error}"),
        }
    }
    let error = "8933263212200169066".parse::<Iccid>().unwrap_err();
    assert_eq!(error.to_string(), "ICCID `8933263212200169066` has a wrong check digit: `5` would be right");
}

/// RES-07: a range goes from its first to its last card, each with a check digit of its own.
#[test]
fn a_range_counts_without_the_check_digit() {
    let iccid = |serial: u128| Iccid::from_serial(serial).unwrap();
    let range = IccidRange::new(iccid(893_301_000_000_000_008), iccid(893_301_000_000_000_012)).unwrap();
    let serials: Vec<u128> = range.iter().map(|iccid| iccid.serial() % 100).collect();
    assert_eq!((range.count(), serials), (5, vec![8, 9, 10, 11, 12]));
    assert!(range.iter().all(|iccid| range.holds(iccid)) && !range.holds(iccid(893_301_000_000_000_013)));
    assert!(IccidRange::new(iccid(893_301_000_000_000_012), iccid(893_301_000_000_000_008)).is_err(), "descending");
    assert!(IccidRange::new(iccid(893_301_000_000_000_012), iccid(893_301_000_100_000_012)).is_err(), "a mistyped digit");
    assert!(IccidRange::new(iccid(893_301_000_000_000_012), iccid(8_933_010_000_000_000_012)).is_err(), "19 and 20 digits");
    assert_eq!(Iccid::from_serial(1), None);
}

/// RES-08: an activation code is read in each form and written as telephones take it.
#[test]
fn an_activation_code_is_read_strictly() {
    for row in rows("lpa.csv") {
        let [input, expected, address, matching_id, oid, confirmation] = &row[..6] else { panic!("{row:?}") };
        let read = input.parse::<ActivationCode>();
        match expected.as_str() {
            "valid" => {
                let code = read.unwrap();
                assert_eq!(code.sm_dp.as_str(), address);
                assert_eq!(code.matching_id.as_ref().map_or("", |id| id.as_str()), matching_id);
                assert_eq!(code.oid.as_deref().unwrap_or_default(), oid);
                assert_eq!(code.confirmation == Confirmation::Code, confirmation == "1");
                assert_eq!(code.qr_text().strip_prefix("LPA:").unwrap(), input.strip_prefix("LPA:").unwrap_or(input));
            }
            "lenient" => assert!(read.unwrap().qr_text().starts_with("LPA:1$")),
            _ => assert!(read.is_err(), "{input}"),
        }
    }
    let code: ActivationCode = "LPA:1$smdp.example.com$SECRET-1$$1".parse().unwrap();
    assert_eq!(code.to_string(), "1$smdp.example.com$SECRET-1$$1");
    assert!(!format!("{code:?}").contains("SECRET"), "{code:?}");
    let long = format!("LPA:1$smdp.example.com${}", "A".repeat(250));
    assert!(long.parse::<ActivationCode>().is_err());
}

#[test]
fn an_eid_leaves_one() {
    for row in rows("luhn_siret.csv").iter().filter(|row| row[0] == "eid") {
        assert_eq!(row[1].parse::<Eid>().is_ok(), row[2] == "valid", "{}", row[1]);
    }
    let eid: Eid = "89001012 01234123 40123456 78901224".parse().unwrap();
    assert_eq!(eid.to_string(), "89001012012341234012345678901224");
}

/// PLT-16: PIN, PUK and confirmation code never show by accident.
#[test]
fn secrets_do_not_show() {
    let (pin, puk): (Pin, Puk) = ("1234".parse().unwrap(), "12345678".parse().unwrap());
    let code: ConfirmationCode = "654321".parse().unwrap();
    assert_eq!(format!("{pin:?} {puk:?} {code:?}"), "Pin(…) Puk(…) ConfirmationCode(…)");
    assert_eq!((pin.reveal(), puk.reveal(), code.reveal()), ("1234", "12345678", "654321"));
    for bad in ["123", "123456789", "12a4", ""] {
        let error = bad.parse::<Pin>().unwrap_err().to_string();
        assert!(bad.is_empty() || !error.contains(bad), "{error}");
    }
    assert!("1234567".parse::<Puk>().is_err() && "12345".parse::<ConfirmationCode>().is_err());
}

#[test]
fn an_imsi_tells_its_network() {
    let imsi: Imsi = "208011234567890".parse().unwrap();
    assert!(imsi.country() == 208 && imsi.is_of("20801") && !imsi.is_of("20820"));
    for bad in ["", "20801", "2080112345678901", "108011234567890", "20801123456789A"] {
        assert!(bad.parse::<Imsi>().is_err(), "{bad}");
    }
}

/// MOB-10: numbers of 10 and of 14 digits are numbers of one type, and dialled at home with their trunk prefix.
#[test]
fn numbers_of_ten_and_of_fourteen_digits_are_dialled_at_home() {
    let plan = |calling_code, national_digits: &[u8]| NumberingPlan {
        calling_code,
        trunk_prefix: "0".into(),
        international_prefix: "00".into(),
        national_digits: national_digits.to_vec(),
    };
    let national = |plan: &NumberingPlan, number: &str| {
        let number: E164 = number.parse().unwrap();
        plan.as_dialled(number).map(|national| national.to_string())
    };
    let france = plan(33, &[9, 13]);
    assert_eq!(national(&france, "+33639980011").as_deref(), Some("0639980011"));
    assert_eq!(national(&france, "+337001234567890").as_deref(), Some("07001234567890"));
    assert_eq!(national(&france, "+33700123456789"), None, "13 digits are no French number");
    assert_eq!(national(&france, "+32470123456"), None);
    assert_eq!(national(&plan(32, &[8, 9]), "+32470123456").as_deref(), Some("0470123456"));
    for bad in ["639980011", "06399800", "063998001123456", "06 3a"] {
        assert!(bad.parse::<NationalNumber>().is_err(), "{bad}");
    }
}

#[test]
fn a_customer_number_is_a_short_text() {
    for good in ["123456789", "BE-12.345/6", " AB 12 "] {
        assert!(good.parse::<DonorCustomerNumber>().is_ok(), "{good}");
    }
    for bad in ["", "12", "---", "<b>123</b>", &"1".repeat(31)] {
        assert!(bad.parse::<DonorCustomerNumber>().is_err(), "{bad}");
    }
}
