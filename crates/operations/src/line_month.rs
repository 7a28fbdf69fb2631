//! A line's month added up: its totals, its data by day, and how much of it a journal finds.

use crate::{
    OperationError,
    allowance::quantity,
    line::{LineTotals, Sum},
};
use jiff::tz::TimeZone;
use store::{LineSum, Scoped, SpecialNumbers, UsageMonth, UsageSelection};
use vocabulary::{Direction, LineId, Markup, Month, Quantity, Timestamp, UsageKind};

/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

/// The sums of a line's month, read in one pass over it.
pub(crate) struct MonthSums {
    start: Timestamp,
    markup: Markup,
    groups: Vec<LineSum>,
    /// Bytes of the charged parts of records that an allowance took in part.
    straddling: i64,
}

impl MonthSums {
    pub(crate) async fn load(
        scoped: &Scoped,
        (month, markup): (UsageMonth, Markup),
        line: LineId,
        zone: &TimeZone,
    ) -> Result<Self, OperationError> {
        let start = month.month().start(zone);
        let groups = scoped.line_sums(month, line, start).await?;
        let straddles = groups.iter().any(|group| group.straddling && group.sum.kind == UsageKind::Data);
        let straddling = if straddles { scoped.straddling_data(month, line).await? } else { 0 };
        Ok(Self { start, markup, groups, straddling })
    }

    /// Tells what was made or sent, and the data that was charged: whole records by their quantity, straddling ones by their parts.
    pub(crate) fn fill(&self, totals: &mut LineTotals) {
        let sent = |kind: UsageKind, special: SpecialNumbers| {
            let of_kind = self.of(kind).filter(move |group| group.sum.direction != Direction::Received);
            Sum::of(of_kind.filter(move |group| is_among(group, special)).map(|group| &group.sum), self.markup)
        };
        totals.voice = sent(UsageKind::Voice, SpecialNumbers::Without);
        totals.value_added = sent(UsageKind::Voice, SpecialNumbers::Only);
        totals.sms = sent(UsageKind::Sms, SpecialNumbers::Among);
        totals.mms = sent(UsageKind::Mms, SpecialNumbers::Among);
        let whole = self.of(UsageKind::Data).filter(|group| group.charged && !group.straddling);
        totals.data_out_of_bundle =
            quantity(whole.fold(self.straddling, |bytes, group| bytes.saturating_add(group.sum.quantity)));
    }

    /// Data of each of the first `days` days.
    pub(crate) fn data_by_day(&self, days: usize, zone: &TimeZone) -> Vec<Quantity> {
        let mut bytes = vec![0_i64; days];
        for group in self.of(UsageKind::Data) {
            let began = self.start.micros().saturating_add(group.hour.unwrap_or(0).saturating_mul(HOUR));
            let day = Timestamp::from_micros(began).to_local(zone).date().day();
            if let Some(sum) = usize::try_from(day - 1).ok().and_then(|index| bytes.get_mut(index)) {
                *sum = sum.saturating_add(group.sum.quantity);
            }
        }
        bytes.into_iter().map(quantity).collect()
    }

    /// How many usages a selection finds; `None` where groups do not tell, because it asks for parties or days.
    pub(crate) fn count(&self, selection: &UsageSelection) -> Option<i64> {
        let UsageSelection { line: _, kinds, special, direction, matching, from, until, charged } = selection;
        if !matching.is_empty() || from.is_some() || until.is_some() {
            return None;
        }
        let found = self.groups.iter().filter(|group| {
            (kinds.is_empty() || kinds.contains(&group.sum.kind))
                && is_among(group, *special)
                && direction.is_none_or(|direction| direction == group.sum.direction)
                && (charged.is_none() || group.charged)
        });
        Some(Sum::of(found.map(|group| &group.sum), self.markup).count)
    }

    fn of(&self, kind: UsageKind) -> impl Iterator<Item = &LineSum> {
        self.groups.iter().filter(move |group| group.sum.kind == kind)
    }
}

const fn is_among(group: &LineSum, special: SpecialNumbers) -> bool {
    match special {
        SpecialNumbers::Among => true,
        SpecialNumbers::Only => group.sum.special,
        SpecialNumbers::Without => !group.sum.special,
    }
}

/// How many days of a month have begun: all of a past one, none of a future one.
pub(crate) fn days_so_far(month: Month, now: Timestamp, zone: &TimeZone) -> usize {
    let today = now.to_local(zone).date();
    let days = match month.cmp(&Month::of(today)) {
        std::cmp::Ordering::Less => month.days(),
        std::cmp::Ordering::Equal => today.day(),
        std::cmp::Ordering::Greater => 0,
    };
    usize::try_from(days).unwrap_or(0)
}
