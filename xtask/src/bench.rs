//! `cargo xtask bench`: the benchmarks of the program, built for release.

use crate::{
    cluster::{Cluster, Durability},
    programs,
    run::{cargo, exit_code, status},
};
use anyhow::Result;
use std::process::ExitCode;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Bench {
    /// Only these benchmarks; without a name all
    names: Vec<String>,
}

impl Bench {
    /// Builds for release, starts a PostgreSQL that keeps its promises, runs `cadran bench`; the exit code is the program's.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        programs::provide_postgres()?;
        let built = status("build", &mut cargo(&["build", "--release", "--package", "cadran"]))?;
        if !built.success() {
            return Ok(exit_code(built));
        }
        let cluster = Cluster::start(Durability::Durable)?;
        let mut bench = cargo(&["run", "--release", "--quiet", "--package", "cadran", "--", "bench"]);
        let status = status("bench", bench.args(&self.names).env("CADRAN_BENCH_POSTGRES", cluster.url()))?;
        Ok(exit_code(status))
    }
}
