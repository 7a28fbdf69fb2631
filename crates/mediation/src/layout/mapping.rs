//! From the tables of a mapping file to a [`Layout`]. What a file leaves out is as in our own mobile format.

use super::{
    Amount, Answered, Choice, Column, ColumnSet, Columns, Exception, Format, Layout, LayoutFault, Legs, Parties, Time, Visits,
    column_named,
    tables::{Mapping, Table},
};
use crate::{quantity::Unit, tap::COLUMNS, time::TimeFormat, understand::place};
use compact_str::CompactString;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use toml::de::DeTable;
use vocabulary::{Access, Direction, UsageKind};

/// For how many rows a call stays open after its last one, where the mapping file does not say.
const DEFAULT_WINDOW_ROWS: u64 = 500;
const MAX_WINDOW_ROWS: i64 = 100_000;
const DEFAULT_TIME_FORMAT: &str = "%Y-%m-%d %H:%M:%S";

const KEYS: &[&str] = &[
    "id",
    "title",
    "format",
    "delimiter",
    "header",
    "columns",
    "nobody",
    "parties",
    "exceptions",
    "kind",
    "time",
    "quantity",
    "reference",
    "answered",
    "legs",
    "visited",
    "access",
];
const KINDS: &[(&str, UsageKind)] =
    &[("voice", UsageKind::Voice), ("sms", UsageKind::Sms), ("mms", UsageKind::Mms), ("data", UsageKind::Data)];
const DIRECTIONS: &[(&str, Direction)] =
    &[("made", Direction::Made), ("received", Direction::Received), ("forwarded", Direction::Forwarded)];
const ACCESSES: &[(&str, Access)] = &[("mobile", Access::Mobile), ("vowifi", Access::Vowifi), ("fixed", Access::Fixed)];

pub(super) fn read(file_name: &str, text: &str) -> Result<Layout, Vec<LayoutFault>> {
    let mapping = Mapping::new(file_name, text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        mapping.fault(error.span().map_or(0, |span| span.start), error.message().to_owned());
    }
    if !errors.is_empty() {
        return Err(mapping.finish().err().unwrap_or_default());
    }
    let layout = layout(Table::root(&mapping, document.get_ref()));
    match (mapping.finish(), layout) {
        (Ok(names), Some(layout)) => Ok(Layout { names, ..layout }),
        (Err(faults), _) => Err(faults),
        (Ok(_), None) => {
            Err(vec![LayoutFault { file: file_name.to_owned(), line: 1, reason: "the layout is not complete".to_owned() }])
        }
    }
}

/// Every part is read before any is missed, so that all mistakes are named at once.
fn layout(root: Table<'_, '_>) -> Option<Layout> {
    root.only(KEYS);
    let id = id(&root);
    let title = root.text("title").unwrap_or(id.unwrap_or_default()).to_owned();
    let written = written(&root);
    let parties = parties(&root.table("parties"));
    let exceptions = root.tables("exceptions").iter().map(exception).collect::<Vec<_>>();
    let kind = choice(&root, "kind", "type", KINDS, None);
    let time = time(&root.table("time"), written);
    let quantity = quantity(&root.table("quantity"));
    let reference = reference(&root);
    let answered = answered(&root.table("answered"));
    let legs = legs(&root.table("legs"));
    let visited = visited(&root.table("visited"));
    let access = choice(&root, "access", "access", ACCESSES, Some(Access::Mobile));
    if legs.is_some() && !matches!(kind, Some(Choice::Always(UsageKind::Voice))) {
        root.fault("legs", "only calls have legs: say kind = \"voice\"");
    }
    counted(&root, kind.as_ref(), &quantity);
    let required = required(parties.as_ref(), kind.as_ref(), time.as_ref());
    let format = format(&root, written, &required);
    Some(Layout {
        id: id?.to_owned(),
        title,
        format: format?,
        names: Vec::new(),
        required,
        parties: parties?,
        exceptions: exceptions.into_iter().collect::<Option<_>>()?,
        nobody: root.owned_texts("nobody"),
        kind: kind?,
        time: time?,
        quantity,
        reference,
        answered,
        legs,
        visited,
        access: access?,
    })
}

