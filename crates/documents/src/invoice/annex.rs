//! The usage behind an invoice: its facts, and its page.

use super::sheet::{Frame, frame};
use crate::{
    DocumentError,
    language::Language,
    statement::{part_note, parts_of, records_of},
};
use billing::Invoice;
use jiff::civil::DateTime;
use serde::Serialize;
use vocabulary::{CountryCode, Money, UsageKind};

/// The end of a number that is hidden unless its subscriber asked otherwise, in digits.
const HIDDEN_DIGITS: usize = 4;

/// The usage of an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageAnnex {
    /// Line by line, in the order of the invoice.
    pub lines: Vec<AnnexLine>,
    /// The numbers of lines whose usage is for their own users alone.
    pub hidden: Vec<String>,
}

impl UsageAnnex {
    /// How many records it has.
    pub fn records(&self) -> usize {
        self.lines.iter().map(|line| line.rows.len()).sum()
    }
}

/// The usage of one line of telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnexLine {
    /// Its number as people write it.
    pub number: String,
    /// Who uses it; empty where nobody is named.
    pub user: String,
    /// How the numbers that it called are shown.
    pub called: CalledNumbers,
    /// What was used, oldest first.
    pub rows: Vec<AnnexRow>,
}

/// How the other party's number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalledNumbers {
    /// Without its last four digits: the rule.
    Hidden,
    /// Whole, as the subscriber asked.
    Whole,
}

impl CalledNumbers {
    /// A number as it is shown: short and special numbers, which belong to no person, stay whole.
    pub fn shown(self, number: &str) -> String {
        let digits = number.chars().filter(char::is_ascii_digit).count();
        if self == Self::Whole || digits <= 2 * HIDDEN_DIGITS {
            return number.to_owned();
        }
        let mut left = digits - HIDDEN_DIGITS;
        let masked = number.chars().map(|sign| match sign {
            digit if digit.is_ascii_digit() && left == 0 => '•',
            digit if digit.is_ascii_digit() => {
                left -= 1;
                digit
            }
            other => other,
        });
        masked.collect()
    }
}

/// One call, message or session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnexRow {
    /// When it began, by the operator's clock.
    pub at: DateTime,
    /// What it was.
    pub kind: UsageKind,
    /// The other party, whole, as people write it; empty for data.
    pub party: String,
    /// Where it was or where it went; `None` at home.
    pub country: Option<CountryCode>,
    /// Seconds, messages or bytes.
    pub units: i64,
    /// What it cost.
    pub charged: Charged,
}

/// What a usage cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charged {
    /// Nothing: it was within an allowance.
    Included,
    /// So much, without VAT.
    Amount(Money),
}

/// What the template is given.
#[derive(Debug, Serialize)]
pub(super) struct Sheet {
    frame: Frame,
    heading: String,
    intro: String,
    notes: Vec<String>,
    head: [String; 6],
    groups: Vec<Group>,
}

#[derive(Debug, Serialize)]
struct Group {
    title: String,
    text: String,
    total: String,
    /// Day and time, kind, party, country, quantity, amount.
    rows: Vec<[String; 6]>,
}

/// The page of an annex.
///
/// # Errors
/// For a language that is not ours.
pub(super) fn sheet(invoice: &Invoice, usage: &UsageAnnex, part: usize) -> Result<Sheet, DocumentError> {
    let language = Language::of(&invoice.language)?;
    let number = || ("number", invoice.number.as_str().into());
    let mut notes: Vec<String> = part_note(language, part, parts_of(usage.records())).into_iter().collect();
    if usage.lines.iter().any(|line| line.called == CalledNumbers::Hidden) {
        notes.push(language.text("annex-hidden"));
    }
    if !usage.hidden.is_empty() {
        notes.push(language.text_with("annex-private", [("numbers", usage.hidden.join(", ").into())]));
    }
    Ok(Sheet {
        frame: frame(language, &invoice.seller, language.text_with("annex-title", [number()]), false),
        heading: language.text("annex-heading"),
        intro: language.text_with("annex-intro", [number(), ("day", language.long_day(invoice.issued).into())]),
        notes,
        head: ["annex-when", "annex-kind", "annex-party", "annex-country", "annex-quantity", "annex-amount"]
            .map(|key| language.text(key)),
        groups: groups(language, invoice, usage, part),
    })
}

/// The lines of which records stand in a part, each with the sum of all of its records.
fn groups(language: Language, invoice: &Invoice, usage: &UsageAnnex, part: usize) -> Vec<Group> {
    let (of_part, mut before, mut groups) = (records_of(part), 0, Vec::new());
    for line in &usage.lines {
        let (first, last) = (before, before + line.rows.len());
        before = last;
        let within = of_part.start.clamp(first, last) - first..of_part.end.clamp(first, last) - first;
        if !within.is_empty() || (line.rows.is_empty() && part == 0) {
            groups.push(group(language, invoice, line, &line.rows[within]));
        }
    }
    groups
}

fn group(language: Language, invoice: &Invoice, line: &AnnexLine, rows: &[AnnexRow]) -> Group {
    let rows = rows.iter().map(|row| {
        [
            format!(
                "{}\u{2002}{:02}:{:02}:{:02}",
                language.short_day(row.at.date()),
                row.at.hour(),
                row.at.minute(),
                row.at.second()
            ),
            language.text_with("annex-usage", [("kind", row.kind.as_str().into())]),
            line.called.shown(&row.party),
            row.country.map(|country| language.country(country)).unwrap_or_default(),
            language.usage(row.kind, row.units),
            match row.charged {
                Charged::Included => language.text("annex-included"),
                Charged::Amount(amount) => language.price(amount, &invoice.currency),
            },
        ]
    });
    let charged = line.rows.iter().filter_map(|row| match row.charged {
        Charged::Included => None,
        Charged::Amount(amount) => Some(amount),
    });
    let total: Money = charged.sum();
    Group {
        title: line.number.clone(),
        text: line.user.clone(),
        total: language.amount(total.rounded(), &invoice.currency),
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BIL-04: the last four digits of a number are hidden unless the subscriber asked otherwise.
    #[test]
    fn the_last_four_digits_are_hidden() {
        let shown = |number| CalledNumbers::Hidden.shown(number);
        assert_eq!(shown("06 12 34 56 78"), "06 12 34 •• ••");
        assert_eq!(shown("+41 44 668 18 00"), "+41 44 668 •• ••");
        assert_eq!(shown("3179"), "3179", "short numbers belong to no person");
        assert_eq!(shown("INFO"), "INFO", "nor do names");
        assert_eq!(CalledNumbers::Whole.shown("06 12 34 56 78"), "06 12 34 56 78");
    }
}
