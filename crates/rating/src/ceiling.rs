//! Ceilings on what is charged: cut-offs of a line, and spend caps of a line, a billing account or a customer.

use crate::{
    AtCap, CapRaise, LineTerms, MeterKey, Placed, SpendCap, SpendOwner, SpendPeriod,
    source::{Span, Standing, Steps},
};
use catalog::{AlertOf, Among, AtEnd, Catalog, Cell, Coverage, Cutoff, Ix, Measure, Zone};
use smallvec::SmallVec;
use vocabulary::{Markup, Money, Timestamp, UsageKind};

/// A ceiling on what is charged.
#[derive(Clone, Debug)]
pub(crate) struct Ceiling {
    pub(crate) key: MeterKey,
    pub(crate) kinds: SmallVec<[UsageKind; 4]>,
    pub(crate) from: Among<Zone>,
    pub(crate) covers: Option<Ix<Coverage>>,
    pub(crate) measure: Measure,
    /// In base units, or in millionths at the catalogue's prices, in which charges are counted.
    limit: i64,
    /// Times at which the limit is higher.
    raises: SmallVec<[(Span, i64); 1]>,
    at_cap: AtCap,
    pub(crate) closes_zone: bool,
    pub(crate) steps: Steps,
    /// Does it count by the day? Then its key is made for each day.
    pub(crate) by_day: bool,
    /// Whose lines share it; `None` for a line's own.
    pub(crate) owner: Option<SpendOwner>,
}

impl Ceiling {
    /// Does it count such usage?
    #[inline]
    pub(crate) fn applies(&self, usage: &Placed, cell: Cell, standing: &Standing<'_>) -> bool {
        let coverages = &standing.version.coverages.names;
        self.kinds.contains(&usage.kind)
            && self.from.holds(usage.from)
            && self.covers.is_none_or(|covers| coverages.get(covers).holds(standing.network, cell))
    }

    /// What happens at its end to a kind of usage; `None` where somebody is only told. What cannot go on slowly stops.
    pub(crate) fn at_end(&self, kind: UsageKind) -> Option<AtEnd> {
        match self.at_cap {
            AtCap::Tell => None,
            AtCap::Slow if kind == UsageKind::Data => Some(AtEnd::Slow),
            AtCap::Slow | AtCap::Stop => Some(AtEnd::Stop),
        }
    }

    /// What it lets through in all at an instant.
    pub(crate) fn limit_at(&self, at: Timestamp) -> i64 {
        let raised = self.raises.iter().filter(|((since, until), _)| at >= *since && at < *until).map(|(_, limit)| *limit);
        raised.max().map_or(self.limit, |raised| raised.max(self.limit))
    }

    /// The name of its counter at an instant.
    pub(crate) fn key_at(&self, at: Timestamp, catalog: &Catalog) -> MeterKey {
        if self.by_day {
            MeterKey::spend_day(self.owner, at.to_local(&catalog.operator.time_zone).date().day())
        } else {
            self.key.clone()
        }
    }

    /// Is it this counter's, on whatever day?
    pub(crate) fn owns(&self, key: &MeterKey) -> bool {
        if self.by_day { key.is_spend_day(self.owner) } else { self.key == *key }
    }
}

/// A spend cap as a ceiling.
pub(crate) fn spend_ceiling(
    cap: &SpendCap,
    (raises, markup): (&[CapRaise], Markup),
    owner: Option<SpendOwner>,
    steps: &[u8],
) -> Ceiling {
    let counted = |amount: Money| markup.within(amount).micros();
    let by_day = cap.period == SpendPeriod::Day;
    let own = raises.iter().filter(|raise| raise.period == cap.period);
    Ceiling {
        key: if by_day { MeterKey::spend_day(owner, 0) } else { MeterKey::spend_month(owner) },
        kinds: UsageKind::ALL.into_iter().collect(),
        from: Among::default(),
        covers: None,
        measure: Measure::Amount,
        limit: counted(cap.amount),
        raises: own.map(|raise| ((raise.since, raise.until), counted(raise.amount))).collect(),
        at_cap: cap.at_cap,
        closes_zone: false,
        steps: steps.iter().copied().collect(),
        by_day,
        owner,
    }
}

impl Standing<'_> {
    /// Cut-offs of the catalogue for this line, and its spend caps.
    pub(crate) fn ceilings(&self, terms: &LineTerms, markup: Markup) -> Vec<Ceiling> {
        let cutoffs =
            self.version.cutoffs.iter().filter(|(_, c)| c.families.holds(self.family) && c.networks.holds(self.network));
        let cutoffs = cutoffs.map(|(ix, cutoff)| self.ceiling((self.version.cutoffs.id(ix), cutoff), terms, markup));
        let steps = if terms.spend_steps.is_empty() { &self.catalog.operator.spend_steps } else { &terms.spend_steps };
        let caps = terms.spend_caps.iter().map(|cap| spend_ceiling(cap, (&terms.cap_raises, markup), None, steps));
        cutoffs.chain(caps).collect()
    }

    fn ceiling(&self, (id, cutoff): (&str, &Cutoff), terms: &LineTerms, markup: Markup) -> Ceiling {
        let chosen = terms.cutoffs.iter().find(|chosen| chosen.cutoff == id);
        let limit = chosen.map_or(cutoff.default, |chosen| chosen.value);
        Ceiling {
            key: MeterKey::cutoff(id),
            kinds: cutoff.kinds.iter().copied().collect(),
            from: cutoff.from.clone(),
            covers: cutoff.covers,
            measure: cutoff.measure,
            limit: match cutoff.measure {
                Measure::Volume => limit,
                Measure::Amount => markup.within(Money::from_micros(limit)).micros(),
            },
            raises: SmallVec::new(),
            at_cap: AtCap::Stop,
            closes_zone: cutoff.zero_closes_zone && limit == 0,
            steps: self.steps(AlertOf::Cutoff, id, self.capping),
            by_day: false,
            owner: None,
        }
    }
}
