//! Reads the rows of a text batch by batch.

use crate::{
    Batch, Checkpoint, Layout, MAX_ROW_BYTES, MAX_ROWS_ON_PROBATION, SetAsideReason as Reason,
    calls::{self, Calls, Closed, Place},
    fields::{Fields, SplitFault, is_blank},
    layout::{ColumnSet, Columns, Format},
    read_error::ReadError,
    set_aside::Fault,
    stream::{Peek, Stream},
    time::ZoneReader,
    understand,
};
use std::sync::Arc;

/// Over how many lines a quoted field may go.
const MAX_LINES_OF_A_ROW: u64 = 16;

/// Reads the rows of one text by one layout.
pub(crate) struct RowReader {
    layout: Arc<Layout>,
    stream: Stream,
    fields: Fields,
    zone: ZoneReader,
    header: Option<ColumnSet>,
    /// The header as it stands in the file.
    header_text: Option<String>,
    calls: Calls,
    /// Lines before the current place.
    line: u64,
    /// Outcomes up to this line, and of the file's end, were given by an earlier reader.
    given: Checkpoint,
    /// Of the calls that the file's end closes, how many were closed, and where the earliest of all of them begins.
    at_end: Option<(u64, Place)>,
    probation: Probation,
}

/// The first rows: is this the right layout at all?
enum Probation {
    Rows { seen: u64, first: Option<String> },
    Passed,
}

/// What is at the current place.
enum Step {
    Row(usize, u64),
    Unreadable(usize, String),
    TooLong,
    Blank(usize),
    End,
    Failed,
}

impl RowReader {
    /// Begins a text, or goes on where an earlier reader left off.
    pub(crate) fn open(stream: Stream, layout: Arc<Layout>, from: Option<Checkpoint>) -> Result<Self, ReadError> {
        let zone = ZoneReader::new(layout.time.zone.clone());
        let probation = if from.is_some() { Probation::Passed } else { Probation::Rows { seen: 0, first: None } };
        let mut reader = Self {
            layout,
            stream,
            fields: Fields::default(),
            zone,
            header: None,
            header_text: None,
            calls: Calls::default(),
            line: 0,
            given: from.unwrap_or_default(),
            at_end: None,
            probation,
        };
        reader.begin()?;
        Ok(reader)
    }

    /// The next records and rows set aside; nothing at the end.
    pub(crate) fn next_batch(&mut self, max_records: usize) -> Result<Option<Batch>, ReadError> {
        let layout = Arc::clone(&self.layout);
        let mut batch = Batch::default();
        while self.at_end.is_none() && (self.is_on_probation() || batch.len() < max_records) {
            match self.step(layout.as_ref()) {
                Step::Row(length, line_count) => self.take_row(&layout, &mut batch, length, line_count)?,
                Step::Unreadable(length, detail) => {
                    self.set_aside(&mut batch, Fault::new(Reason::Unreadable, detail), length)?;
                    self.advance(length, 1);
                }
                Step::TooLong => {
                    let detail = format!("the row is longer than {MAX_ROW_BYTES} bytes");
                    self.set_aside(&mut batch, Fault::new(Reason::Unreadable, detail), MAX_ROW_BYTES)?;
                    // Where the stream fails within the row, the next step says so.
                    self.stream.skip_line();
                    self.line += 1;
                }
                Step::Blank(length) => self.advance(length, 1),
                Step::End => self.come_to_end()?,
                Step::Failed if batch.is_empty() || self.is_on_probation() => return Err(self.failure()),
                Step::Failed => break,
            }
            self.close_calls(&layout, &mut batch);
        }
        self.close_remaining_calls(&mut batch, max_records);
        batch.checkpoint = self.checkpoint();
        Ok(if batch.is_empty() { None } else { Some(batch) })
    }

    /// Passes no more judgement on the layout.
    pub(crate) fn believe_layout(&mut self) {
        self.probation = Probation::Passed;
    }

    /// The header as it stands in the file, if the layout asks for one.
    pub(crate) fn header_text(&self) -> Option<&str> {
        self.header_text.as_deref()
    }

    /// Passes the mark and the header, and goes on to the checkpoint.
    fn begin(&mut self) -> Result<(), ReadError> {
        self.stream.skip_mark();
        match self.stream.peek(0) {
            Peek::End => return Err(ReadError::Empty),
            Peek::Failed => return Err(self.failure()),
            _ => {}
        }
        if let Format::Csv { delimiter, columns: Columns::Header } = self.layout.format {
            self.read_header(delimiter)?;
        }
        let position = self.given.position;
        if position > self.stream.offset() {
            if !self.stream.skip_to(position) {
                return Err(match self.stream.take_error() {
                    Some(error) => ReadError::of(error, self.stream.offset(), self.given.lines),
                    None => ReadError::Shorter { length: self.stream.offset(), position },
                });
            }
            self.line = self.given.lines;
        }
        Ok(())
    }

