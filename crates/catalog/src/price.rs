//! Prices and tariffs, from `prices.csv` (RAT-03).

use crate::{
    Band, Ix, Network, Register, Tiers,
    cell::{Cell, Selection},
    draft::Draft,
    fault::Place,
    fields::Located,
    table::{Row, read_rows},
};
use vocabulary::{Direction, Money, Quantity, UsageKind};

/// One row of `prices.csv`.
#[derive(Clone, Debug)]
pub struct Price {
    /// What it costs per [`Price::per`], where no tiers say so.
    pub amount: Money,
    /// The base units (seconds, messages, bytes) that the amount is for.
    pub per: i64,
    /// Once a usage.
    pub fee: Money,
    /// The first increment, in base units: a started one counts whole.
    pub first: i64,
    /// The increments after it.
    pub then: i64,
    /// The least that a usage costs.
    pub minimum: Money,
    /// Prices by volume, in place of the amount.
    pub tiers: Option<Ix<Tiers>>,
    /// The times at which the row counts; `None` for always.
    pub band: Option<Ix<Band>>,
    /// The file and line it stands on, from the catalogues' folder: what a bill can point to.
    pub source: String,
}

/// The prices that a family pays, by network.
#[derive(Clone, Debug)]
pub struct Tariff {
    by_network: Vec<Table>,
}

#[derive(Clone, Debug)]
struct Table {
    /// The first row that matches, by cell, with 0 for none; rows of a time band are left to `banded`.
    at_any_time: Vec<u16>,
    /// Rows that count at some times only, with their cells, in order.
    banded: Vec<(Ix<Price>, Vec<Cell>)>,
}

impl Tariff {
    /// The price of a usage of this cell: the first row that matches. `is_now` tells whether a band holds at its beginning.
    pub fn price(
        &self,
        network: Ix<Network>,
        cell: Cell,
        is_now: impl Fn(Ix<Band>) -> bool,
        prices: &Register<Price>,
    ) -> Option<Ix<Price>> {
        let table = &self.by_network[network.index()];
        let always = table.at_any_time[cell.index()].checked_sub(1).map(|index| Ix::new(usize::from(index)));
        let holds = |(ix, cells): &&(Ix<Price>, Vec<Cell>)| {
            always.is_none_or(|always| *ix < always) && cells.contains(&cell) && prices.get(*ix).band.is_some_and(&is_now)
        };
        table.banded.iter().find(holds).map(|(ix, _)| *ix).or(always)
    }
}

/// The tariffs of a version.
#[derive(Clone, Debug, Default)]
pub struct Tariffs {
    /// By name.
    pub names: Register<Tariff>,
    /// Every row, by its id.
    pub prices: Register<Price>,
}

const COLUMNS: [&str; 16] = [
    "price",
    "tariff",
    "networks",
    "kinds",
    "directions",
    "from",
    "to",
    "classes",
    "band",
    "amount",
    "per",
    "fee",
    "first",
    "then",
    "minimum",
    "tiers",
];

impl Tariffs {
    pub(crate) fn read(draft: &Draft<'_>) -> Tariffs {
        let Some((path, text)) = draft.file("prices.csv", true) else { return Tariffs::default() };
        let mut prices = Register::default();
        let mut tariffs: Vec<(Located, Tariff)> = Vec::new();
        for row in read_rows(path, text, &COLUMNS, draft.log) {
            let selection = Selection::read(&row, draft, &Direction::ALL);
            let price = read_price(&row, draft, selection.kinds());
            let id = Located { text: row.required("price").to_owned(), place: row.place() };
            prices.add(&id, price, draft.log);
            let Some(ix) = prices.find(&id.text) else { continue };
            let networks = row.several("networks").map(|ids| {
                ids.iter()
                    .filter_map(|id| draft.version.networks.resolve(id, &row.place(), "networks", draft.log))
                    .collect::<Vec<_>>()
            });
            let mut reached = false;
            for name in row.several("tariff").unwrap_or_default() {
                let tariff = find_or_add(&mut tariffs, name, row.place(), draft);
                for (network, _) in
                    draft.version.networks.iter().filter(|(ix, _)| networks.as_ref().is_none_or(|n| n.contains(ix)))
                {
                    reached |= tariff.by_network[network.index()].add(ix, prices.get(ix).band, &selection, draft);
                }
            }
            if row.several("tariff").is_none() {
                row.fault("tariff", "names no tariff");
            } else if !reached {
                row.fault("", "is never reached: it matches nothing, or rows before it match all that it does");
            }
        }
        let mut names = Register::default();
        for (id, tariff) in tariffs {
            names.add(&id, tariff, draft.log);
        }
        Tariffs { names, prices }
    }
}