fn id<'m>(root: &Table<'m, '_>) -> Option<&'m str> {
    if !root.has("id") {
        root.mapping.fault(0, "`id` is missing: a short name such as `mobile`");
    }
    let id = root.text("id")?;
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        root.fault("id", format!("`{id}` is not made of small letters, digits and hyphens"));
    }
    Some(id)
}

/// How the file is written, before its columns are known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Csv,
    JsonLines,
    Tap3,
}

fn written(root: &Table<'_, '_>) -> Written {
    match root.text("format") {
        None | Some("csv") => Written::Csv,
        Some("jsonl") => Written::JsonLines,
        Some("tap3") => Written::Tap3,
        Some(other) => {
            root.fault("format", format!("`{other}` is not one of csv, jsonl, tap3"));
            Written::Csv
        }
    }
}

fn choice<'m, T: Copy>(
    root: &Table<'m, '_>,
    key: &'m str,
    column: &str,
    words: &[(&str, T)],
    empty: Option<T>,
) -> Option<Choice<T>> {
    if root.has(key) {
        return root.choice(key, words);
    }
    let values = words.iter().map(|&(word, value)| (word.to_owned(), value)).collect();
    Some(Choice::Of { column: root.mapping.usual_column(&[column]), values, empty })
}

fn parties(table: &Table<'_, '_>) -> Option<Parties> {
    table.only(&["caller", "callee", "line", "other", "direction"]);
    if table.has("caller") || table.has("callee") {
        for key in ["line", "other", "direction"] {
            if table.has(key) {
                table.fault(key, "does not go with `caller` and `callee`: a row names either who called whom, or a line");
            }
        }
        let (caller, callee) = (table.needed_column("caller"), table.needed_column("callee"));
        return Some(Parties::Call { caller: caller?, callee: callee? });
    }
    let line = table.column("line", Some("msisdn"));
    let other = table.column("other", Some("other_party"));
    let direction = choice(table, "direction", "direction", DIRECTIONS, Some(Direction::Made));
    Some(Parties::Line { line: line?, other: other?, direction: direction? })
}

fn exception(table: &Table<'_, '_>) -> Option<Exception> {
    table.only(&["column", "values", "direction", "line", "other"]);
    let column = table.needed_column("column");
    let line = table.needed_column("line");
    let other = table.column("other", None);
    let values = table.owned_texts("values");
    if values.is_empty() {
        table.fault("values", "lists no value of the column");
    }
    let direction = match table.choice("direction", DIRECTIONS) {
        Some(Choice::Always(direction)) => Some(direction),
        _ => {
            table.fault("direction", "should be made, received or forwarded");
            None
        }
    };
    Some(Exception { column: column?, values, direction: direction?, line: line?, other })
}

fn time(table: &Table<'_, '_>, written: Written) -> Option<Time> {
    table.only(&["column", "formats", "zone"]);
    let column = table.column("column", Some("start_time"));
    let default = if written == Written::Csv { DEFAULT_TIME_FORMAT } else { "rfc3339" };
    let mut formats = Vec::new();
    for text in table.texts("formats").unwrap_or_else(|| vec![default]) {
        match TimeFormat::parse(text) {
            Ok(format) => formats.push(format),
            Err(reason) => table.fault("formats", reason),
        }
    }
    let is_local = formats.iter().any(TimeFormat::is_local);
    let zone = match table.text("zone") {
        Some(name) => match TimeZone::get(name) {
            Ok(zone) => Some(zone),
            Err(_) => {
                table.fault("zone", format!("`{name}` is no time zone such as `Europe/Paris`"));
                None
            }
        },
        None if is_local => {
            if !table.has("zone") {
                table.mapping.fault(table.at, "`time.zone` is missing: local times need one, such as `Europe/Paris`");
            }
            None
        }
        None => Some(TimeZone::UTC),
    };
    Some(Time { column: column?, formats, zone: zone? })
}

