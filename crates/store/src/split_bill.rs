//! Split bills (FLT-20): what employers pay, who uses a line pays the rest of, and from which month on. The account of a line's user is theirs alone:
//! nobody else of the customer sees it.

use crate::{BillingAddress, Row, Scoped, StoreError, line::read_party, query::read_month, store::Transaction};
use billing::SplitProfile;
use vocabulary::{BillingAccountId, CustomerId, LineId, Month, Party, ResellerId, SplitProfileId, Timestamp};

/// So many people are named who sign in for a line.
const MOST_OTHERS: usize = 10;

/// A profile of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSplitProfile {
    /// Which.
    pub id: SplitProfileId,
    /// What the customer calls it.
    pub name: String,
    /// What the employer pays.
    pub profile: SplitProfile,
    /// How many lines have it, now or from a later month on.
    pub lines: i64,
    /// Is it offered no more?
    pub is_ended: bool,
}

/// A line and who shares its bill.
#[derive(Clone, Debug)]
pub struct LineSplit {
    /// The line.
    pub line: LineId,
    /// Its number or name.
    pub number: Party,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// Where it is in its life.
    pub state: String,
    /// Through whom, and whose.
    pub owner: (Option<ResellerId>, CustomerId),
    /// The customer's name.
    pub customer_name: String,
    /// Is that a business?
    pub is_business: bool,
    /// From which months on who shares its bill, ascending.
    pub spells: Vec<KeptSplitSpell>,
    /// The account that its user has for their part.
    pub own: Option<OwnAccount>,
}

/// The account with which a line's user pays their part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAccount {
    /// Which.
    pub id: BillingAccountId,
    /// The name on it.
    pub holder: String,
    /// Where they are told of its invoices.
    pub email: String,
}

/// Who shares the bill of a line from a month on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSplitSpell {
    /// The first month.
    pub since: Month,
    /// Within which profile, and with whom; `None`: nobody.
    pub share: Option<KeptShare>,
}

/// Somebody who shares the bill of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptShare {
    /// The profile.
    pub profile: SplitProfileId,
    /// What the customer calls it.
    pub profile_name: String,
    /// The account that pays the rest.
    pub account: BillingAccountId,
    /// Whose that is.
    pub holder: String,
}

/// Somebody who is to pay a part of a line's bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPayer<'a> {
    /// Their name.
    pub name: &'a str,
    /// Where their invoices go.
    pub address: &'a BillingAddress,
    /// Where they are told of them.
    pub email: &'a str,
    /// The tag of their language; empty: the customer's.
    pub language: &'a str,
}

