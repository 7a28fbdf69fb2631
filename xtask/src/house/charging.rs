//! What is sold stands in catalogues: no id of an offer, an option, a price or anything else of them is known to the code that charges.

use super::{
    RustFile, assert_none, rust_files,
    source::{without_test_items, words},
};
use crate::run::root;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The rooms that read catalogues and decide by them.
const CHARGING: [&str; 3] = ["catalog", "rating", "lines"];

/// What is sold, by the file that lists it and the name of its tables.
const SOLD: [(&str, &str); 8] = [
    ("networks.toml", "network"),
    ("offers.toml", "offer"),
    ("options.toml", "option"),
    ("recharges.toml", "recharge"),
    ("packs.toml", "pack"),
    ("cutoffs.toml", "cutoff"),
    ("bundles.toml", "bundle"),
    ("tiers.toml", "tiers"),
];

/// Ids by the file that has them.
type Ids = BTreeMap<String, String>;

/// Ids of operators and of all that they sell, with the rows of their prices; none that is also a field of a file.
fn ids_of_catalogues() -> Ids {
    let (mut ids, mut fields) = (Ids::new(), BTreeSet::new());
    for (operator, path) in folders(&root().join("catalogs")) {
        if operator == "world" {
            continue;
        }
        ids.insert(operator.clone(), operator.clone());
        for (version, path) in folders(&path) {
            let read = |file: &str| fs::read_to_string(path.join(file)).unwrap_or_default();
            for (file, entry) in SOLD {
                let place = format!("catalogs/{operator}/{version}/{file}");
                add_fields(&toml::Value::Table(parsed(&read(file))), &mut fields);
                ids.extend(ids_of_tables(&read(file), entry).into_iter().map(|id| (id, place.clone())));
            }
            let place = format!("catalogs/{operator}/{version}/prices.csv");
            let rows = read("prices.csv");
            let prices = rows.lines().skip(1).filter_map(|row| row.split(',').next());
            ids.extend(prices.filter(|id| id.contains('-')).map(|id| (id.to_owned(), place.clone())));
        }
    }
    ids.retain(|id, _| !fields.contains(id));
    ids
}

fn parsed(text: &str) -> toml::Table {
    text.parse().unwrap_or_else(|error| panic!("{error} in:\n{text}"))
}

fn add_fields(value: &toml::Value, fields: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => table.iter().for_each(|(field, value)| {
            fields.insert(field.clone());
            add_fields(value, fields);
        }),
        toml::Value::Array(items) => items.iter().for_each(|item| add_fields(item, fields)),
        _ => {}
    }
}

fn folders(folder: &Path) -> Vec<(String, std::path::PathBuf)> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path)).collect()
}

/// The ids of the `[[entry]]` tables of a file, not of the tables within them.
fn ids_of_tables(text: &str, entry: &str) -> Vec<String> {
    let tables = parsed(text).get(entry).and_then(toml::Value::as_array).cloned().unwrap_or_default();
    tables.iter().filter_map(|table| table.get("id")?.as_str().map(str::to_owned)).collect()
}

/// Where a text says an id: as a whole text in quotes, or anywhere as a word if it is none of the language (`unlimited-30`).
fn ids_in(text: &str, ids: &BTreeSet<&str>) -> Vec<(usize, String)> {
    let text = without_test_items(text);
    let mut found = Vec::new();
    for (line, text) in text.lines().enumerate() {
        let quoted = text.split('"').skip(1).step_by(2);
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.contains('-'));
        found.extend(quoted.chain(words).filter(|id| ids.contains(id)).map(|id| (line + 1, id.to_owned())));
    }
    found.dedup();
    found
}

#[test]
fn ids_are_seen_in_quotes_and_as_words_of_their_own_kind() {
    let ids: BTreeSet<&str> = ["start", "unlimited-30"].into();
    let count = |text| ids_in(text, &ids).len();
    assert_eq!(count("if offer == \"start\" {}"), 1);
    assert_eq!(count("/// As `unlimited-30` does."), 1);
    assert_eq!(count("let start = usage.start; // to start, unlimited-300"), 0);
    assert_eq!(count("#[cfg(test)]\nmod tests { const A: &str = \"start\"; }"), 0);
    assert_eq!(ids_of_tables("[[offer]]\nid = \"a\"\n[[offer.allowance]]\nid = \"data\"\n", "offer"), ["a"]);
}

/// RAT-07: what an operator sells is data: the charging code knows none of it.
#[test]
fn the_charging_code_knows_nothing_that_is_sold() {
    let ids = ids_of_catalogues();
    assert!(ids.len() > 200, "catalogues are not where they are looked for: {} ids", ids.len());
    let known: BTreeSet<&str> = ids.keys().map(String::as_str).collect();
    let faults = |file: &RustFile| -> Vec<String> {
        let said = ids_in(&file.text, &known);
        said.into_iter().map(|(line, id)| format!("{}:{line}: says `{id}` of {}", file.path, ids[&id])).collect()
    };
    let charging = |file: &&RustFile| file.is_source() && CHARGING.contains(&file.room());
    assert_none(rust_files().iter().filter(charging).flat_map(faults).collect());
}

/// Names of operators and networks as words of text and code: `rhenane`, and the parts of `Grand Large` that follow each other.
pub(super) fn names_of_operators_and_networks() -> Vec<Vec<String>> {
    let mut names = BTreeSet::new();
    let mut add = |text: &str| names.insert(words(text).map(|(_, word)| word).collect::<Vec<_>>());
    for (operator, path) in folders(&root().join("catalogs")) {
        let Ok(text) = fs::read_to_string(path.join("operator.toml")) else { continue };
        add(&operator);
        let file = parsed(&text);
        add(file["name"].as_str().unwrap());
        for (_, path) in folders(&path) {
            let Ok(text) = fs::read_to_string(path.join("networks.toml")) else { continue };
            let file = parsed(&text);
            for network in file["network"].as_array().unwrap() {
                add(network["id"].as_str().unwrap());
                add(network["name"].as_str().unwrap());
            }
        }
    }
    names.into_iter().filter(|name| !name.is_empty()).collect()
}
