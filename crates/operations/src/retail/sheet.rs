//! A reseller's prices as a file for spreadsheets: all of them to be read there, and many of them taken in at once, or none (RES-11).

use super::{PriceList, PriceRefusal, TypedPrice, set_all};
use crate::{Actor, House, OperationError};

/// The columns of the file; those that only tell something are passed over when it comes back.
pub const COLUMNS: [&str; 7] = ["kind", "id", "network", "name", "operator_price", "price", "from"];
/// No file is larger, in bytes.
pub const LARGEST_SHEET: usize = 1024 * 1024;
/// No file has more rows.
pub const MOST_ROWS: usize = 5_000;

/// What is wrong with a row of the file, by its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The line of the file, from 1 on.
    pub line: u64,
    /// What.
    pub why: PriceRefusal,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetRefusal {
    /// It is no file of rows with `;` or `,` between cells, or not in UTF-8.
    Unreadable,
    /// This column is missing.
    NoColumn(&'static str),
    /// It has more than [`MOST_ROWS`] rows.
    TooMany,
    /// Rows of it: nothing was changed.
    Rows(Vec<RowFault>),
}

/// The prices as a file; amounts are written `9.90`.
pub fn written(list: &PriceList) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(COLUMNS).expect("memory takes whatever is written");
    for priced in &list.items {
        let own = priced.own.map(|(_, amount)| amount.to_string()).unwrap_or_default();
        let from = priced.own.and_then(|(from, _)| from).map(|from| from.to_string()).unwrap_or_default();
        let (item, operators) = (&priced.item, priced.operators.to_string());
        let row = [item.kind.as_str(), &item.id, &item.network, &priced.name, &operators, &own, &from];
        writer.write_record(row).expect("memory takes whatever is written");
    }
    let bytes = writer.into_inner().expect("memory takes whatever is written");
    String::from_utf8(bytes).expect("texts make a text")
}

/// Takes the prices of a file, all of them or none; how many are others now. Rows without a price are passed over. `None` for who does not look
/// after prices.
///
/// # Errors
/// When the database fails.
pub async fn read(house: &House, actor: &Actor, bytes: &[u8]) -> Result<Option<Result<usize, SheetRefusal>>, OperationError> {
    if super::issuer(actor).is_none() {
        return Ok(None);
    }
    let (lines, typed): (Vec<u64>, Vec<TypedPrice>) = match rows(bytes) {
        Ok(rows) => rows.into_iter().unzip(),
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let came = set_all(house, actor, &typed).await?;
    let faults = |faults: Vec<(usize, PriceRefusal)>| {
        SheetRefusal::Rows(faults.into_iter().map(|(place, why)| RowFault { line: lines[place], why }).collect())
    };
    Ok(came.map(|came| came.map_err(faults)))
}

fn rows(bytes: &[u8]) -> Result<Vec<(u64, TypedPrice)>, SheetRefusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| SheetRefusal::Unreadable)?;
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = if text.lines().next().is_some_and(|head| head.contains(';')) { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|_| SheetRefusal::Unreadable)?.clone();
    let place = |column: &'static str| heads.iter().position(|head| head.trim() == column).ok_or(SheetRefusal::NoColumn(column));
    let places = [place("kind")?, place("id")?, place("network")?, place("price")?, place("from")?];
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| SheetRefusal::Unreadable)?;
        let [kind, id, network, amount, from] = places.map(|place| record.get(place).unwrap_or_default().trim().to_owned());
        if amount.is_empty() {
            continue;
        }
        if rows.len() >= MOST_ROWS {
            return Err(SheetRefusal::TooMany);
        }
        let line = record.position().map_or(0, csv::Position::line);
        rows.push((line, TypedPrice { item: [kind, id, network], amount, from }));
    }
    Ok(rows)
}
