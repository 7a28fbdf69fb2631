//! What is included: so much of a kind of usage, where and under which conditions (RAT-04, RAT-05).

use crate::{Capping, Coverage, Ix, draft::Draft, fields::Fields, recharge::read_capping, words::Words};
use vocabulary::{Quantity, UsageKind};

/// How much an allowance holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// No end to it.
    Unlimited,
    /// So much a month.
    Limited(Quantity),
    /// As much as the offer says.
    ByOffer,
}

/// What happens when an allowance that covered a usage is used up (RAT-07).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AtEnd {
    /// The usage ends, and the host network is told to stop the service.
    Stop,
    /// It goes on slowly and costs nothing.
    Slow,
    /// It is charged by the tariff.
    Charge,
}

impl AtEnd {
    pub(crate) const WORDS: [(&'static str, AtEnd); 3] = [("stop", Self::Stop), ("slow", Self::Slow), ("charge", Self::Charge)];

    /// Its word in files.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, end)| *end == self).map_or("", |(word, _)| word)
    }
}

/// One allowance of a family, an option or a pack.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// Its id within what gives it.
    pub id: String,
    /// What people call it.
    pub name: Words,
    /// The kinds of usage that it counts; all in the same unit.
    pub kinds: Vec<UsageKind>,
    /// Which of them it takes.
    pub covers: Ix<Coverage>,
    /// How much.
    pub amount: Amount,
    /// Different other parties in a month at most; usage with further ones is not covered.
    pub correspondents: Option<u32>,
    /// Seconds of one call at most; what is beyond is not covered.
    pub longest_s: Option<i64>,
    /// What happens at its end; `None`: what the family says.
    pub at_end: Option<AtEnd>,
    /// The id of the allowance that it is a part of: what it gives is taken from that one too (MOB-02).
    pub within: Option<String>,
    /// On capped lines, on uncapped ones, or on both (RAT-05).
    pub capping: Vec<Capping>,
}

impl Allowance {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Option<Allowance> {
        let id = fields.id().text;
        let name = fields.words("name");
        let kinds = fields.kinds("kinds");
        if kinds.iter().any(|kind| unit(*kind) != unit(kinds[0])) {
            fields.fault("kinds", "counts kinds of different units: seconds, messages and bytes do not add up");
        }
        let covers = fields.required("covers");
        let covers = draft.version.coverages.names.resolve(&covers.text, &covers.place, "covers", draft.log);
        let text = fields.required("quantity");
        let amount = match text.text.as_str() {
            "unlimited" => Amount::Unlimited,
            "offer" => Amount::ByOffer,
            written => match Quantity::parse(written, kinds[0]) {
                Ok(quantity) => Amount::Limited(quantity),
                Err(error) => {
                    fields.fault("quantity", error);
                    Amount::Unlimited
                }
            },
        };
        let correspondents = fields.integer("correspondents", 1..=10_000).and_then(|n| u32::try_from(n).ok());
        let longest_s = fields.quantity("longest", UsageKind::Voice).map(Quantity::units);
        let at_end = fields.has("at_end").then(|| fields.choice("at_end", &AtEnd::WORDS, false));
        if at_end == Some(AtEnd::Slow) {
            check_slow(fields, "at_end", &kinds);
        }
        let within = fields.optional("within").map(|within| within.text);
        let capping = read_capping(fields);
        fields.finish();
        Some(Allowance { id, name, kinds, covers: covers?, amount, correspondents, longest_s, at_end, within, capping })
    }

    /// Reads the `[[allowance]]` tables of a family or an option, and checks which are parts of which.
    pub(crate) fn read_all(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Vec<Allowance> {
        let mut allowances: Vec<Allowance> = Vec::new();
        for mut part in fields.tables("allowance") {
            let Some(allowance) = Allowance::read(&mut part, draft) else { continue };
            if allowances.iter().any(|known| known.id == allowance.id) {
                part.fault("id", format!("`{}` stands twice", allowance.id));
            }
            if let Some(within) = &allowance.within
                && let Err(reason) = allowance.check_within(within, &allowances)
            {
                part.fault("within", reason);
            }
            allowances.push(allowance);
        }
        allowances
    }

    /// A part comes after its whole, counts in the same unit, and has no parts of its own.
    fn check_within(&self, within: &str, before: &[Allowance]) -> Result<(), String> {
        let Some(whole) = before.iter().find(|allowance| allowance.id == within) else {
            return Err(format!("`{within}` is no allowance that stands before it"));
        };
        if whole.within.is_some() {
            return Err(format!("`{within}` is itself a part of another"));
        }
        if unit(whole.kinds[0]) != unit(self.kinds[0]) {
            return Err(format!("`{within}` counts in another unit"));
        }
        Ok(())
    }
}

/// Only data can go on slowly.
pub(crate) fn check_slow(fields: &Fields<'_, '_>, field: &str, kinds: &[UsageKind]) {
    if let Some(kind) = kinds.iter().find(|kind| **kind != UsageKind::Data) {
        fields.fault(field, format!("is `slow` for {kind}, which cannot go on slowly"));
    }
}

/// Messages of both kinds count alike.
pub(crate) const fn unit(kind: UsageKind) -> UsageKind {
    match kind {
        UsageKind::Sms | UsageKind::Mms => UsageKind::Sms,
        other => other,
    }
}
