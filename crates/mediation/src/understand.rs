//! One row, by its layout: who, what, when, how much. Whatever cannot be understood is named with its value.

use crate::{
    Layout, SetAsideReason as Reason,
    fields::Row,
    layout::{Amount, Choice, Column, Exception, Parties},
    quantity::most,
    set_aside::{Fault, quoted},
    time::{TimeFault, ZoneReader},
};
use compact_str::CompactString;
use std::borrow::Cow;
use vocabulary::{Access, Direction, Quantity, RecordKey, Timestamp, UsageKind, UsageRecord, Visited};

/// The longest name of a line or another party, in bytes.
const MAX_PARTY_BYTES: usize = 128;

/// Who took part in a usage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) line: CompactString,
    pub(crate) other: CompactString,
    pub(crate) direction: Direction,
    pub(crate) callee_line: Option<CompactString>,
}

/// What a row says of its usage when it is no leg of a call.
pub(crate) fn record(
    layout: &Layout,
    zone: &mut ZoneReader,
    row: Row<'_>,
) -> Result<(UsageRecord, Option<CompactString>), Fault> {
    let kind = kind(layout, row)?;
    let quantity = quantity(layout, kind, row)?;
    if kind == UsageKind::Voice && !is_answered(layout, quantity, row) {
        return Err(Fault::new(Reason::NotAnswered, "nobody answered this call"));
    }
    let who = who(layout, kind, row)?;
    let start = start(layout, zone, row)?;
    let key = RecordKey::of(reference(layout, row).as_deref().unwrap_or(row.bytes));
    let (visited, access) = (visited(layout, row)?, access(layout, row)?);
    let Who { line, other, direction, callee_line } = who;
    Ok((UsageRecord { key, line, kind, direction, other, start, quantity, visited, access }, callee_line))
}

fn kind(layout: &Layout, row: Row<'_>) -> Result<UsageKind, Fault> {
    chosen(&layout.kind, row).map_err(|written| {
        Fault::new(Reason::UnknownKind, format!("kind of usage {} is not listed in layout `{}`", quoted(written), layout.id))
    })
}

/// The seconds, messages or bytes of a row.
pub(crate) fn quantity(layout: &Layout, kind: UsageKind, row: Row<'_>) -> Result<Quantity, Fault> {
    match &layout.quantity[kind.index()] {
        Some(Amount::One) => Ok(Quantity::new(1).unwrap_or_default()),
        Some(Amount::Of { column, unit }) => {
            let (written, column) = (row.field(column), named(layout, column));
            let fault = |what: String| Fault::new(Reason::BadQuantity, format!("{column} {} is {what}", quoted(written)));
            let quantity = unit.read(written).ok_or_else(|| fault(format!("no number of {}", unit.name())))?;
            let most = most(kind);
            if quantity > most {
                return Err(fault(format!("more than one record of {kind} can be, which is {} at most", most.units())));
            }
            Ok(quantity)
        }
        None => Err(Fault::new(Reason::BadQuantity, format!("layout `{}` does not say what counts {kind}", layout.id))),
    }
}

/// Did somebody answer this call? Where the layout has no rule for it, yes.
pub(crate) fn is_answered(layout: &Layout, talked: Quantity, row: Row<'_>) -> bool {
    let Some(rule) = &layout.answered else { return true };
    let told = rule.told.as_ref().is_none_or(|(column, values)| is_one_of(row.field(column), values));
    told && talked.units() > 0
}

/// Who took part. A line that is nobody is let through only where somebody was called.
pub(crate) fn who(layout: &Layout, kind: UsageKind, row: Row<'_>) -> Result<Who, Fault> {
    let other = |column: &Column| if kind == UsageKind::Data { Ok("".into()) } else { party(layout, column, row) };
    let who = match exception(layout, row) {
        Some(exception) => {
            let other = exception.other.as_ref().map_or(Ok("".into()), other)?;
            Who { line: line(layout, &exception.line, row)?, other, direction: exception.direction, callee_line: None }
        }
        None => match &layout.parties {
            Parties::Call { caller, callee } => {
                let (caller, callee) = (party(layout, caller, row)?, party(layout, callee, row)?);
                let callee_line = Some(callee.clone()).filter(|callee| !callee.is_empty());
                Who { line: caller, other: callee, direction: Direction::Made, callee_line }
            }
            Parties::Line { line: column, other: correspondent, direction } => {
                let direction = chosen(direction, row).map_err(|written| {
                    let text = format!("direction {} is not listed in layout `{}`", quoted(written), layout.id);
                    Fault::new(Reason::UnknownDirection, text)
                })?;
                let direction = if kind == UsageKind::Data { Direction::Made } else { direction };
                Who { line: line(layout, column, row)?, other: other(correspondent)?, direction, callee_line: None }
            }
        },
    };
    if who.line.is_empty() && who.callee_line.is_none() {
        return Err(Fault::new(Reason::NoLine, "the row does not say whose usage it is"));
    }
    Ok(who)
}

