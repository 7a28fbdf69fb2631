//! The tables, their queries and migrations, on SQLite and PostgreSQL, and the [`Scope`] that every query needs.
//!
//! Queries are SQL texts that both engines read, with `$1` for values. What only one engine can do stands in one place each:
//! opening ([`Store::open`]), the identity column of the migrations, months as tables, and the bulk writers of usage.

mod bank_file;
mod bill_run;
mod billing_account;
mod brand;
mod bulk_change;
mod closed_month;
mod collection;
mod compare;
mod contract;
mod convergence;
mod debit_notice;
mod debtor;
mod dunning;
mod engine;
mod error;
mod esim;
mod home;
mod identity_change;
mod inventory;
mod invoice;
mod journal;
mod lease;
mod ledger;
mod life;
mod life_save;
mod line;
mod line_access;
mod line_account;
mod line_month;
mod line_services;
mod line_terms;
mod line_user;
mod lines;
mod login;
mod login_link;
mod login_number;
mod mail;
mod mandate;
mod member;
mod migrate;
mod network_answer;
mod network_letter;
mod next_id;
mod notification;
mod numbers;
mod obstacle;
mod open_items;
mod operators;
mod order;
mod outbox;
mod passkey;
mod payment;
mod payment_reader;
mod pending_sign_in;
mod provisioning;
mod query;
mod rate_again;
mod scope;
mod seal;
mod second_factor;
mod session;
mod shared_spend;
mod sign_in_try;
mod sim;
mod sim_batch;
mod sim_deliveries;
mod sims;
mod store;
mod telephony;
mod text_message;
mod usage;
mod usage_again;
mod usage_files;
mod usage_import;
mod voicemail;
mod work_order;

pub use bank_file::{KeptBankFile, KeptBankItem, NamedInvoice, NewBankFile, NewBankItem};
pub use bill_run::{
    AccountToBill, BillSaved, BillStage, CustomerToBill, InvoiceToTell, Issuer, KeptRun, NewInvoice, NewLedgerEntry, NewRun,
    Reader,
};
pub use billing_account::{BillingAccount, BillingAddress, InvoiceReader};
pub use brand::{Brand, BrandChange, BrandHost, BrandLogo, BrandLook, BrandOutcome, BrandText, Ground};
pub use bulk_change::{BulkRow, BulkStage, KeptBulk, NewBulk};
pub use collection::{DebitState, KeptCollection, KeptDebit, KeptPart, NewDebit};
pub use compare::{CustomerName, LineName};
pub use contract::ContractFacts;
pub use convergence::AccountMobile;
pub use debit_notice::NewNoticeOfDebit;
pub use debtor::KeptDebtor;
pub use dunning::{AccountToDun, DunningHold, DunningRow, KeptDunning, UnpaidLine, UnpaidWish};
pub use error::StoreError;
pub use esim::{CustomerPerson, KeptEsim};
pub use home::{Attention, Day};
pub use identity_change::{ChangeKind, KeptChange, NewChange, UndoneChange};
pub use invoice::{InvoiceQuery, InvoiceRow, OwedByAccount};
pub use journal::{By, Entry, JournalCheck, JournalQuery, NewEntry, Object};
pub use lease::HeldLease;
pub use ledger::LedgerCheck;
pub use life::{KeptCard, KeptLife, KeptNumber, LivesAsked};
pub use life_save::{ChangedLife, NewLetter, SavedBy};
pub use line::{Line, LineHoldings};
pub use line_access::{LineAccess, OwnAccess};
pub use line_account::{AccountDue, LineAccount};
pub use line_month::{KeptEvent, KeptMonth, UsageMonth};
pub use line_services::PastOption;
pub use line_terms::LineToRate;
pub use line_user::{LineUser, UserData};
pub use lines::{DataHold, LineQuery, LineRow, LineSort, LineUse, SortOrder};
pub use login::{Identifier, IdentifierKind, Login};
pub use login_link::{LinkPurpose, NewLink, OpenLink};
pub use login_number::NumberKind;
pub use mail::{ClaimedMail, KeptMail, MailClaim, MailOutcome, NewMail};
pub use mandate::{KeptIban, KeptMandate};
pub use member::{Member, MemberChange, NewMember, Party, PartyName};
pub use network_answer::NewNetworkAnswer;
pub use network_letter::{TakenLetter, Waiting};
pub use notification::Notified;
pub use numbers::{HeldNumber, NewNumbers, NumberFor, NumberMove, NumberPlace, NumberQuery, NumberStanding, NumbersFor};
pub use obstacle::Obstacle;
pub use order::{KeptOrder, LineInService, NewOrder, NewOrderLine};
pub use passkey::{Challenge, KeptPasskey, NewChallenge, NewPasskey};
pub use payment::{Asker, CallbackAside, KeptPayment, NewPayment, Payer};
pub use payment_reader::PaymentReader;
pub use pending_sign_in::NewPending;
pub use provisioning::{
    LoginOwner, NewBrand, NewCustomer, NewLine, NewLogin, NewNotice, NewOperator, NewPack, NewPaper, NewReseller, NewSpend,
    NoticeTo, Provisioned,
};
pub use query::{Row, Value};
pub use rate_again::{Corrections, CustomerLines, RatedAgain, RatedAgainRow};
pub use scope::{Reach, Scope, Scoped};
pub use seal::{RowName, SEALED, SealedColumn, SealedValue};
pub use second_factor::KeptCodes;
pub use session::{KeptSession, NewSession};
pub use shared_spend::SharedSpend;
pub use sign_in_try::Tries;
pub use sim::{KeptSim, SealedCodes, SimHolding, SimOfLine};
pub use sim_batch::{AddedSim, KeptBatch, NewBatch, NewSim};
pub use sim_deliveries::{DeliveryAddress, KeptDelivery, NewDelivery};
pub use sims::{SimHolder, SimQuery};
pub use store::{Store, Transaction};
pub use telephony::KeptTelephony;
pub use text_message::{ClaimedText, KeptText, NewText};
pub use usage::{Charged, KeptUsage, LineSum, Matching, SpecialNumbers, UsageOrder, UsageSelection, UsageSum, Window};
pub use usage_again::{AgainOutcome, AsideAgain, AsideRow, AsideRows};
pub use usage_files::{AsideCount, AsideList, FileOrigin, KeptFile, KeptSetAside};
pub use usage_import::{
    DaySums, FileClaim, FileFacts, ImportLease, LateUsage, LineEvent, LineMonth, OperatorSums, SetAsideRow, UsageRow,
    UsageWriter, WriteBatch,
};
pub use voicemail::{KeptBox, KeptMessage, KeptSound, Leftover, NewMessage};
pub use work_order::{KeptWork, WorkAsked};
