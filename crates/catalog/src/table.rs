//! Reads a CSV table row by row with its line, in a fixed set of columns.

use crate::fault::{FaultLog, Place};
use std::{fmt, str::FromStr};

/// One row and where it stood.
pub(crate) struct Row<'a> {
    columns: &'a [&'static str],
    cells: csv::StringRecord,
    place: Place,
    log: &'a FaultLog,
}

/// Every row of `text` under exactly these columns; a wrong header or a row of another length is logged.
pub(crate) fn read_rows<'a>(file: &str, text: &str, columns: &'a [&'static str], log: &'a FaultLog) -> Vec<Row<'a>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    match reader.headers() {
        Ok(header) if header.iter().map(str::trim).eq(columns.iter().copied()) => {}
        Ok(header) => {
            let read: Vec<_> = header.iter().collect();
            let place = Place { file: file.to_owned(), line: 1 };
            log.add(&place, "", format!("has the columns `{}` where `{}` are expected", read.join(","), columns.join(",")));
            return Vec::new();
        }
        Err(error) => {
            log.add_to_file(file, format!("is no CSV: {error}"));
            return Vec::new();
        }
    }
    let mut rows = Vec::new();
    for cells in reader.into_records() {
        let cells = match cells {
            Ok(cells) => cells,
            Err(error) => {
                log.add_to_file(file, format!("is no CSV: {error}"));
                continue;
            }
        };
        let line = cells.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
        let place = Place { file: file.to_owned(), line };
        if cells.len() == columns.len() {
            rows.push(Row { columns, cells, place, log });
        } else {
            log.add(&place, "", format!("has {} columns where {} are expected", cells.len(), columns.len()));
        }
    }
    rows
}

impl Row<'_> {
    pub(crate) fn place(&self) -> Place {
        self.place.clone()
    }

    pub(crate) fn text(&self, column: &'static str) -> &str {
        let index = self.columns.iter().position(|name| *name == column).expect("the column is one of the table's");
        self.cells.get(index).unwrap_or_default().trim()
    }

    pub(crate) fn required(&self, column: &'static str) -> &str {
        let text = self.text(column);
        if text.is_empty() {
            self.fault(column, "is empty");
        }
        text
    }

    /// The values of a column that holds several, separated by `|`; `None` for all (`*` or empty).
    pub(crate) fn several(&self, column: &'static str) -> Option<Vec<&str>> {
        match self.text(column) {
            "" | "*" => None,
            text => Some(text.split('|').map(str::trim).collect()),
        }
    }

    /// The values of a column that holds several, each parsed; `None` for all.
    pub(crate) fn several_parsed<T>(&self, column: &'static str) -> Option<Vec<T>>
    where
        T: FromStr,
        T::Err: fmt::Display,
    {
        let parse = |text: &str| text.parse().map_err(|error| self.fault(column, error)).ok();
        Some(self.several(column)?.into_iter().filter_map(parse).collect())
    }

    pub(crate) fn parsed<T>(&self, column: &'static str) -> Option<T>
    where
        T: FromStr,
        T::Err: fmt::Display,
    {
        match self.text(column) {
            "" => None,
            text => text.parse().map_err(|error| self.fault(column, error)).ok(),
        }
    }

    pub(crate) fn fault(&self, column: &str, reason: impl fmt::Display) {
        self.log.add(&self.place, column, reason);
    }
}
