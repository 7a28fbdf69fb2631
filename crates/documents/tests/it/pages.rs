//! Pages for people: what an invoice says, read back out of the PDF by a program that knows nothing of ours.

use crate::{samples, validators::text_of};
use billing::Invoice;
use documents::{
    DocumentError,
    invoice::{AnnexLine, AnnexRow, CalledNumbers, Charged, UsageAnnex, annex_pdf, factur_x, pdf},
};
use jiff::civil::datetime;
use vocabulary::UsageKind;

/// A page's text with plain spaces, on one line.
fn read(name: &str, invoice: &Invoice) -> String {
    plain(&text_of(name, &factur_x(invoice, None).unwrap()))
}

pub(crate) fn plain(text: &str) -> String {
    text.split(|sign: char| sign.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

pub(crate) fn assert_says(text: &str, all: &[&str]) {
    for words in all {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
}

/// BIL-04: the same facts make the same bytes, and every sort of invoice becomes pages.
#[test]
fn the_same_facts_make_the_same_bytes() {
    for (name, invoice) in samples::all() {
        let page = factur_x(&invoice, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(factur_x(&invoice, None).unwrap(), page, "{name}");
    }
    let bare = pdf(&samples::for_household(), None).unwrap();
    assert_eq!(pdf(&samples::for_household(), None).unwrap(), bare);
    assert!(bare.starts_with(b"%PDF-1.7"));
}

/// RES-11: what a reseller is billed for its customers' lines is put together: pieces at a price, lines by days, what was used; none is named.
#[test]
fn a_reseller_reads_what_its_lines_cost_together() {
    let text = read("page-wholesale", &samples::wholesale());
    assert_says(
        &text,
        &[
            "1 234 lignes",
            "Le coût de chaque ligne figure dans le fichier CSV de cette facture",
            "1 180 × 8,00 €",
            "12 lignes, au prorata, à 8,00 € par mois",
            "3 lignes",
            "2 120 appels",
            "87 × 2,50 €",
            "Duo internet et fixe",
        ],
    );
    assert_says(&read("page-wholesale-nl", &samples::belgian_wholesale()), &["12 lijnen, naar rato", "1.234 lijnen"]);
}

/// BIL-04: who, what is to pay, by when and how; the summary, VAT by rate, the detail by line, and what the law wants said.
#[test]
fn a_household_reads_what_it_pays_and_why() {
    let text = read("page-household", &samples::for_household());
    assert_says(
        &text,
        &[
            "Facture",
            "VA2026-000123",
            "Mme Élise Schœn",
            "1er décembre 2026",
            "À payer",
            "au plus tard le 15 décembre 2026",
            "Abonnements et options",
            "53,30 €",
            "Consommations hors forfait",
            "3,80 €",
            "TVA 20 % sur 48,78 €",
            "TVA 10 % sur 8,32 €",
            "Total TTC",
            "TVA calculée par taux sur le total, arrondie au centime.",
            "67,69 €",
            "FR76 3000 6000 0112 3456 7890 189",
            "06 39 98 01 23",
            "Appels vers l’étranger",
            "3 appels · 25 min 14 s",
            "SAS au capital de 100 000 €, RCS Colmar",
            "TVA FR44732829320",
            "médiateur des communications électroniques",
            "Page 1 sur 1",
        ],
    );
    assert!(!text.contains("40 €"), "the fee for recovery is for businesses");
}

/// BIL-04: days of a month, shares, pieces, discounts and what is given back are told where they are charged.
#[test]
fn a_business_reads_how_each_charge_came_about() {
    let text = read("page-business", &samples::for_business());
    assert_says(
        &text,
        &[
            "19 jours sur 30, à 15,99 € par mois",
            "votre part d’un total de 15,99 €",
            "3 × 2,50 €",
            "18 connexions · 2,45 Go",
            "Remise de volume 5 %",
            "−11,50 €",
            "Geste commercial",
            "−5,00 €",
            "Complément au minimum mensuel",
            "552100554",
            "40 €",
        ],
    );
}

/// BIL-03, BIL-04: a credit note is called one and names the invoice that it corrects.
#[test]
fn a_credit_note_names_what_it_corrects() {
    let text = read("page-credit-note", &samples::credit_note());
    assert_says(
        &text,
        &["Avoir", "Cet avoir corrige la facture VA2026-000123 du 1er décembre 2026.", "résilié", "En votre faveur"],
    );
    assert!(!text.contains("À payer") && !text.contains("FR76"));
    let text = read("page-credit-of-a-month", &samples::credit_of_a_month());
    assert!(text.contains("Avoir") && !text.contains("corrige"), "it corrects no other:\n{text}");
}

/// BIL-04: Belgian ones speak Dutch, and have their structured communication; collected ones name mandate and day.
#[test]
fn a_belgian_invoice_says_how_it_is_paid() {
    let text = read("page-belgian", &samples::belgian());
    assert_says(
        &text,
        &["Factuur", "+++090/9337/55493+++", "uiterlijk op 15 december 2026", "1 dag van 30, aan € 16,53 per maand"],
    );
    let text = read("page-belgian-debit", &samples::belgian_debit());
    assert_says(&text, &["VA-000104233-01", "op 15 december 2026", "FR•• •••• 0189"]);
}

/// BIL-04: what is not taxed says why, in German and English too; any sign that a name can have stands as it is.
#[test]
fn other_languages_and_signs_stand_as_they_are() {
    let text = read("page-reverse-charge", &samples::reverse_charge());
    assert_says(&text, &["Rechnung", "Steuerschuldnerschaft", "19 von 30 Tagen", "DE811128135"]);
    let text = read("page-out-of-scope", &samples::out_of_scope());
    assert_says(&text, &["Invoice", "Outside the scope of French VAT", "SWITZERLAND", "€14.99"]);
    let text = read("page-signs", &samples::with_signs());
    assert_says(&text, &["Åsa «&» <Œuvre> \"Zoë\" Ăşçž €", "Forfait « 5 € & plus » <50 Go>"]);
    assert_says(&text, &["□□ □ □□□□", "Page 1 sur 1"]);
}

/// BIL-04: a thousand charges flow over pages, each with the head of the table.
#[test]
fn a_thousand_charges_flow_over_pages() {
    let text = read("page-thousand", &samples::of_lines(1_000));
    let heads = text.matches("Désignation").count();
    let pages: usize = text.rsplit("Page 1 sur ").next().unwrap().split(' ').next().unwrap().parse().unwrap();
    // The last page may have nothing but what the law wants said.
    assert!(pages > 15 && (heads == pages || heads + 1 == pages), "{heads} heads on {pages} pages");
    assert_says(&text, &["07 00 00 03 33", "Équipe 333"]);
}

/// BIL-04: usage behind an invoice, the last four digits of numbers hidden unless the subscriber asked otherwise.
#[test]
fn usage_is_told_apart_with_numbers_hidden() {
    let row = |day, kind, party: &str, country: Option<&str>, units, charged| AnnexRow {
        at: datetime(2026, 11, day, 18, 5, 9, 0),
        kind,
        party: party.into(),
        country: country.map(|code| code.parse().unwrap()),
        units,
        charged,
    };
    let price = Charged::Amount(samples::price("0.0035"));
    let rows = vec![
        row(3, UsageKind::Voice, "06 12 34 56 78", None, 125, Charged::Included),
        row(4, UsageKind::Voice, "+41 44 668 18 00", Some("CH"), 61, price),
        row(9, UsageKind::Data, "", Some("CH"), 1_200_000, price),
    ];
    let line = |number: &str, called, rows| AnnexLine { number: number.into(), user: "Élise".into(), called, rows };
    let usage = UsageAnnex {
        lines: vec![
            line("06 39 98 01 23", CalledNumbers::Hidden, rows.clone()),
            line("06 39 98 01 24", CalledNumbers::Whole, rows[..1].to_vec()),
        ],
        hidden: vec!["06 39 98 01 25".into()],
    };
    let page = annex_pdf(&samples::for_household(), &usage, 0).unwrap();
    assert_eq!(annex_pdf(&samples::for_household(), &usage, 0).unwrap(), page);
    let text = plain(&text_of("page-annex", &page));
    assert_says(
        &text,
        &[
            "Facture VA2026-000123 du 1er décembre 2026",
            "Non détaillé, car réservé à leurs utilisateurs : 06 39 98 01 25.",
            "06 12 34 •• ••",
            "+41 44 668 •• ••",
            "Suisse",
            "03/11/2026 18:05:09",
            "inclus",
            "0,0035 €",
            "1,2 Mo",
        ],
    );
    assert_eq!(text.matches("06 12 34 56 78").count(), 1, "only where the subscriber asked for it");
}

/// BIL-04: a logo stands on the page, and what is no picture is refused with a sentence.
#[test]
fn a_logo_stands_on_the_page() {
    let invoice = samples::for_household();
    let bare = factur_x(&invoice, None).unwrap();
    let logo = include_bytes!("logo.png");
    assert!(factur_x(&invoice, Some(logo)).unwrap().len() > bare.len());
    assert!(matches!(factur_x(&invoice, Some(b"no picture")), Err(DocumentError::Typesetting(_))));
}

/// BIL-04: facts that a page cannot show are refused with a sentence, not shown in part.
#[test]
fn facts_that_no_page_can_show_are_refused() {
    let strange = Invoice { language: "it".into(), ..samples::for_household() };
    assert_eq!(factur_x(&strange, None), Err(DocumentError::Language("it".into())));
    let mut lost = samples::for_household();
    lost.lines[0].subject = Some(9);
    assert!(pdf(&lost, None).unwrap_err().to_string().ends_with("a charge is for a subject that it does not have"));
    let empty = samples::summed(Invoice { lines: Vec::new(), ..samples::for_household() });
    assert!(pdf(&empty, None).is_ok());
    let refused = factur_x(&empty, None).unwrap_err().to_string();
    assert_eq!(refused, "invoice `VA2026-000123` cannot be written: it has no charge");
}
