//! Loads what a bill run needs of some hundred customers at a time: those after one, by their ids.

use super::Issuer;
use crate::{
    Row, Store, StoreError, Value,
    billing_account::read_debit_day,
    line_month::read_state,
    mandate::{self, read_mandate},
    query::read_month,
    split_bill::read_profile,
};
use billing::{
    Billed, CustomerTerms, DebitDay, Grant, Item, LineTerms, Mandate, MonthTotal, OptionSpell, PackTerms, PlanSpell, Reduction,
    SplitSpell, UsageCharge, UsageCount,
};
use std::collections::{BTreeMap, HashMap};
use vocabulary::{BillingAccountId, Cents, CustomerId, LineId, Money, Month, Reach, Timestamp, UsageGroup, UsageKind};

/// A customer with all that may be due of it.
#[derive(Clone, Debug)]
pub struct CustomerToBill {
    /// Which.
    pub id: CustomerId,
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// A business?
    pub business: bool,
    /// Street and number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Its country's code; empty: the operator's.
    pub country: String,
    /// Its number in a register of companies; empty where unknown.
    pub legal_id: String,
    /// Its VAT number; empty where it has none.
    pub vat_number: String,
    /// Its language; empty: the operator's first.
    pub language: String,
    /// Its accounts.
    pub accounts: Vec<AccountToBill>,
    /// What is due.
    pub terms: CustomerTerms,
}

/// A billing account.
#[derive(Clone, Debug)]
pub struct AccountToBill {
    /// Which.
    pub id: BillingAccountId,
    /// What the customer calls it.
    pub name: String,
    /// Who pays, where it is not the customer.
    pub holder: String,
    /// Street, postcode, town and country of that person or place; empty: the customer's.
    pub street: String,
    /// See [`AccountToBill::street`].
    pub postcode: String,
    /// See [`AccountToBill::street`].
    pub town: String,
    /// See [`AccountToBill::street`].
    pub country: String,
    /// Its language; empty: the customer's.
    pub language: String,
    /// Whom new invoices are told to; empty for nobody.
    pub invoice_email: String,
    /// The day on which it wishes to be debited.
    pub debit_day: Option<DebitDay>,
    /// Its mandate, where it has one, with what of its IBAN may be shown.
    pub mandate: Option<Mandate<String>>,
    /// What it was billed in the months before, oldest first.
    pub past: Vec<MonthTotal>,
}

/// A line that ended so long ago is on no bill any more: some three months, in microseconds.
const ENDED_LATELY_US: i64 = 93 * 86_400 * 1_000_000;

/// The customers between two, as the condition of a query: `$1` operator, `$2` issuer, `$3` after, `$4` to. The sign keeps SQLite from
/// going through all of an operator's customers.
const CUSTOMERS: &str = "+c.operator_id = $1 AND COALESCE(c.reseller_id, 0) = $2 AND c.id > $3 AND c.id <= $4";

impl Store {
    /// The customers of an issuer after one of them, in the order of their ids, with what is due of them in a month.
    ///
    /// # Errors
    /// When the database fails or holds something that no bill can be made of.
    pub async fn customers_to_bill(
        &self,
        issuer: Issuer,
        (after, most): (CustomerId, usize),
        (month, began): (Month, Timestamp),
    ) -> Result<Vec<CustomerToBill>, StoreError> {
        let sql = format!(
            "SELECT MAX(id) AS last FROM (SELECT c.id FROM customer c WHERE c.operator_id = $1 AND COALESCE(c.reseller_id, 0) = $2 \
             AND c.id > $3 ORDER BY c.id LIMIT {most}) AS next_ones"
        );
        let mut values: Vec<Value> = vec![issuer.operator.0.into(), issuer.number().into(), after.0.into()];
        let row = self.row("find customers to bill", &sql, values.clone()).await?;
        let last: Option<i64> = row.map_or(Ok(None), |row| row.get("last"))?;
        let Some(last) = last else { return Ok(Vec::new()) };
        values.push(last.into());
        let companies = if issuer.is_operator() { self.companies(&mut values).await? } else { Vec::new() };
        let load = Load { store: self, values, month, began };
        let mut customers = load.customers().await?;
        load.lines(&mut customers, (OWN_LINES, None)).await?;
        load.account_terms(&mut customers).await?;
        for company in companies {
            load.wholesale(&mut customers, company).await?;
        }
        Ok(customers.into_values().collect())
    }

