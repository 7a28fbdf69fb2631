//! Operations on real databases, both engines.

mod import;
mod roaming;
mod stage;
