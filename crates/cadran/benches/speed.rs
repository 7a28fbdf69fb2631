//! `cargo bench`: the benchmarks of `cadran bench` that need nothing but this machine, by the program built for release. What stands after
//! `--` chooses: `cargo bench -p cadran -- rate import-sqlite`.

use std::process::{Command, ExitCode};

const ALONE: [&str; 2] = ["rate", "import-sqlite"];

fn main() -> ExitCode {
    // Cargo adds options of its own for the usual harness.
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let mut bench = Command::new(env!("CARGO_BIN_EXE_cadran"));
    bench.arg("bench");
    if asked.is_empty() {
        bench.args(ALONE)
    } else {
        bench.args(asked)
    };
    match bench.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("the program cannot be started: {error}");
            ExitCode::FAILURE
        }
    }
}
