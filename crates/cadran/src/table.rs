//! A table on a terminal: aligned columns, or a JSON list.

use std::io::{self, Write};

pub(crate) struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new<C: Into<String>>(columns: impl IntoIterator<Item = C>) -> Self {
        Self { columns: columns.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    pub(crate) fn add(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// Leaves only the rows in which a word stands, in capitals or not.
    pub(crate) fn keep_rows_with(&mut self, word: &str) {
        let word = word.to_lowercase();
        self.rows.retain(|row| row.iter().any(|cell| cell.to_lowercase().contains(&word)));
    }

    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let width = |index: usize| {
            let cells = self.rows.iter().map(|row| row[index].chars().count());
            cells.chain([self.columns[index].chars().count()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    pub(crate) fn write_json(&self, out: &mut impl Write) -> io::Result<()> {
        let object = |row: &Vec<String>| -> serde_json::Map<String, serde_json::Value> {
            self.columns.iter().cloned().zip(row.iter().cloned().map(Into::into)).collect()
        };
        let list: Vec<_> = self.rows.iter().map(object).collect();
        serde_json::to_writer_pretty(&mut *out, &list)?;
        writeln!(out)
    }
}
