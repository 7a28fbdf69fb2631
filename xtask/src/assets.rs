//! `cargo xtask assets`: fetches every vendored file again, from the package and version that its list names, and checks it.

use crate::run::{root, step};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::Path,
    process::{Command, ExitCode},
};
use tempfile::TempDir;

/// The lists. A file lies beside its list.
const LISTS: [&str; 2] = ["crates/portal/assets/vendor/assets.toml", "crates/testkit/assets/assets.toml"];

/// What a list says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(rename = "asset")]
    assets: Vec<Asset>,
}

/// One vendored file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asset {
    /// Its path beside the list.
    file: String,
    /// The npm package that has it.
    package: String,
    version: String,
    /// The SPDX expression of its licence: asked of every file, read by people.
    #[serde(rename = "licence")]
    _licence: String,
    /// Its path inside the package.
    path: String,
    sha256: String,
}

/// Fetches, checks and writes the files of every list; a file that does not match is named and not written.
pub(crate) fn run() -> Result<ExitCode> {
    let mut packages = Packages::default();
    for list in LISTS {
        let path = root().join(list);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{list}`"))?;
        let parsed: List = toml::from_str(&text).with_context(|| format!("`{list}` is no list of assets"))?;
        let folder = path.parent().context("a list lies in a folder")?;
        for asset in &parsed.assets {
            asset.fetch(&mut packages, folder).with_context(|| format!("`{}` of `{list}`", asset.file))?;
        }
        eprintln!("xtask: {list}: {} files as listed", parsed.assets.len());
    }
    Ok(ExitCode::SUCCESS)
}

impl Asset {
    fn fetch(&self, packages: &mut Packages, folder: &Path) -> Result<()> {
        let package = packages.unpacked(&self.package, &self.version)?;
        let bytes = fs::read(package.join("package").join(&self.path))
            .with_context(|| format!("{}@{} has no `{}`", self.package, self.version, self.path))?;
        self.check(&bytes)?;
        let target = folder.join(&self.file);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&target, bytes).with_context(|| format!("cannot write `{}`", target.display()))
    }

    fn check(&self, bytes: &[u8]) -> Result<()> {
        let mut sum = String::new();
        for byte in Sha256::digest(bytes) {
            write!(sum, "{byte:02x}")?;
        }
        if sum != self.sha256 {
            bail!("sha256 is {sum}, and the list says {}: look at what changed before you write it there", self.sha256);
        }
        Ok(())
    }
}

/// Packages that were fetched, each once, by name and version.
#[derive(Default)]
struct Packages(BTreeMap<String, TempDir>);

impl Packages {
    /// The folder in which a package lies unpacked.
    fn unpacked(&mut self, package: &str, version: &str) -> Result<&Path> {
        let name = format!("{package}@{version}");
        if !self.0.contains_key(&name) {
            let folder = step(&format!("fetch {name}"), || fetch(&name))?;
            self.0.insert(name.clone(), folder);
        }
        self.0.get(&name).map(TempDir::path).context("it was fetched")
    }
}

fn fetch(name: &str) -> Result<TempDir> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let packed = Command::new("npm")
        .args(["pack", "--silent", name])
        .current_dir(&folder)
        .output()
        .context("cannot start `npm`: install it, for instance with `apt-get install npm`")?;
    if !packed.status.success() {
        bail!("`npm pack {name}` failed: {}", String::from_utf8_lossy(&packed.stderr).trim());
    }
    let archive = String::from_utf8(packed.stdout).context("`npm pack` names its file in UTF-8")?;
    let unpacked =
        Command::new("tar").args(["xzf", archive.trim()]).current_dir(&folder).status().context("cannot start `tar`")?;
    if !unpacked.success() {
        bail!("`{}` cannot be unpacked", archive.trim());
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vendored_file_is_as_listed() {
        for list in LISTS {
            let path = root().join(list);
            let parsed: List = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            for asset in parsed.assets {
                let file = path.with_file_name(&asset.file);
                let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
                asset.check(&bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            }
        }
    }
}