    fn read_header(&mut self, delimiter: u8) -> Result<(), ReadError> {
        loop {
            match self.stream.peek(0) {
                Peek::Line(length) | Peek::Tail(length) => {
                    let line = trim_break(self.stream.bytes(length));
                    let is_header = !is_blank(line);
                    if is_header {
                        let split = self.fields.split_csv(line, delimiter);
                        let names = self.fields.texts(line);
                        let open = |_| self.wrong_layout("the header has an open quote".to_owned());
                        split.map_err(open)?;
                        let set = self.layout.columns_of_header(&names).map_err(|missing| {
                            let shown = crate::set_aside::quoted(line);
                            self.wrong_layout(format!("its header {shown} has no column `{missing}`"))
                        })?;
                        self.header = Some(set);
                        self.header_text = Some(String::from_utf8_lossy(line).into_owned());
                    }
                    self.advance(length, 1);
                    if is_header {
                        return Ok(());
                    }
                }
                Peek::TooLong => return Err(self.wrong_layout(format!("its header is longer than {MAX_ROW_BYTES} bytes"))),
                Peek::End => return Err(ReadError::Empty),
                Peek::Failed => return Err(self.failure()),
            }
        }
    }

    /// Looks at the next row and splits it.
    fn step(&mut self, layout: &Layout) -> Step {
        let length = match self.stream.peek(0) {
            Peek::Line(length) | Peek::Tail(length) => length,
            Peek::TooLong => return Step::TooLong,
            Peek::End => return Step::End,
            Peek::Failed => return Step::Failed,
        };
        let line = trim_break(self.stream.bytes(length));
        if is_blank(line) {
            return Step::Blank(length);
        }
        let split = match layout.format {
            Format::JsonLines => self.fields.split_json(line, &layout.names),
            Format::Csv { delimiter, .. } => self.fields.split_csv(line, delimiter),
            // Elements are not split into rows: another reader takes them.
            Format::Tap3 => Ok(()),
        };
        match (split, &layout.format) {
            (Ok(()), _) => Step::Row(length, 1),
            (Err(SplitFault::OpenQuote), Format::Csv { delimiter, .. }) => self.step_over_lines(layout, *delimiter, length),
            (Err(SplitFault::NotJson(reason)), _) => Step::Unreadable(length, format!("not a JSON object: {reason}")),
            (Err(SplitFault::OpenQuote), _) => Step::Unreadable(length, "a quote is not closed".to_owned()),
        }
    }

    /// A quote is open at the line's end: the field goes on over the next lines, if they give a row of the right width. If not, the
    /// first line alone is at fault, so that a stray quote costs one row.
    fn step_over_lines(&mut self, layout: &Layout, delimiter: u8, first: usize) -> Step {
        let mut length = first;
        for line_count in 2..=MAX_LINES_OF_A_ROW {
            length = match self.stream.peek(length) {
                Peek::Line(longer) | Peek::Tail(longer) => longer,
                Peek::Failed => return Step::Failed,
                Peek::TooLong | Peek::End => break,
            };
            if self.fields.split_csv(trim_break(self.stream.bytes(length)), delimiter).is_ok() {
                if self.has_right_width(layout) {
                    return Step::Row(length, line_count);
                }
                break;
            }
        }
        Step::Unreadable(first, "a quote is opened and not closed in this row".to_owned())
    }

    fn has_right_width(&self, layout: &Layout) -> bool {
        match &self.header {
            Some(header) => header.count == self.fields.columns(),
            None => layout.columns_for(self.fields.columns()).is_some(),
        }
    }

    fn take_row(&mut self, layout: &Layout, batch: &mut Batch, length: usize, line_count: u64) -> Result<(), ReadError> {
        if !matches!(layout.format, Format::JsonLines) && !self.has_right_width(layout) {
            let fault = Fault::new(Reason::WrongColumnCount, self.wrong_width(layout, length));
            self.set_aside(batch, fault, length)?;
            self.advance(length, line_count);
            return Ok(());
        }
        self.probation = Probation::Passed;
        let place = Place { row: self.line + 1, offset: self.stream.offset() };
        let is_given = place.row <= self.given.given_through;
        let bytes = self.stream.bytes(length);
        let by_slot = match &self.header {
            Some(header) => Some(header.by_slot.as_slice()),
            None => layout.columns_for(self.fields.columns()),
        };
        let row = self.fields.row(trim_break(bytes), by_slot);
        match &layout.legs {
            Some(rule) => {
                let leg = calls::leg(layout, rule, &mut self.zone, row);
                // What is due is closed first: a row beyond the window begins another call.
                while let Some(closed) = self.calls.close_before(place.row, rule.window_rows) {
                    give(batch, closed, is_given);
                }
                if let Some(closed) = self.calls.add(row.field(&rule.call), leg, place, bytes) {
                    give(batch, closed, is_given);
                }
            }
            None => match understand::record(layout, &mut self.zone, row) {
                Ok((record, callee_line)) => batch.take(place.row, record, callee_line, bytes),
                Err(fault) => batch.set_aside(place.row, fault, bytes),
            },
        }
        self.advance(length, line_count);
        Ok(())
    }

