//! Operations on real databases, both engines.

mod import;
mod rate_again;
mod roaming;
mod stage;