    /// The companies of resellers among the customers between two. There is one at most: the second begins the next bundle, because each may
    /// pay for a hundred thousand lines.
    async fn companies(&self, values: &mut [Value]) -> Result<Vec<CustomerId>, StoreError> {
        let sql = "SELECT r.customer_id FROM reseller r WHERE r.operator_id = $1 AND $2 = 0 AND r.customer_id > $3 \
                   AND r.customer_id <= $4 ORDER BY r.customer_id LIMIT 2";
        let rows = self.rows("find companies of resellers", sql, values.to_vec()).await?;
        let mut companies = rows.iter().map(|row| row.get("customer_id")).collect::<Result<Vec<i64>, _>>()?;
        if let (Some(second), Some(last)) = (companies.get(1).copied(), values.last_mut()) {
            *last = (second - 1).into();
        }
        companies.truncate(1);
        Ok(companies.into_iter().map(CustomerId).collect())
    }
}

type Customers = BTreeMap<CustomerId, CustomerToBill>;

/// The lines of the customers themselves.
const OWN_LINES: &str = "FROM customer c CROSS JOIN line l WHERE l.customer_id = c.id AND {customers}";
/// The lines of the customers of a reseller whose company is among those customers.
const WHOLESALE_LINES: &str = "FROM reseller r CROSS JOIN line l WHERE l.reseller_id = r.id AND r.operator_id = $1 AND $2 = 0 \
                               AND r.customer_id > $3 AND r.customer_id <= $4";

struct Load<'a> {
    store: &'a Store,
    values: Vec<Value>,
    month: Month,
    /// The first instant of the month before.
    began: Timestamp,
}

