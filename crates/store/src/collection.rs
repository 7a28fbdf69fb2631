//! Direct debits: who can be collected from, files that were made, and each debit as it was sent (BIL-08).

use crate::{
    Issuer, KeptIban, Row, Store, StoreError, Value,
    engine::Table,
    line_terms::list,
    mandate::{self, day_of, read_day, read_mandate},
    store::Transaction,
};
use billing::{Concerns, EndToEndId, InvoiceNumber, InvoicePart, Mandate, SentDebit, Sequence};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{
    BillingAccountId, Cents, CollectionId, CustomerId, DebitId, InvoiceId, MandateReference, OperatorId, PaymentId, ResellerId,
    Timestamp,
};

/// A file of direct debits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCollection {
    /// Which.
    pub id: CollectionId,
    /// What names its message.
    pub message: String,
    /// When it was made.
    pub made: Timestamp,
    /// By whom.
    pub made_by: String,
    /// The last day of its debits.
    pub last_day: Date,
    /// How many debits.
    pub debits: i64,
    /// How much altogether.
    pub amount: Cents,
    /// Who collects, as JSON of whoever made it.
    pub creditor: String,
    /// How many of them came back, and how many are settled.
    pub came_back: i64,
    /// See [`KeptCollection::came_back`].
    pub settled: i64,
}

/// A debit that goes into a file.
#[derive(Clone, Debug)]
pub struct NewDebit {
    /// Its id, reserved before: it names the debit.
    pub id: DebitId,
    /// What names it for the bank.
    pub end_to_end: EndToEndId,
    /// The block of the file.
    pub block: String,
    /// Who pays.
    pub account: BillingAccountId,
    /// Under which mandate.
    pub mandate: MandateReference,
    /// Which of that.
    pub sequence: Sequence,
    /// When.
    pub day: Date,
    /// How often its amounts were presented, this time included.
    pub tries: u8,
    /// Where the payer lives, as JSON of whoever made it.
    pub address: String,
    /// What it is for.
    pub said: String,
    /// For which invoices.
    pub parts: Vec<(InvoiceId, Cents)>,
}

/// How far a debit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DebitState {
    /// The bank has it.
    UnderWay,
    /// The money came.
    Settled,
    /// It never was.
    Rejected,
    /// It came, and went back.
    Returned,
}

impl DebitState {
    const WORDS: [(&'static str, Self); 4] =
        [("under_way", Self::UnderWay), ("settled", Self::Settled), ("rejected", Self::Rejected), ("returned", Self::Returned)];

    /// Its word in tables.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, state)| *state == self).map_or("", |(word, _)| word)
    }
}

/// A part of a debit: what is for one invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPart {
    /// Its place in the debit.
    pub place: i16,
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: InvoiceNumber,
    /// How much.
    pub amount: Cents,
    /// The payment that it became.
    pub payment: Option<PaymentId>,
}

/// A debit as it was sent, and what became of it.
#[derive(Clone, Debug)]
pub struct KeptDebit {
    /// Which.
    pub id: DebitId,
    /// As the bank knows it.
    pub sent: SentDebit,
    /// How far it is.
    pub state: DebitState,
    /// Why it came back: the bank's code.
    pub reason: Option<String>,
    /// Which debit of its mandate.
    pub sequence: Sequence,
    /// The account.
    pub account: BillingAccountId,
    /// Whose.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// The customer's reseller.
    pub reseller: Option<ResellerId>,
    /// The mandate, with its IBAN sealed.
    pub mandate: Mandate<KeptIban>,
    /// Where the payer lives, as JSON of whoever made it.
    pub address: String,
    /// What it is for.
    pub said: String,
    /// Its parts, in their order.
    pub parts: Vec<KeptPart>,
}

const SEQUENCES: [Sequence; 4] = [Sequence::First, Sequence::Recurrent, Sequence::Final, Sequence::OneOff];

