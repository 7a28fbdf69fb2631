//! What an invoice calls things: the words of a charge, and how its amount came about.

use crate::language::Language;
use billing::{Count, Invoice, InvoiceLine, Item, Reach, UsageGroup};
use vocabulary::UsageKind;

/// Where a charge stands in the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Chapter {
    /// What comes every month.
    Subscriptions,
    /// What was used beyond it.
    Usage,
    /// What comes once.
    Once,
}

impl Chapter {
    pub(super) const ALL: [Chapter; 3] = [Chapter::Subscriptions, Chapter::Usage, Chapter::Once];

    /// Where an item stands.
    pub(super) const fn of(item: &Item) -> Self {
        match item {
            Item::Plan(_) | Item::LineOption(_) | Item::Pack(_) | Item::Minimum | Item::Bundle { .. } => Self::Subscriptions,
            Item::Usage(_) | Item::Correction(_) => Self::Usage,
            Item::Recharge(_) | Item::Activation(_) | Item::OptionOnce(_) | Item::Esim | Item::SimSwap | Item::Free => Self::Once,
        }
    }

    /// The key of its name.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Subscriptions => "chapter-subscriptions",
            Self::Usage => "chapter-usage",
            Self::Once => "chapter-once",
        }
    }
}

/// What a charge is called.
pub(super) fn name(language: Language, line: &InvoiceLine) -> String {
    item(language, &line.item, &line.name)
}

/// What something charged is called, with the name that the catalogue gives it; empty for what has its words by itself.
pub(super) fn item(language: Language, item: &Item, given: &str) -> String {
    let given = given.trim();
    let known = |id: &str| if given.is_empty() { id.to_owned() } else { given.to_owned() };
    let own = |key: &str| if given.is_empty() { language.text(key) } else { given.to_owned() };
    match item {
        Item::Plan(id) | Item::LineOption(id) | Item::Pack(id) | Item::Recharge(id) | Item::OptionOnce(id) => known(id),
        Item::Activation(_) if given.is_empty() => language.text("item-activation"),
        Item::Activation(_) => language.text_with("item-activation-of", [("name", given.into())]),
        Item::Minimum => own("item-minimum"),
        Item::Bundle { .. } => own("item-bundle"),
        Item::Usage(group) if given.is_empty() => usage(language, *group),
        Item::Usage(_) | Item::Free => own("item-free"),
        Item::Esim => own("item-esim"),
        Item::SimSwap => own("item-sim-swap"),
        Item::Correction(_) if !given.is_empty() => given.to_owned(),
        Item::Correction(month) => language.text_with("item-correction", [("month", language.month(*month).into())]),
    }
}

fn usage(language: Language, group: UsageGroup) -> String {
    let reach = match group.reach {
        Reach::Home => "home",
        Reach::Special => "special",
        Reach::Abroad => "abroad",
        Reach::Roaming => "roaming",
        Reach::Any => "any",
    };
    language.text_with("item-usage", [("kind", group.kind.as_str().into()), ("reach", reach.into())])
}

/// How the amount of a charge came about, where its name does not say it; else empty.
pub(super) fn detail(language: Language, invoice: &Invoice, line: &InvoiceLine) -> String {
    let mut parts = Vec::new();
    match &line.count {
        Count::Pieces { pieces: 1, .. } | Count::Month { .. } => {}
        Count::Pieces { pieces, each } => {
            let (pieces, each) = (language.count(*pieces), language.price(*each, &invoice.currency));
            parts.push(language.text_with("count-pieces", [("pieces", pieces.into()), ("each", each.into())]));
        }
        Count::Days { days, of, each } => {
            let each = language.price(*each, &invoice.currency);
            let arguments = [("days", i64::from(*days).into()), ("of", i64::from(*of).into()), ("each", each.into())];
            parts.push(language.text_with("count-days", arguments));
        }
        Count::Lines { lines, each } => {
            let (lines, shown) = (("lines", (*lines).into()), ("shown", language.count(*lines).into()));
            parts.push(match each {
                Some(each) => {
                    let each = ("each", language.price(*each, &invoice.currency).into());
                    language.text_with("count-lines-by-days", [lines, shown, each])
                }
                None => language.text_with("count-lines", [lines, shown]),
            });
        }
        Count::Usage(count) => {
            let kind = match &line.item {
                Item::Usage(group) => Some(group.kind),
                _ => None,
            };
            let records = [("records", count.records.into()), ("shown", language.count(count.records).into())];
            parts.push(language.text_with(records_key(kind), records));
            if count.units > 0
                && let Some(kind @ (UsageKind::Voice | UsageKind::Data)) = kind
            {
                parts.push(language.usage(kind, count.units));
            }
        }
    }
    if let Some(share) = line.share {
        let whole = language.amount(share.whole, &invoice.currency);
        parts.push(language.text_with("count-share", [("whole", whole.into())]));
    }
    parts.join(" · ")
}

fn records_key(kind: Option<UsageKind>) -> &'static str {
    match kind {
        Some(UsageKind::Voice) => "count-calls",
        Some(UsageKind::Sms | UsageKind::Mms) => "count-messages",
        Some(UsageKind::Data) => "count-sessions",
        None => "count-records",
    }
}
