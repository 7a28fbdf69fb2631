//! The file of a SIM maker (RES-07): one card a row, with ICCID, IMSI, PIN1, PUK1, PIN2, PUK2. Each bad row is named with what is wrong.

use std::collections::HashSet;
use vocabulary::{Iccid, Imsi, Pin, Puk};

/// A card of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    /// Its serial number.
    pub iccid: Iccid,
    /// What the network knows it by.
    pub imsi: Imsi,
    /// What the user types.
    pub pin1: Pin,
    /// What unlocks it.
    pub puk1: Puk,
    /// What some services ask for; `None` where the column is empty.
    pub pin2: Option<Pin>,
    /// What unlocks that; `None` where the column is empty.
    pub puk2: Option<Puk>,
}

/// What is wrong with a row of a batch. It repeats no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRowFault {
    /// The row, from 1 below the header.
    pub row: usize,
    /// The column, or empty for the whole row.
    pub column: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

/// The header, in this order, in small or capital letters.
const COLUMNS: [&str; 6] = ["iccid", "imsi", "pin1", "puk1", "pin2", "puk2"];

/// Reads a batch: the cards, and what is wrong with the other rows. Commas, semicolons and tabulators separate. `networks` are the codes of
/// the network that the batch is for (`20801`); an IMSI of another one is a fault. None are given where the network has none.
///
/// # Errors
/// When the header is another one.
pub fn read(text: &str, networks: &[String]) -> Result<(Vec<BatchRow>, Vec<BatchRowFault>), BatchRowFault> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t'].into_iter().find(|d| first.contains(char::from(*d))).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let header = reader.headers().map(|header| header.iter().map(|name| name.trim().to_ascii_lowercase()).collect::<Vec<_>>());
    if !header.is_ok_and(|header| header == COLUMNS) {
        let reason = format!("the columns are not {}", COLUMNS.join(", "));
        return Err(BatchRowFault { row: 0, column: "", reason });
    }
    let (mut cards, mut faults) = (Vec::new(), Vec::new());
    let (mut iccids, mut imsis) = (HashSet::new(), HashSet::new());
    for (index, record) in reader.records().enumerate() {
        let fault = |(column, reason)| BatchRowFault { row: index + 1, column, reason };
        let card = record.map_err(|_| ("", "is no text".to_owned())).and_then(|record| read_row(&record, networks));
        match card {
            Ok(card) if !iccids.insert(card.iccid) => faults.push(fault(("iccid", format!("`{}` stands twice", card.iccid)))),
            Ok(card) if !imsis.insert(card.imsi.clone()) => faults.push(fault(("imsi", format!("`{}` stands twice", card.imsi)))),
            Ok(card) => cards.push(card),
            Err(wrong) => faults.push(fault(wrong)),
        }
    }
    Ok((cards, faults))
}

fn read_row(record: &csv::StringRecord, networks: &[String]) -> Result<BatchRow, (&'static str, String)> {
    if record.len() != COLUMNS.len() {
        return Err(("", format!("has {} columns where {} are needed", record.len(), COLUMNS.len())));
    }
    let cell = |at: usize| record.get(at).unwrap_or_default().trim();
    let imsi: Imsi = parsed(cell(1), "imsi")?;
    if !networks.is_empty() && !networks.iter().any(|network| imsi.is_of(network)) {
        return Err(("imsi", format!("`{imsi}` is not one of {}", networks.join(", "))));
    }
    let empty_or = |at: usize| (!cell(at).is_empty()).then_some(cell(at));
    Ok(BatchRow {
        iccid: parsed(cell(0), "iccid")?,
        imsi,
        pin1: parsed(cell(2), "pin1")?,
        puk1: parsed(cell(3), "puk1")?,
        pin2: empty_or(4).map(|text| parsed(text, "pin2")).transpose()?,
        puk2: empty_or(5).map(|text| parsed(text, "puk2")).transpose()?,
    })
}

fn parsed<T>(text: &str, column: &'static str) -> Result<T, (&'static str, String)>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| (column, error.to_string()))
}
