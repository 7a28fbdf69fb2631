//! What documents promise, tried on invoices of every sort.

mod invoices;
mod pages;
mod samples;
mod validators;