impl Table {
    /// Adds a row after those there are; was there anything left for it?
    fn add(&mut self, ix: Ix<Price>, band: Option<Ix<Band>>, selection: &Selection, draft: &Draft<'_>) -> bool {
        let number = u16::try_from(ix.index() + 1).expect("prices are numbered in 16 bits");
        let mut free = Vec::new();
        selection.each(draft, |cell| {
            let slot = &mut self.at_any_time[cell.index()];
            if *slot == 0 {
                if band.is_none() {
                    *slot = number;
                }
                free.push(cell);
            }
        });
        let reached = !free.is_empty();
        if band.is_some() {
            self.banded.push((ix, free));
        }
        reached
    }
}

fn find_or_add<'t>(tariffs: &'t mut Vec<(Located, Tariff)>, name: &str, place: Place, draft: &Draft<'_>) -> &'t mut Tariff {
    let position = tariffs.iter().position(|(known, _)| known.text == name).unwrap_or_else(|| {
        let empty = Table { at_any_time: vec![0; draft.version.cells.count()], banded: Vec::new() };
        let tariff = Tariff { by_network: vec![empty; draft.version.networks.len()] };
        tariffs.push((Located { text: name.to_owned(), place }, tariff));
        tariffs.len() - 1
    });
    &mut tariffs[position].1
}

fn read_price(row: &Row<'_>, draft: &Draft<'_>, kinds: &[UsageKind]) -> Price {
    let version = &draft.version;
    let unit = kinds.first().copied().unwrap_or(UsageKind::Voice);
    let same = kinds.iter().all(|kind| measured_alike(*kind, unit));
    if !same {
        row.fault("kinds", "prices kinds of different units in one row");
    }
    let tiers = Some(row.text("tiers")).filter(|id| !id.is_empty());
    let tiers = tiers.and_then(|id| version.tiers.resolve(id, &row.place(), "tiers", draft.log));
    if let Some(tiers) = tiers.map(|ix| version.tiers.get(ix))
        && !measured_alike(tiers.kind, unit)
    {
        row.fault("tiers", format!("`{}` counts {}, which this row does not price", row.text("tiers"), tiers.kind));
    }
    let band = Some(row.text("band")).filter(|id| !id.is_empty() && *id != "*");
    let band = band.and_then(|id| version.bands.resolve(id, &row.place(), "band", draft.log));
    let amount: Option<Money> = row.parsed("amount");
    match (amount, tiers) {
        (None, None) if row.text("amount").is_empty() => row.fault("amount", "is empty, and no tiers stand in for it"),
        (Some(_), Some(_)) => row.fault("amount", "stands beside tiers, which say the amount"),
        _ => {}
    }
    let first = increment(row, "first", unit).unwrap_or(1);
    let place = row.place();
    Price {
        amount: amount.unwrap_or(Money::ZERO),
        per: per(row, unit),
        fee: row.parsed("fee").unwrap_or(Money::ZERO),
        first,
        then: increment(row, "then", unit).unwrap_or(first),
        minimum: row.parsed("minimum").unwrap_or(Money::ZERO),
        tiers,
        band,
        source: format!("{}:{}", place.file, place.line),
    }
}

const fn measured_alike(a: UsageKind, b: UsageKind) -> bool {
    matches!(
        (a, b),
        (UsageKind::Voice, UsageKind::Voice)
            | (UsageKind::Data, UsageKind::Data)
            | (UsageKind::Sms | UsageKind::Mms, UsageKind::Sms | UsageKind::Mms)
    )
}

fn per(row: &Row<'_>, kind: UsageKind) -> i64 {
    let text = row.required("per");
    let whole = if kind == UsageKind::Sms || kind == UsageKind::Mms { text.to_owned() } else { format!("1 {text}") };
    match Quantity::parse(&whole, kind) {
        Ok(quantity) if quantity > Quantity::ZERO => quantity.units(),
        _ => {
            if !text.is_empty() {
                row.fault(
                    "per",
                    format!("`{text}` is no unit of {kind}: s, min, h for voice; kB, MB, GB for data; 1 for messages"),
                );
            }
            1
        }
    }
}

fn increment(row: &Row<'_>, column: &'static str, kind: UsageKind) -> Option<i64> {
    let text = row.text(column);
    if text.is_empty() {
        return None;
    }
    match Quantity::parse(text, kind) {
        Ok(quantity) if quantity > Quantity::ZERO => Some(quantity.units()),
        Ok(_) => {
            row.fault(column, format!("`{text}` is not more than nothing"));
            None
        }
        Err(error) => {
            row.fault(column, error);
            None
        }
    }
}
