//! The programs that the tests need and Rust does not bring: found, or installed from Debian's archive.

use crate::run::step;
use anyhow::{Context, Result, bail};
use std::{
    cmp::Reverse,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Where Debian puts each version of PostgreSQL's server programs.
const POSTGRES_VERSIONS: &str = "/usr/lib/postgresql";

/// A program that is needed, and the Debian package that brings it.
struct Need {
    program: &'static str,
    package: &'static str,
    is_there: fn() -> bool,
}

const CHROMIUM: Need = Need { program: "chromium", package: "chromium", is_there: || in_path("chromium").is_some() };
const CHROMEDRIVER: Need =
    Need { program: "chromedriver", package: "chromium-driver", is_there: || in_path("chromedriver").is_some() };
const POSTGRES: Need = Need { program: "PostgreSQL's initdb", package: "postgresql", is_there: || postgres_programs().is_some() };

const MAIL_SERVER: Need = Need { program: "the mail server aiosmtpd", package: "python3-aiosmtpd", is_there: has_mail_server };

const CALLER: Need = Need { program: "sipp", package: "sip-tester", is_there: || in_path("sipp").is_some() };

/// Makes the environment of the validators.
const VENV: Need = Need { program: "Python's venv", package: "python3-venv", is_there: has_venv };

/// Installs what the tests need and is not there.
pub(crate) fn provide_for_tests() -> Result<()> {
    provide(&[CHROMIUM, CHROMEDRIVER, POSTGRES, MAIL_SERVER, CALLER, VENV])
}

/// Installs PostgreSQL when it is not there.
pub(crate) fn provide_postgres() -> Result<()> {
    provide(&[POSTGRES])
}

/// The folder with the newest PostgreSQL's `initdb` and `pg_ctl`.
pub(crate) fn postgres_programs() -> Option<PathBuf> {
    let versions = fs::read_dir(POSTGRES_VERSIONS).into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    newest(versions.filter(|folder| folder.join("initdb").exists()).collect())
        .or_else(|| in_path("initdb").and_then(|initdb| initdb.parent().map(Path::to_owned)))
}

/// Whether this process may do everything, and so may not run PostgreSQL itself.
pub(crate) fn is_root() -> Result<bool> {
    let output = Command::new("id").arg("-u").output().context("cannot start `id`")?;
    Ok(output.stdout.trim_ascii() == b"0")
}

fn in_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn has_mail_server() -> bool {
    has_module("aiosmtpd")
}

/// `venv` alone is there without the package; what it needs to bring pip is not.
fn has_venv() -> bool {
    has_module("ensurepip")
}

/// Debian's packages are for Debian's Python, wherever another one stands in the path.
fn has_module(module: &str) -> bool {
    let mut python = Command::new("/usr/bin/python3");
    python.args(["-c", &format!("import {module}")]).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The folder of the highest version: `…/15/bin` comes after `…/9/bin`.
fn newest(mut folders: Vec<PathBuf>) -> Option<PathBuf> {
    folders.sort_by_key(|folder| {
        let version = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str()?.parse::<u32>().ok());
        Reverse(version)
    });
    folders.into_iter().next()
}

fn provide(needs: &[Need]) -> Result<()> {
    let missing: Vec<_> = needs.iter().filter(|need| !(need.is_there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.iter().map(|need| need.program).collect::<Vec<_>>().join(", ");
    let packages: Vec<_> = missing.iter().map(|need| need.package).collect();
    let by_hand = format!("apt-get install --no-install-recommends {}", packages.join(" "));
    if in_path("apt-get").is_none() {
        bail!("{names} not found, and this is not a Debian that could install it: install it and run this again");
    }
    let sudo = if is_root()? { None } else { Some("sudo") };
    if sudo.is_some_and(|sudo| in_path(sudo).is_none()) {
        bail!("{names} not found, and only root can install it: run `{by_hand}` as root, then this again");
    }
    step(&format!("install {}", packages.join(" ")), || {
        let install = [&["install", "--yes", "--no-install-recommends"][..], &packages].concat();
        for arguments in [&["update"][..], &install] {
            apt_get(sudo, arguments)
                .with_context(|| format!("cannot install {names}: run `{by_hand}` as root, then this again"))?;
        }
        match missing.iter().find(|need| !(need.is_there)()) {
            Some(need) => bail!("{} is still not found after `{by_hand}`: install it by hand", need.program),
            None => Ok(()),
        }
    })
}

/// Runs apt-get without questions. Its output goes to the error output, for the output is cargo's.
fn apt_get(sudo: Option<&str>, arguments: &[&str]) -> Result<()> {
    // Through `env`, because sudo passes no variables on.
    let mut words =
        sudo.into_iter().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]).chain(arguments.iter().copied());
    let mut command = Command::new(words.next().context("`env` is always there")?);
    let status = command.args(words).stdout(std::io::stderr()).status().context("cannot start `apt-get`")?;
    if !status.success() {
        bail!("`apt-get {}` failed", arguments.join(" "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_the_highest_number() {
        let folders = ["/p/9/bin", "/p/15/bin", "/p/13/bin"].map(PathBuf::from).to_vec();
        assert_eq!(newest(folders), Some("/p/15/bin".into()));
        assert_eq!(newest(Vec::new()), None);
    }
}