impl Store {
    /// Files that were made, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn collections(&self, issuer: Issuer, most: usize) -> Result<Vec<KeptCollection>, StoreError> {
        let sql = format!("{COLLECTION} ORDER BY f.id DESC LIMIT {most}");
        let values = vec![issuer.operator.0.into(), issuer.number().into()];
        self.rows("list collections", &sql, values).await?.iter().map(read_collection).collect()
    }

    /// A file with its debits, in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn collection(
        &self,
        issuer: Issuer,
        id: CollectionId,
    ) -> Result<Option<(KeptCollection, Vec<KeptDebit>)>, StoreError> {
        let values = vec![issuer.operator.0.into(), issuer.number().into(), id.0.into()];
        let Some(row) = self.row("find a collection", &format!("{COLLECTION} AND f.id = $3"), values).await? else {
            return Ok(None);
        };
        let sql = format!("{} d.file_id = $1 ORDER BY d.id, p.place", debits_sql());
        let debits = read_debits(&self.rows("load debits", &sql, vec![id.0.into()]).await?)?;
        Ok(Some((read_collection(&row)?, debits)))
    }
}

impl Store {
    /// A debit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn debit(&self, issuer: Issuer, id: DebitId) -> Result<Option<KeptDebit>, StoreError> {
        let sql = format!("{} f.operator_id = $1 AND f.issuer = $2 AND d.id = $3 ORDER BY p.place", debits_sql());
        let values = vec![issuer.operator.0.into(), issuer.number().into(), id.0.into()];
        Ok(read_debits(&self.rows("find a debit", &sql, values).await?)?.pop())
    }

    /// The debits of a name, of an invoice's number, or of the block or file of a name, the latest first; so many at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn debits_named(&self, issuer: Issuer, name: &str, most: usize) -> Result<Vec<KeptDebit>, StoreError> {
        let sql = format!(
            "{} d.id IN (SELECT n.id FROM (SELECT id FROM debit WHERE operator_id = $1 AND end_to_end = $3 \
             UNION SELECT id FROM debit WHERE operator_id = $1 AND block = $3 \
             UNION SELECT n.id FROM debit n JOIN collection_file m ON m.id = n.file_id WHERE m.operator_id = $1 AND m.message = $3 \
             UNION SELECT n.debit_id FROM debit_part n JOIN invoice m ON m.id = n.invoice_id WHERE m.operator_id = $1 AND m.number = $3 \
             ORDER BY id DESC LIMIT {most}) n) AND f.operator_id = $1 AND f.issuer = $2 ORDER BY d.id DESC, p.place",
            debits_sql()
        );
        let values = vec![issuer.operator.0.into(), issuer.number().into(), name.into()];
        read_debits(&self.rows("find debits by a name", &sql, values).await?)
    }

    /// The debits that a bank's answers are about, each once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn debits_meant(&self, operator: OperatorId, concerns: &[Concerns]) -> Result<Vec<KeptDebit>, StoreError> {
        let mut found: BTreeMap<DebitId, KeptDebit> = BTreeMap::new();
        let names = |of: fn(&Concerns) -> Option<&str>| concerns.iter().filter_map(of).collect::<BTreeSet<&str>>();
        let asked = [
            ("f.message", names(|concerns| if let Concerns::File(name) = concerns { Some(name) } else { None })),
            ("d.block", names(|concerns| if let Concerns::Block(name) = concerns { Some(name) } else { None })),
            ("d.end_to_end", names(|concerns| if let Concerns::Debit(name) = concerns { Some(name.as_str()) } else { None })),
        ];
        for (column, names) in asked.into_iter().filter(|(_, names)| !names.is_empty()) {
            let sql = format!(
                "{} d.operator_id = $1 AND {column} IN (SELECT CAST(wanted.value AS TEXT) FROM {} AS wanted) ORDER BY d.id, p.place",
                debits_sql(),
                self.listed(2)
            );
            let rows = self.rows("find debits", &sql, vec![operator.0.into(), list(names)]).await?;
            found.extend(read_debits(&rows)?.into_iter().map(|debit| (debit.id, debit)));
        }
        Ok(found.into_values().collect())
    }
}

