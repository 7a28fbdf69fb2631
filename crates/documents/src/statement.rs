//! The statement of a line's month, for people: what was included, what was charged, and each usage by which it came (BIL-11). It is no invoice:
//! it tells what invoices ask for, for as long as there are records.

use crate::{
    DocumentError,
    invoice::{CalledNumbers, Frame, frame},
    language::Language,
    typesetting::{Job, Template, set},
};
use billing::Seller;
use jiff::civil::{Date, DateTime};
use serde::Serialize;
use vocabulary::{CountryCode, Direction, LineId, Money, Month, UsageKind};

/// A document has so many records: some forty pages, a quarter of a gigabyte while they are set. What has more comes in parts.
pub const RECORDS_OF_A_PART: usize = 2_500;

/// How many parts so many records come in; one at least.
pub fn parts_of(records: usize) -> usize {
    records.div_ceil(RECORDS_OF_A_PART).max(1)
}

/// The records of a part, the first of which is 0.
pub(crate) fn records_of(part: usize) -> std::ops::Range<usize> {
    let first = part.saturating_mul(RECORDS_OF_A_PART);
    first..first.saturating_add(RECORDS_OF_A_PART)
}

/// A line's month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The language it is written in: `fr`, `nl`, `de` or `en`.
    pub language: String,
    /// ISO 4217.
    pub currency: String,
    /// In whose name it is written.
    pub seller: Seller,
    /// The line.
    pub line: LineId,
    /// Its number as people write it, or its name.
    pub number: String,
    /// Who uses it; empty where nobody is named.
    pub user: String,
    /// Whose it is.
    pub customer: String,
    /// Its offer.
    pub offer: String,
    /// The month.
    pub month: Month,
    /// Up to which day it tells, where the month is not over.
    pub so_far: Option<Date>,
    /// What was included, allowance by allowance.
    pub allowances: Vec<Allowance>,
    /// How the numbers of others are shown.
    pub called: CalledNumbers,
    /// What was used, oldest first.
    pub rows: Vec<Row>,
}

/// What was included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// As the catalogue names it.
    pub name: String,
    /// Of what.
    pub kind: UsageKind,
    /// How much of it was used, in the kind's units.
    pub used: i64,
    /// How much there was; `None` without an end.
    pub included: Option<i64>,
}

/// One call, message or session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// When it began, by the operator's clock.
    pub at: DateTime,
    /// What it was.
    pub kind: UsageKind,
    /// Made, received or forwarded.
    pub direction: Direction,
    /// The other party, whole, as people write it; empty for data.
    pub party: String,
    /// Where it went, by name; empty where that says nothing.
    pub destination: String,
    /// Where the line was, when it was abroad.
    pub roaming_in: Option<CountryCode>,
    /// Seconds, messages or bytes.
    pub units: i64,
    /// Of them, those that were charged.
    pub charged_units: i64,
    /// What became of it.
    pub verdict: Verdict,
}

/// What a usage cost, and why where it cost nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was within an allowance.
    Included,
    /// It is free.
    Free,
    /// It was not carried any more.
    Stopped,
    /// It was carried slowly, without a charge.
    Slowed,
    /// So much, without VAT.
    Amount(Money),
}

impl Verdict {
    /// So much.
    pub fn amount(self) -> Money {
        match self {
            Self::Amount(amount) => amount,
            Self::Included | Self::Free | Self::Stopped | Self::Slowed => Money::ZERO,
        }
    }
}

/// What was used of a kind in a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindSum {
    /// The kind.
    pub kind: UsageKind,
    /// Made, received or forwarded.
    pub direction: Direction,
    /// How many.
    pub records: i64,
    /// How much of it cost nothing.
    pub included: i64,
    /// How much was charged.
    pub charged: i64,
    /// What that cost, without VAT.
    pub amount: Money,
}

