//! An order as somebody types it, in a form or in a file: both are read in one way (RES-03, FLT-21), so that what is wrong is said in the same
//! words, by row and column.

use super::{Actor, Closing, LineAsked, OrderAsked, OrderFault, UserAsked, people, stock};
use crate::{House, OperationError};
pub use ::lines::{COLUMNS, CsvError, CsvRow, MOST_ROWS, RowFault};
use ::lines::{Ground, read_order_csv};
use vocabulary::{BillingAccountId, CustomerId};

/// No file is larger, in bytes.
pub const LARGEST_FILE: usize = 2 * 1024 * 1024;

/// A line of a form, as it was typed; in the words of the file's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedLine {
    /// `network`, `offer`, `capping`, `options` and `cutoffs` with `|` between them, `sim`, …: a text for each column that is not empty.
    pub cells: Vec<(&'static str, String)>,
}

/// What was read: the rows that are good, and what is wrong with the others.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Good rows, each with its price.
    pub good: Vec<CsvRow>,
    /// What is wrong, by row.
    pub faults: Vec<RowFault>,
    /// Rows that say nothing wrong and name what the customer cannot have, or more than is there: why, by row.
    pub missing: Vec<(usize, OrderFault)>,
}

impl Rows {
    /// The order of the good rows.
    pub fn order(
        &self,
        customer: CustomerId,
        account: Option<BillingAccountId>,
        (token, closing): (&str, Closing),
    ) -> OrderAsked {
        OrderAsked {
            customer,
            account,
            token: token.to_owned(),
            closing,
            split: None,
            lines: self.good.iter().map(line).collect(),
        }
    }
}

/// The lines of a form as a file, so that they are read as one.
pub fn written(lines: &[TypedLine]) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let cell = |line: &TypedLine, column: &str| {
        line.cells.iter().find(|(known, _)| *known == column).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    writer.write_record(COLUMNS).expect("memory takes whatever is written");
    for line in lines {
        writer.write_record(COLUMNS.map(|column| cell(line, column))).expect("memory takes whatever is written");
    }
    let bytes = writer.into_inner().expect("memory takes whatever is written");
    String::from_utf8(bytes).expect("texts make a text")
}

/// Reads an order as it was typed.
///
/// # Errors
/// When the operator has no catalogue. Within it: when the text is no file of orders.
pub async fn read(house: &House, actor: &Actor, text: &str) -> Result<Result<Rows, CsvError>, OperationError> {
    let catalog = house.catalog(actor.scope.operator).await?;
    let now = house.clock.now();
    let ground = Ground::at(&catalog, now);
    Ok(read_order_csv(text, &ground).map(|(rows, mut faults)| {
        let mut good = Vec::with_capacity(rows.len());
        for row in rows {
            match people::read((&catalog, now), &line(&row).user, None) {
                Ok(_) => good.push(row),
                Err((column, typed)) => faults.push(RowFault { row: row.row, column, why: CsvError::Value(typed) }),
            }
        }
        faults.sort_by_key(|fault| fault.row);
        Rows { good, faults, missing: Vec::new() }
    }))
}

/// The same for a customer, with what of the inventory each row would get: what [`super::place`] would refuse is known before.
///
/// # Errors
/// When the database fails. Within it: when the text is no file of orders.
pub async fn read_for(
    house: &House,
    actor: &Actor,
    customer: CustomerId,
    text: &str,
) -> Result<Result<Rows, CsvError>, OperationError> {
    let mut rows = match read(house, actor, text).await? {
        Ok(rows) => rows,
        Err(fault) => return Ok(Err(fault)),
    };
    let catalog = house.catalog(actor.scope.operator).await?;
    let asked = rows.order(customer, None, ("", Closing::Unasked));
    let known = people::known((house, actor), &catalog, customer, &asked.lines).await?;
    let now = house.clock.now();
    let Rows { good, faults, .. } = &mut rows;
    good.retain(|row| match people::read((&catalog, now), &line(row).user, Some(&known)) {
        Ok(_) => true,
        Err((column, typed)) => {
            faults.push(RowFault { row: row.row, column, why: CsvError::Value(typed) });
            false
        }
    });
    faults.sort_by_key(|fault| fault.row);
    let quotes: Vec<_> = rows.good.iter().map(|row| row.quote.clone()).collect();
    let asked = rows.order(customer, None, ("", Closing::Unasked));
    if let Err(faults) = stock::pick((house, actor), &catalog, &asked, (&quotes, LOOKING)).await? {
        rows.missing = faults.into_iter().map(|(at, fault)| (rows.good[at].row, fault)).collect();
        rows.missing.sort_by_key(|(row, _)| *row);
        rows.good.retain(|row| rows.missing.binary_search_by_key(&row.row, |(row, _)| *row).is_err());
    }
    Ok(Ok(rows))
}

/// Who only looks takes nothing: any seed does.
const LOOKING: u64 = 0;

fn line(row: &CsvRow) -> LineAsked {
    LineAsked {
        request: row.request.clone(),
        user: UserAsked::of_columns(|column| {
            row.user.iter().find(|(known, _)| *known == column).map(|(_, text)| text.to_string()).unwrap_or_default()
        }),
    }
}
