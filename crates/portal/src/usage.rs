//! One call, message or slice of data: as a row of a journal, and why it cost what it cost (RAT-12).

pub mod show;

use crate::{Icon, Locale, Page};
use fluent_templates::fluent_bundle::FluentValue;
use operations::usage::{Outcome, Terms, Usage, UsagePart};
use std::{fmt, str::FromStr};
use vocabulary::{Direction, Quantity, RecordKey, Timestamp, UsageKind};

/// A record within its line, as an address writes it: `1795271525000000.9f3c2b1a00ff7e21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsageRef {
    /// When it began.
    pub start: Timestamp,
    /// What makes it the same record elsewhere.
    pub key: RecordKey,
}

/// An address that names no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsageRefError;

impl fmt::Display for UsageRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:016x}", self.start.micros(), self.key.0)
    }
}

impl FromStr for UsageRef {
    type Err = UsageRefError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (start, key) = text.split_once('.').ok_or(UsageRefError)?;
        let start = Timestamp::from_micros(start.parse().map_err(|_| UsageRefError)?);
        let key = RecordKey(u64::from_str_radix(key, 16).map_err(|_| UsageRefError)?.cast_signed());
        Ok(Self { start, key })
    }
}

/// What pages say of a usage.
pub trait UsageWords {
    /// Itself, within its line.
    fn reference(&self) -> UsageRef;
    /// The address of its page.
    fn url(&self) -> String;
    /// The icon of its kind and direction.
    fn icon(&self) -> Icon;
    /// What it was in words: a call made, a message received.
    fn title(&self, locale: &Locale) -> &'static str;
    /// Was any part not carried, or carried slowly, or charged?
    fn is_remarkable(&self) -> bool;
    /// Where its price comes from in one word, for the rows that cost nothing.
    fn verdict(&self, locale: &Locale) -> &'static str;
}

impl UsageWords for Usage {
    fn reference(&self) -> UsageRef {
        UsageRef { start: self.start, key: self.key }
    }

    fn url(&self) -> String {
        format!("/lines/{}/usage/{}", self.line, self.reference())
    }

    fn icon(&self) -> Icon {
        match (self.kind, self.direction) {
            (UsageKind::Voice, _) if self.value_added => Icon::Star,
            (UsageKind::Voice, Direction::Made) => Icon::Outgoing,
            (UsageKind::Voice, Direction::Received) => Icon::Incoming,
            (UsageKind::Voice, Direction::Forwarded) => Icon::Forwarded,
            (UsageKind::Sms, _) => Icon::Message,
            (UsageKind::Mms, _) => Icon::Photo,
            (UsageKind::Data, _) => Icon::Data,
        }
    }

    fn title(&self, locale: &Locale) -> &'static str {
        usage_title(*locale, (self.kind, self.direction))
    }

    fn is_remarkable(&self) -> bool {
        self.parts.iter().any(|part| !matches!(part.outcome, Outcome::Included { .. } | Outcome::Free))
    }

    fn verdict(&self, locale: &Locale) -> &'static str {
        match self.parts.last().map(|part| &part.outcome) {
            Some(Outcome::Included { .. }) => locale.text("verdict-included"),
            Some(Outcome::Stopped) => locale.text("verdict-stopped"),
            Some(Outcome::Slowed) => locale.text("verdict-slowed"),
            Some(Outcome::Charged { .. }) => locale.text("verdict-charged"),
            Some(Outcome::Free) | None => locale.text("verdict-free"),
        }
    }
}

/// What a usage was in words: a call made, a message received.
pub(crate) fn usage_title(locale: Locale, usage: (UsageKind, Direction)) -> &'static str {
    match usage {
        (UsageKind::Voice, Direction::Made) => locale.text("usage-call-made"),
        (UsageKind::Voice, Direction::Received) => locale.text("usage-call-received"),
        (UsageKind::Voice, Direction::Forwarded) => locale.text("usage-call-forwarded"),
        (UsageKind::Sms, Direction::Received) => locale.text("usage-sms-received"),
        (UsageKind::Sms, _) => locale.text("usage-sms-sent"),
        (UsageKind::Mms, Direction::Received) => locale.text("usage-mms-received"),
        (UsageKind::Mms, _) => locale.text("usage-mms-sent"),
        (UsageKind::Data, _) => locale.text("usage-data"),
    }
}

/// The explanation of a part in words.
pub trait PartWords {
    /// Where it went: `Inclus dans Forfait 30 Go`.
    fn headline(&self, page: &Page) -> String;
    /// The sum: `45 s comptées 1 min (par minute commencée) × 0,35 €/min = 0,35 €`.
    fn arithmetic(&self, page: &Page, kind: &UsageKind) -> String;
    /// What the allowance was before and after: `18,2 Go restants, puis 17,9 Go`.
    fn balance(&self, page: &Page, kind: &UsageKind) -> Option<String>;
    /// Its word in class names.
    fn class(&self) -> &'static str;
}

