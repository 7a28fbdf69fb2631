//! Starting programs, and telling how long each step took. All of it is written to the error output: the output is cargo's.

use anyhow::{Context, Result};
use std::{
    env,
    path::PathBuf,
    process::{Command, ExitCode, ExitStatus},
    time::Instant,
};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let mut folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    folder.pop();
    folder
}

/// The cargo that started this program, in the workspace's folder.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root()).args(arguments);
    cargo
}

/// Does one step and writes how long it took, failed or not.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let outcome = work();
    eprintln!("xtask: {name}: {:.1?}", start.elapsed());
    outcome
}

/// Runs a program as one step and waits for it.
pub(crate) fn status(name: &str, command: &mut Command) -> Result<ExitStatus> {
    step(name, || command.status().with_context(|| format!("cannot start `{}`", command.get_program().display())))
}

/// The exit code that passes a program's own on. One that a signal ended counts as failed.
pub(crate) fn exit_code(status: ExitStatus) -> ExitCode {
    status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}
