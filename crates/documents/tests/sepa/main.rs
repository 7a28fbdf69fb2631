//! Files for banks and from banks.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod answers;
mod booked;
mod hostile;
mod validators;
mod written;

use std::{fs, path::Path};

/// A sample of what a bank sends: `camt.053.001.08`.
fn sample(message: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../fuzz/seeds/bank/{message}.xml"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

const SAMPLES: [&str; 8] = [
    "camt.053.001.02",
    "camt.053.001.04",
    "camt.053.001.08",
    "camt.054.001.02",
    "camt.054.001.04",
    "camt.054.001.08",
    "pain.002.001.03",
    "pain.002.001.10",
];