impl Statement {
    /// What was used, by kind and direction, in their order.
    pub fn sums(&self) -> Vec<KindSum> {
        let mut sums: Vec<KindSum> = Vec::new();
        for row in &self.rows {
            let known = sums.iter().position(|sum| (sum.kind, sum.direction) == (row.kind, row.direction));
            let place = known.unwrap_or_else(|| {
                let (kind, direction) = (row.kind, row.direction);
                sums.push(KindSum { kind, direction, records: 0, included: 0, charged: 0, amount: Money::ZERO });
                sums.len() - 1
            });
            let sum = &mut sums[place];
            sum.records += 1;
            sum.included = sum.included.saturating_add(row.units - row.charged_units);
            sum.charged = sum.charged.saturating_add(row.charged_units);
            sum.amount = [sum.amount, row.verdict.amount()].into_iter().sum();
        }
        sums.sort_by_key(|sum| (sum.kind.index(), sum.direction.index()));
        sums
    }

    /// What all of it cost, without VAT.
    pub fn amount(&self) -> Money {
        self.rows.iter().map(|row| row.verdict.amount()).sum()
    }
}

/// What the template is given.
#[derive(Debug, Serialize)]
struct Sheet {
    frame: Frame,
    heading: String,
    about: Vec<(String, String)>,
    notes: Vec<String>,
    summary: Summary,
    allowances: Option<Allowances>,
    details: Details,
}

#[derive(Debug, Serialize)]
struct Summary {
    title: String,
    head: [String; 5],
    /// Kind, how many, included, charged, amount.
    rows: Vec<[String; 5]>,
    total: (String, String),
}

#[derive(Debug, Serialize)]
struct Allowances {
    title: String,
    head: [String; 3],
    rows: Vec<[String; 3]>,
}

#[derive(Debug, Serialize)]
struct Details {
    title: String,
    head: [String; 6],
    /// What is said where there are none.
    none: String,
    /// Day and time, kind, party, where, quantity, amount.
    rows: Vec<[String; 6]>,
}

/// A statement as people read it, or that part of it: a tagged PDF/A-3b with the sums of all and the records of the part, the first of which is 0.
/// The logo is a PNG.
///
/// # Errors
/// For a language that is not ours, or a logo that is no PNG.
pub fn statement_pdf(statement: &Statement, part: usize, logo: Option<&[u8]>) -> Result<Vec<u8>, DocumentError> {
    let day = statement.so_far.unwrap_or_else(|| statement.month.first_day().last_of_month());
    set(Job {
        template: Template::Statement,
        facts: &sheet(statement, part, logo.is_some())?,
        logo,
        attachment: None,
        identity: &format!("statement-{}-{}-{part}", statement.line, statement.month),
        day,
    })
}

fn sheet(statement: &Statement, part: usize, logo: bool) -> Result<Sheet, DocumentError> {
    let language = Language::of(&statement.language)?;
    let text = |key: &str| language.text(key);
    let month = language.month(statement.month);
    let arguments = || [("number", statement.number.as_str().into()), ("month", month.as_str().into())];
    let mut about = vec![
        (text("statement-line"), statement.number.clone()),
        (text("statement-user"), statement.user.clone()),
        (text("statement-customer"), statement.customer.clone()),
        (text("statement-offer"), statement.offer.clone()),
        (text("statement-month"), month.clone()),
    ];
    about.retain(|(_, value)| !value.is_empty());
    let mut notes = vec![text("statement-note")];
    if let Some(day) = statement.so_far {
        notes.push(language.text_with("statement-so-far", [("day", language.long_day(day).into())]));
    }
    notes.extend(part_note(language, part, parts_of(statement.rows.len())));
    if statement.called == CalledNumbers::Hidden {
        notes.push(text("annex-hidden"));
    }
    Ok(Sheet {
        frame: frame(language, &statement.seller, language.text_with("statement-title", arguments()), logo),
        heading: text("statement-heading"),
        about,
        notes,
        summary: summary(language, statement),
        allowances: allowances(language, statement),
        details: details(language, statement, part),
    })
}

