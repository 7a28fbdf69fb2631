use super::{at, megabytes, november, pages, units};
use crate::{
    Page,
    consumption::{ConsumptionPage, Filter},
    pagination::PageSize,
    usage::show::ShowPage,
    usage_files,
};
use operations::{
    LineKind,
    consumption::{KindTotal, LineChoice},
    line::Sum,
    usage::{Outcome, Rule, Terms, Usage, UsagePart},
    usage_again::Again,
    usage_desk::{InboxFile, InboxFiles, UploadRefusal},
    usage_files::{AsideFilter, FileProgress, SetAside, UsageFile},
};
use vocabulary::{Access, CountryCode, Direction, E164, FileId, LineId, Money, Party, Quantity, RecordKey, Timestamp, UsageKind};

fn price(text: &str) -> Money {
    text.parse().expect("an amount")
}

fn country(code: &str) -> Option<CountryCode> {
    code.parse().ok()
}

fn to(number: &str) -> Party {
    number.parse().map_or(Party::Short(number.into()), Party::Number)
}

fn included(quantity: Quantity, allowance: &str, left: Option<(Quantity, Quantity)>) -> UsagePart {
    let (before, after) = left.unzip();
    let outcome = Outcome::Included { allowance: allowance.into(), before, after };
    UsagePart {
        quantity,
        counted: quantity,
        outcome,
        price: Money::ZERO,
        rule: Some(Rule { file: "offers.toml".into(), line: 48 }),
    }
}

fn charged(quantity: i64, counted: i64, tariff: &str, terms: (&str, i64, i64), total: &str) -> UsagePart {
    let (unit_price, per, increment) = terms;
    let terms = Terms { connection_fee: Money::ZERO, price: price(unit_price), per: units(per), increment: units(increment) };
    UsagePart {
        quantity: units(quantity),
        counted: units(counted),
        outcome: Outcome::Charged { tariff: tariff.into(), terms },
        price: price(total),
        rule: Some(Rule { file: "prices.csv".into(), line: 112 }),
    }
}

fn usage(
    start: Timestamp,
    kind: UsageKind,
    direction: Direction,
    other: Party,
    destination: &str,
    parts: Vec<UsagePart>,
) -> Usage {
    Usage {
        line: LineId(1),
        start,
        key: RecordKey::of(&start.micros().to_le_bytes()),
        kind,
        direction,
        other,
        destination: destination.into(),
        country: None,
        roaming_in: None,
        value_added: false,
        quantity: units(parts.iter().map(|part| part.quantity.units()).sum()),
        price: parts.iter().map(|part| part.price).sum(),
        parts,
    }
}

