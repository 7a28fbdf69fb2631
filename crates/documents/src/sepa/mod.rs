//! Files for banks and from banks, in the XML of ISO 20022: direct debits to collect ([`CollectionFile`], pain.008) and
//! refunds to pay ([`RefundFile`], pain.001), what became of them (pain.002), and what the bank booked (camt.053, camt.054).
//!
//! What a file means is `billing`'s; how it is sent to a bank is nobody's here.

mod charset;
mod collection_file;
mod entries;
mod payments;
mod reading;
mod refund_file;
mod status_report;
mod writer;

pub use charset::sepa_text;
pub use collection_file::{CollectionFile, DebitToSend};
pub use entries::{Statement, Statements};
pub use payments::{AccountHolder, Block, Creditor, HolderProblem, SepaFileRefusal, Written};
pub use reading::{BankFile, BankFileError, MOST_FILE_BYTES, read_bank_file};
pub use refund_file::{RefundFile, RefundToSend};
pub use status_report::StatusReport;