impl Load<'_> {
    fn with(&self, more: Vec<Value>) -> Vec<Value> {
        self.values.iter().cloned().chain(more).collect()
    }

    async fn customers(&self) -> Result<Customers, StoreError> {
        let sql = format!(
            "SELECT c.id, c.reference, c.name, c.business, c.street, c.postcode, c.town, c.country, c.legal_id, c.vat_number, c.language, \
             a.id AS account, a.name AS account_name, a.holder, a.street AS account_street, a.postcode AS account_postcode, \
             a.town AS account_town, a.country AS account_country, a.language AS account_language, a.invoice_email, a.debit_day \
             FROM customer c CROSS JOIN billing_account a WHERE a.customer_id = c.id AND {CUSTOMERS} ORDER BY c.id, a.id"
        );
        let mut customers = Customers::new();
        for row in self.store.rows("load customers to bill", &sql, self.values.clone()).await? {
            let id = CustomerId(row.get("id")?);
            let business: i16 = row.get("business")?;
            let customer = customers.entry(id).or_insert(CustomerToBill {
                id,
                reference: row.get("reference")?,
                name: row.get("name")?,
                business: business == 1,
                street: row.get("street")?,
                postcode: row.get("postcode")?,
                town: row.get("town")?,
                country: row.get("country")?,
                legal_id: row.get("legal_id")?,
                vat_number: row.get("vat_number")?,
                language: row.get("language")?,
                accounts: Vec::new(),
                terms: CustomerTerms::default(),
            });
            customer.accounts.push(AccountToBill {
                id: BillingAccountId(row.get("account")?),
                name: row.get("account_name")?,
                holder: row.get("holder")?,
                street: row.get("account_street")?,
                postcode: row.get("account_postcode")?,
                town: row.get("account_town")?,
                country: row.get("account_country")?,
                language: row.get("account_language")?,
                invoice_email: row.get("invoice_email")?,
                debit_day: read_debit_day(row.get("debit_day")?)?,
                mandate: None,
                past: Vec::new(),
            });
        }
        Ok(customers)
    }

    /// Adds lines: to their customers, or to the company that pays for them, with its account.
    async fn lines(
        &self,
        customers: &mut Customers,
        (of, payer): (&str, Option<(CustomerId, BillingAccountId)>),
    ) -> Result<(), StoreError> {
        // Those that were in service at some time of the last months: what was billed of one that had ended is given back under its number.
        let of = of.replace("{customers}", CUSTOMERS);
        let asked = format!(
            "WITH asked AS (SELECT l.* {of} AND l.started IS NOT NULL AND (l.ended IS NULL OR l.ended > $5 - {ENDED_LATELY_US}))"
        );
        let values = self.with(vec![self.began.into()]);
        let sql = format!(
            "{asked} SELECT id, customer_id, billing_account_id, number, user_name, network, offer, bought, monthly, started, {ENDED} AS ended \
             FROM asked ORDER BY id"
        );
        let mut lines: BTreeMap<LineId, (CustomerId, LineTerms)> = BTreeMap::new();
        for row in self.store.rows("load lines to bill", &sql, values.clone()).await? {
            let line = read_line(&row)?;
            lines.insert(line.id, (CustomerId(row.get("customer_id")?), line));
        }
        for row in self.store.rows("load what lines are billed for", &format!("{asked} {HOLDINGS}"), values).await? {
            if let Some((_, line)) = lines.get_mut(&LineId(row.get("line_id")?)) {
                add_holding(&row, line)?;
            }
        }
        self.usage(&asked, &mut lines).await?;
        for (customer, line) in lines.into_values() {
            let (customer, line) = match payer {
                None => (customer, line),
                // Which of its own accounts a customer has for a line, and who shares it there, is between it and the reseller.
                Some((company, account)) => {
                    (company, LineTerms { account, accounts_before: Vec::new(), splits: Vec::new(), ..line })
                }
            };
            if let Some(customer) = customers.get_mut(&customer) {
                customer.terms.lines.push(line);
            }
        }
        Ok(())
    }

    /// Adds to a company what the customers of its reseller have: it pays for all of it, from its first account (RES-11).
    async fn wholesale(&self, customers: &mut Customers, company: CustomerId) -> Result<(), StoreError> {
        let first = customers.get(&company).and_then(|company| company.accounts.first()).map(|account| account.id);
        let Some(account) = first else { return Ok(()) };
        self.lines(customers, (WHOLESALE_LINES, Some((company, account)))).await?;
        let sql = "SELECT p.pack, p.bought FROM reseller r CROSS JOIN customer c CROSS JOIN group_pack p WHERE c.reseller_id = r.id \
                   AND p.customer_id = c.id AND r.operator_id = $1 AND $2 = 0 AND r.customer_id > $3 AND r.customer_id <= $4 ORDER BY p.id";
        let rows = self.store.rows("load packs of a reseller's customers", sql, self.values.clone()).await?;
        if let Some(company) = customers.get_mut(&company) {
            company.terms.wholesale = Some(account);
            for row in &rows {
                let pack: String = row.get("pack")?;
                company.terms.packs.push(PackTerms { pack: pack.into(), bought: row.instant("bought")?, account });
            }
        }
        Ok(())
    }

    async fn usage(&self, asked: &str, lines: &mut BTreeMap<LineId, (CustomerId, LineTerms)>) -> Result<(), StoreError> {
        let values = self.with(vec![self.began.into(), self.month.previous().into()]);
        // What came after the month was closed is in its counters, and on a later bill: it is given back here. Both are read at one moment.
        let sql = format!(
            "{asked} SELECT m.line_id, m.out_of_bundle, m.state, (SELECT CAST(COALESCE(SUM(u.price), 0) AS BIGINT) FROM late_usage u \
             WHERE u.line_id = m.line_id AND u.month = m.month) AS late FROM asked CROSS JOIN line_month m \
             WHERE m.line_id = asked.id AND m.month = $6 AND m.out_of_bundle <> 0"
        );
        for row in self.store.rows("load what lines used", &sql, values.clone()).await? {
            if let Some((_, line)) = lines.get_mut(&LineId(row.get("line_id")?)) {
                let text: String = row.get("state")?;
                line.usage = usage_charges(row.money("out_of_bundle")?, &read_state(&text)?.charged);
                let late = row.money("late")?;
                if !late.is_zero() {
                    line.corrections.push((self.month.previous(), Money::from_micros(-late.micros())));
                }
            }
        }
        let sql = format!(
            "{asked} SELECT u.line_id, u.month, CAST(SUM(u.price) AS BIGINT) AS amount FROM asked CROSS JOIN late_usage u \
             WHERE u.line_id = asked.id AND u.bill_month = $6 GROUP BY u.line_id, u.month \
             UNION ALL SELECT k.line_id, k.month, CAST(SUM(k.amount) AS BIGINT) FROM asked CROSS JOIN usage_correction k \
             WHERE k.line_id = asked.id AND k.bill_month = $6 GROUP BY k.line_id, k.month ORDER BY 1, 2"
        );
        for row in self.store.rows("load what came late", &sql, values).await? {
            if let Some((_, line)) = lines.get_mut(&LineId(row.get("line_id")?)) {
                let (month, amount) = (read_month(row.get("month")?)?, row.money("amount")?);
                match line.corrections.last_mut().filter(|(last, _)| *last == month) {
                    Some((_, sum)) => *sum = sum.checked_add(amount).unwrap_or(*sum),
                    None => line.corrections.push((month, amount)),
                }
            }
        }
        Ok(())
    }

    async fn account_terms(&self, customers: &mut Customers) -> Result<(), StoreError> {
        let of_accounts =
            format!("FROM customer c CROSS JOIN billing_account a CROSS JOIN {{}} WHERE a.customer_id = c.id AND {CUSTOMERS}");
        let sql = format!(
            "SELECT c.id AS customer, p.pack, p.bought, p.billing_account_id, (SELECT MIN(a.id) FROM billing_account a \
             WHERE a.customer_id = c.id) AS first_account FROM customer c CROSS JOIN group_pack p WHERE p.customer_id = c.id AND {CUSTOMERS} \
             ORDER BY p.id"
        );
        for row in self.store.rows("load packs to bill", &sql, self.values.clone()).await? {
            let pack: String = row.get("pack")?;
            let account: Option<i64> = row.get("billing_account_id")?;
            let account = BillingAccountId(account.map_or_else(|| row.get("first_account"), Ok)?);
            let pack = PackTerms { pack: pack.into(), bought: row.instant("bought")?, account };
            if let Some(customer) = customers.get_mut(&CustomerId(row.get("customer")?)) {
                customer.terms.packs.push(pack);
            }
        }
        let from = of_accounts.replace("{}", "account_grant g");
        let sql = format!(
            "SELECT c.id AS customer, g.billing_account_id, g.part, g.amount, g.first_month, g.last_month, g.reason {from} \
             AND g.billing_account_id = a.id AND g.first_month <= $5 ORDER BY g.id"
        );
        for row in self.store.rows("load what was granted", &sql, self.with(vec![self.month.into()])).await? {
            if let Some(customer) = customers.get_mut(&CustomerId(row.get("customer")?)) {
                customer.terms.grants.push(read_grant(&row)?);
            }
        }
        let from = of_accounts.replace("{}", "billed b");
        let sql = format!(
            "SELECT c.id AS customer, b.billing_account_id, b.line_id, b.item, b.amount {from} AND b.billing_account_id = a.id \
             AND b.month = $5"
        );
        let before = self.month.previous();
        for row in self.store.rows("load what was billed", &sql, self.with(vec![before.into()])).await? {
            let (line, item): (i64, String) = (row.get("line_id")?, row.get("item")?);
            let billed = Billed {
                line: (line != 0).then_some(LineId(line)),
                account: BillingAccountId(row.get("billing_account_id")?),
                month: before,
                item: read_item(&item)?,
                amount: Cents::new(row.get("amount")?),
            };
            if let Some(customer) = customers.get_mut(&CustomerId(row.get("customer")?)) {
                customer.terms.billed.push(billed);
            }
        }
        self.mandates(&of_accounts, customers).await?;
        self.past(&of_accounts, customers).await
    }

    async fn mandates(&self, of_accounts: &str, customers: &mut Customers) -> Result<(), StoreError> {
        let from = of_accounts.replace("{}", "mandate m");
        let sql = format!(
            "SELECT c.id AS customer, {} {from} AND m.billing_account_id = a.id AND m.state <> 'ended'",
            mandate::COLUMNS
        );
        for row in self.store.rows("load mandates", &sql, self.values.clone()).await? {
            let kept = read_mandate(&row)?;
            let masked = kept.mandate.iban.masked.clone();
            let customer = customers.get_mut(&CustomerId(row.get("customer")?));
            let account = customer.and_then(|customer| customer.accounts.iter_mut().find(|account| account.id == kept.account));
            if let Some(account) = account {
                account.mandate = Some(kept.mandate.with_account(masked));
            }
        }
        Ok(())
    }

    /// What accounts were billed in the eleven months before: a bill shows a year.
    async fn past(&self, of_accounts: &str, customers: &mut Customers) -> Result<(), StoreError> {
        let from = of_accounts.replace("{}", "invoice i");
        let sql = format!(
            "SELECT c.id AS customer, i.billing_account_id, i.month, \
             CAST(SUM(CASE i.kind WHEN 'invoice' THEN i.gross ELSE -i.gross END) AS BIGINT) AS gross {from} \
             AND i.billing_account_id = a.id AND i.issuer = $2 AND i.month >= $5 AND i.month < $6 \
             GROUP BY c.id, i.billing_account_id, i.month ORDER BY i.billing_account_id, i.month"
        );
        let first = (0..11).fold(self.month, |month, _| month.previous());
        let mut past: HashMap<BillingAccountId, Vec<MonthTotal>> = HashMap::new();
        for row in
            self.store.rows("load what accounts were billed", &sql, self.with(vec![first.into(), self.month.into()])).await?
        {
            let total = MonthTotal { month: read_month(row.get("month")?)?, gross: Cents::new(row.get("gross")?) };
            past.entry(BillingAccountId(row.get("billing_account_id")?)).or_default().push(total);
        }
        for account in customers.values_mut().flat_map(|customer| &mut customer.accounts) {
            account.past = past.remove(&account.id).unwrap_or_default();
        }
        Ok(())
    }
}

