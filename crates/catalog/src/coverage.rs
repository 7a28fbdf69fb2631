//! Coverages: named sets of usage, from `coverage.csv`. Allowances take them, blocks forbid them, cut-offs may count them.

use crate::{
    Ix, Network, Register,
    cell::{Cell, Selection},
    draft::Draft,
    fields::Located,
    table::read_rows,
};
use vocabulary::Direction;

/// A named set of usage, by network: what an allowance takes, what a block forbids, what a cut-off counts.
#[derive(Clone, Debug)]
pub struct Coverage {
    by_network: Vec<Vec<u64>>,
}

impl Coverage {
    /// Does it take usage of this cell on this network?
    pub fn holds(&self, network: Ix<Network>, cell: Cell) -> bool {
        let bits = &self.by_network[network.index()];
        bits[cell.index() / 64] >> (cell.index() % 64) & 1 == 1
    }

    /// Does it take any usage on this network?
    pub fn is_empty(&self, network: Ix<Network>) -> bool {
        self.by_network[network.index()].iter().all(|bits| *bits == 0)
    }

    /// Is there usage on this network that both take?
    pub fn meets(&self, other: &Coverage, network: Ix<Network>) -> bool {
        let (ours, theirs) = (&self.by_network[network.index()], &other.by_network[network.index()]);
        ours.iter().zip(theirs).any(|(a, b)| a & b != 0)
    }
}

/// The coverages of a version.
#[derive(Clone, Debug, Default)]
pub struct Coverages {
    /// By name.
    pub names: Register<Coverage>,
}

impl Coverages {
    pub(crate) fn read(draft: &Draft<'_>) -> Coverages {
        const FILE: &str = "coverage.csv";
        const COLUMNS: [&str; 7] = ["coverage", "networks", "kinds", "directions", "from", "to", "classes"];
        let Some((path, text)) = draft.file(FILE, true) else { return Coverages::default() };
        let words = draft.version.cells.count().div_ceil(64);
        let mut coverages: Vec<(Located, Coverage)> = Vec::new();
        for row in read_rows(path, text, &COLUMNS, draft.log) {
            let id = row.required("coverage").to_owned();
            let selection = Selection::read(&row, draft, &[Direction::Made, Direction::Received]);
            let networks = row.several("networks").map(|ids| {
                ids.iter()
                    .filter_map(|id| draft.version.networks.resolve(id, &row.place(), "networks", draft.log))
                    .collect::<Vec<_>>()
            });
            let position = coverages.iter().position(|(known, _)| known.text == id).unwrap_or_else(|| {
                let empty = Coverage { by_network: vec![vec![0; words]; draft.version.networks.len()] };
                coverages.push((Located { text: id, place: row.place() }, empty));
                coverages.len() - 1
            });
            let by_network = &mut coverages[position].1.by_network;
            for (ix, _) in draft.version.networks.iter().filter(|(ix, _)| networks.as_ref().is_none_or(|n| n.contains(ix))) {
                selection.each(draft, |cell| by_network[ix.index()][cell.index() / 64] |= 1 << (cell.index() % 64));
            }
        }
        let mut names = Register::default();
        for (id, coverage) in coverages {
            names.add(&id, coverage, draft.log);
        }
        Coverages { names }
    }
}
