//! What documents promise, tried on invoices of every sort.
#![allow(clippy::unwrap_used, reason = "what a sample or a validator lacks ends the test")]

mod credits;
mod invoices;
mod pages;
mod parties;
mod samples;
mod statements;
mod texts;
mod validators;
