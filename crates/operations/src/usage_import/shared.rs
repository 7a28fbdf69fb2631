//! What lines share, taken out for the time of one usage and put back after it: group packs, and ceilings in money (RAT-15).

use super::{HashSet, accounts::Accounts};
use rating::{PackAccount, PackState, Rated, SpendAccount, SpendState};
use vocabulary::{LineId, Month, PackId, SpendId};

/// What one line draws on with others, in the line's order.
pub(super) struct Shared {
    pub(super) packs: Vec<PackAccount>,
    pub(super) spends: Vec<SpendAccount>,
}

/// Whose counters a batch has moved.
#[derive(Default)]
pub(super) struct Moved {
    packs: HashSet<(PackId, Month)>,
    spends: HashSet<(SpendId, Month)>,
}

impl Accounts<'_> {
    /// Takes out what a line shares. Packs are copied; what is spent together has many counters and is lent.
    pub(super) fn take_shared(&mut self, line: LineId, month: Month) -> Shared {
        let Some(terms) = self.lines.get(&line).map(|line| &line.terms) else {
            return Shared { packs: Vec::new(), spends: Vec::new() };
        };
        let packs = terms.packs.iter().filter_map(|pack| self.packs.get(&(*pack, month)).map(|(_, account)| account.clone()));
        let packs = packs.collect();
        let spends = terms.spends.iter().filter_map(|spend| self.spends.remove(&(*spend, month))).collect();
        Shared { packs, spends }
    }

    /// Puts it back after a usage, which was rated or refused.
    pub(super) fn put_back(&mut self, (line, month): (LineId, Month), after: Shared, rated: Option<&Rated>, moved: &mut Moved) {
        if after.packs.is_empty() && after.spends.is_empty() {
            return;
        }
        let Some(terms) = self.lines.get(&line).map(|line| &line.terms) else { return };
        let there = terms.packs.iter().map(|pack| (*pack, month)).filter(|key| self.packs.contains_key(key));
        let there: Vec<_> = there.collect();
        for (key, account) in there.into_iter().zip(after.packs) {
            if let Some((_, kept)) = self.packs.get_mut(&key) {
                if kept.state != account.state {
                    moved.packs.insert(key);
                }
                *kept = account;
            }
        }
        let has_moved = rated.is_some_and(|rated| !rated.price.is_zero() || !rated.events.is_empty());
        // Those of a line were all loaded with it, so that they come back in the order in which they were lent.
        for (spend, account) in terms.spends.iter().zip(after.spends) {
            if has_moved {
                moved.spends.insert((*spend, month));
            }
            self.spends.insert((*spend, month), account);
        }
    }

    /// The counters of the packs that have moved.
    pub(super) fn pack_months(&self, moved: &Moved) -> Vec<(PackId, Month, PackState)> {
        let packs = moved.packs.iter().filter_map(|key| self.packs.get(key).map(|(_, pack)| (key.0, key.1, pack.state)));
        let mut packs: Vec<_> = packs.collect();
        packs.sort_by_key(|(pack, month, _)| (*pack, *month));
        packs
    }

    /// The counters of what was spent together, as they are kept.
    pub(super) fn spend_months(&self, moved: &Moved) -> Vec<(SpendId, Month, String)> {
        let spends = moved.spends.iter().filter_map(|key| Some((key.0, key.1, spend_state(&self.spends.get(key)?.state))));
        let mut spends: Vec<_> = spends.collect();
        spends.sort_by_key(|(spend, month, _)| (*spend, *month));
        spends
    }
}

/// What lines spend together as it is kept.
pub(crate) fn spend_state(state: &SpendState) -> String {
    serde_json::to_string(state).expect("counters are plain data")
}
