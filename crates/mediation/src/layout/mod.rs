//! A layout: how the rows of one kind of usage file are to be understood. It is data, read from a mapping file
//! (`docs/layouts.md`); no switch is named in the program.

mod mapping;
mod tables;

pub use tables::LayoutFault;

use crate::{quantity::Unit, time::TimeFormat};
use compact_str::CompactString;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use vocabulary::{Access, Direction, UsageKind, Visited};

/// How the rows of one kind of usage file are understood.
#[derive(Clone, Debug)]
pub struct Layout {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) format: Format,
    /// The columns that are looked at, by their slots.
    pub(crate) names: Vec<String>,
    /// Columns that a header must have, each or one of each.
    pub(crate) required: Vec<Column>,
    pub(crate) parties: Parties,
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) nobody: Vec<String>,
    pub(crate) kind: Choice<UsageKind>,
    pub(crate) time: Time,
    /// By the kinds' numbers.
    pub(crate) quantity: [Option<Amount>; 4],
    pub(crate) reference: Vec<Column>,
    pub(crate) answered: Option<Answered>,
    pub(crate) legs: Option<Legs>,
    pub(crate) visited: Option<Visits>,
    pub(crate) access: Choice<Access>,
}

/// What separates rows and fields.
#[derive(Clone, Debug)]
pub(crate) enum Format {
    Csv {
        delimiter: u8,
        columns: Columns,
    },
    JsonLines,
    /// Events of TAP3 in BER.
    Tap3,
}

/// How columns get their names.
#[derive(Clone, Debug)]
pub(crate) enum Columns {
    /// From the first row.
    Header,
    /// From the layout, by how many there are.
    Sets(Vec<ColumnSet>),
}

/// The columns of rows of one width: the column of each slot.
#[derive(Clone, Debug)]
pub(crate) struct ColumnSet {
    pub(crate) count: usize,
    pub(crate) by_slot: Vec<Option<u16>>,
}

/// A column, or several of which the first that is not empty counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column(Vec<usize>);

impl Column {
    pub(crate) fn slots(&self) -> &[usize] {
        &self.0
    }
}

/// A value that is the same for every row or stands in a column.
#[derive(Clone, Debug)]
pub(crate) enum Choice<T> {
    Always(T),
    Of { column: Column, values: Vec<(String, T)>, empty: Option<T> },
}

impl<T: Copy> Choice<T> {
    /// The value that a written one stands for; capitals make no difference.
    pub(crate) fn find(written: &[u8], values: &[(String, T)]) -> Option<T> {
        values.iter().find(|(word, _)| word.as_bytes().eq_ignore_ascii_case(written)).map(|&(_, value)| value)
    }
}

/// Who took part.
#[derive(Clone, Debug)]
pub(crate) enum Parties {
    /// A network's file: it knows the line and which way the usage went.
    Line { line: Column, other: Column, direction: Choice<Direction> },
    /// A switch's file: it knows who called whom.
    Call { caller: Column, callee: Column },
}

/// Rows that say otherwise: where `column` has one of `values`.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    pub(crate) column: Column,
    pub(crate) values: Vec<String>,
    pub(crate) direction: Direction,
    pub(crate) line: Column,
    pub(crate) other: Option<Column>,
}

/// When it began.
#[derive(Clone, Debug)]
pub(crate) struct Time {
    pub(crate) column: Column,
    pub(crate) formats: Vec<TimeFormat>,
    pub(crate) zone: TimeZone,
}

/// How much it was.
#[derive(Clone, Debug)]
pub(crate) enum Amount {
    Of {
        column: Column,
        unit: Unit,
    },
    /// One message a row.
    One,
}

/// When a call counts as answered: seconds above zero and, where a column tells, one of these values.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    pub(crate) told: Option<(Column, Vec<String>)>,
}

/// Which rows are legs of one call.
#[derive(Clone, Debug)]
pub(crate) struct Legs {
    pub(crate) call: Column,
    /// The leg that names the parties: where the two columns are equal.
    pub(crate) main: Option<(Column, Column)>,
    pub(crate) window_rows: u64,
}

/// Where a mobile line was.
#[derive(Clone, Debug)]
pub(crate) struct Visits {
    pub(crate) column: Column,
    /// Values that mean the home network.
    pub(crate) home: Vec<String>,
    /// What other values stand for: in capitals, such as the codes of networks that TAP has.
    pub(crate) networks: BTreeMap<CompactString, Visited>,
}

impl Layout {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// Every mistake of it, with its line.
    pub fn parse(file_name: &str, toml_text: &str) -> Result<Layout, Vec<LayoutFault>> {
        mapping::read(file_name, toml_text)
    }

    /// Its id: what `--layout` and the settings of a watched folder name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What a person reads.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Are its rows text that a person can correct?
    pub const fn is_text(&self) -> bool {
        !matches!(self.format, Format::Tap3)
    }

    /// The columns of each slot for rows of `count` columns, or how many columns would be right.
    pub(crate) fn columns_for(&self, count: usize) -> Option<&[Option<u16>]> {
        match &self.format {
            Format::Csv { columns: Columns::Sets(sets), .. } => {
                sets.iter().find(|set| set.count == count).map(|set| set.by_slot.as_slice())
            }
            _ => None,
        }
    }

    /// The column set of a header, or the name of a column that it lacks.
    pub(crate) fn columns_of_header(&self, header: &[String]) -> Result<ColumnSet, String> {
        let by_slot: Vec<_> = self.names.iter().map(|name| column_named(name, header)).collect();
        for column in &self.required {
            if column.slots().iter().all(|&slot| by_slot[slot].is_none()) {
                return Err(column.slots().iter().map(|&slot| self.names[slot].as_str()).collect::<Vec<_>>().join("` or `"));
            }
        }
        Ok(ColumnSet { count: header.len(), by_slot })
    }
}

fn column_named(name: &str, columns: &[String]) -> Option<u16> {
    columns.iter().position(|column| column.eq_ignore_ascii_case(name)).and_then(|at| u16::try_from(at).ok())
}
