//! The pages of the house: what each one shows, how it looks, and in which words.
//!
//! A page is a view struct with its compiled template beside it, filled by a handler from what an operation answered. Values arrive
//! typed ([`vocabulary::Money`], [`vocabulary::Quantity`], instants) and become text here, by the rules of the reader's language.
//! [`server`] has every address in one table; [`session`] makes of a request who asks. No rule of business
//! and no SQL lives in this room.

pub mod access;
pub mod account;
pub mod addresses;
pub mod amount;
mod answer;
pub mod assets;
pub mod bank_files;
pub mod bill_runs;
pub mod billing_accounts;
pub mod brand;
pub mod brands;
pub mod chart;
pub mod compare;
pub mod consumption;
mod cookies;
mod csv;
pub mod dunning;
pub mod error;
mod history;
pub mod home;
mod icons;
pub mod invoices;
pub mod journal;
mod label;
pub mod legal;
pub mod line_access;
pub(crate) mod line_journal;
pub mod lines;
mod locale;
pub mod mail;
pub mod mailbox;
pub mod mails;
pub mod members;
mod multipart;
mod network_callback;
pub mod not_me;
pub mod numbers;
pub mod orders;
pub mod page;
pub mod pagination;
pub mod payments;
mod preferences;
mod profile_progress;
pub mod proof;
mod qr;
pub mod resellers;
pub mod retail;
pub mod revenue;
pub mod samples;
pub mod second_factor;
pub mod server;
pub mod session;
pub mod sign_in;
pub mod sims;
pub mod split_profiles;
mod text;
mod text_message;
pub mod usage;
pub mod usage_files;
mod way_back;
pub mod work_orders;

pub use answer::Stop;
pub use icons::Icon;
pub use locale::Locale;
pub(crate) use operations::Actor;
pub use page::{Page, Permission, Role, Section, Theme, Viewer};
pub use server::{App, serve};
