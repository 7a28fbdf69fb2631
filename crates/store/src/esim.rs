//! eSIM profiles on their way to a telephone (RES-08): how far the order of each is at its server, and what it was released with, sealed. That a
//! profile is wanted, or no more, is written with the life of its line (`life_save`).

use crate::{Row, Scoped, Store, StoreError, Transaction, Value, line::read_party, line_terms::list};
use lines::{ProfileOrderState, ProfileStanding, ProfileState, ProfileWish};
use vocabulary::{CustomerId, LineId, OperatorId, Party, ResellerId, SimId, Timestamp};

/// A profile with what is kept of it.
#[derive(Clone, Debug)]
pub struct KeptEsim {
    /// Which SIM it is.
    pub sim: SimId,
    /// Its serial number.
    pub iccid: String,
    /// Whose it is.
    pub operator: OperatorId,
    /// Through whom, and who has the line.
    pub owner: (Option<ResellerId>, Option<CustomerId>),
    /// For this line, by its number.
    pub line: (LineId, Party),
    /// Where messages of the line go; empty for nowhere.
    pub contact: String,
    /// Who uses the line; empty for nobody.
    pub user: String,
    /// How far its order is, and how far it is itself.
    pub state: ProfileOrderState,
    /// Which order of this profile it is, from 1 on.
    pub round: i64,
    /// How many calls the server has answered: a call that is made again has the same number.
    pub calls: i64,
    /// How often the server was asked for this step.
    pub tries: i64,
    /// When the server is asked next; `None` where there is nothing to ask.
    pub due: Option<Timestamp>,
    /// What the server said last, where it did not do what it was asked.
    pub problem: Option<String>,
    /// Where the profile waits.
    pub sm_dp: Option<String>,
    /// What its codes are bound to.
    pub name: String,
    /// What its activation code says, sealed.
    pub matching_id: Option<String>,
    /// What is typed beside it, sealed.
    pub confirmation_code: Option<String>,
    /// So often that was typed wrongly.
    pub wrong_codes: i64,
    pub(crate) version: i64,
}

/// Where to write about a line that has no address of its own: the customer's person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerPerson {
    /// The address.
    pub email: String,
    /// How the person is called.
    pub name: String,
    /// The tag of the language of mails; empty where it is not known.
    pub language: String,
}

const COLUMNS: &str = "p.sim_id, s.iccid, p.operator_id, l.reseller_id, l.customer_id, p.line_id, l.number, l.contact_email, l.user_name, \
    p.wish, p.standing, p.state, p.round, p.calls, p.tries, p.due, p.problem, p.sm_dp, p.name, p.matching_id, p.confirmation_code, p.wrong_codes, \
    p.version";
const TABLES: &str = "esim_profile p JOIN sim s ON s.id = p.sim_id JOIN line l ON l.id = p.line_id";

impl Store {
    /// Takes profiles whose server is to be asked now, the longest due first; until the hour that is given, nobody else takes them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_esims(&self, now: Timestamp, until: Timestamp, most: u32) -> Result<Vec<KeptEsim>, StoreError> {
        let taken = format!(
            "UPDATE esim_profile SET due = $2, version = version + 1 WHERE sim_id IN (SELECT sim_id FROM esim_profile \
             WHERE due <= $1 ORDER BY due, sim_id LIMIT {most} {}) RETURNING sim_id",
            self.skip_locked()
        );
        let transaction = self.begin().await?;
        let rows = transaction.rows("take eSIM profiles", &taken, vec![now.into(), until.into()]).await?;
        let ids = rows.iter().map(|row| row.get::<i64>("sim_id")).collect::<Result<Vec<_>, _>>()?;
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE p.sim_id IN (SELECT CAST(taken.value AS BIGINT) FROM {} AS taken) ORDER BY p.sim_id",
            self.listed(1)
        );
        let rows = transaction.rows("load eSIM profiles", &sql, vec![list(&ids)]).await?;
        let esims = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        transaction.commit().await?;
        Ok(esims)
    }

    /// The profile of an ICCID; `None` for one that no line was to have.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn esim_of_iccid(&self, operator: OperatorId, iccid: &str) -> Result<Option<KeptEsim>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE s.operator_id = $1 AND s.iccid = $2");
        let row = self.row("find an eSIM profile", &sql, vec![operator.0.into(), iccid.into()]).await?;
        row.as_ref().map(read).transpose()
    }

    /// A profile by its SIM, for what was written in its name before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn esim(&self, operator: OperatorId, sim: SimId) -> Result<Option<KeptEsim>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE p.operator_id = $1 AND p.sim_id = $2");
        let row = self.row("find an eSIM profile", &sql, vec![operator.0.into(), sim.0.into()]).await?;
        row.as_ref().map(read).transpose()
    }

    /// The person of a customer who was there first and has an address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn customer_person(&self, customer: CustomerId) -> Result<Option<CustomerPerson>, StoreError> {
        let sql = "SELECT email, name, language FROM login WHERE customer_id = $1 AND email <> '' AND line_id IS NULL \
                   AND state <> 'blocked' ORDER BY id LIMIT 1";
        let row = self.row("find a customer's person", sql, vec![customer.0.into()]).await?;
        let read =
            |row: Row| Ok(CustomerPerson { email: row.get("email")?, name: row.get("name")?, language: row.get("language")? });
        row.map(read).transpose()
    }
}

