//! Who may use whom: the table of rooms in ARCHITECTURE.md against every manifest.

use super::{DECIDERS, assert_none};
use crate::run::root;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

/// Rooms that only development sees: no other room may depend on them but for its tests.
const DEVELOPMENT_ONLY: [&str; 2] = ["testkit", "xtask"];

/// What each room may use, and with this sign before the name, what its tests may.
type Rooms = BTreeMap<String, BTreeSet<String>>;
const IN_TESTS: &str = "tests: ";

/// Reads the table with the columns `crate | owns | does not own | may use`. The last names rooms, `the deciders`, `all`, or `–`.
fn read_table(markdown: &str) -> Result<Rooms, String> {
    let cells =
        |line: &str| -> Vec<String> { line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect() };
    let mut lines = markdown.lines();
    let header = ["crate", "owns", "does not own", "may use"];
    lines
        .find(|line| line.starts_with('|') && cells(line) == header)
        .ok_or("no table with the columns crate, owns, does not own, may use")?;
    let rows: Vec<_> =
        lines.take_while(|line| line.starts_with('|')).map(cells).filter(|row| !row[0].starts_with("---")).collect();
    let names: Vec<String> = rows.iter().map(|row| row[0].trim_matches('`').to_owned()).collect();
    let mut rooms = Rooms::new();
    for (row, name) in rows.iter().zip(&names) {
        let [_, _, _, may_use] = row.as_slice() else { return Err(format!("the row of `{name}` has not four columns")) };
        rooms.insert(name.clone(), read_may_use(name, may_use, &names)?);
    }
    Ok(rooms)
}

fn read_may_use(room: &str, cell: &str, rooms: &[String]) -> Result<BTreeSet<String>, String> {
    let mut allowed = BTreeSet::new();
    for name in in_tests(cell) {
        if !rooms.contains(&name) {
            return Err(format!("the tests of `{room}` may use `{name}`, which is no room of the table"));
        }
        allowed.insert(format!("{IN_TESTS}{name}"));
    }
    for word in without_brackets(cell).replace(" and ", ",").split(',') {
        match word.trim().trim_matches('`').trim_start_matches("the ") {
            "" | "–" | "-" => {}
            "all" => allowed.extend(rooms.iter().filter(|other| !DEVELOPMENT_ONLY.contains(&other.as_str())).cloned()),
            "deciders" | "deciders' types" => allowed.extend(DECIDERS.map(str::to_owned)),
            name if rooms.iter().any(|other| other == name) => drop(allowed.insert(name.to_owned())),
            other => return Err(format!("`{room}` may use `{other}`, which is no room of the table")),
        }
    }
    Ok(allowed)
}

/// What a remark opens to the tests of a room: `operations (tests: catalog, store)`.
fn in_tests(cell: &str) -> impl Iterator<Item = String> {
    let remark = cell.split_once("(tests:").and_then(|(_, rest)| rest.split_once(')')).map(|(names, _)| names);
    remark.unwrap_or_default().split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// The cell without its remarks: `operations (its ports)` names `operations`.
fn without_brackets(cell: &str) -> String {
    let mut depth = 0;
    cell.chars()
        .filter(|c| {
            depth += i32::from(*c == '(');
            let keep = depth == 0;
            depth -= i32::from(*c == ')');
            keep
        })
        .collect()
}

/// Where a room uses what the table does not let it.
fn faults(rooms: &Rooms, room: &str, manifest: &toml::Table) -> Vec<String> {
    let Some(allowed) = rooms.get(room) else {
        return vec![format!("room `{room}` is missing in the table of ARCHITECTURE.md")];
    };
    let mut faults = Vec::new();
    for (kind, used) in dependencies(manifest) {
        let for_tests = kind == "dev-dependencies" && (used == "testkit" || allowed.contains(&format!("{IN_TESTS}{used}")));
        if (rooms.contains_key(&used) || used == "testkit") && !allowed.contains(&used) && !for_tests && used != room {
            faults.push(format!("`{room}` has `{used}` in its {kind}, which the table of ARCHITECTURE.md does not let it use"));
        }
    }
    faults
}

/// Every dependency with the kind of its table, for all platforms, by the name of its room.
fn dependencies(manifest: &toml::Table) -> Vec<(&'static str, String)> {
    let targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(|targets| targets.values());
    let tables = std::iter::once(manifest).chain(targets.filter_map(toml::Value::as_table));
    let mut found = Vec::new();
    for table in tables {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            for (key, value) in table.get(kind).and_then(toml::Value::as_table).into_iter().flatten() {
                let package = value.get("package").and_then(toml::Value::as_str).unwrap_or(key);
                found.push((kind, package.strip_prefix("cadran-").unwrap_or(package).to_owned()));
            }
        }
    }
    found
}