/// A part of a day with one of everything.
pub(super) fn journal() -> Vec<Usage> {
    use Direction::{Forwarded, Made, Received};
    use UsageKind::{Data, Mms, Sms, Voice};
    let europe = "Appels France et Europe";
    let left = Some((megabytes(18_200), megabytes(17_913)));
    let straddling = vec![
        included(megabytes(120), "Reste du monde 1 Go", Some((megabytes(120), units(0)))),
        charged(18_250_000, 18_250_000, "Données reste du monde", ("0.20", 1_000_000, 1_000), "3.65"),
    ];
    let stopped = UsagePart {
        quantity: megabytes(4),
        counted: units(0),
        outcome: Outcome::Stopped,
        price: Money::ZERO,
        rule: Some(Rule { file: "offers.toml".into(), line: 52 }),
    };
    let mut usages = vec![
        usage(
            at(21, 14, 5, 9),
            Voice,
            Made,
            to("+41791234567"),
            "Suisse, mobiles",
            vec![charged(45, 60, "Suisse", ("0.35", 60, 60), "0.35")],
        ),
        usage(at(21, 13, 48, 2), Data, Made, Party::Unknown, "", vec![included(megabytes(287), "Illimité 30 Go", left)]),
        usage(at(21, 12, 31, 40), Voice, Made, to("+33388001122"), "France, fixes", vec![included(units(1_325), europe, None)]),
        usage(
            at(21, 12, 2, 11),
            Sms,
            Made,
            to("+32470123456"),
            "Belgique, mobiles",
            vec![included(units(1), "SMS et MMS Europe", None)],
        ),
        usage(
            at(21, 11, 58, 0),
            Voice,
            Made,
            Party::Short("3949".into()),
            "Numéro surtaxé",
            vec![charged(130, 180, "SVA 0,80 €/min", ("0.85", 60, 60), "2.55")],
        ),
        usage(at(21, 10, 15, 33), Voice, Received, to("+33612345678"), "", vec![included(units(64), europe, None)]),
        usage(
            at(21, 9, 44, 0),
            Mms,
            Made,
            to("+33612345678"),
            "France, mobiles",
            vec![included(units(1), "SMS et MMS France", None)],
        ),
        usage(at(20, 21, 7, 18), Data, Made, Party::Unknown, "", straddling),
        usage(
            at(20, 20, 55, 1),
            Voice,
            Forwarded,
            to("+33388445566"),
            "France, fixes",
            vec![charged(61, 120, "Appel renvoyé", ("0.05", 60, 60), "0.10")],
        ),
        usage(
            at(20, 18, 12, 0),
            Sms,
            Received,
            Party::Named("LaPoste".into()),
            "",
            vec![UsagePart { rule: None, outcome: Outcome::Free, ..included(units(1), "", None) }],
        ),
        usage(at(19, 22, 42, 10), Data, Made, Party::Unknown, "", vec![stopped]),
        usage(
            at(19, 8, 30, 0),
            Voice,
            Made,
            Party::Short("112".into()),
            "Urgences",
            vec![UsagePart { outcome: Outcome::Free, ..included(units(95), "", None) }],
        ),
    ];
    usages[0].country = country("CH");
    usages[3].country = country("BE");
    usages[4].value_added = true;
    usages[7].roaming_in = country("MA");
    usages
}

pub(super) fn show(page: Page) -> ShowPage {
    let mut usages = journal();
    let straddling = usages.swap_remove(7);
    ShowPage {
        page,
        number: Party::Number(E164::from_digits(33_639_980_011).expect("a number")),
        user: Some("Claire Muller".into()),
        usage: straddling,
        access: Access::Mobile,
        zone: Some("Reste du monde".into()),
        file: Some("nord_20261120_2100.csv.gz".into()),
        taken_at: at(20, 21, 31, 0),
        catalogue: jiff::civil::date(2026, 10, 1),
    }
}

pub(super) fn consumption(page: Page) -> ConsumptionPage {
    let line = |id, number: u64, kind, user: &str| LineChoice {
        id: LineId(id),
        number: Party::Number(E164::from_digits(number).expect("a number")),
        kind,
        user: Some(user.into()),
    };
    let total = |kind, count, quantity, price| KindTotal {
        kind,
        sum: Sum { count, quantity: units(quantity), price: Money::from_micros(price) },
    };
    let month = november();
    ConsumptionPage {
        page,
        filter: Filter { search: "0".into(), ..Filter::default() },
        lines: vec![
            line(1, 33_639_980_011, LineKind::Mobile, "Claire"),
            line(2, 33_388_001_122, LineKind::Fixed, "Claire"),
            line(3, 33_639_980_085, LineKind::Mobile, "Léo"),
        ],
        month,
        months: vec![month, month.previous(), month.previous().previous()],
        totals: vec![
            total(UsageKind::Voice, 161, 36_150, 3_000_000),
            total(UsageKind::Sms, 340, 340, 0),
            total(UsageKind::Mms, 1, 1, 0),
            total(UsageKind::Data, 912, 17_400_000_000, 3_650_000),
        ],
        price: price("6.65"),
        reported_at: Some(at(21, 14, 32, 0)),
        usages: journal(),
        pages: pages(2, PageSize::TwentyFive, 1_414),
    }
}

