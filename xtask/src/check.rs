//! `cargo xtask check`: what a change has to pass before its tests are worth running.

use crate::run::{cargo, exit_code, status};
use anyhow::Result;
use std::process::ExitCode;

/// Format, lints, rules of the house: all three are run, so that one look shows everything.
pub(crate) fn run() -> Result<ExitCode> {
    let steps: [(&str, &[&str]); 3] = [
        ("format", &["fmt", "--all", "--check"]),
        ("lints", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]),
        ("house", &["test", "--package", "xtask", "--quiet"]),
    ];
    let mut code = ExitCode::SUCCESS;
    for (name, arguments) in steps {
        let status = status(name, &mut cargo(arguments))?;
        if !status.success() {
            code = exit_code(status);
        }
    }
    Ok(code)
}
