//! The rules of the house as tests: who may use whom, how long a file is, what a decider must not know, what is said where.
//!
//! Each rule is a function from texts to faults, tried on small examples, and one test that applies it to the tree.

mod charging;
mod features;
mod purity;
mod rooms;
mod source;
mod wording;

use crate::run::root;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The pure rooms: what they decide depends on their arguments alone.
const DECIDERS: [&str; 6] = ["vocabulary", "catalog", "rating", "lines", "telephony", "billing"];

/// A file of Rust and its path from the root of the workspace.
struct RustFile {
    path: String,
    text: String,
}

/// All Rust of the tree: sources, tests, build scripts.
fn rust_files() -> Vec<RustFile> {
    let mut files = Vec::new();
    for folder in ["crates", "xtask"] {
        collect(&root().join(folder), &mut files);
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(files.len() > 10, "the tree is not where it is looked for");
    files
}

fn collect(folder: &Path, files: &mut Vec<RustFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target") {
                collect(&path, files);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            files.push(RustFile { path: path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned(), text });
        }
    }
}

impl RustFile {
    /// Whether it is a room's source, and not a test or a bench of it.
    fn is_source(&self) -> bool {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.nth(1) == Some("src"),
            _ => parts.next() == Some("src"),
        }
    }

    /// The room it belongs to.
    fn room(&self) -> &str {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.next().unwrap_or_default(),
            first => first.unwrap_or_default(),
        }
    }
}

/// Fails with all faults at once, one a line.
#[track_caller]
fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
