//! One line: what its page says of it, and what rating needs to lay it out.

use crate::{KeptMonth, LineToRate, Scoped, StoreError};
use rating::{HeldPack, LineTerms, PackState};
use std::collections::{BTreeSet, HashMap};
use vocabulary::{CustomerId, E164, LineId, Month, PackId, Party, Timestamp};

/// A line, as far as its page names it; ids of the catalogue stay texts.
#[derive(Clone, Debug)]
pub struct Line {
    /// Itself.
    pub id: LineId,
    /// Whose it is.
    pub customer: CustomerId,
    /// Its customer's name.
    pub customer_name: String,
    /// Its number, or its name on the switch; unknown while it has none yet.
    pub number: Party,
    /// What it is for, by the catalogue's word.
    pub service: String,
    /// Where it is in its life: `activating`, `active`, `suspended`, `ended`.
    pub state: String,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// Its SIM.
    pub iccid: Option<String>,
    /// Since when it is in service.
    pub started: Option<Timestamp>,
}

/// What a line draws on in a month, for [`rating::Account::open`].
#[derive(Clone, Debug)]
pub struct LineHoldings {
    /// Its terms.
    pub terms: LineTerms,
    /// The packs it shares, with their counters of the month.
    pub packs: Vec<(HeldPack, PackState)>,
}

const COLUMNS: &str =
    "l.id, l.customer_id, c.name AS customer_name, l.number, l.service, l.state, l.user_name, l.iccid, l.started";
/// The most months that a line's menu lists: ten years.
pub(crate) const MOST_MONTHS: u32 = 120;
/// The most lines that a list to choose from holds.
const MOST_CHOICES: u32 = 200;

impl Scoped {
    /// A line; `None` outside the scope, as if it did not exist (PLT-01).
    pub async fn line(&self, id: LineId) -> Result<Option<Line>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!("SELECT {COLUMNS} FROM line l JOIN customer c ON c.id = l.customer_id WHERE l.id = $1 AND {within}");
        self.store.row("load a line", &sql, vec![id.0.into(), scope]).await?.as_ref().map(read_line).transpose()
    }

    /// The lines that one may choose among, by number: no more than fit a menu.
    pub async fn line_choices(&self) -> Result<Vec<Line>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT {COLUMNS} FROM line l JOIN customer c ON c.id = l.customer_id WHERE {within} \
             ORDER BY l.number, l.id LIMIT {MOST_CHOICES}"
        );
        let rows = self.store.rows("list lines to choose from", &sql, vec![scope]).await?;
        rows.iter().map(read_line).collect()
    }

    /// A line with the months in which it has usage, latest first; `None` outside the scope.
    pub async fn line_with_months(&self, id: LineId) -> Result<Option<(Line, Vec<KeptMonth>)>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT {COLUMNS}, m.month, m.state AS counters FROM line l JOIN customer c ON c.id = l.customer_id \
             LEFT JOIN line_month m ON m.line_id = l.id \
             WHERE l.id = $1 AND {within} ORDER BY m.month DESC LIMIT {MOST_MONTHS}"
        );
        let rows = self.store.rows("load a line with its months", &sql, vec![id.0.into(), scope]).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let line = read_line(first)?;
        let months: Result<Vec<_>, _> = rows.iter().map(KeptMonth::read).collect();
        Ok(Some((line, months?.into_iter().flatten().collect())))
    }

    /// What lines draw on in a month, by line; those outside the scope are left out.
    pub async fn line_holdings(&self, ids: &[LineId], month: Month) -> Result<HashMap<LineId, LineHoldings>, StoreError> {
        let lines = self.lines_to_rate(ids).await?;
        let shared: BTreeSet<PackId> = lines.values().flat_map(|line| line.terms.packs.iter().copied()).collect();
        let packs = self.store.packs(&shared.into_iter().collect::<Vec<_>>(), month).await?;
        let with_packs = |line: LineToRate| {
            let packs = line.terms.packs.iter().filter_map(|pack| packs.get(pack).cloned()).collect();
            (line.terms.id, LineHoldings { terms: line.terms, packs })
        };
        Ok(lines.into_values().map(with_packs).collect())
    }
}

fn read_line(row: &crate::Row) -> Result<Line, StoreError> {
    let number: String = row.get("number")?;
    let started: Option<i64> = row.get("started")?;
    Ok(Line {
        id: LineId(row.get("id")?),
        customer: CustomerId(row.get("customer_id")?),
        customer_name: row.get("customer_name")?,
        number: read_party(&number),
        service: row.get("service")?,
        state: row.get("state")?,
        user: row.get("user_name")?,
        iccid: row.get("iccid")?,
        started: started.map(Timestamp::from_micros),
    })
}

/// A party as it is kept: a number begins with a plus, a short number has digits only.
pub(crate) fn read_party(text: &str) -> Party {
    if text.is_empty() {
        return Party::Unknown;
    }
    match text.parse::<E164>() {
        Ok(number) if text.starts_with('+') => Party::Number(number),
        _ if text.bytes().all(|b| b.is_ascii_digit()) => Party::Short(text.into()),
        _ => Party::Named(text.into()),
    }
}