/// When a line ended, for its bill: at the hour that was planned, else when its end was asked for, however long its network took.
const ENDED: &str = "CASE WHEN asked.ended IS NULL THEN NULL ELSE COALESCE(\
    (SELECT MAX(x.due) FROM scheduled_change x WHERE x.line_id = asked.id AND x.state = 'done' AND x.due <= asked.ended \
     AND x.change LIKE '%\"change\":\"end\"%'), \
    (SELECT MAX(w.begun) FROM work_order w WHERE w.line_id = asked.id AND w.state = 'done' AND w.begun <= asked.ended \
     AND w.action LIKE '%\"action\":\"end\"%'), asked.ended) END";

/// What lines hold, in one answer: each row says what it is.
const HOLDINGS: &str = "\
    SELECT h.line_id, 'option' AS held, h.option AS name, h.since AS at, h.until, h.monthly, CAST(0 AS BIGINT) AS number \
    FROM asked CROSS JOIN line_option h WHERE h.line_id = asked.id AND (h.until IS NULL OR h.until > $5) \
    UNION ALL SELECT h.line_id, 'plan', h.offer, h.until, NULL, h.monthly, h.bought \
    FROM asked CROSS JOIN line_past_plan h WHERE h.line_id = asked.id AND h.until > $5 \
    UNION ALL SELECT h.line_id, 'recharge', h.recharge, h.at, NULL, NULL, 0 \
    FROM asked CROSS JOIN line_recharge h WHERE h.line_id = asked.id AND h.at >= $5 \
    UNION ALL SELECT h.line_id, 'fee', h.item, h.at, NULL, h.amount, 0 \
    FROM asked CROSS JOIN line_fee h WHERE h.line_id = asked.id AND h.at >= $5 \
    UNION ALL SELECT h.line_id, 'account', '', h.since, NULL, NULL, h.before_id \
    FROM asked CROSS JOIN line_account h WHERE h.line_id = asked.id AND h.applied IS NOT NULL AND h.since > $5 \
    UNION ALL SELECT h.line_id, 'split', COALESCE(p.profile, ''), h.since, NULL, NULL, COALESCE(h.billing_account_id, 0) \
    FROM asked CROSS JOIN line_split h LEFT JOIN split_profile p ON p.id = h.profile_id WHERE h.line_id = asked.id \
    ORDER BY line_id, at, name";

