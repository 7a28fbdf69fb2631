//! What developing needs beside cargo: `cargo xtask test | check | assets | bench`. One module a verb.
//!
//! `house` holds the tests that keep the house as ARCHITECTURE.md draws it; they run with all others.

mod assets;
mod bench;
mod check;
mod cluster;
#[cfg(test)]
mod house;
mod programs;
mod run;
mod test;
mod validators;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tests, checks, vendored assets and benchmarks of Cadran")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Run all tests, with a real browser and a PostgreSQL of their own
    Test(test::Test),
    /// Check format, lints and the rules of the house
    Check,
    /// Fetch the vendored assets again and check them
    Assets,
    /// Build for release and run `cadran bench` with a PostgreSQL of its own
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().verb {
        Verb::Test(test) => test.run(),
        Verb::Check => check::run(),
        Verb::Assets => assets::run(),
        Verb::Bench(bench) => bench.run(),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
