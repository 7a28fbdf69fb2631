//! Files for spreadsheets: UTF-8 with its sign, semicolons, and decimals as the reader's language writes them, so that each opens as a table.

use crate::Locale;
use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use vocabulary::{Cents, Money};

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A text, whatever it begins with.
    Text(String),
    /// A whole number.
    Count(i64),
    /// An amount, without its currency.
    Amount(Cents),
    /// A price, with all its decimals.
    Price(Money),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Cents> for Cell {
    fn from(amount: Cents) -> Self {
        Self::Amount(amount)
    }
}

/// A file that grows row by row.
#[derive(Debug)]
pub(crate) struct Csv {
    locale: Locale,
    text: String,
}

impl Csv {
    /// A file with its heads.
    pub(crate) fn new(locale: Locale, heads: &[&str]) -> Self {
        // Spreadsheets read it as UTF-8 by this sign.
        let mut csv = Self { locale, text: String::from("\u{feff}") };
        csv.row(&heads.iter().map(|head| Cell::from(*head)).collect::<Vec<_>>());
        csv
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &[Cell]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.text.push(';');
            }
            let written = match cell {
                Cell::Text(text) => quoted(text),
                Cell::Count(count) => count.to_string(),
                Cell::Amount(amount) => self.decimal(&amount.to_string()),
                Cell::Price(price) => self.decimal(&price.to_string()),
            };
            self.text.push_str(&written);
        }
        self.text.push_str("\r\n");
    }

    /// A number that was written with a point.
    fn decimal(&self, number: &str) -> String {
        match self.locale {
            Locale::English => number.to_owned(),
            Locale::French | Locale::Dutch | Locale::German => number.replace('.', ","),
        }
    }

    /// What was written since the last time: a long file leaves in parts.
    pub(crate) fn taken(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// The file as an answer, to be kept under a name.
    pub(crate) fn into_response(self, name: &str) -> Response {
        let named = format!("attachment; filename=\"{name}.csv\"");
        let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, named)];
        (headers, self.text).into_response()
    }
}

/// A text in quotes; what a spreadsheet would take for a formula is told to be a text.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FLT-02: what a spreadsheet would calculate is a text, and a quote ends no cell.
    #[test]
    fn a_cell_is_a_text_whatever_it_begins_with() {
        let mut csv = Csv::new(Locale::French, &["893326", "=1+1", "a \"b\"; c"]);
        csv.row(&[Cell::Count(-3), Cents::new(-123_456).into(), Cell::Price("0.0035".parse().unwrap())]);
        assert_eq!(csv.text, "\u{feff}\"893326\";\"'=1+1\";\"a \"\"b\"\"; c\"\r\n-3;-1234,56;0,0035\r\n");
        let mut csv = Csv::new(Locale::English, &[]);
        csv.row(&[Cents::new(5).into()]);
        assert_eq!(csv.text, "\u{feff}\r\n0.05\r\n");
    }
}