impl Scoped {
    /// The profile that a line has or is to have; `None` outside the scope, and for who sees a household, of a line with access of its own.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn esim_of_line(&self, line: LineId) -> Result<Option<KeptEsim>, StoreError> {
        let (within, scope) = self.scope.on_usage(1);
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE {within} AND l.id = $2 AND s.line_id = l.id AND s.state IN ('reserved', 'in_use') \
             ORDER BY s.state DESC LIMIT 1"
        );
        let row = self.store.row("find a line's eSIM profile", &sql, vec![scope, line.0.into()]).await?;
        row.as_ref().map(read).transpose()
    }

    /// Profiles whose server did not do what it was asked last, the longest waiting first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stuck_esims(&self, most: u32) -> Result<Vec<KeptEsim>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql =
            format!("SELECT {COLUMNS} FROM {TABLES} WHERE {within} AND p.problem IS NOT NULL ORDER BY p.changed LIMIT {most}");
        self.store.rows("list eSIM profiles that wait", &sql, vec![scope]).await?.iter().map(read).collect()
    }
}

impl Transaction {
    /// Saves what became of a profile; `false` when it is not what it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_esim(&self, esim: &KeptEsim, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE esim_profile SET wish = $3, standing = $4, state = $5, round = $6, tries = $7, due = $8, problem = $9, sm_dp = $10, \
                   matching_id = $11, confirmation_code = $12, wrong_codes = $13, changed = $14, calls = $15, version = version + 1 \
                   WHERE sim_id = $1 AND version = $2";
        let values: Vec<Value> = vec![
            esim.sim.0.into(),
            esim.version.into(),
            word(&ProfileWish::WORDS, esim.state.wish).into(),
            word(&ProfileStanding::WORDS, esim.state.standing).into(),
            esim.state.profile.map(|state| word(&ProfileState::WORDS, state).to_owned()).into(),
            esim.round.into(),
            esim.tries.into(),
            esim.due.map(Timestamp::micros).into(),
            esim.problem.clone().into(),
            esim.sm_dp.clone().into(),
            esim.matching_id.clone().into(),
            esim.confirmation_code.clone().into(),
            esim.wrong_codes.into(),
            now.into(),
            esim.calls.into(),
        ];
        Ok(self.execute("save an eSIM profile", sql, values).await? == 1)
    }
}

impl KeptEsim {
    /// The profile as it is once it was saved: who goes on with it saves it again.
    #[must_use]
    pub fn saved(self) -> Self {
        Self { version: self.version + 1, ..self }
    }
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], wanted: T) -> &'static str {
    words.iter().find(|(_, known)| *known == wanted).map_or("", |(word, _)| word)
}

fn named<T: Copy>(words: &[(&'static str, T)], column: &'static str, found: &str) -> Result<T, StoreError> {
    let known = words.iter().find(|(word, _)| *word == found).map(|(_, known)| *known);
    known.ok_or_else(|| StoreError::Corrupt { column, value: found.to_owned() })
}

fn read(row: &Row) -> Result<KeptEsim, StoreError> {
    let text = |column| row.get::<String>(column);
    let number = text("number")?;
    let profile: Option<String> = row.get("state")?;
    Ok(KeptEsim {
        sim: SimId(row.get("sim_id")?),
        iccid: text("iccid")?,
        operator: OperatorId(row.get("operator_id")?),
        owner: (row.get::<Option<i64>>("reseller_id")?.map(ResellerId), row.get::<Option<i64>>("customer_id")?.map(CustomerId)),
        line: (LineId(row.get("line_id")?), read_party(&number)),
        contact: text("contact_email")?,
        user: row.get::<Option<String>>("user_name")?.unwrap_or_default(),
        state: ProfileOrderState {
            wish: named(&ProfileWish::WORDS, "wish", &text("wish")?)?,
            standing: named(&ProfileStanding::WORDS, "standing", &text("standing")?)?,
            profile: profile.map(|word| named(&ProfileState::WORDS, "state", &word)).transpose()?,
        },
        round: row.get("round")?,
        calls: row.get("calls")?,
        tries: row.get("tries")?,
        due: row.get::<Option<i64>>("due")?.map(Timestamp::from_micros),
        problem: row.get("problem")?,
        sm_dp: row.get("sm_dp")?,
        name: text("name")?,
        matching_id: row.get("matching_id")?,
        confirmation_code: row.get("confirmation_code")?,
        wrong_codes: row.get("wrong_codes")?,
        version: row.get("version")?,
    })
}
