//! The words of documents: complete in every language, and none that nothing says.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn room() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The keys of a language, with the names of the arguments of each.
fn keys(language: &str) -> BTreeSet<(String, BTreeSet<String>)> {
    let files = ["invoice.ftl", "statement.ftl"].map(|file| room().join("locales").join(language).join(file));
    let text: String = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut keys: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match line.split_once(" =") {
            Some((key, rest)) if line.starts_with(|sign: char| sign.is_ascii_lowercase()) => keys.push((key.into(), rest.into())),
            _ => keys.iter_mut().next_back().into_iter().for_each(|(_, text)| text.push_str(line)),
        }
    }
    let arguments = |text: &str| {
        let words = text.split('$').skip(1).map(|rest| rest.split(|sign: char| !sign.is_ascii_lowercase()).next().unwrap());
        words.map(str::to_owned).collect()
    };
    keys.into_iter().map(|(key, text)| (key, arguments(&text))).collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// BIL-04: an invoice lacks no word in any of the four languages, and none of its words takes what another language's does not.
#[test]
fn every_text_is_there_in_four_languages() {
    let french = keys("fr");
    assert!(french.len() > 60, "{}", french.len());
    for language in ["nl", "de", "en"] {
        let other = keys(language);
        assert_eq!(other.symmetric_difference(&french).collect::<Vec<_>>(), Vec::<&_>::new(), "{language}");
    }
}

#[test]
fn every_text_is_said_somewhere() {
    let code: String = sources(&room().join("src")).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let unused: Vec<_> = keys("fr").into_iter().filter(|(key, _)| !code.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "{unused:?}");
}
