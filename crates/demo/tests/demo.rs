//! The demo against the shipped catalogues and layouts.
#![allow(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::print_stdout,
    reason = "a test fails by panic and shows what it counted"
)]

use catalog::{Catalog, CatalogFiles, Service};
use demo::{DemoLine, DemoOperator, LineState, operators, write_usage};
use jiff::civil::{Date, date};
use mediation::{Layout, UsageReader};
use std::{
    collections::{BTreeMap, HashSet},
    fs::{self, File},
    path::{Path, PathBuf},
    sync::Arc,
};
use vocabulary::{E164, Party, UsageKind, Visited};

const TODAY: Date = date(2026, 11, 21);

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn catalogs() -> Vec<Catalog> {
    let files = CatalogFiles::read(&repository().join("catalogs")).unwrap();
    ["vallee", "grandlarge", "zenne"].map(|id| Catalog::load(&files, id).unwrap()).into()
}

fn lines(operator: &DemoOperator) -> impl Iterator<Item = &DemoLine> {
    operator.customers.iter().flat_map(|customer| &customer.lines)
}

#[test]
fn there_are_as_many_as_was_said() {
    let all = operators(&catalogs(), TODAY, 1);
    let [vallee, grand_large, zenne] = &all[..] else { panic!("three operators") };
    assert_eq!(vallee.customers.len(), 500);
    assert_eq!((grand_large.resellers.len(), grand_large.customers.len(), lines(grand_large).count()), (2, 20, 3_000));
    let of_first = grand_large.customers.iter().filter(|customer| customer.reseller == Some(0));
    assert_eq!(of_first.map(|customer| customer.lines.len()).sum::<usize>(), 1_500);
    assert_eq!((zenne.customers.len(), lines(zenne).count(), zenne.customers[0].lines.len()), (8, 2_000, 900));
    assert_eq!(lines(&operators(&catalogs(), TODAY, 2)[1]).count(), 6_000);
}

/// RAT-15, FLT-12: some companies watch what they spend: caps of all lines or of an account that is there, and amounts to be told at.
#[test]
fn companies_watch_what_they_spend() {
    let zenne = &operators(&catalogs(), TODAY, 1)[2];
    let capped: Vec<_> = zenne.customers.iter().filter(|customer| !customer.shared_caps.is_empty()).collect();
    assert_eq!(capped.len(), 2);
    for customer in capped {
        for (account, cap) in &customer.shared_caps {
            assert!(account.is_none_or(|position| position < customer.billing_accounts.len()) && cap.amount.is_positive());
        }
        assert!(customer.packs.iter().all(|pack| !pack.notices.is_empty()));
        let told = customer.lines.iter().filter(|line| !line.notices.is_empty()).count();
        assert_eq!(told, customer.lines.len().div_ceil(5));
    }
}

/// MOB-03, MOB-08, MOB-41: every offer, option, recharge, cut-off and pack is one that the catalogue sells to that line.
#[test]
fn lines_have_only_what_their_catalogue_sells() {
    let catalogs = catalogs();
    for (operator, catalog) in operators(&catalogs, TODAY, 1).iter().zip(&catalogs) {
        let version = catalog.versions().last().unwrap();
        let mut numbers = HashSet::new();
        let mut cards = HashSet::new();
        for line in lines(operator) {
            let network = version.networks.find(&line.network).unwrap();
            let offer_ix = version.offers.find(&line.offer).unwrap();
            let offer = version.offers.get(offer_ix);
            let family = version.families.get(offer.family);
            assert!(offer.price(network).is_some(), "{} on {}", line.offer, line.network);
            assert_eq!(line.service, family.service);
            assert!(family.cap_choice || line.capping == catalog::Capping::Uncapped);
            assert!(numbers.insert(line.number.parse::<E164>().unwrap()), "{} twice", line.number);
            let has_card = !matches!(line.service, Service::Fixed | Service::Internet | Service::Tv);
            assert_eq!(line.iccid.is_some(), has_card);
            assert!(line.iccid.iter().all(|iccid| iccid.len() == 19 && cards.insert(iccid.clone())));
            for (id, since, _) in &line.options {
                let option = version.options.get(version.options.find(id).unwrap());
                assert!(option.allowed(version, offer_ix, network), "{id} on {}", line.offer);
                assert!(*since >= line.bought);
            }
            for (id, _) in &line.recharges {
                let recharge = version.recharges.get(version.recharges.find(id).unwrap());
                assert!(offer.recharges && recharge.families.holds(offer.family) && recharge.networks.holds(network), "{id}");
            }
            for (id, value) in &line.cutoffs {
                let cutoff = version.cutoffs.get(version.cutoffs.find(id).unwrap());
                assert!(
                    cutoff.families.holds(offer.family) && cutoff.networks.holds(network) && cutoff.values.contains(value),
                    "{id}"
                );
            }
            assert_eq!(line.started.is_none(), line.state == LineState::Activating);
            assert_eq!(line.ended.is_some(), line.state == LineState::Ended);
            assert!(line.started.is_none_or(|started| line.ended.is_none_or(|ended| started < ended)), "{line:?}");
        }
        for customer in &operator.customers {
            assert!(customer.lines.iter().all(|line| line.billing_account < customer.billing_accounts.len()));
            assert!(customer.packs.iter().all(|pack| version.packs.find(&pack.pack).is_some()));
        }
    }
}

