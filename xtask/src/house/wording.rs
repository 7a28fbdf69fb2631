//! What Rust may not say: too much in one file, an operator's name, a promise for later.

use super::{
    RustFile, assert_none,
    charging::names_of_operators_and_networks,
    rust_files,
    source::{without_test_items, words},
};

/// A file is read in one sitting.
const MOST_LINES: usize = 500;

/// Where the names may stand: in what makes them up and in what tries it out.
const NAMED_IN: [&str; 3] = ["demo", "simulat", "tests"];

/// Written apart, so that this file does not break its own rule.
const LATER: [&str; 5] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("to", "do!"), concat!("unimple", "mented!"), concat!("#[ig", "nore")];

/// Where a text says a name of an operator or a network: they differ by data. Words of a name follow each other.
fn names_in(text: &str, names: &[Vec<String>]) -> Vec<(usize, String)> {
    let words: Vec<_> = words(&without_test_items(text)).flat_map(|(line, word)| split_identifier(line, &word)).collect();
    let mut found = Vec::new();
    for at in 0..words.len() {
        for name in names {
            if words.len() - at >= name.len() && words[at..].iter().zip(name).all(|((_, word), part)| word == part) {
                found.push((words[at].0, name.join(" ")));
            }
        }
    }
    found
}

/// `grand_large` says what `grand large` says.
fn split_identifier(line: usize, word: &str) -> Vec<(usize, String)> {
    word.split('_').filter(|part| !part.is_empty()).map(|part| (line, part.to_owned())).collect()
}

fn promises_in(text: &str) -> Vec<(usize, &'static str)> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(line, text)| LATER.into_iter().filter(move |later| text.contains(later)).map(move |later| (line + 1, later)))
        .collect()
}

#[test]
fn names_are_seen_as_words_outside_tests() {
    let names = names_of_operators_and_networks();
    let count = |text| names_in(text, &names).len();
    assert_eq!(count("/// As Orange does.\nconst A: &str = \"Vallée\"; fn grand_large() {} // Grand Large"), 4);
    assert_eq!(count("fn arrange() {} let oranges = 1; let a = \"grand et large\";"), 0);
    assert_eq!(count("#[cfg(test)]\nmod tests { const A: &str = \"zenne\"; }"), 0);
}

#[test]
fn promises_are_seen() {
    assert_eq!(promises_in(&format!("a\n// {}: b\n{}]", LATER[0], LATER[4])), [(2, LATER[0]), (3, LATER[4])]);
    assert_eq!(promises_in("fn method(todo: u8) {}"), []);
}

#[test]
fn no_operator_network_or_offer_is_named_in_rust() {
    let names = names_of_operators_and_networks();
    let faults = |file: &RustFile| -> Vec<String> {
        names_in(&file.text, &names)
            .into_iter()
            .map(|(line, name)| format!("{}:{line}: names `{name}`: it is data", file.path))
            .collect()
    };
    let may_not = |file: &&RustFile| {
        file.path.starts_with("crates/") && file.is_source() && !NAMED_IN.iter().any(|part| file.path.contains(part))
    };
    assert_none(rust_files().iter().filter(may_not).flat_map(faults).collect());
}

#[test]
fn no_file_is_longer_than_one_sitting() {
    let files = rust_files();
    let long = files.iter().filter(|file| file.is_source() && file.text.lines().count() > MOST_LINES);
    assert_none(long.map(|file| format!("{}: {} lines, {MOST_LINES} at most", file.path, file.text.lines().count())).collect());
}

#[test]
fn nothing_is_promised_for_later() {
    let faults = |file: &RustFile| -> Vec<String> {
        promises_in(&file.text).into_iter().map(|(line, later)| format!("{}:{line}: `{later}`", file.path)).collect()
    };
    assert_none(rust_files().iter().flat_map(faults).collect());
}
