//! The journal: who did what to what, when and from where, in one chain an operator that cannot be altered without it showing (PLT-06).
//!
//! Each entry's hash is of the hash before it and of its own fields. Whoever can write the whole table can make a new chain: a hash
//! that was noted elsewhere tells that too ([`Store::verify_journal`]).

use crate::{Reach, Row, Scoped, Store, StoreError, Value, lines::literal, store::Transaction};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use vocabulary::{
    BillingAccountId, BrandId, CustomerId, FileId, LineId, LoginId, NumberId, OperatorId, ResellerId, SimBatchId, SimDeliveryId,
    SimId, Timestamp,
};

/// Who did something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct By {
    /// With which login; `None` for the program itself and for who is not signed in.
    pub login: Option<LoginId>,
    /// The person's name, or the program's.
    pub name: String,
    /// As what, in the word of the role.
    pub role: String,
    /// The address that the request came from; empty for the program itself.
    pub address: String,
}

/// What something was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Object {
    /// The operator as a whole.
    Operator(OperatorId),
    /// A reseller.
    Reseller(ResellerId),
    /// A customer.
    Customer(CustomerId),
    /// A line.
    Line(LineId),
    /// A login.
    Login(LoginId),
    /// A usage file.
    UsageFile(FileId),
    /// A brand.
    Brand(BrandId),
    /// A SIM card or an eSIM profile.
    Sim(SimId),
    /// A batch of SIM cards.
    SimBatch(SimBatchId),
    /// A telephone number of the inventory, or the first of a range.
    Number(NumberId),
    /// Blank SIM cards on their way.
    SimDelivery(SimDeliveryId),
}

impl Object {
    /// The word that the table has for its kind.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Operator(_) => "operator",
            Self::Reseller(_) => "reseller",
            Self::Customer(_) => "customer",
            Self::Line(_) => "line",
            Self::Login(_) => "login",
            Self::UsageFile(_) => "usage_file",
            Self::Brand(_) => "brand",
            Self::Sim(_) => "sim",
            Self::SimBatch(_) => "sim_batch",
            Self::Number(_) => "number",
            Self::SimDelivery(_) => "sim_delivery",
        }
    }

    /// Its number among those of its kind.
    pub const fn id(self) -> i64 {
        match self {
            Self::Operator(id) => id.0,
            Self::Reseller(id) => id.0,
            Self::Customer(id) => id.0,
            Self::Line(id) => id.0,
            Self::Login(id) => id.0,
            Self::UsageFile(id) => id.0,
            Self::Brand(id) => id.0,
            Self::Sim(id) => id.0,
            Self::SimBatch(id) => id.0,
            Self::Number(id) => id.0,
            Self::SimDelivery(id) => id.0,
        }
    }
}

/// One change, as it is noted.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// Whose.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: By,
    /// What was done, in a word that stays the same: `password_changed`.
    pub action: &'static str,
    /// To what.
    pub object: Object,
    /// The reseller and the customer that it belongs to, if any.
    pub owner: (Option<ResellerId>, Option<CustomerId>),
    /// How it was, as JSON; never a secret.
    pub before: Option<String>,
    /// How it is now, as JSON; never a secret.
    pub after: Option<String>,
}

/// One change, as it was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the operator's chain, from 1.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: By,
    /// What was done.
    pub action: String,
    /// The kind of what it was done to.
    pub object: String,
    /// Its number among those of its kind.
    pub object_id: i64,
    /// The reseller and the customer that it belongs to, if any.
    pub owner: (Option<ResellerId>, Option<CustomerId>),
    /// How it was, as JSON.
    pub before: Option<String>,
    /// How it is since, as JSON.
    pub after: Option<String>,
    /// Of the hash before it and of all this, in hexadecimal digits.
    pub hash: String,
}

/// Which entries are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct JournalQuery<'t> {
    /// What was done to this.
    pub object: Option<Object>,
    /// What was done so, in the word of the action.
    pub action: Option<&'t str>,
    /// What was done with this login.
    pub person: Option<LoginId>,
    /// What was done by who has this in their name.
    pub name: Option<&'t str>,
    /// What was done from this instant on.
    pub since: Option<Timestamp>,
    /// What was done before this instant.
    pub until: Option<Timestamp>,
    /// Without these actions, in their words.
    pub not_actions: &'t [&'t str],
    /// Without what was done in these roles, in their words.
    pub not_roles: &'t [&'t str],
    /// What stands before this place of the chain.
    pub before: Option<i64>,
}

/// Whether a chain is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalCheck {
    /// It is; how many entries it has, and the hash of the last.
    Whole {
        /// How many.
        entries: i64,
        /// What to note elsewhere; empty for a chain without entries.
        hash: String,
    },
    /// An entry is not what was written.
    Altered(i64),
    /// An entry is missing.
    Missing(i64),
    /// The chain is whole, but not the one whose hash was noted.
    Replaced(i64),
}

/// How many entries are read at once.
const CHUNK: i64 = 5_000;

