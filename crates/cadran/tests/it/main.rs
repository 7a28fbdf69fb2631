//! The program as a person runs it: arguments in, output and exit code out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod access;
mod brand;
mod catalog_check;
mod catalog_mistakes;
mod changes;
mod direct_debit;
mod esim;
mod extras;
mod helped;
mod import;
mod logs;
mod mail;
mod members;
mod orders;
mod payments;
mod peers;
mod peers_spoken;
mod portal;
mod proof;
mod rate;
mod resellers;
mod resources;
mod retail;
mod roaming_fup;
mod second_factor;
mod sims;
mod sipp;
mod split_bill;
mod switch_settings;
mod switches;
mod telephone;
mod usage_commands;
mod users;
mod voicemail;

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

fn catalogs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalogs")
}

/// Runs the program with a text at its standard input.
fn cadran(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cadran"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}