fn summary(language: Language, statement: &Statement) -> Summary {
    let none_or = |kind, units: i64| if units == 0 { "–".to_owned() } else { language.usage(kind, units) };
    let rows = statement.sums().into_iter().map(|sum| {
        [
            usage(language, sum.kind, sum.direction),
            language.count(sum.records),
            none_or(sum.kind, sum.included),
            none_or(sum.kind, sum.charged),
            language.amount(sum.amount.rounded(), &statement.currency),
        ]
    });
    Summary {
        title: language.text("statement-summary"),
        head: ["annex-kind", "statement-records", "statement-included", "statement-charged", "annex-amount"]
            .map(|key| language.text(key)),
        rows: rows.collect(),
        total: (language.text("statement-total"), language.amount(statement.amount().rounded(), &statement.currency)),
    }
}

fn allowances(language: Language, statement: &Statement) -> Option<Allowances> {
    let rows = statement.allowances.iter().map(|allowance| {
        let included = allowance.included.map(|included| language.usage(allowance.kind, included));
        [
            allowance.name.clone(),
            language.usage(allowance.kind, allowance.used),
            included.unwrap_or_else(|| language.text("statement-unlimited")),
        ]
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| Allowances {
        title: language.text("statement-allowances"),
        head: ["statement-allowance", "statement-used", "statement-at-most"].map(|key| language.text(key)),
        rows,
    })
}

/// Which part of how many a document is; nothing where it is the whole.
pub(crate) fn part_note(language: Language, part: usize, parts: usize) -> Option<String> {
    let arguments = [("part", (part + 1).to_string().into()), ("parts", parts.to_string().into())];
    (parts > 1).then(|| language.text_with("statement-part", arguments))
}

fn details(language: Language, statement: &Statement, part: usize) -> Details {
    let of_part = records_of(part);
    let rows = statement.rows.iter().skip(of_part.start).take(of_part.len()).map(|row| {
        let (day, at) = (language.short_day(row.at.date()), row.at);
        [
            format!("{day}\u{2002}{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second()),
            usage(language, row.kind, row.direction),
            statement.called.shown(&row.party),
            place(language, row),
            language.usage(row.kind, row.units),
            verdict(language, statement, row.verdict),
        ]
    });
    Details {
        title: language.text("statement-details"),
        head: ["annex-when", "annex-kind", "annex-party", "statement-place", "annex-quantity", "annex-amount"]
            .map(|key| language.text(key)),
        none: language.text("statement-none"),
        rows: rows.collect(),
    }
}

fn usage(language: Language, kind: UsageKind, direction: Direction) -> String {
    let key = match (kind, direction) {
        (UsageKind::Voice, Direction::Made) => "statement-call-made",
        (UsageKind::Voice, Direction::Received) => "statement-call-received",
        (UsageKind::Voice, Direction::Forwarded) => "statement-call-forwarded",
        (UsageKind::Sms, Direction::Received) => "statement-sms-received",
        (UsageKind::Sms, _) => "statement-sms-sent",
        (UsageKind::Mms, Direction::Received) => "statement-mms-received",
        (UsageKind::Mms, _) => "statement-mms-sent",
        (UsageKind::Data, _) => "statement-data",
    };
    language.text(key)
}

/// Where it went, and from where when the line was abroad.
fn place(language: Language, row: &Row) -> String {
    let from = row.roaming_in.map(|country| {
        let country = ("country", language.country(country).into());
        language.text_with("statement-from", [country])
    });
    let parts = [Some(row.destination.clone()).filter(|name| !name.is_empty()), from];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn verdict(language: Language, statement: &Statement, verdict: Verdict) -> String {
    match verdict {
        Verdict::Included => language.text("annex-included"),
        Verdict::Free => language.text("statement-free"),
        Verdict::Stopped => language.text("statement-stopped"),
        Verdict::Slowed => language.text("statement-slowed"),
        Verdict::Amount(amount) => language.price(amount, &statement.currency),
    }
}