impl Scoped {
    /// The name of a customer, its reseller, and whether it is a business; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn employer(&self, customer: CustomerId) -> Result<Option<(String, Option<ResellerId>, bool)>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let sql = format!("SELECT c.name, c.reseller_id, c.business FROM customer c WHERE {within} AND c.id = $2");
        let Some(row) = self.store.row("find an employer", &sql, vec![scope, customer.0.into()]).await? else { return Ok(None) };
        let reseller: Option<i64> = row.get("reseller_id")?;
        let business: i16 = row.get("business")?;
        Ok(Some((row.get("name")?, reseller.map(ResellerId), business == 1)))
    }

    /// The profiles of a customer, those that are offered first; none outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn split_profiles(&self, customer: CustomerId) -> Result<Vec<KeptSplitProfile>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        // A spell counts for as long as none follows it that has begun, too.
        let sql = format!(
            "SELECT p.id, p.name, p.profile, p.ended, (SELECT COUNT(DISTINCT s.line_id) FROM line_split s JOIN line l ON l.id = s.line_id \
             WHERE s.profile_id = p.id AND l.state <> 'ended' AND NOT EXISTS (SELECT 1 FROM line_split later WHERE later.line_id = s.line_id \
             AND later.since > s.since)) AS line_count FROM split_profile p JOIN customer c ON c.id = p.customer_id \
             WHERE {within} AND c.id = $2 ORDER BY CASE WHEN p.ended IS NULL THEN 0 ELSE 1 END, p.name, p.id"
        );
        let rows = self.store.rows("list split-bill profiles", &sql, vec![scope, customer.0.into()]).await?;
        rows.iter().map(read_kept).collect()
    }

    /// Who shares the bill of a line; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn line_split(&self, line: LineId) -> Result<Option<LineSplit>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT l.id, l.number, l.user_name, l.state, l.reseller_id, l.customer_id, c.name AS customer_name, c.business \
             FROM line l JOIN customer c ON c.id = l.customer_id WHERE l.id = $1 AND {within}"
        );
        let values = vec![line.0.into(), scope];
        let Some(row) = self.store.row("find who shares a line's bill", &sql, values).await? else { return Ok(None) };
        let (number, reseller): (String, Option<i64>) = (row.get("number")?, row.get("reseller_id")?);
        let business: i16 = row.get("business")?;
        let sql = "SELECT s.since, s.profile_id, s.billing_account_id, p.name, a.holder FROM line_split s \
                   LEFT JOIN split_profile p ON p.id = s.profile_id LEFT JOIN billing_account a ON a.id = s.billing_account_id \
                   WHERE s.line_id = $1 ORDER BY s.since";
        let rows = self.store.rows("list who shared a line's bill", sql, vec![line.0.into()]).await?;
        Ok(Some(LineSplit {
            own: self.own_account(line).await?,
            line: LineId(row.get("id")?),
            number: read_party(&number),
            user: row.get("user_name")?,
            state: row.get("state")?,
            owner: (reseller.map(ResellerId), CustomerId(row.get("customer_id")?)),
            customer_name: row.get("customer_name")?,
            is_business: business == 1,
            spells: rows.iter().map(read_spell).collect::<Result<_, _>>()?,
        }))
    }

    /// The account of a line's user; `None` outside the scope, and where they pay nothing themselves.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn own_account(&self, line: LineId) -> Result<Option<OwnAccount>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT a.id, a.holder, a.invoice_email FROM billing_account a JOIN line l ON l.id = a.line_id WHERE l.id = $1 AND {within} \
             ORDER BY a.id DESC LIMIT 1"
        );
        let row = self.store.row("find the account of a line's user", &sql, vec![line.0.into(), scope]).await?;
        let read = |row: Row| -> Result<OwnAccount, StoreError> {
            Ok(OwnAccount { id: BillingAccountId(row.get("id")?), holder: row.get("holder")?, email: row.get("invoice_email")? })
        };
        row.map(read).transpose()
    }

    /// Who signs in for a line alone with another address than this one, by name; nobody for a line outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn others_of_line(&self, line: LineId, email: &str) -> Result<Vec<String>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT g.name FROM line l JOIN login g ON g.line_id = l.id WHERE l.id = $1 AND {within} AND LOWER(g.email) <> LOWER($3) \
             ORDER BY g.name, g.id LIMIT {MOST_OTHERS}"
        );
        let rows = self.store.rows("find who else signs in for a line", &sql, vec![line.0.into(), scope, email.into()]).await?;
        rows.iter().map(|row| row.get("name")).collect()
    }
}

