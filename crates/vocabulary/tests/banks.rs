//! The words of banks and companies against cases that others worked out, which lie beside the repository. Where they are missing, the
//! tests say so and pass over them; examples of ours stand beside each.

mod shared;

use shared::rows;
use vocabulary::{
    Bic, BicError, CompanyNumberError, CreditorId, EnterpriseNumber, Iban, IbanError, MandateReference, MandateReferenceError,
    Siren, Siret, StructuredReference, StructuredReferenceError, VatNumber, VatNumberError,
};

/// CUS-08: an IBAN is right or refused.
#[test]
fn an_iban_is_right_or_refused() {
    for row in rows("iban.csv") {
        let read = row[0].parse::<Iban>();
        assert_eq!(read.is_ok(), row[1] == "valid", "{}: {read:?}", row[0]);
        if let (Ok(iban), false) = (read, row[2].is_empty()) {
            let bic: Bic = row[2].parse().unwrap();
            assert_eq!(bic.country(), iban.country());
        }
    }
    let iban: Iban = "iban: fr76 3000 6000\u{a0}0112 3456 7890 189 ".parse().unwrap();
    assert_eq!(iban.electronic(), "FR7630006000011234567890189");
    assert_eq!(iban.to_string(), "FR76 3000 6000 0112 3456 7890 189");
    assert_eq!(iban.masked(), "FR** **** **** **** **** ***0 189");
    assert_eq!(format!("{iban:?}"), "Iban(FR** **** **** **** **** ***0 189)");
    assert_eq!((iban.country().as_str(), &iban.national()[..5]), ("FR", "30006"));
    for good in [
        "AD1200012030200359100100",
        "AL47212110090000000235698741",
        "MD24AG000225100013104168",
        "ME25505000012345678951",
        "MK07250120000058984",
        "MT84MALT011000012345MTLCAST001S",
        "NO9386011117947",
        "RS35260005601001611379",
        "SM86U0322509800000000270100",
        "VA59001123000012345678",
        "LI21088100002324013AA",
        "IE29AIBK93115212345678",
    ] {
        assert!(good.parse::<Iban>().is_ok(), "{good}");
    }
}

/// CUS-08: what is wrong with an IBAN is told apart, each with what to look at.
#[test]
fn a_wrong_iban_says_what_is_wrong() {
    let said = |text: &str| text.parse::<Iban>().unwrap_err().to_string();
    assert_eq!(said("   "), IbanError::Empty.to_string());
    assert_eq!(
        said("FR76 3000 6000 0112 3456"),
        "IBAN `FR76 3000 6000 0112 3456` has 20 signs where FR has 27: count them again"
    );
    let swapped = said("FR7630006000011234567890198");
    assert!(swapped.contains("mistyped or two that changed places"), "{swapped}");
    assert_eq!(
        said("BR1800360305000010009795493C1"),
        "IBAN `BR1800360305000010009795493C1` is of `BR`, a country outside SEPA: give an account in SEPA"
    );
    assert!(said("XX7630006000011234567890189").contains("which no country's account numbers do"));
    assert_eq!(
        said("BE68-5390-0754-7034"),
        "IBAN `BE68-5390-0754-7034` holds `-`: only letters, digits and blanks belong into it"
    );
    assert!(said("BE68 5390 0754 703é").contains("holds `é`"));
    assert!(said("7630006000011234567890189").contains("two letters of a country"));
    assert_eq!(
        said("BE68 5390 0754 703O"),
        "IBAN `BE68 5390 0754 703O` has `O` at place 16, where BE never has it: check that sign"
    );
    assert!(said("BEA8539007547034").contains("`A` at place 3"));
    // The same rest by 97, with check digits that are never made: 02 + 97 = 99, 98 - 97 = 01.
    for body in 0..97 {
        for check in ["00", "01", "99"] {
            assert!(format!("BE{check}5390075470{body:02}").parse::<Iban>().is_err());
        }
    }
}

/// CUS-08: a BIC has 8 or 11 signs, and the main office is one bank in both writings.
#[test]
fn a_bic_has_8_or_11_signs() {
    let bic = |text: &str| text.parse::<Bic>();
    assert_eq!(bic("agrifrppxxx"), bic("AGRI FR PP"));
    assert_eq!(bic("PSSTFRPPSTR").unwrap().as_str(), "PSSTFRPPSTR");
    assert_eq!(bic("GKCCBEBB").unwrap().country().as_str(), "BE");
    assert_eq!(bic("AGRIFRP"), Err(BicError::Length("AGRIFRP".to_owned(), 7)));
    for bad in ["AGRI12PP", "AGRIFRP-", "AGRIFRPPX-X", "ÀGRIFRPP"] {
        assert_eq!(bic(bad), Err(BicError::Form(bad.to_owned())));
    }
}

/// BIL-08: a creditor identifier is checked without its line of business.
#[test]
fn a_creditor_identifier_is_checked() {
    for row in rows("ics.csv") {
        assert_eq!(row[0].parse::<CreditorId>().is_ok(), row[1] == "valid", "{}", row[0]);
    }
    let id = |text: &str| text.parse::<CreditorId>().unwrap();
    assert_eq!(id("fr72 zzz 123456").as_str(), "FR72ZZZ123456");
    assert_eq!(id("FR72ABC123456").national(), id("FR72ZZZ123456").national());
    for bad in ["", "FR72ZZZ12345", "FR72ZZZ1234567", "F172ZZZ123456", "FR72ZZZ12345é"] {
        assert!(bad.parse::<CreditorId>().is_err(), "{bad}");
    }
}