const COLLECTION: &str = "SELECT f.id, f.message, f.made, f.made_by, f.last_day, f.debits, f.amount, f.creditor, \
    (SELECT COUNT(*) FROM debit d WHERE d.file_id = f.id AND d.came_back IS NOT NULL) AS came_back, \
    (SELECT COUNT(*) FROM debit d WHERE d.file_id = f.id AND d.state = 'settled') AS settled \
    FROM collection_file f WHERE f.operator_id = $1 AND f.issuer = $2";

/// A query of debits, each with its mandate and parts; its condition is missing.
fn debits_sql() -> String {
    format!(
        "SELECT d.id, d.end_to_end, d.block, f.message, d.sequence, d.day, d.tries, d.address, d.said, d.state AS debit_state, \
         d.came_back, d.reason, a.customer_id, c.name AS customer_name, c.reseller_id, p.place AS part, p.invoice_id, p.amount, \
         p.payment_id, i.number, {} FROM debit d JOIN collection_file f ON f.id = d.file_id JOIN mandate m ON m.reference = d.mandate \
         JOIN billing_account a ON a.id = d.billing_account_id JOIN customer c ON c.id = a.customer_id \
         JOIN debit_part p ON p.debit_id = d.id JOIN invoice i ON i.id = p.invoice_id WHERE",
        mandate::COLUMNS
    )
}

impl Transaction {
    /// So many ids in a row for a file and its debits; the first of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reserve_debit_ids(&self, count: usize) -> Result<i64, StoreError> {
        self.reserve_money_ids(count).await
    }

    /// Keeps a file with its debits. What the bank has already is not taken twice: the database refuses it.
    ///
    /// # Errors
    /// When the database fails, or an invoice is with the bank.
    pub async fn add_collection(&self, issuer: Issuer, file: &KeptCollection, debits: &[NewDebit]) -> Result<(), StoreError> {
        let sql = "INSERT INTO collection_file (id, operator_id, issuer, message, made, made_by, last_day, debits, amount, creditor) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values: Vec<Value> = vec![
            file.id.0.into(),
            issuer.operator.0.into(),
            issuer.number().into(),
            file.message.as_str().into(),
            file.made.into(),
            file.made_by.as_str().into(),
            file.last_day.to_string().into(),
            file.debits.into(),
            file.amount.get().into(),
            file.creditor.as_str().into(),
        ];
        self.execute("keep a collection", sql, values).await?;
        let (mut rows, mut parts) = (Vec::with_capacity(debits.len()), Vec::new());
        for new in debits {
            rows.push(vec![
                new.id.0.into(),
                issuer.operator.0.into(),
                file.id.0.into(),
                new.end_to_end.as_str().into(),
                new.block.as_str().into(),
                new.account.0.into(),
                new.mandate.as_str().into(),
                new.sequence.code().into(),
                new.day.to_string().into(),
                new.parts.iter().map(|(_, amount)| *amount).sum::<Cents>().get().into(),
                i16::from(new.tries).into(),
                new.address.as_str().into(),
                new.said.as_str().into(),
                DebitState::UnderWay.as_str().into(),
            ]);
            for (place, (invoice, amount)) in (0_i16..).zip(&new.parts) {
                parts.push(vec![new.id.0.into(), place.into(), invoice.0.into(), amount.get().into(), 1_i16.into()]);
            }
        }
        const DEBIT: &str = "id, operator_id, file_id, end_to_end, block, billing_account_id, mandate, sequence, day, amount, tries, address, \
                             said, state";
        self.insert(Table { doing: "keep debits", name: "debit", columns: DEBIT }, rows).await?;
        const PART: &str = "debit_id, place, invoice_id, amount, under_way";
        self.insert(Table { doing: "keep what debits are for", name: "debit_part", columns: PART }, parts).await
    }

    /// Notes what became of a debit: on which day, and of one that came back with the bank's code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_debit(
        &self,
        id: DebitId,
        state: DebitState,
        (day, reason): (Date, Option<&str>),
    ) -> Result<(), StoreError> {
        let column = match state {
            DebitState::Settled => "settled",
            DebitState::UnderWay | DebitState::Rejected | DebitState::Returned => "came_back",
        };
        let sql = format!("UPDATE debit SET state = $2, {column} = $3, reason = COALESCE($4, reason) WHERE id = $1");
        let reason = reason.map(str::to_owned);
        let values = vec![id.0.into(), state.as_str().into(), day.to_string().into(), reason.into()];
        self.execute("note what became of a debit", &sql, values).await?;
        let sql = "UPDATE debit_part SET under_way = 0 WHERE debit_id = $1";
        self.execute("note that the bank has a debit no more", sql, vec![id.0.into()]).await.map(|_| ())
    }

    /// Notes the payment that a part of a debit became.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pay_debit_part(&self, (debit, place): (DebitId, i16), payment: PaymentId) -> Result<(), StoreError> {
        let sql = "UPDATE debit_part SET payment_id = $3 WHERE debit_id = $1 AND place = $2";
        let values = vec![debit.0.into(), place.into(), payment.0.into()];
        self.execute("note the payment of a debit", sql, values).await.map(|_| ())
    }
}

