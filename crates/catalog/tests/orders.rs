//! What orders need of a catalogue: public holidays, opening hours, requests to networks, numbers, cut-offs that are chosen.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use catalog::{Catalog, CatalogFiles, NumberChoice, Requests, Service, Work};
use std::{collections::BTreeMap, fs, path::Path};

fn files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    let mut files = BTreeMap::new();
    let mut folders = vec![(root, String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() {
                folders.push((path, format!("{name}/")));
            } else {
                files.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

fn load(operator: &str) -> Catalog {
    Catalog::load(&CatalogFiles::new(files()), operator).unwrap()
}

/// The days of a calendar as they were published, by the operator that keeps it.
fn assert_published(operator: &str, year: i16, published: &str) {
    let catalog = load(operator);
    let mut days: Vec<String> = catalog.world.holidays.of_year(year).map(|(day, _)| day.strftime("%m-%d").to_string()).collect();
    days.sort();
    assert_eq!(days.join(" "), published, "{operator} {year}");
}

/// MOB-64: public holidays of France, of Alsace and Moselle, and of Belgium, as their governments publish them.
#[test]
fn mob_64_public_holidays_are_those_that_are_published() {
    for (year, published) in [
        (2024, "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25"),
        (2025, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25"),
        (2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"),
        (2027, "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25"),
        (2038, "01-01 04-26 05-01 05-08 06-03 06-14 07-14 08-15 11-01 11-11 12-25"),
    ] {
        assert_published("grandlarge", year, published);
    }
    assert_published("vallee", 2026, "01-01 04-03 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25 12-26");
    assert_published("zenne", 2026, "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25");
    assert_published("zenne", 2027, "01-01 03-29 05-01 05-06 05-17 07-21 08-15 11-01 11-11 12-25");
}

/// MOB-63, MOB-64: working days are Monday to Friday without public holidays.
#[test]
fn mob_64_working_days_pass_over_holidays_and_weekends() {
    let holidays = load("grandlarge").world.holidays.clone();
    for (from, count, to) in [
        ("2026-11-19", 0, "2026-11-19"),
        ("2026-11-19", 3, "2026-11-24"),
        ("2026-04-02", 3, "2026-04-08"),
        ("2026-05-07", 1, "2026-05-11"),
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-11-21", 1, "2026-11-23"),
    ] {
        assert_eq!(holidays.after_working_days(from.parse().unwrap(), count).to_string(), to, "{from} + {count}");
    }
    assert_eq!(holidays.on("2026-05-14".parse().unwrap()).unwrap().in_language("fr"), "Ascension");
}

/// MOB-10, MOB-52, MOB-63, MOB-64: what each network can do, and when.
#[test]
fn mob_10_what_each_network_can_do() {
    let catalog = load("grandlarge");
    let version = &catalog.versions()[0];
    let network = |id| version.networks.get(version.networks.find(id).unwrap());
    let (orange, bouygues) = (network("orange"), network("bouygues"));
    assert_eq!((orange.digits_of(Service::M2m), orange.digits_of(Service::Mobile)), (Some(14), Some(10)));
    assert_eq!((bouygues.number_choice(Service::Data), bouygues.digits_of(Service::M2m)), (NumberChoice::Pick, None));
    assert_eq!(orange.esim_price, Some("1.50".parse().unwrap()));
    assert_eq!(orange.hours_of(Work::Porting).map(|hours| hours.lead_days).collect::<Vec<_>>(), [3]);
    assert_eq!(orange.hours_of(Work::NewLine).next().and_then(|hours| hours.within_s), Some(3_600));
    assert_eq!((orange.hours_of(Work::Suspension).count(), orange.requests), (0, Requests::USUAL));
}

/// Each mistake with the file and line that `catalog check` names.
#[test]
fn mistakes_of_what_orders_need_are_named() {
    const NETWORKS: &str = "grandlarge/2026-01-01/networks.toml";
    const CUTOFFS: &str = "grandlarge/2026-01-01/cutoffs.toml";
    const OPERATOR: &str = "grandlarge/operator.toml";
    for (file, good, bad, field, reason) in [
        (NETWORKS, "work = [\"porting\"]", "work = [\"carrying\"]", "work", "`carrying` is not one of new-line, sim-swap, esim"),
        (NETWORKS, "to = \"22:00\"", "to = \"06:00\"", "to", "is not after `from`"),
        (NETWORKS, "m2m = 14 }", "m2m = 12 }", "m2m", "`12` is no length of the numbering plan's numbers"),
        (NETWORKS, "within = \"1 h\"", "within = \"1 GB\"", "within", "`1 GB`"),
        (
            NETWORKS,
            "esim_price = \"1.50\"",
            "esim_price = \"1.50\"\nrequests = { tries = 0 }",
            "tries",
            "is not a whole number from 1",
        ),
        (
            NETWORKS,
            "esim_price = \"1.50\"",
            "esim_price = \"1.50\"\nrequests = { pause = \"2 h\" }",
            "longest_pause",
            "is shorter than `pause`",
        ),
        (
            CUTOFFS,
            "or_group = \"roaming-world\"",
            "or_group = \"roaming-mars\"",
            "or_group",
            "`roaming-mars` is the group of no option",
        ),
        (OPERATOR, "number_quarantine_days = 90", "number_quarantine_days = 30", "number_quarantine_days", "from 45 to 120"),
        (OPERATOR, "\"gone\"", "\"away\"", "number_after_quarantine", "`away` is not one of gone, free"),
        (OPERATOR, "holidays = \"fr\"\n", "", "holidays", "is missing"),
        ("world/holidays.csv", "easter+39", "easter+900", "day", "`easter+900` is neither a day"),
        ("world/holidays.csv", ",05-08,", ",02-29,", "day", "`02-29` is neither a day"),
        (OPERATOR, "3M02 606", "3M02 660", "iban", "its check digits do not agree with the rest"),
        (OPERATOR, "FR14 2004", "BR14 2004", "iban", "a country outside SEPA"),
        (OPERATOR, "\"PSSTFRPP\"", "\"PSST\"", "bic", "has 4 signs where 8 or 11 are needed"),
        (OPERATOR, "FR72ABC123456", "FR72ABC123465", "creditor", "its check digits do not agree with the rest"),
        (OPERATOR, "FR96552100554", "FR95552100554", "vat_number", "has a wrong key: `96` would be right"),
        (OPERATOR, "vat_number = \"FR96552100554\"\n", "", "vat_number", "is missing"),
        ("world/banks.csv", "BE,050,099", "BE,050,99", "last", "`99` is not a code of as many signs as `050`"),
        ("world/banks.csv", "BE,050,099", "BE,049,099", "first", "`049` does not come after the codes of the row before"),
        ("world/banks.csv", "GKCCBEBB", "GKCCBEB", "bic", "BIC `GKCCBEB` has 7 signs where 8 or 11 are needed"),
    ] {
        let mut files = files();
        let text = files.get_mut(file).unwrap();
        assert!(text.contains(good), "{good} is not in {file}");
        *text = text.replacen(good, bad, 1);
        let faults = Catalog::load(&CatalogFiles::new(files), "grandlarge").unwrap_err().0;
        let named = faults
            .iter()
            .any(|fault| fault.file == file && fault.line > 0 && fault.field == field && fault.reason.contains(reason));
        assert!(named, "{file} {bad}: {faults:?}");
    }
    let mut files = files();
    let holidays = files.get_mut("world/holidays.csv").unwrap();
    *holidays = holidays.replace("|target", "").replace(",05-08,", ",02-29,");
    let faults = Catalog::load(&CatalogFiles::new(files), "grandlarge").unwrap_err().0;
    let reasons: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(reasons.len(), 2, "each mistake is named once: {reasons:?}");
    assert!(
        reasons.iter().any(|reason| reason.ends_with("has no day of calendar `target`, which banks settle by")),
        "{reasons:?}"
    );
    let mut files = self::files();
    let operator = files.get_mut(OPERATOR).unwrap();
    *operator = operator.replace("holidays = \"fr\"", "holidays = \"xx\"");
    let faults = Catalog::load(&CatalogFiles::new(files), "grandlarge").unwrap_err().0;
    assert_eq!(faults[0].to_string(), "world/holidays.csv: has no day of calendar `xx`, which an operator's `holidays` names");
}

/// BIL-08: banks settle on other days than people work: their calendar is one for all countries.
#[test]
fn banks_keep_days_of_their_own() {
    let world = load("zenne").world;
    let mut days: Vec<String> = world.bank_holidays.of_year(2026).map(|(day, _)| day.strftime("%m-%d").to_string()).collect();
    days.sort();
    assert_eq!(days.join(" "), "01-01 04-03 04-06 05-01 12-25 12-26");
}

/// CUS-08: the BIC is filled in by itself where the bank is known.
#[test]
fn a_bic_is_found_by_its_account() {
    let banks = load("vallee").world.banks.clone();
    let bic = |iban: &str| banks.bic(&iban.parse().unwrap()).map(|bic| bic.to_string());
    assert_eq!(bic("FR7630006000011234567890189").as_deref(), Some("AGRIFRPP"));
    assert_eq!(bic("FR1420041010050500013M02606").as_deref(), Some("PSSTFRPP"));
    assert_eq!(bic("BE62510007547061").as_deref(), Some("VAPEBE22"));
    assert_eq!(bic("BE68539007547034"), None, "a code that no bank has");
    assert_eq!(bic("DE89370400440532013000"), None, "a country whose banks are not listed");
}