fn read_line(row: &Row) -> Result<LineTerms, StoreError> {
    let (network, offer): (String, String) = (row.get("network")?, row.get("offer")?);
    let (monthly, ended): (Option<i64>, Option<i64>) = (row.get("monthly")?, row.get("ended")?);
    let bought = row.instant("bought")?;
    Ok(LineTerms {
        id: LineId(row.get("id")?),
        customer: CustomerId(row.get("customer_id")?),
        number: row.get("number")?,
        user: row.get("user_name")?,
        network: network.into(),
        plans: vec![PlanSpell { until: None, offer: offer.into(), bought, monthly: monthly.map(Money::from_micros) }],
        started: row.instant("started")?,
        ended: ended.map(Timestamp::from_micros),
        account: BillingAccountId(row.get("billing_account_id")?),
        accounts_before: Vec::new(),
        options: Vec::new(),
        recharges: Vec::new(),
        fees: Vec::new(),
        usage: Vec::new(),
        corrections: Vec::new(),
        splits: Vec::new(),
    })
}

fn add_holding(row: &Row, line: &mut LineTerms) -> Result<(), StoreError> {
    let (held, name): (String, String) = (row.get("held")?, row.get("name")?);
    let (at, number): (Timestamp, i64) = (row.instant("at")?, row.get("number")?);
    let (until, monthly): (Option<i64>, Option<i64>) = (row.get("until")?, row.get("monthly")?);
    let monthly = monthly.map(Money::from_micros);
    match held.as_str() {
        "option" => {
            let until = until.map(Timestamp::from_micros);
            line.options.push(OptionSpell { option: name.into(), since: at, until, monthly });
        }
        "plan" => {
            let past = PlanSpell { until: Some(at), offer: name.into(), bought: Timestamp::from_micros(number), monthly };
            // Before the one that it has.
            line.plans.insert(line.plans.len() - 1, past);
        }
        "recharge" => line.recharges.push((name.into(), at)),
        "fee" => line.fees.push((at, read_item(&name)?, monthly.unwrap_or_default())),
        "account" => line.accounts_before.push((at, BillingAccountId(number))),
        _ => {
            let since = read_month(i32::try_from(at.micros()).unwrap_or_default())?;
            let share = (number != 0).then(|| read_profile(&name)).transpose()?;
            line.splits.push(SplitSpell { since, share: share.map(|profile| (profile, BillingAccountId(number))) });
        }
    }
    Ok(())
}