#[test]
fn white_text_on_a_brand_is_well_read_and_logins_name_hosts_that_are() {
    for operator in operators(&catalogs(), TODAY, 1) {
        for brand in &operator.brands {
            let value = u32::from_str_radix(brand.colour.trim_start_matches('#'), 16).unwrap();
            let part = |shift: u32| {
                let share = f64::from(value >> shift & 255) / 255.0;
                if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            };
            let luminance = 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
            assert!(1.05 / (luminance + 0.05) >= 4.5, "{}", brand.colour);
        }
        for login in &operator.logins {
            assert!(operator.brands.iter().any(|brand| brand.host == login.host), "{}", login.host);
        }
    }
}

/// The household of the tour has a telephone and two mobiles, one of which is near its end: 92 per cent by yesterday.
#[test]
fn the_schneiders_are_near_the_end_of_their_data() {
    let catalogs = catalogs();
    let vallee = operators(&catalogs, TODAY, 1).remove(0);
    let schneider = vallee.customers.iter().find(|customer| customer.reference == "V100042").unwrap();
    let [_, anne, _] = &schneider.lines[..] else { panic!("three lines") };
    assert_eq!(schneider.name, "Famille Schneider");
    let folder = tempfile::tempdir().unwrap();
    let files = write_usage(&vallee, &catalogs[0], TODAY, folder.path(), &mut |_| {}).unwrap();
    let layout = fs::read_to_string(repository().join("layouts/mobile.toml")).unwrap();
    let layout = Arc::new(Layout::parse("mobile", &layout).unwrap());
    let mut bytes = 0;
    for file in files.iter().filter(|file| file.layout == "mobile" && file.path.to_string_lossy().contains("2026-11")) {
        let mut reader = UsageReader::open(Box::new(File::open(&file.path).unwrap()), Arc::clone(&layout), None).unwrap();
        while let Some(batch) = reader.next_batch(10_000).unwrap() {
            let records = batch.records.iter().map(|taken| &taken.record);
            let hers = records.filter(|record| record.kind == UsageKind::Data && anne.number.ends_with(record.line.as_str()));
            bytes += hers.map(|record| record.quantity.units()).sum::<i64>();
        }
    }
    assert!((17_400_000_000..19_600_000_000).contains(&bytes), "{bytes} of 20 GB");
}

fn written(folder: &Path, index: usize) -> (Vec<demo::DemoFile>, BTreeMap<String, Vec<u8>>) {
    let catalogs = catalogs();
    let operators = operators(&catalogs, date(2026, 11, 2), 1);
    let mut told = 0;
    let files = write_usage(&operators[index], &catalogs[index], date(2026, 11, 2), folder, &mut |rows| told += rows).unwrap();
    assert_eq!(told, files.iter().map(|file| file.records).sum::<u64>());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string();
    let bytes = files.iter().map(|file| (name(&file.path), fs::read(&file.path).unwrap())).collect();
    (files, bytes)
}

/// The same day and scale give the same bytes, wherever they are written.
#[test]
fn two_runs_write_the_same_bytes() {
    // Vallée: it has files of a switch and compressed ones of a network.
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(written(one.path(), 0).1 == written(other.path(), 0).1);
}

/// RAT-08: the files are read by the shipped layouts; nearly all rows give a record of a line, and some are set aside.
#[test]
fn the_shipped_layouts_read_what_is_written() {
    let catalogs = catalogs();
    let operators = operators(&catalogs, date(2026, 11, 2), 1);
    for (index, operator) in operators.iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let numbers: HashSet<E164> = lines(operator).map(|line| line.number.parse().unwrap()).collect();
        let names: HashSet<&str> = lines(operator).flat_map(|line| &line.identities).map(String::as_str).collect();
        let plan = &catalogs[index].world.plan;
        let (mut known, mut unknown, mut aside, mut abroad, mut kinds) = (0_u64, 0_u64, 0_u64, 0_u64, HashSet::new());
        for file in written(folder.path(), index).0 {
            let path = repository().join(format!("layouts/{}.toml", file.layout));
            let layout = Layout::parse(file.layout, &fs::read_to_string(path).unwrap()).unwrap();
            let mut reader = UsageReader::open(Box::new(File::open(&file.path).unwrap()), Arc::new(layout), None).unwrap();
            let mut last = None;
            while let Some(batch) = reader.next_batch(10_000).unwrap() {
                for row in &batch.set_aside {
                    aside += u64::from(row.reason.as_str() != "not_answered");
                }
                for taken in &batch.records {
                    let record = &taken.record;
                    let is_ours = |text: &str| match plan.read(text) {
                        Party::Number(number) => numbers.contains(&number),
                        _ => names.contains(text),
                    };
                    let is_known = is_ours(&record.line) || taken.callee_line.as_ref().is_some_and(|callee| is_ours(callee));
                    *if is_known { &mut known } else { &mut unknown } += 1;
                    abroad += u64::from(record.visited != Visited::Home);
                    kinds.insert(record.kind);
                    if file.layout != "asterisk" {
                        assert!(last <= Some(record.start), "{}: not in the order of time", file.path.display());
                        last = Some(record.start);
                    }
                }
            }
        }
        println!("{}: {known} known, {unknown} unknown, {aside} set aside, {abroad} abroad", operator.catalog);
        assert!(unknown > 0 && unknown < known / 300, "{unknown} of {known}");
        assert!(aside > 0 && aside < known / 500, "{aside} of {known}");
        assert!(abroad > known / 500);
        assert_eq!(kinds.len(), UsageKind::ALL.len());
    }
}
