//! Operations on real databases, both engines.

mod compare;
mod import;
mod mail;
mod rate_again;
mod roaming;
mod stage;
mod usage_again;
mod usage_desk;
