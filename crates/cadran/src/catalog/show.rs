//! What a version of a catalogue says, as tables.

use crate::{quantity_text::quantity_text, table::Table};
use ::catalog::{Allowance, Among, Amount, Billing, Catalog, FiveG, Measure, Offer, OptionPrice, Register, Version};
use anyhow::Context;
use std::path::Path;
use vocabulary::{Money, UsageKind};

/// What can be shown.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Subject {
    Offers,
    Options,
    Prices,
    Zones,
    Families,
    Cutoffs,
}

/// The table of a subject in a version.
pub(super) fn table(subject: Subject, catalog: &Catalog, version: &Version, folder: &Path) -> anyhow::Result<Table> {
    Ok(match subject {
        Subject::Offers => offers(version),
        Subject::Options => options(version),
        Subject::Prices => prices(version, folder)?,
        Subject::Zones => zones(catalog, version),
        Subject::Families => families(version),
        Subject::Cutoffs => cutoffs(version),
    })
}

/// The versions and how much there is in each.
pub(super) fn overview(catalog: &Catalog) -> Table {
    let mut table = Table::new(["version", "families", "offers", "options", "recharges", "packs", "cutoffs", "zones", "prices"]);
    for version in catalog.versions() {
        let counts = [
            version.families.len(),
            version.offers.len(),
            version.options.len(),
            version.recharges.len(),
            version.packs.len(),
            version.cutoffs.len(),
            version.zones.all.len(),
            version.tariffs.prices.len(),
        ];
        table.add([version.effective.to_string()].into_iter().chain(counts.map(|count| count.to_string())).collect());
    }
    table
}

fn offers(version: &Version) -> Table {
    let mut table = Table::new(["offer", "name", "family", "price a month", "once", "includes", "5G", "recharges"]);
    for (ix, offer) in version.offers.iter() {
        let prices = offer.prices.iter().map(|(network, price)| (version.networks.id(*network), price.to_string()));
        let five_g = offer.five_g.iter().map(|(network, how)| (version.networks.id(*network), five_g(*how).to_owned()));
        table.add(vec![
            version.offers.id(ix).to_owned(),
            english(&offer.name),
            version.families.id(offer.family).to_owned(),
            by_network(prices.collect()),
            or_dash(offer.one_off),
            included(version, offer),
            by_network(five_g.collect()),
            yes_no(offer.recharges),
        ]);
    }
    table
}

/// What an offer holds of its family's allowances.
fn included(version: &Version, offer: &Offer) -> String {
    let allowances = &version.families.get(offer.family).allowances;
    let held = allowances.iter().filter_map(|allowance| {
        let amount = match allowance.amount {
            Amount::Unlimited => return None,
            Amount::Limited(quantity) => quantity,
            Amount::ByOffer => offer.quantity(&allowance.id)?,
        };
        Some(format!("{} {}", allowance.id, quantity_text(amount.units(), allowance.kinds[0])))
    });
    held.collect::<Vec<_>>().join(", ")
}

fn options(version: &Version) -> Table {
    let mut table = Table::new(["option", "name", "group", "price", "includes", "families", "networks", "ends"]);
    for (ix, option) in version.options.iter() {
        let price = match option.price {
            OptionPrice::Monthly(price) => format!("{price} a month"),
            OptionPrice::Once(price) => format!("{price} once"),
        };
        table.add(vec![
            version.options.id(ix).to_owned(),
            english(&option.name),
            option.group.clone().unwrap_or_default(),
            price,
            allowances(&option.allowances),
            among(&option.families, &version.families),
            among(&option.networks, &version.networks),
            if option.ends_at_month_end { "month-end" } else { "any-time" }.to_owned(),
        ]);
    }
    table
}

/// The rows as they stand in their file, with their line, because that is where they are changed.
fn prices(version: &Version, folder: &Path) -> anyhow::Result<Table> {
    let Some((_, first)) = version.tariffs.prices.iter().next() else { return Ok(Table::new(["line"])) };
    let file = first.source.rsplit_once(':').map_or(first.source.as_str(), |(file, _)| file);
    let path = folder.join(file);
    let read = || format!("cannot read `{}`", path.display());
    let mut reader = csv::ReaderBuilder::new().flexible(true).comment(Some(b'#')).from_path(&path).with_context(read)?;
    let header = reader.headers().with_context(read)?.clone();
    let mut table = Table::new(std::iter::once("line").chain(header.iter().map(str::trim)));
    for row in reader.records() {
        let row = row.with_context(read)?;
        let line = row.position().map_or(0, csv::Position::line);
        table.add(std::iter::once(line.to_string()).chain(row.iter().map(|cell| cell.trim().to_owned())).collect());
    }
    Ok(table)
}

