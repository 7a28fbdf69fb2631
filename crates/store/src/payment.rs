//! Payments and what their providers told of them: each form and each callback counts once, by the database's own uniqueness (BIL-07).

use crate::{Issuer, Row, Scoped, Store, StoreError, line_terms::list, store::Transaction};
use billing::{BankAmount, Currency, PaymentState};
use vocabulary::{BillingAccountId, Cents, CustomerId, InvoiceId, LoginId, OperatorId, PaymentId, ResellerId, Timestamp};

/// Who owes: an account, with whom it owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payer {
    /// The account.
    pub account: BillingAccountId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The reseller that the customer belongs to.
    pub reseller: Option<ResellerId>,
    /// Who issued its last invoice, or would issue the first.
    pub issuer: Issuer,
}

/// A payment that is asked now.
#[derive(Clone, Debug)]
pub struct NewPayment<'a> {
    /// Who pays.
    pub payer: Payer,
    /// The invoice that is paid first.
    pub invoice: Option<InvoiceId>,
    /// The provider's word.
    pub provider: &'a str,
    /// `card`, `transfer`, `direct_debit`, `refund`.
    pub kind: &'static str,
    /// How far it is.
    pub state: PaymentState,
    /// How much; more than nothing.
    pub amount: BankAmount,
    /// Of the form: sent twice, it is one payment.
    pub token: &'a str,
    /// The payment that it gives back.
    pub gives_back: Option<PaymentId>,
    /// Who asked.
    pub asked_by: Asker<'a>,
}

/// Who asks for a payment, and how they are told of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asker<'a> {
    /// Their name.
    pub name: &'a str,
    /// Who is told by mail; nobody where no person asked.
    pub login: Option<LoginId>,
    /// The host of the brand that they came by.
    pub host: &'a str,
    /// Where its links lead to: `https://host`.
    pub site: &'a str,
}

/// A payment as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPayment {
    /// Which.
    pub id: PaymentId,
    /// Whom it is paid to.
    pub issuer: Issuer,
    /// Who pays.
    pub customer: CustomerId,
    /// The customer's reseller.
    pub reseller: Option<ResellerId>,
    /// For which account.
    pub account: BillingAccountId,
    /// The invoice that is paid first.
    pub invoice: Option<InvoiceId>,
    /// The provider's word.
    pub provider: String,
    /// `card`, `transfer`, `direct_debit`, `refund`.
    pub kind: String,
    /// How far it is.
    pub state: PaymentState,
    /// How much.
    pub amount: BankAmount,
    /// The provider's name for it.
    pub reference: Option<String>,
    /// Where the browser goes to pay.
    pub page: Option<String>,
    /// The payment that it gives back.
    pub gives_back: Option<PaymentId>,
    /// When it was asked.
    pub asked: Timestamp,
    /// By whom.
    pub asked_by: String,
    /// When it changed last.
    pub changed: Timestamp,
    /// Why it was refused.
    pub problem: Option<String>,
    /// What was said of it by who noted it by hand; empty for nothing.
    pub remark: String,
}

const COLUMNS: &str = "p.id, p.operator_id, p.issuer, p.customer_id, c.reseller_id, p.billing_account_id, p.invoice_id, p.provider, p.kind, \
                       p.state, p.amount, p.currency, p.reference, p.page, p.gives_back, p.asked, p.asked_by, p.changed, p.problem, p.remark";
/// What went back otherwise than by a dispute.
const REFUNDED: &str = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount FROM payment \
                        WHERE gives_back = $1 AND state = 'succeeded' AND token LIKE 'given back %'";
const FAILED: &str = "SELECT COUNT(*) AS failed FROM payment WHERE gives_back = $1 AND token LIKE 'failed %'";
const GIVEN_BACK: &str = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount FROM payment \
                          WHERE gives_back = $1 AND state = 'succeeded'";
const TABLES: &str = "payment p JOIN customer c ON c.id = p.customer_id";

