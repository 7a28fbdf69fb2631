//! Who is told by mail what became of a payment (CUS-09).

use crate::{Issuer, Store, StoreError};
use vocabulary::PaymentId;

/// Who asked for a payment, and what a mail says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentReader {
    /// Where mails go.
    pub email: String,
    /// The person.
    pub name: String,
    /// The language of mails; empty for the brand's own.
    pub language: String,
    /// The brand that writes.
    pub host: String,
    /// Where its links lead to: `https://host`.
    pub site: String,
    /// What the customer calls the account.
    pub account: String,
    /// The number of the invoice that is paid first; empty for none.
    pub invoice: String,
}

impl Store {
    /// Who asked for a payment; `None` where nobody is told: there is no such payment, or who asked has no address any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn payment_reader(&self, issuer: Issuer, id: PaymentId) -> Result<Option<PaymentReader>, StoreError> {
        let sql = "SELECT g.email, g.name, g.language, p.host, p.site, a.name AS account, COALESCE(i.number, '') AS invoice \
                   FROM payment p JOIN login g ON g.id = p.login_id JOIN billing_account a ON a.id = p.billing_account_id \
                   LEFT JOIN invoice i ON i.id = p.invoice_id WHERE p.operator_id = $1 AND p.issuer = $2 AND p.id = $3 \
                   AND g.state = 'validated' AND g.email <> '' AND p.host <> ''";
        let values = vec![issuer.operator.0.into(), issuer.number().into(), id.0.into()];
        let Some(row) = self.row("find who asked for a payment", sql, values).await? else { return Ok(None) };
        Ok(Some(PaymentReader {
            email: row.get("email")?,
            name: row.get("name")?,
            language: row.get("language")?,
            host: row.get("host")?,
            site: row.get("site")?,
            account: row.get("account")?,
            invoice: row.get("invoice")?,
        }))
    }
}