const COLUMNS: &str = "j.sequence, j.at, j.login_id, j.name, j.role, j.address, j.action, j.object, j.object_id, j.customer_id, \
                       j.reseller_id, j.before, j.after, j.hash";

impl Transaction {
    /// Notes a change in the transaction that makes it. Until that is kept, others of the operator wait at the end of the chain.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note(&self, new: NewEntry) -> Result<(), StoreError> {
        self.note_many(new.operator, vec![new]).await
    }

    /// Notes what was done with an account. What somebody else than the customer pays is not the customer's to read (FLT-20).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_of_account(&self, account: BillingAccountId, new: NewEntry) -> Result<(), StoreError> {
        let sql = "SELECT holder FROM billing_account WHERE id = $1";
        let rows = self.rows("look whose an account is", sql, vec![account.0.into()]).await?;
        let holder: String = rows.first().map_or_else(|| Ok(String::new()), |row| row.get("holder"))?;
        let (reseller, customer) = new.owner;
        self.note(NewEntry { owner: (reseller, customer.filter(|_| holder.is_empty())), ..new }).await
    }

    /// Notes changes of one operator in the transaction that makes them, in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_many(&self, operator: OperatorId, new: Vec<NewEntry>) -> Result<(), StoreError> {
        if new.is_empty() {
            return Ok(());
        }
        let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
        let next = "INSERT INTO journal_head (operator_id, sequence, hash) VALUES ($1, $2, '') \
                    ON CONFLICT (operator_id) DO UPDATE SET sequence = journal_head.sequence + $2 RETURNING sequence, hash";
        let rows = self.rows("lengthen the journal", next, vec![operator.0.into(), count.into()]).await?;
        let head = rows.first().ok_or(StoreError::Corrupt { column: "sequence", value: "no row".to_owned() })?;
        let (last, mut hash): (i64, String) = (head.get("sequence")?, head.get("hash")?);
        let mut entries = Vec::with_capacity(new.len());
        for (new, sequence) in new.into_iter().zip(last - count + 1..) {
            // A NUL is a text's end to some of those who will read it.
            let whole = |text: String| if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text };
            let mut entry = Entry {
                sequence,
                at: new.at,
                by: By { name: whole(new.by.name), address: whole(new.by.address), ..new.by },
                action: new.action.to_owned(),
                object: new.object.kind().to_owned(),
                object_id: new.object.id(),
                owner: new.owner,
                before: new.before,
                after: new.after,
                hash: String::new(),
            };
            entry.hash = entry.hash_after(operator, &hash);
            hash.clone_from(&entry.hash);
            entries.push(entry.row(operator));
        }
        self.write(ENTRIES, &entries).await?;
        let end = "UPDATE journal_head SET hash = $2 WHERE operator_id = $1";
        self.execute("end the journal", end, vec![operator.0.into(), hash.into()]).await?;
        Ok(())
    }
}

const ENTRIES: (&str, &str) = (
    "write the journal",
    "INSERT INTO journal (operator_id, sequence, at, login_id, name, role, address, action, object, object_id, customer_id, \
     reseller_id, before, after, hash) SELECT {#operator}, {#sequence}, {#at}, {#login}, {name}, {role}, {address}, {action}, {object}, \
     {#object_id}, {#customer}, {#reseller}, {before}, {after}, {hash} FROM {rows} WHERE true",
);

impl Entry {
    /// Each field with its length before it, so that none can pass for a part of its neighbour.
    fn hash_after(&self, operator: OperatorId, before: &str) -> String {
        let number = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        let optional = |text: &Option<String>| text.as_ref().map_or_else(String::new, |text| format!("+{text}"));
        let fields = [
            before.to_owned(),
            operator.0.to_string(),
            self.sequence.to_string(),
            self.at.micros().to_string(),
            number(self.by.login.map(|id| id.0)),
            self.by.name.clone(),
            self.by.role.clone(),
            self.by.address.clone(),
            self.action.clone(),
            self.object.clone(),
            self.object_id.to_string(),
            number(self.owner.0.map(|id| id.0)),
            number(self.owner.1.map(|id| id.0)),
            optional(&self.before),
            optional(&self.after),
        ];
        let mut digest = Sha256::new();
        for field in fields {
            digest.update(format!("{}:", field.len()));
            digest.update(field);
        }
        digest.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a string takes whatever is written");
            text
        })
    }

    /// As it is written.
    fn row(&self, operator: OperatorId) -> serde_json::Value {
        let (reseller, customer) = self.owner;
        serde_json::json!({
            "operator": operator, "sequence": self.sequence, "at": self.at, "login": self.by.login, "name": self.by.name,
            "role": self.by.role, "address": self.by.address, "action": self.action, "object": self.object,
            "object_id": self.object_id, "customer": customer, "reseller": reseller, "before": self.before, "after": self.after,
            "hash": self.hash,
        })
    }

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            sequence: row.get("sequence")?,
            at: row.instant("at")?,
            by: By {
                login: row.get::<Option<i64>>("login_id")?.map(LoginId),
                name: row.get("name")?,
                role: row.get("role")?,
                address: row.get("address")?,
            },
            action: row.get("action")?,
            object: row.get("object")?,
            object_id: row.get("object_id")?,
            owner: (
                row.get::<Option<i64>>("reseller_id")?.map(ResellerId),
                row.get::<Option<i64>>("customer_id")?.map(CustomerId),
            ),
            before: row.get("before")?,
            after: row.get("after")?,
            hash: row.get("hash")?,
        })
    }
}

