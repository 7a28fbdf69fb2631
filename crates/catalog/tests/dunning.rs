//! What an operator does about invoices that are not paid, and what the law of its country does not let it do.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use catalog::{Catalog, CatalogFiles, Dunning};
use std::{fs, path::Path};

/// The repository's catalogues with other lines in the `[dunning]` of an operator.
fn load(operator: &str, replaced: &[(&str, &str)]) -> Result<Catalog, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    let (mut files, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            let mut text = fs::read_to_string(&path).unwrap();
            if name == format!("{operator}/operator.toml") {
                for (from, to) in replaced {
                    assert!(text.contains(from), "`{from}`");
                    text = text.replace(from, to);
                }
            }
            files.push((name, text));
        }
    }
    Catalog::load(&CatalogFiles::new(files), operator).map_err(|faults| faults.to_string())
}

fn dunning(operator: &str) -> Dunning {
    load(operator, &[]).unwrap().operator.dunning.expect("steps")
}

/// BIL-09: days and fees are the operator's, within the law: no fee for consumers in France, and a limited one in Belgium after fourteen days; steps come one
/// after the other; what restricts is an option that only the operator puts on.
#[test]
fn what_is_not_lawful_is_refused() {
    let vallee = dunning("vallee");
    assert_eq!((vallee.reminder_days, vallee.restriction_days, vallee.suspension_days), (7, Some(35), Some(50)));
    assert_eq!(dunning("zenne").consumer_fee, "7.50".parse().unwrap());
    let business = "business_fee = \"40.00\"";
    for (operator, from, to, reason) in [
        ("vallee", business, "consumer_fee = \"1.00\"", "consumers are not charged for reminders in France"),
        ("vallee", business, "business_fee = \"41.00\"", "is more than the compensation of 40.00"),
        ("vallee", "second_reminder_days = 21", "second_reminder_days = 7", "`7` does not come after the step before"),
        ("vallee", "second_reminder_days = 21\n", "", "is charged with the second reminder"),
        ("vallee", "reminder_days = 7\nsecond", "second", "nothing is taken from who was not reminded"),
        ("vallee", "restriction = [\"unpaid\"]", "restriction = []", "is to name the options that restrict"),
        ("vallee", "restriction = [\"unpaid\"]", "restriction = [\"sva-off\"]", "restricts by option `sva-off`"),
        ("vallee", "restriction = [\"unpaid\"]", "restriction = [\"none\"]", "restricts by option `none`"),
        ("zenne", "consumer_fee = \"7.50\"", "consumer_fee = \"7.51\"", "is more than the 7.50"),
        ("zenne", "second_reminder_days = 20", "second_reminder_days = 19", "is to come 15 days after the reminder"),
    ] {
        let faults = load(operator, &[(from, to)]).unwrap_err();
        assert!(faults.contains(reason) && faults.contains(&format!("{operator}/operator.toml")), "{to}: {faults}");
    }
}
