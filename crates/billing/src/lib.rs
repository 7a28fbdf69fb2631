//! What the money becomes: charges that are due, invoices, VAT, the ledger's transfers, reminders, collections.
//!
//! Pure: what a line has and used comes in as values, with the days that matter; invoices and transfers come out. It reads no clock, no file
//! and no database, so a month can be billed again on any machine and comes out the same. It owns neither the look of an invoice nor its
//! XML, which are `documents`'.

mod bank_amount;
mod bank_answer;
mod bundle;
mod charge;
mod collection;
mod credit;
mod draft;
mod due;
mod dunning;
mod invoice;
mod mandate;
mod matching;
mod open_items;
mod party;
mod payment;
mod period;
mod posting;
mod retail;
mod return_reason;
mod run;
mod split;
mod summed;
mod terms;
mod vat;

pub use bank_amount::{BankAmount, Currency, CurrencyError};
pub use bank_answer::{
    AnswerRefusal, BankAnswer, Concerns, Consequence, NextStep, Outcome, REFUND_WEEKS, SentDebit, Settled, take_answer,
};
pub use charge::{Charge, shared};
pub use collection::{
    Announced, Announcement, CollectionPlan, Debit, DebitDay, DebitDayError, DebitTerms, Debtor, EndToEndId, FileDays,
    InvoicePart, MOST_OF_A_DEBIT, NotCollected, NoticeOfDebit,
};
pub use credit::{CreditAsked, CreditRefusal, LONGEST_REASON, Left, credit};
pub use draft::{AccountTerms, Draft, Letterhead, Sign};
pub use due::Due;
pub use dunning::{DebtorKind, DunnedAccount, DunningCase, DunningMove, DunningNotice, DunningStep, NextDunning, dunning};
pub use invoice::{
    Count, Discount, Invoice, InvoiceKind, InvoiceLine, InvoiceNumber, Item, MandateShown, MonthTotal, PaymentMeans, Share,
    Subject, Totals, UsageCount, VatSubtotal,
};
pub use mandate::{
    ChangedAccount, Following, LAPSES_AFTER_MONTHS, Mandate, MandateEnd, MandateKind, MandateRefusal, MandateState, Sequence,
    Used,
};
pub use matching::{
    BankEntry, Booking, EntryOfDebit, KnownPart, LeftReason, Match, Payable, Payables, arrived_transfer, matched_transfer,
    may_name, parted_transfer, returned_transfer, unmatched_transfer,
};
pub use open_items::{Claim, OpenItem, OpenItems, Settlement};
pub use party::{Address, Buyer, ElectronicAddress, LegalId, Mentions, Seller};
pub use payment::{
    AmountRefusal, AsideReason, PaymentNews, PaymentState, PaymentStep, given_back, may_be_paid, payment_transfer,
    refund_transfer,
};
pub use posting::{LedgerAccount, LedgerAccountError, Revenue, Transfer};
pub use return_reason::{MandateFate, ReturnReason};
pub use run::{Before, Run, Unbillable};
pub use split::{SplitKind, SplitProfile};
pub use terms::{Billed, CustomerTerms, Grant, LineTerms, OptionSpell, PackTerms, PlanSpell, Reduction, SplitSpell, UsageCharge};
pub use vat::{Taxable, VatCategory, VatParties, VatRate, VatTerms};
pub use vocabulary::{Reach, UsageGroup};
