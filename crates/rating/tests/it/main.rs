//! The rules of rating, each shown on the catalogues of the repository. Expected amounts are worked out by hand in comments, from
//! the rows of `prices.csv` that they name.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod abroad;
mod business;
mod ends;
mod fair_use;
mod fixed;
mod metered;
mod money;
mod order;
mod plans;
mod properties;
mod stage;