const TABLE: &str = "
| crate | owns | does not own | may use |
| --- | --- | --- | --- |
| `vocabulary` | words | rules | – |
| `catalog` | offers | buyers | vocabulary |
| `rating` | prices | files | vocabulary, catalog |
| `store` | tables | rules | vocabulary and the deciders' types |
| `portal` | pages | SQL | operations (its functions, not its ports), `vocabulary` |
| `operations` | capabilities | SQL | the deciders, store |
| `cadran` | wiring | the rest | all |
| `testkit` | tests' ground | – | – |
| `xtask` | development | – | – |

| crate | other |
";

fn manifest(text: &str) -> toml::Table {
    text.parse().unwrap()
}

#[test]
fn the_table_is_read() {
    let rooms = read_table(TABLE).unwrap();
    let may_use = |room: &str| rooms[room].iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    assert_eq!(rooms.len(), 9);
    assert_eq!(may_use("vocabulary"), "");
    assert_eq!(may_use("store"), "billing catalog lines rating telephony vocabulary");
    assert_eq!(may_use("portal"), "operations vocabulary");
    assert_eq!(may_use("operations"), "billing catalog lines rating store telephony vocabulary");
    assert!(may_use("cadran").contains("portal") && !may_use("cadran").contains("xtask"));
    let error = read_table(&TABLE.replace("operations (its", "cellar (its")).unwrap_err();
    assert_eq!(error, "`portal` may use `cellar`, which is no room of the table");
    assert!(read_table("no table").is_err());
}

#[test]
fn an_edge_that_the_table_has_not_is_a_fault() {
    let rooms = read_table(TABLE).unwrap();
    let allowed = "[dependencies]\nvocabulary.workspace = true\nserde = \"1\"\n[dev-dependencies]\ntestkit.workspace = true\n";
    assert_none(faults(&rooms, "catalog", &manifest(allowed)));
    for forbidden in [
        "[dependencies]\nrating.workspace = true\n",
        "[dependencies]\nprices = { package = \"cadran-rating\", path = \"../rating\" }\n",
        "[dev-dependencies]\nstore.workspace = true\n",
        "[target.'cfg(unix)'.dependencies]\nstore.workspace = true\n",
        "[dependencies]\ntestkit.workspace = true\n",
    ] {
        assert_eq!(faults(&rooms, "catalog", &manifest(forbidden)).len(), 1, "{forbidden}");
    }
    let rooms = read_table(&TABLE.replace("| offers | buyers | vocabulary |", "| offers | buyers | vocabulary (tests: store) |"))
        .unwrap();
    let store_in = |kind: &str| faults(&rooms, "catalog", &manifest(&format!("[{kind}]\nstore.workspace = true\n"))).len();
    assert_eq!((store_in("dev-dependencies"), store_in("dependencies")), (0, 1), "what tests may use is not for the room");
    assert_eq!(faults(&rooms, "attic", &manifest("")), ["room `attic` is missing in the table of ARCHITECTURE.md"]);
}

#[test]
fn no_room_uses_what_the_table_does_not_let_it() {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is in the root");
    let rooms = read_table(&architecture).unwrap();
    let folders = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path()).chain([root().join("xtask")]);
    let mut found = Vec::new();
    for folder in folders.filter(|folder| folder.is_dir()) {
        let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        found.extend(faults(&rooms, folder.file_name().unwrap().to_str().unwrap(), &manifest(&text)));
    }
    assert_none(found);
}
