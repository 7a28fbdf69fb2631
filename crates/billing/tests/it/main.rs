//! The rules of billing, each shown on the catalogues of the repository, month after month. Expected amounts are worked out by hand.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod bank;
mod bundles;
mod credits;
mod drafts;
mod dunning;
mod fees;
mod months;
mod payments;
mod properties;
mod retail;
mod stage;
mod summed;
mod vat;