impl Scoped {
    /// Who owes of an account; `None` where there is no such account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn payer(&self, account: BillingAccountId) -> Result<Option<Payer>, StoreError> {
        let (within, scope) = self.scope.on_accounts();
        let sql = format!(
            "SELECT c.operator_id, c.id AS customer_id, c.reseller_id, COALESCE((SELECT i.issuer FROM invoice i \
             WHERE i.billing_account_id = a.id ORDER BY i.id DESC LIMIT 1), c.reseller_id, 0) AS issuer \
             FROM billing_account a JOIN customer c ON c.id = a.customer_id WHERE {within} AND a.id = $2"
        );
        let Some(row) = self.store.row("find who pays", &sql, vec![scope, account.0.into()]).await? else { return Ok(None) };
        let reseller: Option<i64> = row.get("reseller_id")?;
        Ok(Some(Payer {
            account,
            customer: CustomerId(row.get("customer_id")?),
            reseller: reseller.map(ResellerId),
            issuer: Issuer::of(OperatorId(row.get("operator_id")?), row.get("issuer")?),
        }))
    }

    /// What the customer calls an account; `None` where there is no such one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_name(&self, account: BillingAccountId) -> Result<Option<String>, StoreError> {
        let (within, scope) = self.scope.on_accounts();
        let sql =
            format!("SELECT a.name FROM billing_account a JOIN customer c ON c.id = a.customer_id WHERE {within} AND a.id = $2");
        self.store
            .row("find an account's name", &sql, vec![scope, account.0.into()])
            .await?
            .map(|row| row.get("name"))
            .transpose()
    }

    /// A payment; `None` where there is no such one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn payment(&self, id: PaymentId) -> Result<Option<KeptPayment>, StoreError> {
        let (within, scope) = self.scope.on_payments();
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {within} AND p.id = $2");
        self.store.row("find a payment", &sql, vec![scope, id.0.into()]).await?.as_ref().map(read_payment).transpose()
    }

    /// The payments of an account, the latest first, so many at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn payments(&self, account: BillingAccountId, most: usize) -> Result<Vec<KeptPayment>, StoreError> {
        let (within, scope) = self.scope.on_payments();
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE {within} AND p.billing_account_id = $2 ORDER BY p.id DESC LIMIT {most}"
        );
        self.store.rows("list payments", &sql, vec![scope, account.0.into()]).await?.iter().map(read_payment).collect()
    }
}

impl Store {
    /// The payment that a form asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn payment_of_form(&self, operator: OperatorId, token: &str) -> Result<Option<KeptPayment>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE p.operator_id = $1 AND p.token = $2");
        let values = vec![operator.0.into(), token.into()];
        self.row("find the payment of a form", &sql, values).await?.as_ref().map(read_payment).transpose()
    }

    /// What was given back of a payment but for what a dispute took, and how many times something given back did not arrive.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refunded(&self, id: PaymentId) -> Result<(Cents, i64), StoreError> {
        let sum = given_back(&self.rows("add up refunds", REFUNDED, vec![id.0.into()]).await?)?;
        Ok((sum, failed(&self.rows("count refunds that failed", FAILED, vec![id.0.into()]).await?)?))
    }

    /// What went back of a payment in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn payment_given_back(&self, id: PaymentId) -> Result<Cents, StoreError> {
        given_back(&self.rows("add up refunds", GIVEN_BACK, vec![id.0.into()]).await?)
    }

    /// Card payments that stand open and that nobody looked at since, the longest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hanging_payments(&self, since: Timestamp, most: usize) -> Result<Vec<KeptPayment>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE p.state IN ('asked', 'under_way') AND p.kind = 'card' AND p.looked < $1 \
             ORDER BY p.looked LIMIT {most}"
        );
        self.rows("look for payments that hang", &sql, vec![since.into()]).await?.iter().map(read_payment).collect()
    }

    /// Transfers to accounts that somebody noted by hand, of after an instant, and that nobody took back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn transfers_noted(
        &self,
        accounts: &[BillingAccountId],
        after: Timestamp,
    ) -> Result<Vec<(BillingAccountId, Cents)>, StoreError> {
        let sql = format!(
            "SELECT p.billing_account_id, p.amount FROM {} AS wanted CROSS JOIN payment p \
             WHERE p.billing_account_id = CAST(wanted.value AS BIGINT) AND p.kind = 'transfer' AND p.provider = 'noted' \
             AND p.state = 'succeeded' AND p.asked > $2 ORDER BY p.id",
            self.listed(1)
        );
        let rows = self.rows("look for noted payments", &sql, vec![list(accounts.iter().map(|account| account.0)), after.into()]);
        let read = |row: &Row| Ok((BillingAccountId(row.get("billing_account_id")?), Cents::new(row.get("amount")?)));
        rows.await?.iter().map(read).collect()
    }
}

