//! A change that was asked for many lines at once (FLT-08), and how far each of them is.

use crate::{ChangedLife, Reach, Row, Scoped, StoreError, Transaction, Value};
use serde_json::json;
use vocabulary::{BulkChangeId, CustomerId, LineId, OperatorId, ResellerId, ScheduledChangeId, Timestamp, WorkOrderId};

/// A change for many lines that is written.
#[derive(Clone, Debug)]
pub struct NewBulk<'a> {
    /// Itself.
    pub id: BulkChangeId,
    /// Whose who asked is.
    pub owner: (OperatorId, Option<ResellerId>, Option<CustomerId>),
    /// Of the form: the same form twice is one change.
    pub token: &'a str,
    /// What changes, as JSON.
    pub change: String,
    /// When it was asked for.
    pub asked: Timestamp,
    /// By whom, by name.
    pub asked_by: &'a str,
}

/// A change for many lines, as it is kept.
#[derive(Clone, Debug)]
pub struct KeptBulk {
    /// Itself.
    pub id: BulkChangeId,
    /// What changes, as JSON.
    pub change: String,
    /// When it was asked for.
    pub asked: Timestamp,
    /// By whom, by name.
    pub asked_by: String,
}

/// How far one of its lines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BulkStage {
    /// The network would not, or the hour found the line as it cannot be.
    Refused,
    /// The network does not answer: staff looks.
    Unanswered,
    /// The network is asked.
    Asked,
    /// Its hour has not come.
    Planned,
    /// Somebody took it back in time.
    TakenBack,
    /// It is done.
    Done,
}

impl BulkStage {
    /// Every stage and its word in queries, those first that want somebody.
    pub const WORDS: [(&'static str, BulkStage); 6] = [
        ("1_refused", Self::Refused),
        ("2_unanswered", Self::Unanswered),
        ("3_asked", Self::Asked),
        ("4_planned", Self::Planned),
        ("5_taken_back", Self::TakenBack),
        ("6_done", Self::Done),
    ];

    fn of_word(word: &str) -> Self {
        Self::WORDS.iter().find(|(known, _)| *known == word).map_or(Self::Asked, |(_, stage)| *stage)
    }
}

/// One of its lines.
#[derive(Clone, Debug)]
pub struct BulkRow {
    /// The line.
    pub line: LineId,
    /// Its number with a plus, or another name; empty while it is not given yet.
    pub number: String,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// How far it is.
    pub stage: BulkStage,
    /// When it takes effect, of one that is planned.
    pub due: Option<Timestamp>,
}

const STAGE: &str = "CASE WHEN s.state = 'dropped' THEN '1_refused' WHEN s.state = 'planned' THEN '4_planned' \
    WHEN s.state = 'taken_back' THEN '5_taken_back' WHEN s.state = 'done' OR w.state = 'done' THEN '6_done' \
    WHEN w.state IN ('refused', 'cancelled') THEN '1_refused' WHEN w.state = 'unanswered' THEN '2_unanswered' ELSE '3_asked' END";
const FROM: &str = "bulk_change_line p JOIN line l ON l.id = p.line_id LEFT JOIN work_order w ON w.id = p.work_order_id \
    LEFT JOIN scheduled_change s ON s.id = p.scheduled_change_id";

impl Transaction {
    /// Writes what was asked for many lines at once; `false` when the same form was taken before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_bulk(&self, new: &NewBulk<'_>, changed: &[ChangedLife]) -> Result<bool, StoreError> {
        let (operator, reseller, customer) = new.owner;
        let values: Vec<Value> = vec![
            new.id.0.into(),
            operator.0.into(),
            reseller.map(|id| id.0).into(),
            customer.map(|id| id.0).into(),
            new.token.into(),
            new.change.as_str().into(),
            new.asked.into(),
            new.asked_by.into(),
        ];
        let sql = "INSERT INTO bulk_change (id, operator_id, reseller_id, customer_id, token, change, asked, asked_by) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (operator_id, token) DO NOTHING";
        if self.execute("write a change for many lines", sql, values).await? != 1 {
            return Ok(false);
        }
        let row = |ChangedLife { before, life, .. }: &ChangedLife| {
            let (work, planned) = came_of(before.life.line.underway, &before.life.scheduled, life);
            json!({ "bulk": new.id, "line": life.line.id, "work": work, "planned": planned })
        };
        let sql = "INSERT INTO bulk_change_line (bulk_id, line_id, work_order_id, scheduled_change_id) \
                   SELECT {#bulk}, {#line}, {#work}, {#planned} FROM {rows} WHERE true";
        self.write(("write the lines of a change", sql), &changed.iter().map(row).collect::<Vec<_>>()).await?;
        Ok(true)
    }
}

