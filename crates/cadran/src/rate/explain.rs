//! The chain of rules behind a rated usage, in words.

use super::answer::row_source;
use crate::quantity_text::quantity_text;
use ::catalog::{AtEnd, Catalog, Price, TierMode, Version};
use rating::{Account, Cause, MeterKey, Part, Placed, Rated, Why};
use vocabulary::{Direction, UsageKind};

/// What the words are about.
pub(super) struct Case<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) version: &'a Version,
    pub(super) usage: &'a Placed,
    pub(super) account: &'a Account<'a>,
}

impl Case<'_> {
    /// Where the usage was, to whom it went, and where each part of it went and why.
    pub(super) fn explain(&self, rated: &Rated) -> Vec<String> {
        let mut chain = vec![self.place()];
        chain.extend(rated.parts.iter().map(|part| self.part(part)));
        chain
    }

    fn place(&self) -> String {
        let usage = self.usage;
        let zone = self.version.zones.all.id(usage.from);
        let way = match usage.direction {
            Direction::Made => "made",
            Direction::Received => "received",
            Direction::Forwarded => "forwarded",
        };
        let there = format!("{} {way} in {}, zone `{zone}`", usage.kind, usage.from_country);
        let to = self.catalog.world.get(usage.to);
        let Some(class) = to.class else {
            return format!("{there}; catalogue version of {}", self.version.effective);
        };
        let group = if to.group.is_empty() { String::new() } else { format!(", group `{}`", to.group) };
        let to_zone = self.version.zones.all.id(self.version.zone_of(&self.catalog.world, to.country));
        let other = if usage.direction == Direction::Received { "from" } else { "to" };
        format!(
            "{there}, {other} a {} number of {}, zone `{to_zone}`{group}; catalogue version of {}",
            class.as_str(),
            to.country,
            self.version.effective
        )
    }

    fn part(&self, part: &Part) -> String {
        let quantity = quantity_text(part.quantity, self.usage.kind);
        match &part.why {
            Why::Emergency => format!("{quantity}: an emergency number is free and never stopped"),
            Why::Allowance { meter, after, within } => {
                let limit = self.account.allowances().find(|(key, _, _)| *key == meter).and_then(|(_, limit, _)| limit);
                let after = quantity_text(*after, self.usage.kind);
                let of = limit.map_or_else(String::new, |limit| format!(" of {}", quantity_text(limit, self.usage.kind)));
                let part = within.as_ref().map_or_else(String::new, |whole| format!(", a part of `{}`", whole.0.as_str()));
                format!("{quantity} into `{}`{part}, which covers it and now stands at {after}{of}", meter.as_str())
            }
            Why::Charged { price, cause } => self.charged(part, price, *cause),
            Why::Slowed { meter } => format!("{quantity} slowed and free: {}", self.end(meter, AtEnd::Slow)),
            Why::Stopped { meter } => format!("{quantity} stopped and free: {}", self.end(meter, AtEnd::Stop)),
        }
    }

    fn charged(&self, part: &Part, row: &str, cause: Cause) -> String {
        let quantity = quantity_text(part.quantity, self.usage.kind);
        let why = match cause {
            Cause::NotCovered => "no allowance covers it",
            Cause::UsedUp => "the allowance that covers it is used up",
            Cause::TooManyCorrespondents => "it goes to one correspondent more than the allowance takes",
            Cause::TooLong => "the call is longer than the allowance takes",
        };
        let prices = &self.version.tariffs.prices;
        let how = prices.find(row).map(|ix| self.calculation(part, prices.get(ix))).unwrap_or_default();
        let source = row_source(row, self.version);
        format!("{quantity} charged because {why}: row `{row}` ({source}): {how} = {}", part.price)
    }

    fn calculation(&self, part: &Part, price: &Price) -> String {
        let kind = self.usage.kind;
        let counted = quantity_text(part.counted, kind);
        let per = match kind {
            UsageKind::Sms | UsageKind::Mms => "message".to_owned(),
            UsageKind::Voice | UsageKind::Data => quantity_text(price.per, kind).trim_start_matches("1 ").to_owned(),
        };
        let increments = if price.first == 1 && price.then == 1 {
            String::new()
        } else {
            format!(" (increments of {}, then {})", quantity_text(price.first, kind), quantity_text(price.then, kind))
        };
        let fee = if price.fee.is_zero() { String::new() } else { format!("fee of {} + ", price.fee) };
        let minimum = if price.minimum.is_zero() { String::new() } else { format!(", at least {}", price.minimum) };
        match price.tiers {
            None => format!("{fee}{counted}{increments} at {} per {per}{minimum}", price.amount),
            Some(tiers) => {
                let mode = match self.version.tiers.get(tiers).mode {
                    TierMode::Reached => "the tier reached prices the month's whole volume, less what was charged before",
                    TierMode::Graduated => "each tier prices its own part of the month's volume",
                };
                let tiers = self.version.tiers.id(tiers);
                format!("{fee}{counted}{increments} by tiers `{tiers}` per {per}, {mode}{minimum}")
            }
        }
    }

    fn end(&self, meter: &MeterKey, how: AtEnd) -> String {
        let name = meter.as_str();
        if name.starts_with("cutoff/") || name.starts_with("spend/") {
            return format!("the ceiling `{name}` lets no more through");
        }
        format!("`{name}` covers it and is at its end, where the catalogue says `{}`", how.as_str())
    }
}
