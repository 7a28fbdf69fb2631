//! A real mail server (`aiosmtpd`) that runs as long as a test, and answers as the recipient's name says.

use anyhow::{Context, Result};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// Debian's Python, for which Debian's packages are.
const PYTHON: &str = "/usr/bin/python3";

/// A mail server. `nobody@`, `busy@` are refused as recipients, for good and for now; the mail to `spam@`, `full@` likewise once it is whole;
/// that to `lost@` is taken, and the connection ends before the answer. Every other mail is taken.
#[derive(Debug)]
pub struct SmtpServer {
    program: Child,
    port: u16,
    folder: TempDir,
}

impl SmtpServer {
    /// Starts a server that takes mails from everybody.
    ///
    /// # Errors
    /// When it is not installed: `cargo xtask test` does.
    pub fn start() -> Result<Self> {
        Self::start_with(&[])
    }

    /// Starts a server with a certificate and its key, which asks for STARTTLS and for user `cadran` with password `s/cret`.
    ///
    /// # Errors
    /// When it is not installed: `cargo xtask test` does.
    pub fn start_guarded(certificate: &Path, key: &Path) -> Result<Self> {
        Self::start_with(&[certificate, key])
    }

    fn start_with(arguments: &[&Path]) -> Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a folder for mails")?;
        let script = folder.path().join("smtp_server.py");
        fs::write(&script, include_str!("smtp_server.py")).context("cannot write the mail server")?;
        let mails = folder.path().join("mails");
        fs::create_dir(&mails).context("cannot make a folder for mails")?;
        let mut command = Command::new(PYTHON);
        command.arg(&script).arg(&mails).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = command.spawn().with_context(|| format!("cannot start {PYTHON}"))?;
        let output = program.stdout.take().context("the output is piped")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).context("cannot read what the mail server says")?;
        let port =
            line.trim().parse().context("no mail server: is python3-aiosmtpd installed? `cargo xtask test` installs it")?;
        Ok(Self { program, port, folder })
    }

    /// Where it listens, on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The mails that it took so far, as they came.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn mails(&self) -> Result<Vec<String>> {
        let entries = fs::read_dir(self.folder.path().join("mails")).context("cannot list mails")?;
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
        paths.sort();
        paths.iter().map(|path| Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())).collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ended = self.program.kill();
        let _reaped = self.program.wait();
    }
}
