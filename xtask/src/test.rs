//! `cargo xtask test`: all tests, on a machine that has Rust and nothing else of ours.

use crate::{
    cluster::{Cluster, Durability},
    programs,
    run::{cargo, exit_code, status},
    validators,
};
use anyhow::Result;
use std::{env, num::NonZeroUsize, process::ExitCode, thread};

/// How many tests run at once, as Rust's test programs read it.
const THREADS: &str = "RUST_TEST_THREADS";
/// On a machine of many cores no more do: each may have a browser and a dozen connections to PostgreSQL.
const MOST_THREADS: usize = 4;

/// What to test.
#[derive(clap::Args)]
pub(crate) struct Test {
    /// Only this package, several times for several; without it all of the workspace
    #[arg(short, long = "package", value_name = "PACKAGE")]
    packages: Vec<String>,
    /// Only tests whose names contain one of these
    filters: Vec<String>,
}

impl Test {
    /// Installs what is missing, starts a PostgreSQL, runs cargo's tests with it; the exit code is cargo's.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        programs::provide_for_tests()?;
        let cluster = Cluster::start(Durability::Forgetful)?;
        let mut tests = cargo(&self.cargo_arguments());
        tests.env("CADRAN_TEST_POSTGRES", cluster.url()).env(validators::VARIABLE, validators::provide()?);
        if env::var_os(THREADS).is_none() {
            let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
            tests.env(THREADS, cores.min(MOST_THREADS).to_string());
        }
        let status = status("cargo test", &mut tests)?;
        Ok(exit_code(status))
    }

    fn cargo_arguments(&self) -> Vec<&str> {
        // Every result is worth knowing, not only those before the first failure.
        let mut arguments = vec!["test", "--no-fail-fast"];
        if self.packages.is_empty() {
            arguments.push("--workspace");
        }
        for package in &self.packages {
            arguments.extend(["--package", package]);
        }
        if !self.filters.is_empty() {
            arguments.push("--");
            arguments.extend(self.filters.iter().map(String::as_str));
        }
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_gets_packages_and_filters() {
        let arguments = |packages: &[&str], filters: &[&str]| {
            let own = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
            Test { packages: own(packages), filters: own(filters) }.cargo_arguments().join(" ")
        };
        assert_eq!(arguments(&[], &[]), "test --no-fail-fast --workspace");
        assert_eq!(arguments(&["a", "b"], &["x", "y"]), "test --no-fail-fast --package a --package b -- x y");
    }
}
