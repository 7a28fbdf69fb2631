//! The subjects of mails: what a mail says, and what the list of mails says of it.

use super::key;
use crate::Locale;

/// The subject of the letter with that word in a brand's name; `None` for a word that no letter has.
pub(crate) fn subject(locale: Locale, brand: &str, word: &str) -> Option<String> {
    let key = match word {
        "first-access" => key!("mail-first-access-subject"),
        "forgotten-password" => key!("mail-forgotten-password-subject"),
        "invitation" => key!("mail-invitation-subject"),
        "confirm-address" => key!("mail-confirm-address-subject"),
        "new-device" => key!("mail-new-device-subject"),
        "password-changed" => key!("mail-password-changed-subject"),
        "address-asked" | "address-held" => key!("mail-address-asked-subject"),
        "address-changed" => key!("mail-address-changed-subject"),
        "identifier-changed" => key!("mail-identifier-changed-subject"),
        "numbers-changed" => key!("mail-numbers-changed-subject"),
        "codes-switched-on" => key!("mail-codes-switched-on-subject"),
        "codes-switched-off" => key!("mail-codes-switched-off-subject"),
        "recovery-code-used" => key!("mail-recovery-code-used-subject"),
        "passkey-added" => key!("mail-passkey-added-subject"),
        "passkey-removed" => key!("mail-passkey-removed-subject"),
        "second-factor-removed" => key!("mail-second-factor-removed-subject"),
        "access-taken-away" => key!("mail-access-taken-away-subject"),
        "access-given-back" => key!("mail-access-given-back-subject"),
        "sim-swapped" => key!("mail-sim-swapped-subject"),
        "line-joined" => key!("mail-line-joined-subject"),
        "esim-ready" => key!("mail-esim-ready-subject"),
        "line-contact-changed" => key!("mail-line-contact-changed-subject"),
        "told-suspension" => key!("mail-told-suspension-subject"),
        "told-reactivation" => key!("mail-told-reactivation-subject"),
        "told-plan" => key!("mail-told-plan-subject"),
        "told-option" => key!("mail-told-option-subject"),
        "told-sim-swap" => key!("mail-told-sim-swap-subject"),
        "told-user" => key!("mail-told-user-subject"),
        "told-account" => key!("mail-told-account-subject"),
        "told-end" => key!("mail-told-end-subject"),
        "told-order-placed" => key!("mail-told-order-placed-subject"),
        "told-order-done" => key!("mail-told-order-done-subject"),
        "told-order-failed" => key!("mail-told-order-failed-subject"),
        "sims-asked" => key!("mail-sims-asked-subject"),
        "sims-sent" => key!("mail-sims-sent-subject"),
        "voicemail-message" => key!("mail-voicemail-message-subject"),
        "voicemail-mail" => key!("mail-voicemail-mail-subject"),
        "debit-begun" => key!("mail-debit-begun-subject"),
        "debit-changed" => key!("mail-debit-changed-subject"),
        "debit-ended" => key!("mail-debit-ended-subject"),
        "debit-announced" => key!("mail-debit-announced-subject"),
        "debit-came-back" => key!("mail-debit-came-back-subject"),
        "invoices-elsewhere" => key!("mail-invoices-elsewhere-subject"),
        "payment-received" => key!("mail-payment-received-subject"),
        "payment-given-back" => key!("mail-payment-given-back-subject"),
        "test" => key!("mail-test-subject"),
        _ => return None,
    };
    Some(locale.text_with(key, [("value", brand.into())]))
}
