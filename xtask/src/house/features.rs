//! What docs/features.md says works has a test that says so too.

use super::{assert_none, rust_files};
use crate::run::root;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

/// Tests by name, with the requirements that their doc comments name. Tests of one name in several rooms count as one.
type Tests = BTreeMap<String, BTreeSet<String>>;

/// The requirements of a text: three capitals, a hyphen, two digits.
fn requirements(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let is_requirement = |word: &&str| {
        let bytes = word.as_bytes();
        bytes.len() == 6
            && bytes[..3].iter().all(u8::is_ascii_uppercase)
            && bytes[3] == b'-'
            && bytes[4..].iter().all(u8::is_ascii_digit)
    };
    words.filter(is_requirement).map(str::to_owned).collect()
}

/// Adds the tests of a file: functions under an attribute that ends in `test`.
fn add_tests(text: &str, tests: &mut Tests) {
    let (mut doc, mut is_test) = (String::new(), false);
    for line in text.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("///") {
            doc.push_str(comment);
            doc.push('\n');
        } else if line.starts_with("#[") {
            is_test |= line.trim_end_matches(']').split(['(', ' ']).next().is_some_and(|path| path.ends_with("test"));
        } else if let Some((_, rest)) = line.split_once("fn ") {
            if is_test {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                tests.entry(name).or_default().extend(requirements(&doc));
            }
            (doc, is_test) = (String::new(), false);
        } else if !line.starts_with("//") {
            (doc, is_test) = (String::new(), false);
        }
    }
}

/// Where the table `requirement | what works | test` says more than the tests do. Tests stand in backticks, a path before them or not.
fn faults(markdown: &str, tests: &Tests) -> Vec<String> {
    let mut faults = Vec::new();
    for row in markdown.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<_> = row.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [requirement, _, test] = cells.as_slice() else { continue };
        let named: Vec<_> = test.split('`').skip(1).step_by(2).map(|path| path.rsplit("::").next().unwrap_or(path)).collect();
        for name in named.iter().filter(|name| !tests.contains_key(**name)) {
            faults.push(format!("{requirement}: there is no test `{name}`"));
        }
        for id in requirements(requirement) {
            if !named.iter().any(|name| tests.get(*name).is_some_and(|proved| proved.contains(&id))) {
                faults.push(format!("{id}: none of its tests names {id} in its doc comment"));
            }
        }
    }
    faults
}

#[test]
fn a_requirement_without_its_test_is_a_fault() {
    let mut tests = Tests::new();
    add_tests(
        "/// RAT-02: numbers.\n/// RAT-03 too.\n#[tokio::test(flavor = \"multi_thread\")]\nasync fn numbers_are_read() {}\n\
         /// RAT-04\nfn no_test() {}\n",
        &mut tests,
    );
    assert_eq!(tests.keys().collect::<Vec<_>>(), ["numbers_are_read"]);
    let row = |requirement: &str, test: &str| {
        faults(&format!("| requirement | what works | test |\n| --- | --- | --- |\n| {requirement} | it | {test} |"), &tests)
    };
    assert_none(row("RAT-02, RAT-03", "`vocabulary::number::numbers_are_read`"));
    assert_eq!(row("RAT-04", "`numbers_are_read`"), ["RAT-04: none of its tests names RAT-04 in its doc comment"]);
    assert_eq!(row("RAT-02", "`numbers_are_read`, `gone`"), ["RAT-02: there is no test `gone`"]);
    assert_eq!(row("RAT-02", "").len(), 1);
}

#[test]
fn every_feature_has_its_test() {
    let mut tests = Tests::new();
    for file in rust_files() {
        add_tests(&file.text, &mut tests);
    }
    let features = fs::read_to_string(root().join("docs/features.md")).expect("docs/features.md exists");
    assert!(features.contains("| requirement | what works | test |"), "docs/features.md has no table of features");
    assert_none(faults(&features, &tests));
}