fn sample_file(id: i64, name: &str, set_aside: i64, progress: FileProgress) -> UsageFile {
    UsageFile {
        id: FileId(id),
        name: name.into(),
        layout: if id % 2 == 0 { "mobile-csv" } else { "asterisk" }.into(),
        taken_at: at(21, 14, 32, 0).plus_seconds(-1_800 * id),
        records: 48_211 - id * 1_733,
        duplicates: id % 3 * 12,
        set_aside,
        progress,
    }
}

pub(super) fn files(page: Page) -> usage_files::list::ListPage {
    let files = vec![
        sample_file(0, "nord_20261121_1430.csv.gz", 0, FileProgress::Reading(64)),
        sample_file(1, "pabx_20261121.csv", 7, FileProgress::Done),
        sample_file(2, "nord_20261121_1330.csv.gz", 0, FileProgress::Done),
        sample_file(3, "pabx_20261120_replay_after_outage_of_the_night.csv", 0, FileProgress::Failed),
        sample_file(4, "nord_20261121_1230.csv.gz", 3, FileProgress::Done),
    ];
    let inbox_file = |name: &str| InboxFile { layout: "mobile".into(), name: name.into() };
    let why = "the file is not in layout `mobile`: its header `a,b` has no column `msisdn`; choose its layout with --layout, or write one";
    usage_files::list::ListPage {
        page,
        files,
        pages: pages(1, PageSize::TwentyFive, 187),
        upload: Some(usage_files::list::UploadForm {
            layouts: vec![("asterisk".into(), "Asterisk".into()), ("mobile".into(), "Mobile: voice, SMS, MMS and data".into())],
            largest: Quantity::new(1_000_000_000),
            layout: "mobile".into(),
            refusal: Some(UploadRefusal::TooLarge),
        }),
        inbox: InboxFiles {
            waiting: vec![inbox_file("nord_20261121_1500.csv.gz")],
            refused: vec![(inbox_file("pabx_20261121_1500.csv"), why.into())],
        },
        received: Some("nord_20261121_1500.csv.gz".into()),
    }
}

pub(super) fn file(page: Page) -> usage_files::show::ShowPage {
    let row = |row, (reason, detail): (&str, &str), raw: &str| SetAside {
        row,
        reason: reason.into(),
        detail: detail.into(),
        raw: raw.into(),
        taken_again: None,
    };
    let typed = "voice;063998;0388001122;2026-11-21T12:04:11+01:00;61;;20801";
    usage_files::show::ShowPage {
        page,
        file: sample_file(4, "nord_20261121_1230.csv.gz", 3, FileProgress::Done),
        rows: vec![
            row(
                118,
                ("unknown_line", "`0639` is no line of the operator"),
                "voice;0639;0388001122;2026-11-21T12:04:11+01:00;61;;20801",
            ),
            row(
                2_304,
                ("bad_quantity", "quantity `-12` is negative or too large"),
                "data;0639980011;;2026-11-21T12:17:52+01:00;-12;;20801",
            ),
            SetAside {
                taken_again: Some(at(21, 15, 2, 0)),
                ..row(
                    41_002,
                    ("wrong_column_count", "row 41002 has 4 columns where its header has 7"),
                    "sms;0639980085;0612345678;2026",
                )
            },
        ],
        history: super::journal::history(&["usage_rows_taken_again"]),
        is_text: true,
        by_reason: vec![("unknown_line".into(), 1), ("bad_quantity".into(), 1)],
        taken: 1,
        filter: AsideFilter::Open,
        attempt: Some(usage_files::Attempt {
            row: Some(118),
            typed: Some(typed.into()),
            outcome: Again::Tried {
                taken: 0,
                aside: 1,
                cut: 0,
                why: Some(("unknown_line".into(), "`063998` is no line of the operator".into())),
            },
        }),
        pages: pages(1, PageSize::TwentyFive, 3),
    }
}
