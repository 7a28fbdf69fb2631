//! What a line may not do: blocks of its options, blocks of its family that none of its options opens (MOB-40, FLT-10), and guards on
//! what a call costs (RAT-16).
//!
//! A network is to keep to them. What it delivers all the same is rated as it is, because somebody has to pay for it, and staff is told.

use crate::{
    Account, Event, MeterKey, PackAccount, Placed, Refusal, SpendAccount, Why,
    decide::{dearest, decide},
    source::{InForce, Span, Standing},
    step::Step,
};
use catalog::{AtEnd, Cell, Coverage, Guard, Ix, Price};
use smallvec::SmallVec;
use vocabulary::{Direction, Timestamp, UsageKind};

/// Usage that is forbidden, as long as it is.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    coverage: Ix<Coverage>,
    span: Span,
    /// The times at which an option opens it.
    opened: SmallVec<[Span; 1]>,
}

/// Why a usage may not begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bar {
    /// A block forbids it.
    Blocked {
        /// The block's counter.
        by: MeterKey,
    },
    /// It costs more than a guard lets through.
    TooDear {
        /// The counter of the row of prices.
        by: MeterKey,
    },
    /// What it would draw on is at its end, and the service stops there.
    Ended {
        /// The counter at its end.
        by: MeterKey,
    },
    /// It is not the line's, or the offer allows no such usage.
    Refused(Refusal),
}

impl Standing<'_> {
    /// Blocks that hold at some time of a month.
    pub(crate) fn blocks(&self, options: &[InForce<'_>]) -> SmallVec<[Block; 1]> {
        let mut blocks: SmallVec<[Block; 1]> = SmallVec::new();
        for InForce { held, option, span } in options {
            let bought = self.catalog.version_at(held.since);
            let now = option.blocks.iter().filter_map(|block| self.coverage_now(bought, *block));
            blocks.extend(now.map(|coverage| Block { coverage, span: *span, opened: SmallVec::new() }));
        }
        let always = (Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX));
        for &coverage in &self.version.families.get(self.family).blocks {
            let opens = |in_force: &&InForce<'_>| {
                let bought = self.catalog.version_at(in_force.held.since);
                in_force.option.opens.iter().any(|opened| self.coverage_now(bought, *opened) == Some(coverage))
            };
            let opened = options.iter().filter(opens).map(|in_force| in_force.span).collect();
            blocks.push(Block { coverage, span: always, opened });
        }
        // Most networks block nothing, and each usage is looked at.
        blocks.retain(|block| !self.version.coverages.names.get(block.coverage).is_empty(self.network));
        blocks
    }
}

impl Account<'_> {
    /// May a usage begin? For whoever connects calls and sessions: nothing is counted. A usage of one unit at least is looked at.
    ///
    /// # Errors
    /// Why it may not, the strictest reason first.
    pub fn may_begin(&self, usage: &Placed, packs: &[PackAccount], spends: &[SpendAccount]) -> Result<(), Bar> {
        self.check_time(usage).map_err(Bar::Refused)?;
        if usage.is_emergency(self.standing.catalog) {
            return Ok(());
        }
        let cell = self.cell(usage);
        if let Some(by) = self.block_of(usage, cell) {
            return Err(Bar::Blocked { by });
        }
        let steps = decide(self, usage, cell, (packs, spends)).map_err(Bar::Refused)?;
        for step in &steps {
            if let Step::Charged { charge, .. } = step
                && let Some(by) = self.guard_of(usage, charge.id, charge.price)
            {
                return Err(Bar::TooDear { by });
            }
        }
        match steps.first() {
            Some(Step::HeldBack { how: AtEnd::Stop, .. }) => match steps[0].part(self, (packs, spends), usage.start).why {
                Why::Stopped { meter } => Err(Bar::Ended { by: meter }),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// The block that forbids a usage.
    pub(crate) fn block_of(&self, usage: &Placed, cell: Cell) -> Option<MeterKey> {
        let names = &self.standing.version.coverages.names;
        let is_in = |span: &Span| usage.start >= span.0 && usage.start < span.1;
        let forbids = |block: &&Block| {
            names.get(block.coverage).holds(self.standing.network, cell) && is_in(&block.span) && !block.opened.iter().any(is_in)
        };
        self.blocks.iter().find(forbids).map(|block| MeterKey::block(names.id(block.coverage)))
    }

    /// The guard that a call of this price is above.
    pub(crate) fn guard_of(&self, usage: &Placed, row: &str, price: &Price) -> Option<MeterKey> {
        let is_call = usage.kind == UsageKind::Voice && usage.direction != Direction::Received;
        let forbids = is_call && self.guard != Guard::default();
        (forbids && self.guard.forbids(price, dearest(price, self.standing.version))).then(|| MeterKey::guard(row))
    }

    /// Counts a record that was delivered although it should not have been; the first of a month is told.
    pub(crate) fn note_despite(
        &mut self,
        by: MeterKey,
        event: impl FnOnce(MeterKey) -> Event,
        events: &mut SmallVec<[Event; 1]>,
    ) {
        let meter = self.meter(&by);
        self.state.meters[meter].used += 1;
        if self.state.meters[meter].used == 1 {
            events.push(event(by));
        }
    }
}