impl PartWords for UsagePart {
    fn headline(&self, page: &Page) -> String {
        match &self.outcome {
            Outcome::Included { allowance, .. } => page.ta("part-included", allowance),
            Outcome::Free => page.t("part-free").into(),
            Outcome::Charged { tariff, .. } => page.ta("part-charged", tariff),
            Outcome::Stopped => page.t("part-stopped").into(),
            Outcome::Slowed => page.t("part-slowed").into(),
        }
    }

    fn arithmetic(&self, page: &Page, kind: &UsageKind) -> String {
        let Outcome::Charged { terms, .. } = &self.outcome else {
            return counted_in_words(page, *kind, self.quantity);
        };
        let exact = |quantity: Quantity| match kind {
            UsageKind::Data => page.locale.exact_volume(quantity, terms.per).unwrap_or_else(|| page.volume(quantity)),
            _ => counted_in_words(page, *kind, quantity),
        };
        let mut sum = exact(self.quantity);
        if self.counted != self.quantity || (*kind == UsageKind::Voice && terms.increment.units() > 1) {
            let counted = exact(self.counted);
            let rounding = match (kind, terms.increment.units()) {
                (UsageKind::Voice, 60) => page.t("rounding-minute").into(),
                (_, increment) => {
                    page.ta("rounding-increment", page.quantity(*kind, Quantity::new(increment).unwrap_or_default()))
                }
            };
            let arguments: [(&str, FluentValue<'_>); 3] =
                [("quantity", sum.as_str().into()), ("counted", counted.into()), ("rounding", rounding.into())];
            sum = page.locale.text_with("part-counted", arguments);
        }
        sum = format!("{sum} × {}", unit_price(page, *kind, terms));
        if terms.connection_fee.is_positive() {
            sum = format!("{} + {sum}", page.ta("part-connection-fee", page.price(terms.connection_fee)));
        }
        format!("{sum} = {}", page.price(self.price))
    }

    fn balance(&self, page: &Page, kind: &UsageKind) -> Option<String> {
        let Outcome::Included { before, after, .. } = &self.outcome else { return None };
        let (Some(before), Some(after)) = (before, after) else { return Some(page.t("part-unlimited").into()) };
        let arguments: [(&str, FluentValue<'_>); 2] =
            [("before", page.quantity(kind, before).into()), ("after", page.quantity(kind, after).into())];
        Some(page.locale.text_with("part-balance", arguments))
    }

    fn class(&self) -> &'static str {
        match self.outcome {
            Outcome::Included { .. } | Outcome::Free => "included",
            Outcome::Charged { .. } => "charged",
            Outcome::Stopped => "stopped",
            Outcome::Slowed => "slowed",
        }
    }
}

fn counted_in_words(page: &Page, kind: UsageKind, quantity: Quantity) -> String {
    match kind {
        UsageKind::Sms => page.tn("count-sms", quantity.units()),
        UsageKind::Mms => page.tn("count-mms", quantity.units()),
        UsageKind::Voice | UsageKind::Data => page.quantity(kind, quantity),
    }
}

/// A price with its unit: `0,35 €/min`, `0,20 €/Mo`.
fn unit_price(page: &Page, kind: UsageKind, terms: &Terms) -> String {
    let price = page.price(terms.price);
    let unit = match (kind, terms.per.units()) {
        (UsageKind::Voice, 1) => "s".into(),
        (UsageKind::Voice, 60) => "min".into(),
        (UsageKind::Sms, 1) => "SMS".into(),
        (UsageKind::Mms, 1) => "MMS".into(),
        _ => {
            let quantity = page.quantity(kind, terms.per);
            quantity.strip_prefix("1\u{a0}").map_or(quantity.clone(), str::to_owned)
        }
    };
    format!("{price}/{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;
    use vocabulary::Money;

    #[test]
    fn a_record_is_found_by_the_address_it_writes() {
        let reference = UsageRef { start: Timestamp::from_micros(1_795_271_525_000_000), key: RecordKey(-3) };
        assert_eq!(reference.to_string().parse(), Ok(reference));
        for bad in ["", "1", "1.", "x.1", "1.zz"] {
            assert_eq!(bad.parse::<UsageRef>(), Err(UsageRefError));
        }
    }

    /// RAT-12: an amount can be followed to its arithmetic.
    #[test]
    fn a_part_explains_its_price() {
        let page = samples::page(crate::Role::Subscriber, crate::Locale::French, crate::Theme::Light, "/");
        let seconds = |units| Quantity::new(units).unwrap();
        let terms =
            Terms { connection_fee: Money::ZERO, price: "0.35".parse().unwrap(), per: seconds(60), increment: seconds(60) };
        let part = UsagePart {
            quantity: seconds(45),
            counted: seconds(60),
            outcome: Outcome::Charged { tariff: "Suisse".into(), terms },
            price: "0.35".parse().unwrap(),
            rule: None,
        };
        let words = part.arithmetic(&page, &UsageKind::Voice).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(words, "45 s comptées 1 min (par minute commencée) × 0,35 €/min = 0,35 €");
    }
}