impl Store {
    /// Reads an operator's chain from its beginning. `known` is the place and the hash of an entry that somebody noted elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verify_journal(&self, operator: OperatorId, known: Option<&(i64, String)>) -> Result<JournalCheck, StoreError> {
        let (mut entries, mut hash) = (0, String::new());
        // Taken first: what is written meanwhile stands after it.
        let sql = "SELECT sequence, hash FROM journal_head WHERE operator_id = $1";
        let head = match self.row("read the journal's end", sql, vec![operator.0.into()]).await? {
            Some(row) => (row.get("sequence")?, row.get("hash")?),
            None => (0, String::new()),
        };
        loop {
            let sql = format!(
                "SELECT {COLUMNS} FROM journal j WHERE j.operator_id = $1 AND j.sequence > $2 AND j.sequence <= $3 \
                 ORDER BY j.sequence LIMIT {CHUNK}"
            );
            let rows = self.rows("read the journal", &sql, vec![operator.0.into(), entries.into(), head.0.into()]).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let entry = Entry::read(row)?;
                if entry.sequence != entries + 1 {
                    return Ok(JournalCheck::Missing(entries + 1));
                }
                if entry.hash_after(operator, &hash) != entry.hash {
                    return Ok(JournalCheck::Altered(entry.sequence));
                }
                (entries, hash) = (entry.sequence, entry.hash);
                if known.is_some_and(|(sequence, known)| *sequence == entries && *known != hash) {
                    return Ok(JournalCheck::Replaced(entries));
                }
            }
        }
        match known {
            _ if entries < head.0 => Ok(JournalCheck::Missing(entries + 1)),
            _ if hash != head.1 => Ok(JournalCheck::Altered(entries)),
            Some((sequence, _)) if *sequence > entries => Ok(JournalCheck::Missing(entries + 1)),
            _ => Ok(JournalCheck::Whole { entries, hash }),
        }
    }
}

impl Scoped {
    /// What was done, the latest first: to one object, or to everything that the scope sees. `before` leaves out what is not earlier than
    /// that place of the chain.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn journal(&self, object: Option<Object>, before: Option<i64>, most: u32) -> Result<Vec<Entry>, StoreError> {
        self.journal_asked(&JournalQuery { object, before, ..JournalQuery::default() }, most).await
    }

    /// The same, of what is asked for only.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn journal_asked(&self, asked: &JournalQuery<'_>, most: u32) -> Result<Vec<Entry>, StoreError> {
        let mut values = vec![Value::from(self.scope.operator.0)];
        let mut conditions = vec!["j.operator_id = $1".to_owned()];
        let mut add = |text: &str, value: Value| {
            values.push(value);
            conditions.push(format!("{text} ${}", values.len()));
        };
        match self.scope.reach {
            Reach::Operator => {}
            Reach::Reseller(id) => add("j.reseller_id =", id.0.into()),
            Reach::Customer(id) => add("j.customer_id =", id.0.into()),
            Reach::Line(id) => add("j.object = 'line' AND j.object_id =", id.0.into()),
        }
        if let Some(object) = asked.object {
            add("j.object =", object.kind().into());
            add("j.object_id =", object.id().into());
        }
        if let Some(action) = asked.action {
            add("j.action =", action.into());
        }
        if let Some(person) = asked.person {
            add("j.login_id =", person.0.into());
        }
        if let Some(since) = asked.since {
            add("j.at >=", since.into());
        }
        if let Some(until) = asked.until {
            add("j.at <", until.into());
        }
        for action in asked.not_actions {
            add("j.action <>", (*action).into());
        }
        for role in asked.not_roles {
            add("j.role <>", (*role).into());
        }
        if let Some(before) = asked.before {
            add("j.sequence <", before.into());
        }
        if let Some(name) = asked.name {
            // SQLite makes only the letters without accents small: a name as it is written is found too.
            let (small, written) = (literal(&name.to_lowercase()), literal(name));
            values.extend([format!("%{small}%").into(), format!("%{written}%").into()]);
            let (first, second) = (values.len() - 1, values.len());
            conditions.push(format!("(LOWER(j.name) LIKE ${first} ESCAPE '\\' OR j.name LIKE ${second} ESCAPE '\\')"));
        }
        let sql =
            format!("SELECT {COLUMNS} FROM journal j WHERE {} ORDER BY j.sequence DESC LIMIT {most}", conditions.join(" AND "));
        self.store.rows("read the journal", &sql, values).await?.iter().map(Entry::read).collect()
    }
}