fn quantity<'m>(table: &Table<'m, '_>) -> [Option<Amount>; 4] {
    if !table.is_present() {
        let of = |column: &str, kind| Some(Amount::Of { column: table.mapping.usual_column(&[column]), unit: Unit::of(kind)[0] });
        let voice = of("duration_s", UsageKind::Voice);
        return [voice, Some(Amount::One), Some(Amount::One), of("volume_bytes", UsageKind::Data)];
    }
    table.only(&["voice", "sms", "mms", "data"]);
    UsageKind::ALL.map(|kind| {
        let key: &'m str = kind.as_str();
        let is_message = matches!(kind, UsageKind::Sms | UsageKind::Mms);
        if !table.has(key) {
            return is_message.then_some(Amount::One);
        }
        let column = table.table(key);
        column.only(&["column", "unit"]);
        let units = Unit::of(kind);
        let unit = match column.text("unit") {
            None => Some(units[0]),
            Some(name) => {
                let unit = units.iter().copied().find(|unit| unit.name() == name);
                if unit.is_none() {
                    let known = units.iter().map(|unit| unit.name()).collect::<Vec<_>>().join(", ");
                    column.fault("unit", format!("`{name}` does not measure {kind}: use one of {known}"));
                }
                unit
            }
        };
        Some(Amount::Of { column: column.needed_column("column")?, unit: unit? })
    })
}

/// Every kind that can occur must be counted.
fn counted(root: &Table<'_, '_>, kinds: Option<&Choice<UsageKind>>, quantity: &[Option<Amount>; 4]) {
    for kind in UsageKind::ALL {
        let occurs = match kinds {
            Some(Choice::Always(only)) => *only == kind,
            Some(Choice::Of { values, .. }) => values.iter().any(|&(_, value)| value == kind),
            None => false,
        };
        let table = root.table("quantity");
        if occurs && quantity[kind.index()].is_none() && !table.has(kind.as_str()) {
            table.mapping.fault(table.at, format!("`quantity.{kind}` is missing: name the column that counts {kind}"));
        }
    }
}

fn reference(root: &Table<'_, '_>) -> Vec<Column> {
    match root.texts("reference") {
        Some(names) => names.iter().map(|name| root.mapping.column(&[name])).collect(),
        None => vec![root.mapping.usual_column(&["record_id"])],
    }
}

fn answered(table: &Table<'_, '_>) -> Option<Answered> {
    table.only(&["column", "values"]);
    if !table.is_present() {
        return None;
    }
    let values = table.owned_texts("values");
    let column = table.column("column", None);
    if column.is_some() == values.is_empty() {
        table.fault("column", "`column` and `values` go together");
    }
    Some(Answered { told: column.map(|column| (column, values)) })
}

fn legs(table: &Table<'_, '_>) -> Option<Legs> {
    table.only(&["call", "main", "same_as", "window_rows"]);
    if !table.is_present() {
        return None;
    }
    let call = table.needed_column("call");
    if table.has("main") != table.has("same_as") {
        table.fault("main", "`main` and `same_as` go together: on the main leg the two columns are equal");
    }
    let main = table.column("main", None).zip(table.column("same_as", None));
    let window_rows = match table.integer("window_rows") {
        None => DEFAULT_WINDOW_ROWS,
        Some(rows) if (1..=MAX_WINDOW_ROWS).contains(&rows) => rows.unsigned_abs(),
        Some(rows) => {
            table.fault("window_rows", format!("{rows} is not between 1 and {MAX_WINDOW_ROWS}"));
            DEFAULT_WINDOW_ROWS
        }
    };
    Some(Legs { call: call?, main, window_rows })
}

