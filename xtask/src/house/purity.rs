//! Deciders are deaf and blind: no float, no clock, no chance, no files.

use super::{
    DECIDERS, RustFile, assert_none, rust_files,
    source::{code_only, without_test_items, words},
};

/// The one file that reads the machine's clock, for all.
const CLOCK: &str = "crates/vocabulary/src/time.rs";

/// Floats in any decider; time and chance outside the clock; files in the others, for which a catalogue is a value.
fn faults(file: &RustFile) -> Vec<String> {
    let code = without_test_items(&code_only(&file.text));
    let mut faults = Vec::new();
    let mut fault = |line: usize, what: &str, why: &str| faults.push(format!("{}:{line}: `{what}`: {why}", file.path));
    for (line, word) in words(&code) {
        match word.as_str() {
            "f32" | "f64" => fault(line, &word, "a decider counts in integers"),
            "systemtime" | "rand" | "getrandom" => fault(line, &word, "time and chance come in as arguments"),
            _ => {}
        }
    }
    for (line, text) in code.lines().enumerate() {
        let text = text.replace(' ', "");
        if file.path != CLOCK && ["Instant::now", "Timestamp::now", "Zoned::now"].iter().any(|now| text.contains(now)) {
            fault(line + 1, "now", "the hour comes in as an argument");
        }
        if ["rating", "lines", "telephony", "billing"].contains(&file.room())
            && ["std::fs", "std::{fs", "fs::read", "File::open"].iter().any(|files| text.contains(files))
        {
            fault(line + 1, "fs", "rating, lines, telephony and billing read no files");
        }
    }
    faults
}

#[test]
fn floats_clocks_chance_and_files_are_seen_in_code_only() {
    let file = |path: &str, text: &str| RustFile { path: path.to_owned(), text: text.to_owned() };
    let count = |path, text| faults(&file(path, text)).len();
    assert_eq!(
        count("crates/rating/src/a.rs", "// f64\nlet a = \"f64\";\n#[cfg(test)]\nmod tests { fn a() -> f64 { 0.5 } }\n"),
        0
    );
    assert_eq!(count("crates/rating/src/a.rs", "fn a(b: f32) -> f64 {}"), 2);
    assert_eq!(count("crates/rating/src/a.rs", "let a = Instant::now();"), 1);
    assert_eq!(count("crates/rating/src/a.rs", "use std::fs;"), 1);
    assert_eq!(count("crates/catalog/src/a.rs", "use std::fs;"), 0);
    assert_eq!(count("crates/catalog/src/a.rs", "use rand::Rng; use std::time::SystemTime;"), 2);
    assert_eq!(count(CLOCK, "jiff::Timestamp::now()"), 0);
}

#[test]
fn deciders_are_deaf_and_blind() {
    let files = rust_files();
    let deciders = files.iter().filter(|file| file.is_source() && DECIDERS.contains(&file.room()));
    assert_none(deciders.flat_map(faults).collect());
}