fn read_grant(row: &Row) -> Result<Grant, StoreError> {
    let (part, amount): (Option<i16>, Option<i64>) = (row.get("part")?, row.get("amount")?);
    let to: Option<i32> = row.get("last_month")?;
    let reduction = match part {
        Some(part) => Reduction::Part(u16::try_from(part).unwrap_or_default()),
        None => Reduction::Amount(Cents::new(amount.unwrap_or_default())),
    };
    Ok(Grant {
        account: BillingAccountId(row.get("billing_account_id")?),
        reduction,
        from: read_month(row.get("first_month")?)?,
        to: to.map(read_month).transpose()?,
        reason: row.get("reason")?,
    })
}

/// An item of a bill as its column has it.
pub(crate) fn read_item(text: &str) -> Result<Item, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt { column: "item", value: text.to_owned() })
}

/// What usage cost, group by group. A month that was rated before groups were counted has the rest in one sum.
fn usage_charges(all: Money, groups: &[rating::ChargedGroup]) -> Vec<UsageCharge> {
    let mut charges: Vec<UsageCharge> = groups
        .iter()
        .map(|sum| UsageCharge {
            group: sum.group,
            count: UsageCount { records: sum.records, units: sum.units },
            amount: sum.amount,
        })
        .collect();
    let counted: Money = charges.iter().map(|charge| charge.amount).sum();
    let rest = all.checked_sub(counted).unwrap_or_default();
    if !rest.is_zero() {
        let group = UsageGroup { kind: UsageKind::Voice, reach: Reach::Any };
        charges.push(UsageCharge { group, count: UsageCount { records: 0, units: 0 }, amount: rest });
    }
    charges
}
