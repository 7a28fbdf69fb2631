//! One function a capability: authorize, load, let a decider decide, save.
//!
//! What a request or a command needs of the program stands in a [`House`]. Every function that reads takes the asker's
//! [`Scope`], which the sign-in made; nothing here knows HTTP or SQL.

pub mod account;
mod actor;
mod allowance;
pub mod amount;
mod back_off;
pub mod bank_file;
pub mod bill_run;
pub mod billing_account;
pub mod brand;
pub mod bulk_change;
pub mod cap_lift;
mod catalog_names;
pub mod collection;
pub mod compare;
pub mod consumption;
pub mod contact_numbers;
pub mod contract;
pub mod convergence;
pub mod credit_note;
mod delivery;
pub mod dunning;
pub mod email_change;
mod entering;
pub mod esim;
pub mod esim_port;
pub mod factor_removal;
pub mod first_access;
pub mod forward_cost;
pub mod grouped;
pub mod home;
pub mod host_network;
mod house;
pub mod humanity;
pub mod identifier;
pub mod identity_change;
pub mod invoice_lines;
pub mod invoices;
pub mod journal;
pub mod journal_names;
pub mod keys;
pub mod life;
pub mod line;
pub mod line_access;
pub mod line_account;
mod line_alert;
pub mod line_change;
mod line_month;
pub mod line_services;
pub mod line_user;
pub mod lines;
pub mod mail;
pub mod mandate;
pub mod members;
pub mod network_callback;
pub mod network_delivery;
pub mod notification;
pub mod number_intake;
pub mod number_transfer;
pub mod numbers;
mod one_time_code;
pub mod order;
pub mod passkey;
pub mod password;
pub mod payment_provider;
pub mod payment_sandbox;
pub mod payments;
pub mod pending_sign_in;
pub mod permission;
pub mod profile_servers;
pub mod proof;
mod provisioning;
pub mod rate_again;
mod recovery_code;
pub mod refusal;
pub mod regret;
pub mod reseller;
pub mod retail;
pub mod revenue;
pub mod seal;
pub mod second_factor;
pub mod sign_in;
pub mod sim_batches;
pub mod sim_deliveries;
pub mod sim_swap;
pub mod sim_transfer;
pub mod sims;
pub mod split_bill;
pub mod statement;
pub mod switch;
pub mod telephony;
pub mod text_message;
pub mod usage;
pub mod usage_again;
pub mod usage_desk;
pub mod usage_files;
pub mod usage_import;
pub mod voicemail;
pub mod work_orders;

pub use actor::Actor;
pub use allowance::{AllowanceUse, Consumed, LineKind};
pub use catalog::AtEnd;
pub use catalog::{Fault, Service};
pub use entering::PENDING_S;
pub use house::{House, OperationError};
pub use provisioning::{
    NewBrand, NewCustomer, NewLine, NewLogin, NewNotice, NewOperator, NewPack, NewPaper, NewReseller, NewSpend, NoticeTo,
    provision, provision_and_invite,
};
pub use rating::{Hold, SpendOwner, SpendPeriod};
pub use store::{
    ChangeKind, Charged, CustomerName, IdentifierKind, JournalCheck, KeptPasskey, KeptSession, NumberKind, Reach, Scope,
    UsageOrder,
};
