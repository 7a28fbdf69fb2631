//! Operations on real databases, both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod bad_input;
mod bill_run;
mod brand;
mod call_journal;
mod changes;
mod compare;
mod compare_desk;
mod contract;
mod esim;
mod esim_messages;
mod esim_swap;
mod extras;
mod helped;
mod fees;
mod identity;
mod import;
mod life;
mod line_access;
mod line_account;
mod line_user;
mod mail;
mod members;
mod network_answers;
mod notification;
mod numbers;
mod orders;
mod passkey;
mod payments;
mod people;
mod proof;
mod rate_again;
mod roaming;
mod second_factor;
mod shared_money;
mod sim_deliveries;
mod sims;
mod stage;
mod strangers;
mod telephony;
mod text_message;
mod usage_again;
mod usage_desk;
mod voicemail;
mod year;
