//! An order as a CSV (RES-03, FLT-21): one line a row, each fault named with its row and column, before anything is done. All rows are read
//! whatever is wrong with some; whether the good ones alone are ordered is chosen afterwards.

use crate::{Ground, LineFault, LineRequest, NumberRequest, PortingProof, SimKind, SimRequest, When, order};
use catalog::Capping;
use compact_str::CompactString;
use std::collections::HashMap;
use vocabulary::{E164, Party, Rio};

/// The columns, in any order; those after the first two may be missing.
pub const COLUMNS: [&str; 25] = [
    "network",
    "offer",
    "capping",
    "options",
    "cutoffs",
    "sim",
    "iccid",
    "number",
    "rio",
    "customer_number",
    "porting_day",
    "begins",
    "user",
    "contact_email",
    "contact_number",
    "user_of",
    "description",
    "title",
    "first_name",
    "last_name",
    "born",
    "language",
    "street",
    "postcode",
    "town",
];

/// The first of the columns that say who is to use a line; all that follow it do too.
const FIRST_OF_USER: usize = 12;

/// The most rows of one file.
pub const MOST_ROWS: usize = 10_000;

/// What is written of a line's user, by column.
pub type UserCells = Vec<(&'static str, CompactString)>;

/// A good row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvRow {
    /// Its place, from 1 below the header.
    pub row: usize,
    /// What it asks for.
    pub request: LineRequest,
    /// What it would cost.
    pub quote: order::Quote,
    /// Who is to use the line: what is written in each column about it that is not empty.
    pub user: UserCells,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// Its place, from 1 below the header.
    pub row: usize,
    /// The column, or empty for the whole row.
    pub column: &'static str,
    /// What is wrong.
    pub why: CsvError,
}

/// What can be wrong with a row or a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// The file's header.
    #[error("column `{0}` is none of the order's, or `network` or `offer` is missing")]
    Header(String),
    /// Too many rows.
    #[error("the file has more than {MOST_ROWS} rows")]
    TooLong,
    /// No text, or another number of columns than the header.
    #[error("the row has not the columns of the header")]
    Row,
    /// A value that cannot be read.
    #[error("`{0}` cannot be read here")]
    Value(String),
    /// About the number and its proof.
    #[error("{0}")]
    Proof(String),
    /// The same as in an earlier row.
    #[error("stands in row {0} already")]
    Twice(usize),
    /// What may not be combined.
    #[error(transparent)]
    Line(#[from] LineFault),
}

type Fault = (&'static str, CsvError);

/// Reads an order: the good rows with their price, and the faults of the others.
///
/// # Errors
/// When the file is none: its header or its length.
pub fn read(text: &str, ground: &Ground<'_>) -> Result<(Vec<CsvRow>, Vec<RowFault>), CsvError> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| CsvError::Header(first.to_owned()))?.clone();
    let columns = read_header(&header)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let (mut sims, mut numbers) = (HashMap::new(), HashMap::new());
    for (index, record) in reader.records().enumerate() {
        if index >= MOST_ROWS {
            return Err(CsvError::TooLong);
        }
        let row = index + 1;
        let read = record.ok().filter(|record| record.len() == columns.len()).ok_or(("", CsvError::Row));
        let read = read.and_then(|record| read_row(&Cells { columns: &columns, record: &record }, ground));
        let read = read.and_then(|(request, quote, user)| {
            refuse_twice(&request, row, (&mut sims, &mut numbers))?;
            Ok(CsvRow { row, request, quote, user })
        });
        match read {
            Ok(good) => rows.push(good),
            Err((column, why)) => faults.push(RowFault { row, column, why }),
        }
    }
    Ok((rows, faults))
}

fn read_header(header: &csv::StringRecord) -> Result<Vec<&'static str>, CsvError> {
    let known = |name: &str| {
        COLUMNS.into_iter().find(|column| *column == name.trim().trim_start_matches('\u{feff}').to_ascii_lowercase())
    };
    let columns: Vec<&'static str> =
        header.iter().map(|name| known(name).ok_or_else(|| CsvError::Header(name.to_owned()))).collect::<Result<_, _>>()?;
    match ["network", "offer"].iter().find(|needed| !columns.contains(needed)) {
        Some(missing) => Err(CsvError::Header((*missing).to_owned())),
        None => Ok(columns),
    }
}

/// The cells of a row by the name of their column; empty where the file has no such column.
struct Cells<'r> {
    columns: &'r [&'static str],
    record: &'r csv::StringRecord,
}

impl<'r> Cells<'r> {
    fn text(&self, column: &str) -> &'r str {
        let place = self.columns.iter().position(|known| *known == column);
        place.and_then(|place| self.record.get(place)).unwrap_or_default().trim()
    }

    /// The values of a cell that holds several, with `|` between them.
    fn several(&self, column: &str) -> impl Iterator<Item = &'r str> {
        self.text(column).split('|').map(str::trim).filter(|value| !value.is_empty())
    }

    fn parsed<T: std::str::FromStr>(&self, column: &'static str) -> Result<Option<T>, Fault> {
        match self.text(column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| (column, CsvError::Value(text.to_owned()))),
        }
    }
}