/// BIL-08: a mandate's reference is what every bank passes on.
#[test]
fn a_mandate_reference_passes_every_bank() {
    let reference = |text: &str| text.parse::<MandateReference>();
    assert_eq!(MandateReference::numbered("vx", 4711, 2).unwrap().as_str(), "VX-4711-2");
    assert_eq!(reference("rum+1").unwrap(), reference("RUM+1").unwrap(), "banks do not tell them apart");
    assert!(reference(&"A".repeat(35)).is_ok());
    assert_eq!(reference(&"A".repeat(36)), Err(MandateReferenceError::Length("A".repeat(36), 36)));
    assert_eq!(reference("RÉF"), Err(MandateReferenceError::Sign("RÉF".to_owned(), 'É')));
    assert_eq!(reference("A B"), Err(MandateReferenceError::Sign("A B".to_owned(), ' ')));
    for bad in ["/A", "A/", "A//B"] {
        assert_eq!(reference(bad), Err(MandateReferenceError::Slash(bad.to_owned())));
    }
}

/// BIL-08: a Belgian structured communication is made of a number and found in a text.
#[test]
fn a_structured_communication_is_checked_and_found() {
    for row in rows("belgian_ogm.csv") {
        assert_eq!(row[0].parse::<StructuredReference>().is_ok(), row[1] == "valid", "{}", row[0]);
    }
    let made = StructuredReference::of(909_337_554).unwrap();
    assert_eq!((made.to_string().as_str(), made.digits().as_str()), ("+++090/9337/55493+++", "090933755493"));
    assert_eq!(StructuredReference::of(97).unwrap().digits(), "000000009797");
    assert_eq!(StructuredReference::of(10_000_000_000), Err(StructuredReferenceError::TooLarge(10_000_000_000)));
    assert!(StructuredReference::of(9_999_999_999).is_ok());
    assert_eq!(
        "+++123/4567/89012+++".parse::<StructuredReference>().unwrap_err().to_string(),
        "structured communication `+++123/4567/89012+++` has a digit that is mistyped: its last two would be 02"
    );
    let text = "Ma facture +++090/9337/55493+++ de novembre, et 123456789002; pas 1234567890021";
    assert_eq!(StructuredReference::find_in(text), [made, StructuredReference::of(1_234_567_890).unwrap()]);
    assert!(StructuredReference::find_in("rien").is_empty());
}

/// CUS-08, BIL-02: numbers of companies are checked as their registers make them.
#[test]
fn numbers_of_companies_are_checked() {
    let right = |kind: &str, value: &str| match kind {
        "siren" => Some(value.parse::<Siren>().is_ok()),
        "siret" => Some(value.parse::<Siret>().is_ok()),
        "vat_fr" | "vat_be" => Some(value.parse::<VatNumber>().is_ok()),
        _ => None,
    };
    for row in rows("luhn_siret.csv") {
        if let Some(right) = right(&row[0], &row[1]) {
            assert_eq!(right, row[2] == "valid", "{} {}", row[0], row[1]);
        }
    }
    let siret: Siret = "732 829 320 00074".parse().unwrap();
    assert_eq!((siret.to_string().as_str(), siret.siren().to_string().as_str()), ("73282932000074", "732829320"));
    let enterprise: EnterpriseNumber = "BE 403.019.261".parse().unwrap();
    assert_eq!((enterprise.to_string().as_str(), enterprise.digits().as_str()), ("0403.019.261", "0403019261"));
    assert_eq!(
        "0000000097".parse::<EnterpriseNumber>(),
        Err(CompanyNumberError::Check("enterprise number", "0000000097".to_owned()))
    );
    assert!("2403019261".parse::<EnterpriseNumber>().unwrap_err().to_string().ends_with("does not begin with 0 or 1"));
    assert_eq!(
        "732829321".parse::<Siren>().unwrap_err().to_string(),
        "SIREN `732829321` has a digit that is mistyped or two that changed places"
    );
}

/// BIL-02: a VAT number has its country's form, and in France and Belgium the right check.
#[test]
fn a_vat_number_is_of_the_union() {
    let vat = |text: &str| text.parse::<VatNumber>();
    assert_eq!(vat("fr 44 732 829 320"), Ok(VatNumber::of_siren("732829320".parse().unwrap())));
    assert_eq!(vat("BE 0428.759.497"), Ok(VatNumber::of_enterprise("0428759497".parse().unwrap())));
    assert_eq!(vat("FR45732829320"), Err(VatNumberError::Key("FR45732829320".to_owned(), 44)));
    assert_eq!(vat("EL123456789").unwrap().country().as_str(), "GR");
    for good in ["DE123456789", "NL123456789B01", "ATU12345678", "IE1234567WA", "ESX1234567L", "FRK7399859412", "LT123456789012"]
    {
        assert!(vat(good).is_ok(), "{good}");
    }
    for bad in ["", "FR", "GB123456789", "CHE123456789", "DE12345678", "NL123456789A1", "US123", "BEBE0428759497", "É123"] {
        assert!(vat(bad).is_err(), "{bad}");
    }
}
