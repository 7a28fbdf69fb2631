//! What the journal says of lines and orders in words that people read: the words of what was done, of what changed, and of its values. All of
//! it stands here, beside the other words of the journal.

use crate::{Page, account::notifications::kind_name, lines::user::label};
use operations::{line_user::Field, notification::NotificationKind};
use vocabulary::Timestamp;

/// What is done with lines, by the word that is noted.
pub(crate) const ACTIONS: [&str; 29] = [
    "order_placed",
    "line_ordered",
    "line_given_up",
    "line_porting_agreed",
    "line_porting_refused",
    "line_change_planned",
    "line_change_taken_back",
    "line_change_dropped",
    "line_work_begun",
    "line_work_done",
    "line_work_not_done",
    "line_needs_staff",
    "line_user_changed",
    "line_user_confirmed",
    "line_user_replaced",
    "line_account_planned",
    "line_account_taken_back",
    "line_account_changed",
    "line_bill_split_planned",
    "line_bill_split_taken_back",
    "line_telephony_changed",
    "line_numbers_shown",
    "voicemail_messages_deleted",
    "voicemail_greeting_set",
    "voicemail_greeting_removed",
    "voicemail_code_set",
    "voicemail_code_refused",
    "voicemail_messages_expired",
    "voicemail_emptied",
];

/// What was done, as a sentence; `None` for a word of something else.
pub(crate) fn action(page: &Page, action: &str) -> Option<&'static str> {
    Some(match action {
        "order_placed" => page.t("journal-order-placed"),
        "line_ordered" => page.t("journal-line-ordered"),
        "line_given_up" => page.t("journal-line-given-up"),
        "line_porting_agreed" => page.t("journal-line-porting-agreed"),
        "line_porting_refused" => page.t("journal-line-porting-refused"),
        "line_change_planned" => page.t("journal-line-change-planned"),
        "line_change_taken_back" => page.t("journal-line-change-taken-back"),
        "line_change_dropped" => page.t("journal-line-change-dropped"),
        "line_work_begun" => page.t("journal-line-work-begun"),
        "line_work_done" => page.t("journal-line-work-done"),
        "line_work_not_done" => page.t("journal-line-work-not-done"),
        "line_needs_staff" => page.t("journal-line-needs-staff"),
        "line_user_changed" => page.t("journal-line-user-changed"),
        "line_user_confirmed" => page.t("journal-line-user-confirmed"),
        "line_user_replaced" => page.t("journal-line-user-replaced"),
        "line_account_planned" => page.t("journal-line-account-planned"),
        "line_account_taken_back" => page.t("journal-line-account-taken-back"),
        "line_account_changed" => page.t("journal-line-account-changed"),
        "line_bill_split_planned" => page.t("journal-line-bill-split-planned"),
        "line_bill_split_taken_back" => page.t("journal-line-bill-split-taken-back"),
        "line_telephony_changed" => page.t("journal-line-telephony-changed"),
        "line_numbers_shown" => page.t("journal-line-numbers-shown"),
        "voicemail_messages_deleted" => page.t("journal-voicemail-messages-deleted"),
        "voicemail_greeting_set" => page.t("journal-voicemail-greeting-set"),
        "voicemail_greeting_removed" => page.t("journal-voicemail-greeting-removed"),
        "voicemail_code_set" => page.t("journal-voicemail-code-set"),
        "voicemail_code_refused" => page.t("journal-voicemail-code-refused"),
        "voicemail_messages_expired" => page.t("journal-voicemail-messages-expired"),
        "voicemail_emptied" => page.t("journal-voicemail-emptied"),
        _ => return None,
    })
}

/// The name of what changed; `None` for a word of something else.
pub(crate) fn name(page: &Page, what: &str) -> Option<&'static str> {
    Some(match what {
        "action" | "change" => page.t("journal-change"),
        "offer" => page.t("column-offer"),
        "capping" => page.t("ceiling"),
        "added" => page.t("journal-new"),
        "ended" => page.t("journal-ended"),
        "option" => page.t("journal-option"),
        "cutoff" | "cutoffs" => page.t("journal-cutoffs"),
        "why" => page.t("people-reason"),
        "note" => page.t("journal-note"),
        "sim" => page.t("column-sim"),
        "cause" => page.t("journal-cause"),
        "order" => page.t("journal-order"),
        "lines" => page.t("menu-lines"),
        "monthly" => page.t("told-monthly"),
        "once" => page.t("told-once"),
        "ported" => page.t("journal-ported"),
        "account" => page.t("payer"),
        "profile" => page.t("split-profile"),
        "payer" => page.t("split-payer"),
        "user_fields" => page.t("journal-user-fields"),
        "telephone_services" => page.t("journal-telephone-services"),
        "numbers_shown" => page.t("statement-numbers"),
        "source" => page.t("journal-source"),
        "messages" => page.t("voicemail-messages"),
        "tries" => page.t("journal-tries"),
        "forwarded_to" => page.t("journal-forwarded-to"),
        _ => return None,
    })
}

