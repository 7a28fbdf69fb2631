//! When what was stopped or slowed goes on: more to draw on, a higher ceiling, a new day, a new month (RAT-07, MOB-43).

use crate::{Account, Event, Held, Hold, PackAccount, SpendAccount, source::Source};
use smallvec::SmallVec;
use vocabulary::Timestamp;

impl Account<'_> {
    /// Lifts what a recharge, an option, a pack, a raised ceiling, a new day or a new month has made room for. Whoever changed the terms
    /// of the line or of what it shares calls it, and somebody at midnight.
    pub fn lift(&mut self, packs: &[PackAccount], spends: &[SpendAccount], now: Timestamp) -> SmallVec<[Event; 1]> {
        let mut held_back = std::mem::take(&mut self.state.held_back);
        let mut events: SmallVec<[Event; 1]> = SmallVec::new();
        held_back.retain(|held| {
            let lifted = self.is_lifted(held, (packs, spends), now);
            let event = Event::Lifted { by: held.by.clone() };
            if lifted && !events.contains(&event) {
                events.push(event);
            }
            !lifted
        });
        self.state.held_back = held_back;
        events
    }

    fn is_lifted(&self, held: &Held, (packs, spends): (&[PackAccount], &[SpendAccount]), now: Timestamp) -> bool {
        if now >= self.month.1 {
            return true;
        }
        let own = self.ceilings.iter().map(|(_, ceiling)| ceiling);
        let mut ceilings = own.chain(spends.iter().flat_map(|spend| &spend.ceilings));
        if let Some(ceiling) = ceilings.find(|ceiling| ceiling.owns(&held.by)) {
            let hold = ceiling.at_end(held.kind).map(Hold::of);
            // A ceiling that is as it was may have something left, too little for an increment.
            let is_of_another_day = ceiling.by_day && ceiling.key_at(now, self.standing.catalog) != held.by;
            return is_of_another_day || hold != Some(held.how) || ceiling.limit_at(now) > held.limit;
        }
        let is_cap_lifted = self.standing.capping(&self.cap_lifts, held.kind, now) != self.standing.capping;
        held.by.is_ceiling() || is_cap_lifted || self.has_room_again(held, packs, now)
    }

    /// Is there something again for what the ended allowance took? An allowance that the line has no more holds nothing back.
    fn has_room_again(&self, held: &Held, packs: &[PackAccount], now: Timestamp) -> bool {
        let version = self.standing.version;
        let own = self.sources.iter().map(|(meter, source)| (source, self.state.meters[*meter].used));
        let shared = packs.iter().filter_map(|pack| Some((pack.source.as_ref()?, pack.state.used)));
        let in_force = |(source, _): &(&Source, i64)| now >= source.since && now < source.until;
        let all: SmallVec<[(&Source, i64); 8]> = own.chain(shared).filter(in_force).collect();
        let coverage = |source: &Source| version.coverages.names.get(source.coverage);
        let mut ended = all.iter().filter(|(source, _)| source.key == held.by).peekable();
        if ended.peek().is_none() {
            return true;
        }
        ended.any(|(ended, _)| {
            all.iter().any(|(source, used)| {
                source.kinds.contains(&held.kind)
                    && coverage(source).meets(coverage(ended), self.standing.network)
                    && source.limit.is_none_or(|limit| *used < limit)
                    && source.within.is_none_or(|whole| self.room_of(whole) > 0)
            })
        })
    }
}