impl Transaction {
    /// Keeps a payment; `None` where its form asked for one already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_payment(&self, new: &NewPayment<'_>, now: Timestamp) -> Result<Option<PaymentId>, StoreError> {
        let id = self.reserve_money_ids(1).await?;
        let sql = "INSERT INTO payment (id, operator_id, issuer, customer_id, billing_account_id, invoice_id, provider, kind, state, amount, \
                   currency, token, gives_back, asked, asked_by, changed, looked, login_id, host, site) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14, $14, $16, $17, $18) \
                   ON CONFLICT (operator_id, token) DO NOTHING";
        let values = vec![
            id.into(),
            new.payer.issuer.operator.0.into(),
            new.payer.issuer.number().into(),
            new.payer.customer.0.into(),
            new.payer.account.0.into(),
            new.invoice.map(|invoice| invoice.0).into(),
            new.provider.into(),
            new.kind.into(),
            new.state.as_str().into(),
            new.amount.cents.get().into(),
            new.amount.currency.as_str().into(),
            new.token.into(),
            new.gives_back.map(|payment| payment.0).into(),
            now.into(),
            new.asked_by.name.into(),
            new.asked_by.login.map(|login| login.0).into(),
            new.asked_by.host.into(),
            new.asked_by.site.into(),
        ];
        Ok((self.execute("keep a payment", sql, values).await? == 1).then_some(PaymentId(id)))
    }

    /// Notes what the provider calls a payment, and its page. Whoever was first is right.
    ///
    /// # Errors
    /// When the database fails, or another payment is called so.
    pub async fn name_payment(&self, id: PaymentId, reference: &str, page: Option<&str>) -> Result<(), StoreError> {
        let page = page.unwrap_or_default();
        let sql = "UPDATE payment SET reference = COALESCE(reference, $2), page = COALESCE(page, NULLIF($3, '')) WHERE id = $1";
        let values = vec![id.0.into(), reference.into(), page.into()];
        self.execute("note what a payment is called", sql, values).await.map(|_| ())
    }

    /// Another payment of an account by transfer, cheque or cash that counts, of the same amount and from between two instants.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn transfer_like(
        &self,
        (account, amount): (BillingAccountId, Cents),
        (from, until): (Timestamp, Timestamp),
        but: PaymentId,
    ) -> Result<Option<PaymentId>, StoreError> {
        let sql = "SELECT id FROM payment WHERE billing_account_id = $1 AND kind = 'transfer' AND state = 'succeeded' AND amount = $2 \
                   AND asked >= $3 AND asked < $4 AND id <> $5 ORDER BY id LIMIT 1";
        let values = vec![account.0.into(), amount.get().into(), from.into(), until.into(), but.0.into()];
        let rows = self.rows("look for a payment like another", sql, values).await?;
        rows.first().map(|row| row.get("id").map(PaymentId)).transpose()
    }

    /// Keeps what somebody says of a payment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remark_on_payment(&self, id: PaymentId, remark: &str) -> Result<(), StoreError> {
        let sql = "UPDATE payment SET remark = $2 WHERE id = $1";
        self.execute("remark on a payment", sql, vec![id.0.into(), remark.into()]).await.map(|_| ())
    }

    /// A payment of an issuer, held until this transaction ends: nobody else decides of it meanwhile.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_payment(&self, issuer: Issuer, id: PaymentId) -> Result<Option<KeptPayment>, StoreError> {
        let held = if self.is_postgres() { "FOR UPDATE OF p" } else { "" };
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE p.operator_id = $1 AND p.issuer = $2 AND p.id = $3 {held}");
        let values = vec![issuer.operator.0.into(), issuer.number().into(), id.0.into()];
        self.rows("hold a payment", &sql, values).await?.first().map(read_payment).transpose()
    }

    /// Moves a payment that is [held](Transaction::hold_payment) to another state.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_payment(
        &self,
        id: PaymentId,
        (state, problem): (PaymentState, Option<&str>),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE payment SET state = $2, problem = NULLIF($3, ''), changed = $4, looked = $4 WHERE id = $1";
        let values = vec![id.0.into(), state.as_str().into(), problem.unwrap_or_default().into(), now.into()];
        self.execute("move a payment", sql, values).await.map(|_| ())
    }

    /// The payment of an issuer that a token made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn payment_of_token(&self, issuer: Issuer, token: &str) -> Result<Option<KeptPayment>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE p.operator_id = $1 AND p.issuer = $2 AND p.token = $3");
        let values = vec![issuer.operator.0.into(), issuer.number().into(), token.into()];
        self.rows("find a payment by its token", &sql, values).await?.first().map(read_payment).transpose()
    }

    /// The latest refund of a payment that counts and is of that amount; none that a dispute made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refund_of_amount(&self, of: PaymentId, amount: BankAmount) -> Result<Option<PaymentId>, StoreError> {
        let sql = "SELECT id FROM payment WHERE gives_back = $1 AND state = 'succeeded' AND amount = $2 AND currency = $3 \
                   AND token LIKE 'given back %' ORDER BY id DESC LIMIT 1";
        let values = vec![of.0.into(), amount.cents.get().into(), amount.currency.as_str().into()];
        let rows = self.rows("find a refund", sql, values).await?;
        rows.first().map(|row| row.get("id").map(PaymentId)).transpose()
    }

    /// Gives a payment another token, so that what it was made with may be asked again.
    ///
    /// # Errors
    /// When the database fails, or another payment has it.
    pub async fn rename_payment_token(&self, id: PaymentId, token: &str) -> Result<(), StoreError> {
        let sql = "UPDATE payment SET token = $2 WHERE id = $1";
        self.execute("rename a payment's token", sql, vec![id.0.into(), token.into()]).await.map(|_| ())
    }

    /// Notes that the provider was asked how a payment stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn looked_at_payment(&self, id: PaymentId, now: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE payment SET looked = $2 WHERE id = $1";
        self.execute("note that a payment was looked at", sql, vec![id.0.into(), now.into()]).await.map(|_| ())
    }

    /// The same as [`Store::refunded`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refunded(&self, id: PaymentId) -> Result<(Cents, i64), StoreError> {
        let sum = given_back(&self.rows("add up refunds", REFUNDED, vec![id.0.into()]).await?)?;
        Ok((sum, failed(&self.rows("count refunds that failed", FAILED, vec![id.0.into()]).await?)?))
    }

    /// What went back of a payment in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn given_back(&self, id: PaymentId) -> Result<Cents, StoreError> {
        given_back(&self.rows("add up refunds", GIVEN_BACK, vec![id.0.into()]).await?)
    }
}