/// A value in words; `None` for one that stands as it was noted.
pub(crate) fn value(page: &Page, what: &str, text: &str) -> Option<String> {
    let found = match (what, text) {
        (_, "") => return None,
        ("action" | "change", "activate") => page.t("doing-activate"),
        ("action" | "change", "suspend") => page.t("doing-suspend"),
        ("action" | "change", "reactivate") => page.t("doing-reactivate"),
        ("action" | "change", "end") => page.t("doing-end"),
        ("action" | "change", "swap_sim") => page.t("doing-swap"),
        ("action" | "change", "modify") => page.t("doing-other"),
        ("action" | "change", "plan") => page.t("act-plan"),
        ("action" | "change", "capping") => page.t("act-capping"),
        ("action" | "change", "add_option") => page.t("act-option"),
        ("action" | "change", "replace_option") => page.t("act-replace"),
        ("action" | "change", "end_option") => page.t("act-leave"),
        ("action" | "change", "cutoff") => page.t("act-cutoff"),
        ("capping" | "to", "capped") => page.t("choice-capped"),
        ("capping" | "to", "uncapped") => page.t("choice-uncapped"),
        ("cause", "asked") => page.t("journal-cause-asked"),
        ("cause", "ported_away") => page.t("journal-cause-ported-away"),
        ("cause", "given_up") => page.t("journal-line-given-up"),
        ("note", "unanswered") => page.t("journal-note-unanswered"),
        ("note", "refused") => page.t("journal-note-refused"),
        ("note", "done_despite_cancel") => page.t("journal-note-done-despite-cancel"),
        ("note", "contradiction") => page.t("journal-note-contradiction"),
        ("ported", "true") => page.t("yes"),
        ("ported", "false") => page.t("no"),
        ("numbers_shown", "whole") => page.t("journal-numbers-whole"),
        ("numbers_shown", "hidden") => page.t("journal-numbers-hidden"),
        ("source", "page") => page.t("journal-source-page"),
        ("source", "program") => page.t("journal-source-program"),
        ("source", "telephone") => page.t("journal-source-telephone"),
        ("telephone_services", _) => {
            let name = |word: &str| telephone_service(page, word).map_or(word.to_owned(), str::to_owned);
            return Some(text.split(", ").map(name).collect::<Vec<_>>().join(", "));
        }
        ("user_fields", _) => {
            let name = |word: &str| Field::named(word).map_or(word.to_owned(), |field| label(page, field).to_owned());
            return Some(text.split(", ").map(name).collect::<Vec<_>>().join(", "));
        }
        ("notifications", _) => {
            let name =
                |word: &str| NotificationKind::named(word).map_or(word.to_owned(), |kind| kind_name(page, kind).to_owned());
            return Some(text.split(", ").map(name).collect::<Vec<_>>().join(", "));
        }
        ("due" | "begins", _) => return instant(text).map(|at| page.effect(&at)),
        ("monthly" | "once", _) => {
            return text.parse().ok().map(|micros| page.money(vocabulary::Money::from_micros(micros)));
        }
        _ => return None,
    };
    Some(found.to_owned())
}

/// The name of a service of the telephone.
fn telephone_service(page: &Page, word: &str) -> Option<&'static str> {
    Some(match word {
        "always" => page.t("telephone-always"),
        "no_answer" => page.t("telephone-no-answer"),
        "busy" => page.t("telephone-busy"),
        "unreachable" => page.t("telephone-unreachable"),
        "ring_time" => page.t("telephone-ring-time"),
        "straight_to_voicemail" => page.t("telephone-straight"),
        "hide_number" => page.t("telephone-hide-number"),
        "call_waiting" => page.t("telephone-call-waiting"),
        "mail_reception" => page.t("telephone-mail-reception"),
        "rings_with" => page.t("telephone-rings-with"),
        _ => return None,
    })
}

/// An instant, as the journal keeps one.
fn instant(text: &str) -> Option<Timestamp> {
    text.parse::<i64>().ok().map(Timestamp::from_micros)
}