fn read_collection(row: &Row) -> Result<KeptCollection, StoreError> {
    Ok(KeptCollection {
        id: CollectionId(row.get("id")?),
        message: row.get("message")?,
        made: row.instant("made")?,
        made_by: row.get("made_by")?,
        last_day: day_of(row, "last_day")?,
        debits: row.get("debits")?,
        amount: Cents::new(row.get("amount")?),
        creditor: row.get("creditor")?,
        came_back: row.get("came_back")?,
        settled: row.get("settled")?,
    })
}

/// Debits with their parts, which are rows that follow each other.
fn read_debits(rows: &[Row]) -> Result<Vec<KeptDebit>, StoreError> {
    let mut debits: Vec<KeptDebit> = Vec::new();
    for row in rows {
        let id = DebitId(row.get("id")?);
        let (number, payment): (String, Option<i64>) = (row.get("number")?, row.get("payment_id")?);
        let part = KeptPart {
            place: row.get("part")?,
            invoice: InvoiceId(row.get("invoice_id")?),
            number: InvoiceNumber::from(number.as_str()),
            amount: Cents::new(row.get("amount")?),
            payment: payment.map(PaymentId),
        };
        let sent = InvoicePart { number: part.number.clone(), amount: part.amount };
        match debits.last_mut().filter(|last| last.id == id) {
            Some(last) => {
                last.sent.parts.push(sent);
                last.parts.push(part);
            }
            None => {
                let mut debit = read_debit(row, id)?;
                debit.sent.parts.push(sent);
                debit.parts.push(part);
                debits.push(debit);
            }
        }
    }
    Ok(debits)
}

fn read_debit(row: &Row, id: DebitId) -> Result<KeptDebit, StoreError> {
    let (end_to_end, block, message): (String, String, String) = (row.get("end_to_end")?, row.get("block")?, row.get("message")?);
    let (state, code): (String, String) = (row.get("debit_state")?, row.get("sequence")?);
    let known = DebitState::WORDS.iter().find(|(word, _)| *word == state).map(|(_, state)| *state);
    let sequence = SEQUENCES.into_iter().find(|sequence| sequence.code() == code);
    let (tries, reseller): (i16, Option<i64>) = (row.get("tries")?, row.get("reseller_id")?);
    let kept = read_mandate(row)?;
    Ok(KeptDebit {
        id,
        sent: SentDebit {
            end_to_end: EndToEndId::read(&end_to_end),
            message: message.into(),
            block: block.into(),
            mandate: kept.mandate.reference.clone(),
            day: day_of(row, "day")?,
            parts: Vec::new(),
            tries: u8::try_from(tries).unwrap_or(u8::MAX),
            came_back: read_day(row, "came_back")?,
        },
        state: known.ok_or(StoreError::Corrupt { column: "debit.state", value: state })?,
        reason: row.get("reason")?,
        sequence: sequence.ok_or(StoreError::Corrupt { column: "debit.sequence", value: code })?,
        account: kept.account,
        customer: CustomerId(row.get("customer_id")?),
        customer_name: row.get("customer_name")?,
        reseller: reseller.map(ResellerId),
        mandate: kept.mandate,
        address: row.get("address")?,
        said: row.get("said")?,
        parts: Vec::new(),
    })
}
