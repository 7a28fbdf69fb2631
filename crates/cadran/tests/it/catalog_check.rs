//! `cadran catalog check` and `cadran catalog show`.

use crate::{cadran, catalogs};
use std::{fs, path::Path};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.as_ref().unwrap().file_name()));
        if path.is_dir() { copy(&path, &to) } else { fs::copy(&path, &to).map(|_| ()).unwrap() }
    }
}

/// Replaces the first occurrence of a text, and answers with its line.
fn spoil(file: &Path, good: &str, bad: &str) -> usize {
    let text = fs::read_to_string(file).unwrap();
    let at = text.find(good).unwrap_or_else(|| panic!("`{good}` is not in {}", file.display()));
    fs::write(file, text.replacen(good, bad, 1)).unwrap();
    text[..at].matches('\n').count() + 1
}

/// RAT-02, RAT-03, MOB-41, MOB-50: mistakes of every kind are all named in one pass, with file, line, field and value.
#[test]
fn every_mistake_is_named_in_one_pass() {
    let folder = tempfile::tempdir().unwrap();
    copy(&catalogs(), folder.path());
    let mistakes = [
        ("grandlarge/operator.toml", "\"EUR\"", "\"euro\"", "currency", "euro"),
        ("grandlarge/2026-01-01/zones.csv", "CH,world", "CH,mars", "zone", "mars"),
        ("grandlarge/2026-01-01/tiers.toml", "above = \"5 GB\"", "above = \"500 MB\"", "above", "goes backwards"),
        ("grandlarge/2026-01-01/options.toml", "\"maghreb-turkey-data\"", "\"moon-data\"", "covers", "moon-data"),
        ("grandlarge/2026-01-01/cutoffs.toml", "default = \"0 B\"", "default = \"2 GB\"", "default", "2 GB"),
        ("grandlarge/2026-01-01/prices.csv", "0.0190", "cheap", "amount", "cheap"),
        ("grandlarge/2026-01-01/offers.toml", "family = \"travel\"", "family = \"trips\"", "family", "trips"),
        ("world/prefixes.csv", "\n491,", "\n4913,", "prefix", "4913"),
    ];
    let lines: Vec<usize> = mistakes.iter().map(|(file, good, bad, ..)| spoil(&folder.path().join(file), good, bad)).collect();
    let output = cadran(&["catalog", "check", "--catalogs", folder.path().to_str().unwrap(), "grandlarge"], "");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    for ((file, _, bad, field, value), line) in mistakes.into_iter().zip(lines) {
        // A prefix that stands twice is named where it stands again.
        let is_named = |fault: &&str| {
            let place = format!("{file}:");
            let exact = format!("{file}:{line}: ");
            let anywhere = field == "prefix";
            fault.contains(if anywhere { &place } else { &exact }) && fault.contains(field) && fault.contains(value)
        };
        assert!(text.lines().any(|fault| is_named(&fault)), "{bad} on line {line} of {file} in:\n{text}");
    }
}

/// The catalogues of the repository are without a mistake.
#[test]
fn the_catalogues_of_the_repository_are_good() {
    let output = cadran(&["catalog", "check", "--catalogs", catalogs().to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

/// A price is found by a word of its row, with the line on which it is changed.
#[test]
fn a_price_is_found_by_a_word() {
    let folder = catalogs();
    let arguments =
        ["catalog", "show", "--catalogs", folder.to_str().unwrap(), "grandlarge", "prices", "SMS-TO-ZONE", "--at", "2026-11-01"];
    let text = String::from_utf8(cadran(&arguments, "").stdout).unwrap();
    assert!(text.lines().count() == 2 && text.contains("62") && text.contains("0.0500"), "{text}");
}