impl Transaction {
    /// Adds a profile; `None` where the customer has one of that name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_split_profile(
        &self,
        customer: CustomerId,
        (name, profile): (&str, &SplitProfile),
    ) -> Result<Option<SplitProfileId>, StoreError> {
        let text = serde_json::to_string(profile)
            .map_err(|error| StoreError::Corrupt { column: "split_profile.profile", value: error.to_string() })?;
        let sql =
            "INSERT INTO split_profile (customer_id, name, profile) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id";
        let rows = self.rows("add a split-bill profile", sql, vec![customer.0.into(), name.into(), text.into()]).await?;
        rows.first().map(|row| row.get("id").map(SplitProfileId)).transpose()
    }

    /// Offers a profile no more, or again; `false` where the customer has no such one, or it is so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn offer_split_profile(
        &self,
        (customer, profile): (CustomerId, SplitProfileId),
        ended: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE split_profile SET ended = $3 WHERE id = $2 AND customer_id = $1 AND (ended IS NULL) <> (CAST($3 AS BIGINT) IS NULL)";
        let values = vec![customer.0.into(), profile.0.into(), ended.map(Timestamp::micros).into()];
        Ok(self.execute("offer a split-bill profile no more", sql, values).await? == 1)
    }

    /// Keeps everybody else from sharing a line's bill until the end; the profile by which it is to go once all that is planned holds, or none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_split(&self, line: LineId) -> Result<Option<SplitProfileId>, StoreError> {
        self.execute("hold a line", "UPDATE line SET user_name = user_name WHERE id = $1", vec![line.0.into()]).await?;
        let sql = "SELECT profile_id FROM line_split WHERE line_id = $1 ORDER BY since DESC LIMIT 1";
        let rows = self.rows("look what a line's bill goes by", sql, vec![line.0.into()]).await?;
        let profile: Option<i64> = rows.first().map_or(Ok(None), |row| row.get("profile_id"))?;
        Ok(profile.map(SplitProfileId))
    }

    /// The account of a line's user: the one that they have, whose facts are theirs to change, or a new one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn payer_account(&self, line: LineId, payer: &NewPayer<'_>) -> Result<BillingAccountId, StoreError> {
        let sql = "SELECT id FROM billing_account WHERE line_id = $1 ORDER BY id DESC";
        let known = self.rows("find the account of a line's user", sql, vec![line.0.into()]).await?;
        if let Some(row) = known.first() {
            return Ok(BillingAccountId(row.get("id")?));
        }
        let sql = "INSERT INTO billing_account (customer_id, name, holder, street, postcode, town, language, invoice_email, line_id) \
                   SELECT l.customer_id, $2, $2, $3, $4, $5, $6, $7, l.id FROM line l WHERE l.id = $1 RETURNING id";
        let values = vec![
            line.0.into(),
            payer.name.into(),
            payer.address.street.as_str().into(),
            payer.address.postcode.as_str().into(),
            payer.address.town.as_str().into(),
            payer.language.into(),
            payer.email.into(),
        ];
        let rows = self.rows("add the account of a line's user", sql, values).await?;
        let row = rows.first().ok_or(StoreError::Corrupt { column: "line.id", value: line.to_string() })?;
        Ok(BillingAccountId(row.get("id")?))
    }

    /// Has the bill of a line be shared, or whole, from a month on, in the place of what was planned for it and later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn plan_split(
        &self,
        (line, since): (LineId, Month),
        share: Option<(SplitProfileId, BillingAccountId)>,
        (asked, by): (Timestamp, &str),
    ) -> Result<(), StoreError> {
        self.drop_planned_split(line, since).await?;
        let sql = "INSERT INTO line_split (line_id, since, profile_id, billing_account_id, asked, asked_by) VALUES ($1, $2, $3, $4, $5, $6)";
        let values = vec![
            line.0.into(),
            since.into(),
            share.map(|(profile, _)| profile.0).into(),
            share.map(|(_, account)| account.0).into(),
            asked.into(),
            by.into(),
        ];
        self.execute("share a line's bill", sql, values).await.map(|_| ())
    }

    /// Forgets who is to share a line's bill from a month on and later; `false` where nothing is planned.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_planned_split(&self, line: LineId, since: Month) -> Result<bool, StoreError> {
        let sql = "DELETE FROM line_split WHERE line_id = $1 AND since >= $2";
        Ok(self.execute("forget who is to share a line's bill", sql, vec![line.0.into(), since.into()]).await? > 0)
    }

    /// Whoever used a line uses it no more: from this month on its bill is whole, and their account is of no line. What they were billed stays theirs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_split_of_user(&self, (line, month): (LineId, Month), by: (Timestamp, &str)) -> Result<(), StoreError> {
        // What was planned for them and taken back has left an account, too.
        let sql = "UPDATE billing_account SET line_id = NULL WHERE line_id = $1";
        self.execute("leave an account to whoever had it", sql, vec![line.0.into()]).await?;
        let sql = "SELECT 1 AS one FROM line_split WHERE line_id = $1";
        if self.rows("look whether a line's bill is shared", sql, vec![line.0.into()]).await?.is_empty() {
            return Ok(());
        }
        self.plan_split((line, month), None, by).await
    }
}

fn read_kept(row: &Row) -> Result<KeptSplitProfile, StoreError> {
    let (profile, ended): (String, Option<i64>) = (row.get("profile")?, row.get("ended")?);
    Ok(KeptSplitProfile {
        id: SplitProfileId(row.get("id")?),
        name: row.get("name")?,
        profile: read_profile(&profile)?,
        lines: row.get("line_count")?,
        is_ended: ended.is_some(),
    })
}

fn read_spell(row: &Row) -> Result<KeptSplitSpell, StoreError> {
    let (profile, account): (Option<i64>, Option<i64>) = (row.get("profile_id")?, row.get("billing_account_id")?);
    let share = match profile.zip(account) {
        Some((profile, account)) => Some(KeptShare {
            profile: SplitProfileId(profile),
            profile_name: row.get("name")?,
            account: BillingAccountId(account),
            holder: row.get("holder")?,
        }),
        None => None,
    };
    Ok(KeptSplitSpell { since: read_month(row.get("since")?)?, share })
}

/// What an employer pays, as it is kept.
pub(crate) fn read_profile(text: &str) -> Result<SplitProfile, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt { column: "split_profile.profile", value: error.to_string() })
}