fn exception<'l>(layout: &'l Layout, row: Row<'_>) -> Option<&'l Exception> {
    layout.exceptions.iter().find(|exception| is_one_of(row.field(&exception.column), &exception.values))
}

fn line(layout: &Layout, column: &Column, row: Row<'_>) -> Result<CompactString, Fault> {
    let written = row.field(column);
    if std::str::from_utf8(written).is_err() {
        return Err(Fault::new(Reason::BadNumber, format!("{} {} is not UTF-8 text", named(layout, column), quoted(written))));
    }
    party(layout, column, row)
}

fn party(layout: &Layout, column: &Column, row: Row<'_>) -> Result<CompactString, Fault> {
    let written = row.field(column);
    if written.len() > MAX_PARTY_BYTES || written.iter().any(u8::is_ascii_control) {
        let text =
            format!("{} {} names nobody: it is too long or has control characters", named(layout, column), quoted(written));
        return Err(Fault::new(Reason::BadNumber, text));
    }
    if is_one_of(written, &layout.nobody) {
        return Ok(CompactString::const_new(""));
    }
    Ok(CompactString::from_utf8_lossy(written))
}

/// When it began.
pub(crate) fn start(layout: &Layout, zone: &mut ZoneReader, row: Row<'_>) -> Result<Timestamp, Fault> {
    let written = row.field(&layout.time.column);
    zone.read(written, &layout.time.formats).map_err(|fault| {
        let (column, written) = (named(layout, &layout.time.column), quoted(written));
        let text = match fault {
            TimeFault::NotATime => format!("{column} {written} is no time in a format of layout `{}`", layout.id),
            TimeFault::OutOfCalendar => format!("{column} {written} is not within the years 1970 to 9998"),
            TimeFault::InGap => format!("{column} {written} does not exist: the clocks went forward over it in spring"),
        };
        Fault::new(Reason::BadTime, text)
    })
}

/// Where the line was.
pub(crate) fn visited(layout: &Layout, row: Row<'_>) -> Result<Visited, Fault> {
    let Some(visits) = &layout.visited else { return Ok(Visited::Home) };
    let written = row.field(&visits.column);
    if written.is_empty() || is_one_of(written, &visits.home) {
        return Ok(Visited::Home);
    }
    let text = std::str::from_utf8(written).unwrap_or_default();
    if !visits.networks.is_empty()
        && let Some(listed) = visits.networks.get(text.to_ascii_uppercase().as_str())
    {
        return Ok(listed.clone());
    }
    place(text).ok_or_else(|| {
        let column = named(layout, &visits.column);
        let unlisted = if visits.networks.is_empty() { "" } else { ", nor listed under `visited.networks`" };
        let text =
            format!("{column} {} is neither a network such as `22801` nor a country such as `CH`{unlisted}", quoted(written));
        Fault::new(Reason::BadVisited, text)
    })
}

/// A network by its five or six digits, or a country by its two capitals.
pub(crate) fn place(text: &str) -> Option<Visited> {
    if matches!(text.len(), 5 | 6) && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Visited::Network(text.into()));
    }
    text.parse().ok().map(Visited::Country)
}

/// Over what.
pub(crate) fn access(layout: &Layout, row: Row<'_>) -> Result<Access, Fault> {
    chosen(&layout.access, row).map_err(|written| {
        Fault::new(Reason::UnknownAccess, format!("access {} is not listed in layout `{}`", quoted(written), layout.id))
    })
}

/// What the network calls this record; nothing where it calls it nothing.
fn reference<'a>(layout: &Layout, row: Row<'a>) -> Option<Cow<'a, [u8]>> {
    match layout.reference.as_slice() {
        [] => None,
        [only] => Some(row.field(only)).filter(|field| !field.is_empty()).map(Into::into),
        several => {
            let fields: Vec<_> = several.iter().map(|column| row.field(column)).collect();
            let is_empty = fields.iter().all(|field| field.is_empty());
            // The separator keeps `1`,`23` and `12`,`3` apart.
            (!is_empty).then(|| fields.join(&b"\x1f"[..]).into())
        }
    }
}

/// The value of a choice for a row, or what was written that is none.
fn chosen<'a, T: Copy>(choice: &Choice<T>, row: Row<'a>) -> Result<T, &'a [u8]> {
    match choice {
        Choice::Always(value) => Ok(*value),
        Choice::Of { column, values, empty } => {
            let written = row.field(column);
            if written.is_empty() {
                return empty.ok_or(written);
            }
            Choice::find(written, values).ok_or(written)
        }
    }
}

fn is_one_of(written: &[u8], values: &[String]) -> bool {
    values.iter().any(|value| value.as_bytes().eq_ignore_ascii_case(written))
}

fn named<'l>(layout: &'l Layout, column: &Column) -> &'l str {
    column.slots().first().map_or("", |&slot| layout.names[slot].as_str())
}