fn failed(rows: &[Row]) -> Result<i64, StoreError> {
    rows.first().map_or(Ok(0), |row| row.get("failed"))
}

fn given_back(rows: &[Row]) -> Result<Cents, StoreError> {
    rows.first().map_or(Ok(Cents::ZERO), |row| Ok(Cents::new(row.get("amount")?)))
}

fn read_payment(row: &Row) -> Result<KeptPayment, StoreError> {
    let (state, currency): (String, String) = (row.get("state")?, row.get("currency")?);
    let (reseller, invoice): (Option<i64>, Option<i64>) = (row.get("reseller_id")?, row.get("invoice_id")?);
    let gives_back: Option<i64> = row.get("gives_back")?;
    let currency = Currency::try_from(currency)
        .map_err(|error| StoreError::Corrupt { column: "payment.currency", value: error.to_string() })?;
    Ok(KeptPayment {
        id: PaymentId(row.get("id")?),
        issuer: Issuer::of(OperatorId(row.get("operator_id")?), row.get("issuer")?),
        customer: CustomerId(row.get("customer_id")?),
        reseller: reseller.map(ResellerId),
        account: BillingAccountId(row.get("billing_account_id")?),
        invoice: invoice.map(InvoiceId),
        provider: row.get("provider")?,
        kind: row.get("kind")?,
        state: PaymentState::named(&state).ok_or(StoreError::Corrupt { column: "payment.state", value: state })?,
        amount: BankAmount { cents: Cents::new(row.get("amount")?), currency },
        reference: row.get("reference")?,
        page: row.get("page")?,
        gives_back: gives_back.map(PaymentId),
        asked: row.instant("asked")?,
        asked_by: row.get("asked_by")?,
        changed: row.instant("changed")?,
        problem: row.get("problem")?,
        remark: row.get("remark")?,
    })
}
