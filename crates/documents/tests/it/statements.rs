//! Statements of lines, read back out of the PDF by a program that knows nothing of ours (BIL-11).

use crate::{
    pages::{assert_says, plain},
    samples,
    validators::text_of,
};
use documents::{
    invoice::CalledNumbers,
    statement::{Allowance, RECORDS_OF_A_PART, Row, Statement, Verdict, parts_of, statement_pdf},
};
use jiff::civil::{date, datetime};
use vocabulary::{Direction, LineId, Month, UsageKind};

fn row(day: i8, (kind, direction): (UsageKind, Direction), party: &str, units: i64, verdict: Verdict) -> Row {
    let charged_units = if matches!(verdict, Verdict::Amount(_)) { units } else { 0 };
    Row {
        at: datetime(2026, 11, day, 18, 5, 9, 0),
        kind,
        direction,
        party: party.into(),
        destination: String::new(),
        roaming_in: None,
        units,
        charged_units,
        verdict,
    }
}

fn statement(rows: Vec<Row>) -> Statement {
    let household = samples::for_household();
    Statement {
        language: "fr".into(),
        currency: "EUR".into(),
        seller: household.seller,
        line: LineId(7),
        number: "06 39 98 01 23".into(),
        user: "Élise".into(),
        customer: "Famille Schœn".into(),
        offer: "Mobile 80 Go".into(),
        month: Month::of(date(2026, 11, 1)),
        so_far: None,
        allowances: vec![
            Allowance { name: "Data France".into(), kind: UsageKind::Data, used: 1_200_000, included: Some(80_000_000_000) },
            Allowance { name: "Appels".into(), kind: UsageKind::Voice, used: 125, included: None },
        ],
        called: CalledNumbers::Hidden,
        rows,
    }
}

fn some_rows() -> Vec<Row> {
    let price = Verdict::Amount(samples::price("0.35"));
    let call = (UsageKind::Voice, Direction::Made);
    vec![
        row(3, call, "06 12 34 56 78", 125, Verdict::Included),
        Row { destination: "Suisse".into(), ..row(4, call, "+41 44 668 18 00", 61, price) },
        Row { charged_units: 60, ..row(5, call, "+41 44 668 18 00", 180, price) },
        row(6, (UsageKind::Voice, Direction::Received), "03 88 12 34 56", 30, Verdict::Free),
        row(7, (UsageKind::Sms, Direction::Made), "06 12 34 56 78", 1, Verdict::Stopped),
        Row { roaming_in: "CH".parse().ok(), ..row(9, (UsageKind::Data, Direction::Made), "", 1_200_000, Verdict::Slowed) },
    ]
}

/// BIL-11: a statement says of whom it is, what was included and what was charged, each usage with its numbers hidden, and the sums.
#[test]
fn a_statement_tells_each_usage_and_its_sums() {
    let statement = statement(some_rows());
    let page = statement_pdf(&statement, 0, None).unwrap();
    assert_eq!(statement_pdf(&statement, 0, None).unwrap(), page, "the same bytes");
    let text = plain(&text_of("page-statement", &page));
    assert_says(
        &text,
        &[
            "Relevé de communications",
            "Élise",
            "novembre 2026",
            "Ce relevé n’est pas une facture.",
            "Les quatre derniers chiffres des numéros sont masqués.",
            "Data France 1,2 Mo 80 Go",
            "Appels 2 min 05 s illimité",
            "Appel émis 3 4 min 05 s 2 min 01 s 0,70 €",
            "Total hors forfait 0,70 €",
            "03/11/2026 18:05:09 Appel émis 06 12 34 •• •• 2 min 05 s inclus",
            "+41 44 668 •• •• Suisse 1 min 01 s 0,35 €",
            "Appel reçu 03 88 12 •• •• 30 s gratuit",
            "bloqué",
            "depuis Suisse 1,2 Mo ralenti",
        ],
    );
    let whole = Statement { called: CalledNumbers::Whole, so_far: Some(date(2026, 11, 9)), ..statement };
    let text = plain(&text_of("page-statement-whole", &statement_pdf(&whole, 0, None).unwrap()));
    assert_says(&text, &["06 12 34 56 78", "jusqu’au 9 novembre 2026"]);
    assert!(!text.contains("masqués"));
}

/// BIL-11: an empty month is said to be one, and a long one flows over pages with their heads.
#[test]
fn a_statement_is_as_long_as_its_month() {
    let text = plain(&text_of("page-statement-empty", &statement_pdf(&statement(Vec::new()), 0, None).unwrap()));
    assert_says(&text, &["Aucune communication sur ce mois."]);
    let rows = some_rows().into_iter().cycle().take(1_200).collect();
    let text = plain(&text_of("page-statement-long", &statement_pdf(&statement(rows), 0, None).unwrap()));
    let pages: usize = text.rsplit("Page 1 sur ").next().unwrap().split(' ').next().unwrap().parse().unwrap();
    let heads = text.matches("Date et heure").count();
    assert!(pages > 15 && (heads == pages || heads + 1 == pages), "{heads} heads on {pages} pages");
    assert_says(&text, &["Appel émis 600"]);
}

/// BIL-11: a month of many records comes in parts, each with the sums of all of it, and no record is in none or in two of them.
#[test]
fn a_long_month_comes_in_parts() {
    let rows: Vec<Row> = some_rows().into_iter().cycle().take(RECORDS_OF_A_PART + 2).collect();
    let long = statement(rows);
    assert_eq!((parts_of(0), parts_of(RECORDS_OF_A_PART), parts_of(long.rows.len())), (1, 1, 2));
    let last = plain(&text_of("page-statement-part", &statement_pdf(&long, 1, None).unwrap()));
    assert_says(&last, &["Partie 2 sur 2 du détail.", "Page 1 sur 1"]);
    assert_eq!(last.matches("18:05:09").count(), 2);
    let first = plain(&text_of("page-statement-first", &statement_pdf(&long, 0, None).unwrap()));
    assert_says(&first, &["Partie 1 sur 2 du détail."]);
    assert_eq!(first.matches("18:05:09").count(), RECORDS_OF_A_PART);
    let total = |text: &str| text.split("Total hors forfait ").nth(1).map(|rest| rest.split(" €").next().unwrap().to_owned());
    assert!(total(&first).is_some() && total(&first) == total(&last));
}
