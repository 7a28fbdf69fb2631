//! The rules of rating, each shown on the catalogues of the repository. Expected amounts are worked out by hand in comments, from
//! the rows of `prices.csv` that they name.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod abroad;
mod blocks;
mod business;
mod call_cost;
mod capped;
mod data_only;
mod ends;
mod fair_use;
mod fixed;
mod fold;
mod guards;
mod journal;
mod kept;
mod kinds;
mod markup;
mod metered;
mod money;
mod month;
mod options;
mod order;
mod plans;
mod prices;
mod properties;
mod shared_money;
mod stage;
mod travel;
