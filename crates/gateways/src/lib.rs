//! The adapters of the ports that `operations` has to the world: mail servers, host networks, SM-DP+ servers, and what stands in for them in
//! a demonstration.
//!
//! An adapter speaks a protocol and says what came of it. It decides nothing: when to try again, and what is told to whom, is
//! `operations`' matter. No adapter reads the database.

mod connections;
mod demo_mailbox;
pub mod es2plus;
pub mod http_network;
mod http_peer;
mod json_lines;
pub mod known_hosts;
pub mod sandbox_payments;
pub mod simulated_network;
pub mod simulated_smdp;
pub mod sip_redirect;
mod smtp;
mod smtp_url;
pub mod stripe;
pub mod switch_lookup;
mod switch_words;
mod tls;

pub use demo_mailbox::DemoMailbox;
pub use smtp::{SmtpPort, SmtpSetupError};
pub use smtp_url::{SmtpUrl, SmtpUrlError};
