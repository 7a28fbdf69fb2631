//! The list of invoices, the latest first, and what the accounts of one's own customer owe.

use super::signed;
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    dunning::late_words,
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use form_urlencoded::{Serializer, parse};
use operations::{
    dunning::{self, desk::LateAccount},
    invoices::{self, Asked, InvoiceRow, Listed},
    permission::Role,
};
use std::collections::BTreeSet;
use vocabulary::{Cents, Month};

/// Invoices on a page.
const ROWS: usize = 50;
/// No filter is longer, in characters: a longer text is cut.
const LONGEST_TEXT: usize = 80;

/// The page.
#[derive(Template)]
#[template(path = "invoices/list.html")]
pub struct InvoicesPage {
    /// Its frame.
    pub page: Page,
    /// What was asked for.
    pub asked: Asked,
    /// What was found.
    pub listed: Listed,
    /// What is late of one's own accounts, and what comes next.
    pub late: Vec<LateAccount>,
}

impl InvoicesPage {
    /// Do the invoices of this page say of which account they are?
    fn shows_accounts(&self) -> bool {
        let accounts: BTreeSet<_> = self.listed.rows.iter().map(|row| row.account).collect();
        self.listed.owed.len() > 1 || (self.page.sees_several_customers() && accounts.len() > 1)
    }

    fn late_words(&self, late: &LateAccount) -> String {
        late_words(&self.page, late, self.listed.owed.len() > 1)
    }

    fn total_owed(&self) -> Cents {
        self.listed.owed.iter().map(|one| one.owed).sum()
    }

    /// What is owed, as people say it: a debt, nothing, or a credit.
    fn owed_title(&self) -> &'static str {
        if self.total_owed().is_negative() { self.page.t("invoices-credit") } else { self.page.t("invoices-owed") }
    }

    /// How much, without its sign: the title says which way.
    fn owed_figure(&self) -> String {
        let total = self.total_owed();
        self.page.money(if total.is_negative() { (-total).money() } else { total.money() })
    }

    /// Whether a reseller issued an invoice or received it from the operator.
    fn way(&self, row: &InvoiceRow) -> Option<String> {
        let from = self.listed.from.as_ref()?;
        Some(if row.issuer.is_operator() {
            self.page.ta("invoice-received-from", from)
        } else {
            self.page.t("invoice-issued-by-you").to_owned()
        })
    }

    fn amount(&self, row: &InvoiceRow) -> String {
        self.page.money(signed(row).money())
    }

    /// The class of a badge and what it says: paid, or what is open and since when. A credit note has none.
    fn state(&self, row: &InvoiceRow) -> Option<(&'static str, String)> {
        if row.is_credit_note {
            return None;
        }
        Some(match self.listed.open.get(&row.id) {
            None => ("active", self.page.t("invoice-paid").to_owned()),
            Some(open) if row.due < self.listed.today => ("failed", self.page.ta("invoice-overdue", self.money(open))),
            Some(open) => ("in-progress", self.page.ta("invoice-open-amount", self.money(open))),
        })
    }

    fn money(&self, amount: &Cents) -> String {
        self.page.money(amount.money())
    }

    fn is_month(&self, month: &Month) -> bool {
        self.asked.month == Some(*month)
    }

    /// Does the reader use a line that others pay for?
    fn pays_nothing(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.role == Role::Member) && self.listed.owed.is_empty()
    }

    fn is_filtered(&self) -> bool {
        self.asked.month.is_some() || !self.asked.text.is_empty()
    }

    /// Where older ones stand.
    fn older(&self) -> Option<String> {
        let last = self.listed.rows.last().filter(|_| self.listed.has_more)?;
        Some(url(&Asked { before: Some(last.id), ..self.asked.clone() }))
    }

    /// Back to the latest, with the same filters.
    fn latest(&self) -> Option<String> {
        self.asked.before.map(|_| url(&Asked { before: None, ..self.asked.clone() }))
    }
}

fn read(query: &str) -> Asked {
    let mut asked = Asked::default();
    for (name, value) in parse(query.as_bytes()) {
        match name.as_ref() {
            "month" => asked.month = value.parse().ok(),
            "text" => asked.text = value.trim().chars().take(LONGEST_TEXT).collect(),
            "before" => asked.before = value.parse().ok(),
            _ => {}
        }
    }
    asked
}

fn url(asked: &Asked) -> String {
    let mut query = Serializer::new(String::new());
    if let Some(month) = asked.month {
        query.append_pair("month", &month.to_string());
    }
    if !asked.text.is_empty() {
        query.append_pair("text", &asked.text);
    }
    if let Some(before) = asked.before {
        query.append_pair("before", &before.to_string());
    }
    let query = query.finish();
    if query.is_empty() { "/invoices".into() } else { format!("/invoices?{query}") }
}

/// Shows the list.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let asked = read(query.as_deref().unwrap_or_default());
    let listed = invoices::list(&app.house, &signed.actor, &asked, ROWS).await?.ok_or(Stop::NOT_FOUND)?;
    let late = dunning::desk::late(&app.house, &signed.actor).await?;
    html(&InvoicesPage { page: Page { here: url(&asked), ..signed.page }, asked, listed, late })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::InvoiceId;

    #[test]
    fn a_filter_is_read_from_the_address_that_it_writes() {
        let asked = Asked { month: "2026-11".parse().ok(), text: "Müller & fils".into(), before: Some(InvoiceId(12)) };
        assert_eq!(read(url(&asked).strip_prefix("/invoices?").unwrap()), asked);
        assert_eq!((url(&Asked::default()).as_str(), read("month=x&before=y")), ("/invoices", Asked::default()));
    }
}