/// The work order or the planned change that a line has since.
fn came_of(
    before: Option<WorkOrderId>,
    planned: &[lines::ScheduledChange],
    life: &lines::Life,
) -> (Option<WorkOrderId>, Option<ScheduledChangeId>) {
    let work = life.line.underway.filter(|work| before != Some(*work));
    let is_new = |id: ScheduledChangeId| !planned.iter().any(|known| known.id == id);
    (work, life.scheduled.iter().map(|planned| planned.id).find(|id| is_new(*id)))
}

impl Scoped {
    /// The change of a form, if it was taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bulk_of_token(&self, token: &str) -> Result<Option<BulkChangeId>, StoreError> {
        let (within, scope) = self.on_bulks();
        let sql = format!("SELECT b.id FROM bulk_change b WHERE {within} AND b.token = $2");
        let row = self.store.row("find the change of a form", &sql, vec![scope, token.into()]).await?;
        row.map(|row| Ok(BulkChangeId(row.get("id")?))).transpose()
    }

    /// A change for many lines; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bulk(&self, id: BulkChangeId) -> Result<Option<KeptBulk>, StoreError> {
        let (within, scope) = self.on_bulks();
        let sql = format!("SELECT b.id, b.change, b.asked, b.asked_by FROM bulk_change b WHERE {within} AND b.id = $2");
        let row = self.store.row("load a change for many lines", &sql, vec![scope, id.0.into()]).await?;
        row.as_ref().map(read_bulk).transpose()
    }

    /// The latest changes for many lines, each with how many lines it is about.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bulks(&self, most: u32) -> Result<Vec<(KeptBulk, i64)>, StoreError> {
        let (within, scope) = self.on_bulks();
        let sql = format!(
            "SELECT b.id, b.change, b.asked, b.asked_by, (SELECT COUNT(*) FROM bulk_change_line p WHERE p.bulk_id = b.id) AS lines \
             FROM bulk_change b WHERE {within} ORDER BY b.id DESC LIMIT {most}"
        );
        let rows = self.store.rows("list changes for many lines", &sql, vec![scope]).await?;
        rows.iter().map(|row| Ok((read_bulk(row)?, row.get("lines")?))).collect()
    }

    /// How many of its lines are at each stage that has some; those outside the scope are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bulk_stages(&self, id: BulkChangeId) -> Result<Vec<(BulkStage, i64)>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT {STAGE} AS stage, COUNT(*) AS lines FROM {FROM} WHERE {within} AND p.bulk_id = $2 GROUP BY 1 ORDER BY 1"
        );
        let rows = self.store.rows("count the lines of a change", &sql, vec![scope, id.0.into()]).await?;
        rows.iter().map(|row| Ok((BulkStage::of_word(&row.get::<String>("stage")?), row.get("lines")?))).collect()
    }

    /// A page of its lines, those first that want somebody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bulk_rows(&self, id: BulkChangeId, (skip, most): (u64, u32)) -> Result<Vec<BulkRow>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let skip = i64::try_from(skip).unwrap_or(i64::MAX);
        let sql = format!(
            "SELECT l.id, l.number, l.user_name, {STAGE} AS stage, s.due FROM {FROM} WHERE {within} AND p.bulk_id = $2 \
             ORDER BY stage, l.number, l.id LIMIT {most} OFFSET $3"
        );
        let rows = self.store.rows("list the lines of a change", &sql, vec![scope, id.0.into(), skip.into()]).await?;
        rows.iter().map(read_row).collect()
    }

    /// The condition on the table `bulk_change` (under the alias `b`) and its value, as parameter number 1. Who sees one line only asks
    /// nothing of many.
    fn on_bulks(&self) -> (&'static str, Value) {
        match self.scope.reach {
            Reach::Operator => ("b.operator_id = $1", self.scope.operator.0.into()),
            Reach::Reseller(id) => ("b.reseller_id = $1", id.0.into()),
            Reach::Customer(id) => ("b.customer_id = $1", id.0.into()),
            Reach::Line(id) => ("b.id = $1 AND b.id IS NULL", id.0.into()),
        }
    }
}

fn read_bulk(row: &Row) -> Result<KeptBulk, StoreError> {
    Ok(KeptBulk {
        id: BulkChangeId(row.get("id")?),
        change: row.get("change")?,
        asked: row.instant("asked")?,
        asked_by: row.get("asked_by")?,
    })
}

fn read_row(row: &Row) -> Result<BulkRow, StoreError> {
    Ok(BulkRow {
        line: LineId(row.get("id")?),
        number: row.get("number")?,
        user: row.get("user_name")?,
        stage: BulkStage::of_word(&row.get::<String>("stage")?),
        due: row.get::<Option<i64>>("due")?.map(Timestamp::from_micros),
    })
}
