//! Why records that could be read are set aside, in words that are stored and stay the same.

use rating::Refusal;

/// Why records are set aside that could be read, in words that stay the same.
pub(crate) const REASONS: [&str; 9] = [
    "unknown_line",
    "from_the_future",
    "unknown_destination",
    "unknown_network",
    "before_start",
    "after_end",
    "not_allowed",
    "not_in_catalogue",
    "too_large",
];

/// The word of a refusal that stays the same: one of [`REASONS`].
pub(super) const fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::UnknownDestination(_) => "unknown_destination",
        Refusal::UnknownNetwork(_) => "unknown_network",
        Refusal::BeforeStart => "before_start",
        Refusal::AfterEnd => "after_end",
        Refusal::NotAllowed { .. } => "not_allowed",
        Refusal::NotInCatalogue(_) => "not_in_catalogue",
        Refusal::TooLarge => "too_large",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::UsageKind;

    /// RAT-08: whatever rating refuses has a reason that pages have a name for.
    #[test]
    fn every_refusal_has_one_of_the_reasons() {
        let refusals = [
            Refusal::UnknownDestination(String::new()),
            Refusal::UnknownNetwork(String::new()),
            Refusal::BeforeStart,
            Refusal::AfterEnd,
            Refusal::NotAllowed { offer: String::new(), kind: UsageKind::Sms },
            Refusal::NotInCatalogue(String::new()),
            Refusal::TooLarge,
        ];
        for refusal in &refusals {
            assert!(REASONS.contains(&code(refusal)), "{refusal:?}");
        }
        assert_eq!(refusals.len() + ["unknown_line", "from_the_future"].len(), REASONS.len());
    }
}