fn read_row(cells: &Cells<'_>, ground: &Ground<'_>) -> Result<(LineRequest, order::Quote, UserCells), Fault> {
    let capping = match cells.text("capping").to_ascii_lowercase().as_str() {
        "" => None,
        "capped" => Some(Capping::Capped),
        "uncapped" => Some(Capping::Uncapped),
        other => return Err(("capping", CsvError::Value(other.to_owned()))),
    };
    let request = LineRequest {
        network: cells.text("network").into(),
        offer: cells.text("offer").into(),
        capping,
        options: cells.several("options").map(CompactString::from).collect(),
        cutoffs: cells.several("cutoffs").map(|text| read_cutoff(text, ground)).collect::<Result<_, _>>()?,
        sim: read_sim(cells)?,
        number: read_number(cells, ground)?,
        begins: cells.parsed("begins")?.map_or(When::Soonest, When::On),
    };
    let quote = order::check(&request, ground).map_err(|fault| (column_of(fault), CsvError::Line(fault)))?;
    let user = COLUMNS[FIRST_OF_USER..].iter().map(|column| (*column, CompactString::from(cells.text(column))));
    Ok((request, quote, user.filter(|(_, text)| !text.is_empty()).collect()))
}

/// `ID=50.00`, by the id of the cut-off.
fn read_cutoff(text: &str, ground: &Ground<'_>) -> Result<(CompactString, i64), Fault> {
    let error = || ("cutoffs", CsvError::Value(text.to_owned()));
    let (id, value) = text.split_once('=').ok_or_else(error)?;
    let cutoff = ground.version.cutoffs.find(id.trim()).map(|ix| ground.version.cutoffs.get(ix)).ok_or_else(error)?;
    let value = cutoff.parse(value.trim()).map_err(|_| error())?;
    Ok((id.trim().into(), value))
}

fn read_sim(cells: &Cells<'_>) -> Result<SimRequest, Fault> {
    if let Some(iccid) = cells.parsed("iccid")? {
        return Ok(SimRequest::This(iccid));
    }
    match cells.text("sim").to_ascii_lowercase().as_str() {
        "" | "pin" => Ok(SimRequest::Any(SimKind::CardWithPin)),
        "no-pin" => Ok(SimRequest::Any(SimKind::CardWithoutPin)),
        "esim" => Ok(SimRequest::Any(SimKind::Esim)),
        other => Err(("sim", CsvError::Value(other.to_owned()))),
    }
}

/// A number with a RIO or a customer number comes from another operator; one without is picked from the pool.
fn read_number(cells: &Cells<'_>, ground: &Ground<'_>) -> Result<NumberRequest, Fault> {
    let written = cells.text("number");
    let (rio, customer_number) = (cells.text("rio"), cells.parsed("customer_number")?);
    if written.is_empty() {
        let alone = !rio.is_empty() || customer_number.is_some();
        return if alone { Err(("number", CsvError::Value(String::new()))) } else { Ok(NumberRequest::Any) };
    }
    let Party::Number(number) = ground.catalog.world.plan.read(written) else {
        return Err(("number", CsvError::Value(written.to_owned())));
    };
    let proof = match (rio, customer_number) {
        ("", None) => return Ok(NumberRequest::Picked(number)),
        ("", Some(known_as)) => PortingProof::CustomerNumber(known_as),
        (rio, _) => PortingProof::Rio(read_rio(rio, number, ground)?),
    };
    Ok(NumberRequest::Ported { number, proof, day: cells.parsed("porting_day")? })
}

fn read_rio(rio: &str, number: E164, ground: &Ground<'_>) -> Result<Rio, Fault> {
    let dialled = ground.catalog.world.plan.as_dialled(number);
    let dialled = dialled.ok_or_else(|| ("number", CsvError::Value(number.to_string())))?;
    Rio::of(rio, &dialled).map_err(|error| ("rio", CsvError::Proof(error.to_string())))
}

/// The column in which a fault is put right.
const fn column_of(fault: LineFault) -> &'static str {
    match fault {
        LineFault::Network => "network",
        LineFault::Offer | LineFault::OfferNotOnNetwork | LineFault::NeverOpen => "offer",
        LineFault::CappingMissing | LineFault::NoCapChoice => "capping",
        LineFault::Option(..) => "options",
        LineFault::Cutoff(..) | LineFault::CutoffMissing => "cutoffs",
        LineFault::NoEsim | LineFault::Sim(_) => "sim",
        LineFault::SimTwice => "iccid",
        LineFault::NoPicking | LineFault::OtherDigits | LineFault::NumberTwice | LineFault::NoPorting => "number",
        LineFault::PortingDay(_) => "porting_day",
        LineFault::Day(_) => "begins",
    }
}

type Seen<'s> = (&'s mut HashMap<vocabulary::Iccid, usize>, &'s mut HashMap<E164, usize>);

fn refuse_twice(request: &LineRequest, row: usize, (sims, numbers): Seen<'_>) -> Result<(), Fault> {
    if let SimRequest::This(iccid) = request.sim {
        let first = *sims.entry(iccid).or_insert(row);
        if first != row {
            return Err(("iccid", CsvError::Twice(first)));
        }
    }
    if let NumberRequest::Picked(number) | NumberRequest::Ported { number, .. } = request.number {
        let first = *numbers.entry(number).or_insert(row);
        if first != row {
            return Err(("number", CsvError::Twice(first)));
        }
    }
    Ok(())
}
