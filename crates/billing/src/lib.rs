//! What the money becomes: charges that are due, invoices, VAT, the ledger's transfers, reminders, collections.
//!
//! Pure: what a line has and used comes in as values, with the days that matter; invoices and transfers come out. It reads no clock, no file
//! and no database, so a month can be billed again on any machine and comes out the same. It owns neither the look of an invoice nor its
//! XML, which are `documents`'.

mod bundle;
mod charge;
mod draft;
mod due;
mod invoice;
mod party;
mod period;
mod posting;
mod run;
mod split;
mod terms;
mod vat;

pub use charge::{Charge, shared};
pub use draft::{AccountTerms, Draft, Letterhead, Sign};
pub use due::Due;
pub use invoice::{
    Count, Discount, Invoice, InvoiceKind, InvoiceLine, InvoiceNumber, Item, MandateShown, MonthTotal, PaymentMeans, Share,
    Subject, Totals, UsageCount, VatSubtotal,
};
pub use party::{Address, Buyer, ElectronicAddress, LegalId, Mentions, Seller};
pub use posting::{LedgerAccount, LedgerAccountError, Revenue, Transfer};
pub use run::{Before, Run, Unbillable};
pub use split::{SplitKind, SplitProfile};
pub use terms::{Billed, CustomerTerms, Grant, LineTerms, OptionSpell, PackTerms, PlanSpell, Reduction, UsageCharge};
pub use vat::{Taxable, VatCategory, VatParties, VatRate, VatTerms};
pub use vocabulary::{Reach, UsageGroup};