fn visited(table: &Table<'_, '_>) -> Option<Visits> {
    table.only(&["column", "home", "networks"]);
    let column = table.column("column", Some("visited_network"))?;
    let listed = table.table("networks");
    let mut networks = BTreeMap::new();
    for name in listed.keys() {
        let Some(written) = listed.text(name) else { continue };
        match place(written) {
            Some(place) => {
                networks.insert(CompactString::from(name).to_ascii_uppercase(), place);
            }
            None => listed.fault(name, format!("`{written}` is neither a network such as `22801` nor a country such as `CH`")),
        }
    }
    Some(Visits { column, home: table.owned_texts("home"), networks })
}

/// The columns without which no row can be understood.
fn required(parties: Option<&Parties>, kind: Option<&Choice<UsageKind>>, time: Option<&Time>) -> Vec<Column> {
    let mut columns = Vec::new();
    match parties {
        Some(Parties::Call { caller, callee }) => columns.extend([caller.clone(), callee.clone()]),
        Some(Parties::Line { line, .. }) => columns.push(line.clone()),
        None => {}
    }
    if let Some(Choice::Of { column, .. }) = kind {
        columns.push(column.clone());
    }
    columns.extend(time.map(|time| time.column.clone()));
    columns
}

/// Read last, when every column that is looked at has its slot.
fn format(root: &Table<'_, '_>, written: Written, required: &[Column]) -> Option<Format> {
    if written != Written::Csv {
        for key in ["delimiter", "header", "columns"] {
            if root.has(key) {
                root.fault(key, format!("does not go with format = \"{}\"", root.text("format").unwrap_or_default()));
            }
        }
    }
    match written {
        Written::Csv => {}
        Written::JsonLines => return Some(Format::JsonLines),
        Written::Tap3 => {
            events(root);
            return Some(Format::Tap3);
        }
    }
    let delimiter = delimiter(root);
    let columns = if root.boolean("header").unwrap_or(false) {
        if root.has("columns") {
            root.fault("columns", "does not go with header = true: the header names the columns");
        }
        Some(Columns::Header)
    } else if root.has("columns") {
        root.text_lists("columns").map(|lists| Columns::Sets(column_sets(root, &lists, required)))
    } else {
        root.mapping.fault(0, "`columns` is missing: list the columns, or say header = true");
        None
    };
    Some(Format::Csv { delimiter: delimiter?, columns: columns? })
}

/// Events have the columns that they have, and are no legs.
fn events(root: &Table<'_, '_>) {
    if root.has("legs") {
        root.fault("legs", "does not go with format = \"tap3\"");
    }
    for name in root.mapping.said().iter().filter(|name| !COLUMNS.contains(&name.as_str())) {
        root.fault("format", format!("TAP3 has no column `{name}`; it has {}", COLUMNS.join(", ")));
    }
}

fn delimiter(root: &Table<'_, '_>) -> Option<u8> {
    match root.text("delimiter").unwrap_or(",").as_bytes() {
        &[byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Some(byte),
        other => {
            root.fault("delimiter", format!("`{}` is not one character such as `,` or `;`", String::from_utf8_lossy(other)));
            None
        }
    }
}

fn column_sets(root: &Table<'_, '_>, lists: &[Vec<String>], required: &[Column]) -> Vec<ColumnSet> {
    let names = root.mapping.names();
    for name in root.mapping.said().iter().filter(|name| !lists.iter().flatten().any(|column| column.eq_ignore_ascii_case(name)))
    {
        root.fault("columns", format!("no list has the column `{name}` that the layout looks at"));
    }
    let mut sets: Vec<ColumnSet> = Vec::new();
    for list in lists {
        let by_slot: Vec<_> = names.iter().map(|name| column_named(name, list)).collect();
        if sets.iter().any(|set| set.count == list.len()) {
            root.fault("columns", format!("two lists have {} columns: rows are told apart by how many they have", list.len()));
        }
        for column in required {
            if column.slots().iter().all(|&slot| by_slot[slot].is_none()) {
                let missing = &names[column.slots()[0]];
                root.fault("columns", format!("the list of {} columns lacks `{missing}`", list.len()));
            }
        }
        sets.push(ColumnSet { count: list.len(), by_slot });
    }
    sets
}
