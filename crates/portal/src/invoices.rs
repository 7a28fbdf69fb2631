//! Invoices: the list with what is owed, each with what it says, and its documents (CUS-07, FLT-17).

pub mod credit;
pub mod lines;
pub mod list;
pub mod payment;
pub mod show;

use crate::Page;
use operations::invoices::{InvoiceRow, Revenue};
use vocabulary::Cents;

/// What something on an invoice is for.
pub(crate) fn revenue_name(page: &Page, revenue: Revenue) -> &'static str {
    match revenue {
        Revenue::Plans => page.t("revenue-plans"),
        Revenue::Options => page.t("revenue-options"),
        Revenue::Usage => page.t("revenue-usage"),
        Revenue::OneOff => page.t("revenue-one-off"),
        Revenue::Discounts => page.t("revenue-discounts"),
        Revenue::Dunning => page.t("revenue-dunning"),
    }
}

/// What an invoice comes to: a credit note gives back.
pub(crate) fn signed(row: &InvoiceRow) -> Cents {
    if row.is_credit_note { -row.gross } else { row.gross }
}
