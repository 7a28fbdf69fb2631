//! The store on both databases: what each query answers, and to whom.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod brand;
mod journal;
mod lines;
mod mail;
mod members;
mod migrations;
mod obstacles;
mod shared_spend;
mod sign_in;
mod sims;
mod town;
mod usage;