fn zones(catalog: &Catalog, version: &Version) -> Table {
    let mut table = Table::new(["country", "name", "zone", "zone name"]);
    for country in &catalog.world.countries {
        let zone = version.zone_of(&catalog.world, country.code);
        table.add(vec![
            country.code.to_string(),
            english(&country.name),
            version.zones.all.id(zone).to_owned(),
            english(&version.zones.all.get(zone).name),
        ]);
    }
    table
}

fn families(version: &Version) -> Table {
    let mut table = Table::new(["family", "name", "service", "tariff", "cap", "billing", "minimum", "includes"]);
    for (ix, family) in version.families.iter() {
        table.add(vec![
            version.families.id(ix).to_owned(),
            english(&family.name),
            family.service.as_str().to_owned(),
            family.tariff.map_or_else(|| "-".to_owned(), |tariff| version.tariffs.names.id(tariff).to_owned()),
            if family.cap_choice { "chosen" } else { "-" }.to_owned(),
            if family.billing == Billing::Advance { "advance" } else { "arrears" }.to_owned(),
            or_dash(family.monthly_minimum.unwrap_or(Money::ZERO)),
            allowances(&family.allowances),
        ]);
    }
    table
}

fn cutoffs(version: &Version) -> Table {
    let mut table = Table::new(["cutoff", "name", "families", "networks", "kinds", "zones", "values", "default", "0 closes"]);
    for (ix, cutoff) in version.cutoffs.iter() {
        let text = |value: i64| match cutoff.measure {
            Measure::Volume => quantity_text(value, cutoff.kinds[0]),
            Measure::Amount => Money::from_micros(value).to_string(),
        };
        table.add(vec![
            version.cutoffs.id(ix).to_owned(),
            english(&cutoff.name),
            among(&cutoff.families, &version.families),
            among(&cutoff.networks, &version.networks),
            cutoff.kinds.iter().copied().map(UsageKind::as_str).collect::<Vec<_>>().join(", "),
            among(&cutoff.from, &version.zones.all),
            cutoff.values.iter().map(|value| text(*value)).collect::<Vec<_>>().join(", "),
            text(cutoff.default),
            yes_no(cutoff.zero_closes_zone),
        ]);
    }
    table
}

fn english(words: &::catalog::Words) -> String {
    words.in_language("en").to_owned()
}

fn allowances(allowances: &[Allowance]) -> String {
    let text = |allowance: &Allowance| {
        let amount = match allowance.amount {
            Amount::Unlimited => "unlimited".to_owned(),
            Amount::ByOffer => "by offer".to_owned(),
            Amount::Limited(quantity) => quantity_text(quantity.units(), allowance.kinds[0]),
        };
        format!("{} {amount}", allowance.id)
    };
    allowances.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// The ids of those that are meant, `*` where all are.
fn among<T>(some: &Among<T>, all: &Register<T>) -> String {
    let ids: Vec<&str> = all.iter().filter(|(ix, _)| some.holds(*ix)).map(|(ix, _)| all.id(ix)).collect();
    if ids.len() == all.len() { "*".to_owned() } else { ids.join(", ") }
}

/// One value where all networks have the same, else one a network.
fn by_network(values: Vec<(&str, String)>) -> String {
    match values.split_first() {
        None => "-".to_owned(),
        Some(((_, first), rest)) if !rest.is_empty() && rest.iter().all(|(_, value)| value == first) => first.clone(),
        _ => values.iter().map(|(network, value)| format!("{network} {value}")).collect::<Vec<_>>().join(", "),
    }
}

const fn five_g(how: FiveG) -> &'static str {
    match how {
        FiveG::Included => "included",
        FiveG::Option => "option",
        FiveG::None => "none",
    }
}

fn yes_no(answer: impl Into<bool>) -> String {
    if answer.into() { "yes" } else { "no" }.to_owned()
}

fn or_dash(amount: Money) -> String {
    if amount.is_zero() { "-".to_owned() } else { amount.to_string() }
}
