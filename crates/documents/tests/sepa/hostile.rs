use super::{SAMPLES, sample};
use documents::sepa::{BankFile, BankFileError, MOST_FILE_BYTES, read_bank_file};
use proptest::prelude::*;

fn refused(bytes: &[u8]) -> BankFileError {
    read_bank_file(bytes).unwrap_err()
}

/// BIL-08: a file that ends anywhere in the middle is refused as a whole.
#[test]
fn a_cut_file_is_refused_wherever_it_is_cut() {
    for message in SAMPLES {
        let xml = sample(message);
        let end = xml.trim_end().len();
        assert!(read_bank_file(&xml.as_bytes()[..end]).is_ok(), "{message}");
        // Each place of the last entry, and one of eleven before it.
        for at in (0..end - 500).step_by(11).chain(end - 500..end) {
            match refused(&xml.as_bytes()[..at]) {
                BankFileError::Cut | BankFileError::Xml(_) | BankFileError::Encoding(_) => {}
                other => panic!("{message} cut at {at}: {other}"),
            }
        }
    }
    assert_eq!(
        refused(&sample("camt.053.001.08").as_bytes()[..5000]).to_string(),
        "bank file ends in the middle: fetch it again"
    );
}

/// BIL-08: what is no message of a bank, or asks for more than such a message needs, is refused.
#[test]
fn what_no_bank_sends_is_refused() {
    let good = sample("camt.053.001.08");
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        refused(good.replacen(from, to, 1).as_bytes())
    };
    let entity = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]><Document";
    assert_eq!(with("<Document", entity), BankFileError::Dtd);
    assert_eq!(
        with("camt.053.001.08", "camt.053.001.99"),
        BankFileError::Namespace("urn:iso:std:iso:20022:tech:xsd:camt.053.001.99".to_owned())
    );
    assert_eq!(
        with("camt.053.001.08", "pain.008.001.08"),
        BankFileError::Namespace("urn:iso:std:iso:20022:tech:xsd:pain.008.001.08".to_owned())
    );
    assert_eq!(refused(b"<Document/>"), BankFileError::Namespace("Document".to_owned()));
    assert_eq!(refused(b"\xff\xfe<\0"), BankFileError::Encoding(0));
    assert_eq!(refused(b""), BankFileError::Cut);
    assert!(matches!(refused(b"iban;amount\nFR76;12"), BankFileError::Xml(_)));
    assert_eq!(refused(&vec![b' '; MOST_FILE_BYTES + 1]), BankFileError::TooLarge(MOST_FILE_BYTES + 1));
    let commented = good.replacen("<Stmt>", &format!("<!-- {} -->\n<Stmt>", "=\"".repeat(500)), 1);
    assert!(read_bank_file(format!("\u{feff}{commented}").as_bytes()).is_ok(), "what some banks add is no harm");
    let prefixed = good.replace('<', "<b:").replace("<b:/", "</b:").replace("<b:?", "<?").replace("xmlns=", "xmlns:b=");
    assert_eq!(read_bank_file(prefixed.as_bytes()), read_bank_file(good.as_bytes()));
    let said = |from: &str, to: &str| with(from, to).to_string();
    let entry = "Document/BkToCstmrStmt/Stmt/Ntry";
    assert_eq!(said("19.99</Amt>", "19,99</Amt>"), format!("bank file has `19,99` as `{entry}/Amt`"));
    assert_eq!(said("25.00</Amt>", "-25.00</Amt>"), format!("bank file has `-25.00` as `{entry}[2]/Amt`"));
    assert_eq!(said("19.99</Amt>", "19.995</Amt>"), format!("bank file has `19.995` as `{entry}/Amt`"));
    assert_eq!(said("Ccy=\"EUR\">19.99", "Ccy=\"eur\">19.99"), format!("bank file has `eur` as `{entry}/Amt`"));
    let direction = "<Amt Ccy=\"EUR\">19.99</Amt>\n        <CdtDbtInd>CRDT</CdtDbtInd>";
    assert_eq!(said(direction, "<Amt Ccy=\"EUR\">19.99</Amt>"), format!("bank file has no `CdtDbtInd` in `{entry}`"));
    assert_eq!(said(direction, &direction.replace("CRDT", "UP")), format!("bank file has `UP` as `{entry}/CdtDbtInd`"));
    assert!(said("<Dt>2026-12-07</Dt>\n        </BookgDt>", "<Dt>2026-13-07</Dt>\n        </BookgDt>").contains("`2026-13-07`"));
}

/// BIL-08: files that are made to cost time or memory cost neither.
#[test]
fn costly_files_are_refused_soon() {
    let head = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">";
    let deep = format!("{head}{}", "<a>".repeat(1_000_000));
    assert!(matches!(refused(deep.as_bytes()), BankFileError::Cut | BankFileError::TooLarge(_)));
    let closed = format!("{head}{}{}</Document>", "<a>".repeat(300_000), "</a>".repeat(300_000));
    assert!(matches!(refused(closed.as_bytes()), BankFileError::Missing { .. }));
    let wide = format!("{head}{}</Document>", "<a/>".repeat(3_000_000));
    assert!(matches!(refused(wide.as_bytes()), BankFileError::TooLarge(_)));
    let attributes: String = (0..200_000).map(|place| format!(" a{place}=\"\"")).collect();
    assert!(matches!(refused(format!("<Document{attributes}/>").as_bytes()), BankFileError::TooLarge(_)));
    let spaces: String = (0..200_000).map(|place| format!("<a xmlns:n{place}=\"{place}\">")).collect();
    assert!(read_bank_file(format!("{head}{spaces}").as_bytes()).is_err());
}

/// BIL-08: a file is read up to the limit that is named, and not beyond.
#[test]
fn a_file_is_read_up_to_its_limit() {
    let xml: String = sample("camt.053.001.08").lines().map(str::trim).collect();
    let (head, rest) = xml.split_at(xml.find("<Ntry>").unwrap());
    let (entries, tail) = rest.split_at(rest.rfind("</Ntry>").unwrap() + "</Ntry>".len());
    let times = (MOST_FILE_BYTES - head.len() - tail.len()) / entries.len();
    let of = |times: usize| format!("{head}{}{tail}", entries.repeat(times));
    let BankFile::Statements(read) = read_bank_file(of(times).as_bytes()).unwrap() else { panic!() };
    let mut keys: Vec<_> = read.statements[0].entries.iter().map(|entry| &entry.key).collect();
    assert_eq!(keys.len(), 12 * times);
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 12 * times, "no two bookings of one file are taken for each other");
    assert!(matches!(refused(of(times + 1).as_bytes()), BankFileError::TooLarge(_)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// BIL-08: whatever somebody changes in a file, it is read or refused.
    #[test]
    fn changed_files_are_read_or_refused(
        sample_at in 0..SAMPLES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::of((any::<prop::sample::Index>(), any::<prop::sample::Index>())),
    ) {
        let mut bytes = sample(SAMPLES[sample_at]).into_bytes();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some((from, to)) = cut {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            bytes.drain(from.min(to)..from.max(to));
        }
        if let Err(error) = read_bank_file(&bytes) {
            prop_assert!(!error.to_string().is_empty() && error.to_string().len() < 9_000);
        }
    }
}