    fn wrong_width(&self, layout: &Layout, length: usize) -> String {
        let expected = match (&self.header, &layout.format) {
            (Some(header), _) => header.count.to_string(),
            (None, Format::Csv { columns: Columns::Sets(sets), .. }) => {
                sets.iter().map(|set| set.count.to_string()).collect::<Vec<_>>().join(" or ")
            }
            _ => String::new(),
        };
        let plural = if self.fields.columns() == 1 { "" } else { "s" };
        let whose = if self.header.is_some() { "its header".to_owned() } else { format!("layout `{}`", layout.id) };
        let mut text = format!("row {} has {} column{plural} where {whose} has {expected}", self.line + 1, self.fields.columns());
        if !self.stream.bytes(length).ends_with(b"\n") {
            text.push_str("; the file ends within it");
        }
        text
    }

    /// Sets the row of `length` bytes at the current place aside. While no row could be read, too many of these are another layout.
    fn set_aside(&mut self, batch: &mut Batch, fault: Fault, length: usize) -> Result<(), ReadError> {
        let row = self.line + 1;
        if let Probation::Rows { seen, first } = &mut self.probation {
            *seen += 1;
            first.get_or_insert_with(|| with_row(row, &fault.detail));
            if *seen >= MAX_ROWS_ON_PROBATION {
                return Err(self.failed_probation());
            }
        }
        if row > self.given.given_through {
            batch.set_aside(row, fault, self.stream.bytes(length));
        }
        Ok(())
    }

    const fn is_on_probation(&self) -> bool {
        matches!(self.probation, Probation::Rows { .. })
    }

    fn failed_probation(&mut self) -> ReadError {
        let reason = match std::mem::replace(&mut self.probation, Probation::Passed) {
            Probation::Rows { first: Some(first), .. } => first,
            _ => "no row can be read".to_owned(),
        };
        self.wrong_layout(reason)
    }

    fn come_to_end(&mut self) -> Result<(), ReadError> {
        let here = Place { row: self.line + 1, offset: self.stream.offset() };
        self.at_end = Some((0, self.calls.earliest().unwrap_or(here)));
        match &self.probation {
            Probation::Rows { seen: 0, .. } if self.header.is_none() => Err(ReadError::Empty),
            Probation::Rows { seen, .. } if *seen > 0 => Err(self.failed_probation()),
            _ => {
                self.probation = Probation::Passed;
                Ok(())
            }
        }
    }

    /// Gives the calls that the rows so far have closed.
    fn close_calls(&mut self, layout: &Layout, batch: &mut Batch) {
        let Some(rule) = &layout.legs else { return };
        let is_given = self.line <= self.given.given_through;
        while let Some(closed) = self.calls.close_before(self.line, rule.window_rows) {
            give(batch, closed, is_given);
        }
    }

    /// Gives the calls that the end of the file closes.
    fn close_remaining_calls(&mut self, batch: &mut Batch, max_records: usize) {
        let Some((closed_before, _)) = &mut self.at_end else { return };
        while batch.len() < max_records {
            let Some(closed) = self.calls.close_first() else { return };
            *closed_before += 1;
            give(batch, closed, *closed_before <= self.given.given_at_end);
        }
    }

    fn checkpoint(&self) -> Checkpoint {
        let here = Place { row: self.line + 1, offset: self.stream.offset() };
        let (given_at_end, from) = match self.at_end {
            Some((closed, earliest)) => (closed.max(self.given.given_at_end), earliest),
            None => (0, self.calls.earliest().unwrap_or(here)),
        };
        let given_through = self.line.max(self.given.given_through);
        Checkpoint { position: from.offset, lines: from.row - 1, given_through, given_at_end }
    }

    fn advance(&mut self, length: usize, line_count: u64) {
        self.stream.advance(length);
        self.line += line_count;
    }

    fn wrong_layout(&self, reason: String) -> ReadError {
        ReadError::WrongLayout { layout: self.layout.id.clone(), reason }
    }

    /// Why the stream failed. Calls that are open stay open: a leg of theirs may lie in what could not be read.
    fn failure(&mut self) -> ReadError {
        let (byte, row) = (self.stream.offset(), self.line + 1);
        self.at_end = Some((0, Place { row, offset: byte }));
        self.calls = Calls::default();
        match self.stream.take_error() {
            Some(error) => ReadError::of(error, byte, row),
            None => ReadError::CutShort { byte, row },
        }
    }
}

fn give(batch: &mut Batch, closed: Closed, is_given: bool) {
    match closed {
        _ if is_given => {}
        Closed::Record { row, record, callee_line, raw } => batch.take(row, *record, callee_line, &raw),
        Closed::SetAside(set_aside) => batch.set_aside.push(set_aside),
    }
}

fn with_row(row: u64, detail: &str) -> String {
    if detail.starts_with("row ") { detail.to_owned() } else { format!("row {row}: {detail}") }
}

fn trim_break(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
