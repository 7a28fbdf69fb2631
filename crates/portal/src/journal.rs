//! `GET /journal`: who did what to what, the latest first (PLT-06).

use crate::{
    Icon, Page, Permission, Role, Theme,
    answer::{Stop, html},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use form_urlencoded::Serializer;
use operations::{
    journal::{self, Asked, Change, Noted, NotedObject},
    journal_names,
};
use vocabulary::LoginId;

/// Entries on a page.
const ROWS: u32 = 50;
/// No name is looked for that is longer, in characters.
const LONGEST_NAME: usize = 80;

/// What is done, by the word that is noted, in the order of the list to choose from.
pub(crate) const ACTIONS: &[&str] = &[
    "signed_in",
    "sign_in_refused",
    "request_refused",
    "signed_out",
    "session_ended",
    "password_chosen",
    "password_changed",
    "identifier_changed",
    "codes_switched_on",
    "codes_switched_off",
    "recovery_codes_made",
    "recovery_code_used",
    "passkey_added",
    "passkey_removed",
    "second_factor_removed",
    "second_factor_removal_asked",
    "email_asked",
    "email_confirmed",
    "email_changed",
    "numbers_changed",
    "notifications_chosen",
    "change_taken_back",
    "proof_refused",
    "login_invited",
    "invitation_sent_again",
    "invitation_withdrawn",
    "login_role_changed",
    "login_email_changed",
    "login_blocked",
    "login_unblocked",
    "line_split",
    "line_joined",
    "line_join_refused",
    "link_sent",
    "link_asked",
    "usage_file_received",
    "usage_file_dismissed",
    "usage_rows_taken_again",
    "brand_changed",
    "brand_host_confirmed",
    "brand_host_refused",
    "legal_pages_changed",
    "sims_taken_in",
    "sim_given",
    "sim_released",
    "puk_shown",
    "blank_sims_asked",
    "blank_sims_sent",
    "blank_sims_arrived",
    "blank_sims_cancelled",
    "numbers_taken_in",
    "numbers_given",
    "numbers_released",
    "esim_ready",
    "esim_waits",
    "esim_cancelled",
    "esim_moved",
    "esim_code_shown",
    "esim_mailed",
    "esim_code_sent",
    "esim_code_wrong",
    "esim_renewed",
    "bill_run_begun",
    "bill_run_kept",
    "bill_run_stopped",
    "bill_run_went_on",
    "reseller_company_changed",
    "retail_price_set",
    "letterhead_changed",
    "credit_note_issued",
    "split_profile_added",
    "split_profile_ended",
    "split_profile_offered",
    "payment_problem_settled",
    "payment_asked",
    "payment_succeeded",
    "payment_refused",
    "payment_expired",
    "payment_disputed",
    "payment_dispute_won",
    "payment_given_back",
    "payment_refund_failed",
    "payment_noted",
    "payment_taken_back",
    "dunning_step",
    "dunning_paused",
    "dunning_ended",
    "dunning_held",
    "dunning_released",
    "dunning_fee_taken_back",
    "invoice_disputed",
    "invoice_dispute_settled",
    "billing_account_changed",
    "mandate_signed",
    "mandate_ended",
    "collection_made",
    "collection_fetched",
    "collection_stopped",
    "bank_file_taken",
    "bank_item_assigned",
    "bank_item_explained",
    "debit_noted_back",
    "debits_noted_arrived",
];

/// The same with what is done with lines.
fn all_actions() -> impl Iterator<Item = &'static str> {
    ACTIONS.iter().chain(&crate::line_journal::ACTIONS).copied()
}

/// The page.
///
/// # Errors
/// When it is not there for this reader, or could not be loaded.
pub async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let asked = read(query.as_deref().unwrap_or_default());
    let (entries, has_more) = journal::list(&app.house, &signed.actor, &asked, ROWS).await?.ok_or(Stop::NOT_FOUND)?;
    let entries = journal_names::named(&app.house, &signed.actor, entries, signed.page.locale.tag()).await?;
    let person = match asked.person {
        Some(login) => journal::person(&app.house, &signed.actor, login).await?.map(|name| (login, name)),
        None => None,
    };
    html(&JournalPage { page: signed.page, entries, has_more, asked, person })
}

/// What an address asks for; what it cannot read it passes over.
fn read(query: &str) -> Asked {
    let mut asked = Asked::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "action" => asked.action = all_actions().find(|action| *action == value).map(str::to_owned),
            "person" => asked.person = value.parse().ok(),
            "name" => asked.name = value.trim().chars().take(LONGEST_NAME).collect(),
            "from" => asked.from = value.parse().ok(),
            "to" => asked.to = value.parse().ok(),
            "before" => asked.before = value.parse().ok(),
            _ => {}
        }
    }
    asked
}

fn url(asked: &Asked) -> String {
    let mut query = Serializer::new(String::new());
    if let Some(action) = &asked.action {
        query.append_pair("action", action);
    }
    if let Some(person) = asked.person {
        query.append_pair("person", &person.to_string());
    }
    if !asked.name.is_empty() {
        query.append_pair("name", &asked.name);
    }
    for (name, day) in [("from", asked.from), ("to", asked.to)] {
        if let Some(day) = day {
            query.append_pair(name, &day.to_string());
        }
    }
    if let Some(before) = asked.before {
        query.append_pair("before", &before.to_string());
    }
    let query = query.finish();
    if query.is_empty() { "/journal".to_owned() } else { format!("/journal?{query}") }
}

/// The page.
#[derive(Template)]
#[template(path = "journal.html")]
pub struct JournalPage {
    /// Its frame.
    pub page: Page,
    /// What was done, the latest first.
    pub entries: Vec<Noted>,
    /// Is there more before?
    pub has_more: bool,
    /// What is asked for.
    pub asked: Asked,
    /// Whose entries are asked for, by login and name, where the reader sees them.
    pub person: Option<(LoginId, String)>,
}

impl JournalPage {
    fn older(&self) -> Option<String> {
        let last = self.entries.last().filter(|_| self.has_more)?;
        Some(url(&Asked { before: Some(last.sequence), ..self.asked.clone() }))
    }

    /// Back to the latest, with the same filters.
    fn latest(&self) -> Option<String> {
        self.asked.before.map(|_| url(&Asked { before: None, ..self.asked.clone() }))
    }

    fn of_person(&self, entry: &Noted) -> Option<String> {
        let person = entry.login.filter(|login| self.asked.person != Some(*login))?;
        Some(url(&Asked { person: Some(person), before: None, ..self.asked.clone() }))
    }

    fn is_filtered(&self) -> bool {
        Asked { before: None, ..self.asked.clone() } != Asked::default()
    }

    fn actions(&self) -> impl Iterator<Item = (&'static str, String, bool)> {
        all_actions().map(|action| (action, self.words(action), self.asked.action.as_deref() == Some(action)))
    }

    fn words(&self, action: &str) -> String {
        self.page.action_words(action)
    }

    /// The role that stands beside the name; where the name may not be known, the role stands for it.
    fn role_beside(&self, entry: &Noted) -> Option<Role> {
        entry.role.filter(|_| !entry.name.is_empty())
    }

    /// What it was done to, and its page where the reader has one; nothing where the sentence says it.
    fn object(&self, entry: &Noted) -> Option<(String, Option<String>)> {
        let page = &self.page;
        let may = |permission| page.viewer.as_ref().is_some_and(|viewer| viewer.may(permission));
        let found = match &entry.object {
            NotedObject::Self_ => return None,
            NotedObject::Person(id, Some(name)) => (name.clone(), Some(format!("/members/{id}"))),
            NotedObject::Person(id, None) => (page.ta("journal-login", id.to_string()), None),
            NotedObject::Line(id) => {
                (page.ta("journal-line", id.to_string()), may(Permission::SeeLines).then(|| format!("/lines/{id}")))
            }
            NotedObject::UsageFile(id) => {
                let link = may(Permission::SeeUsageFiles).then(|| format!("/usage-files/{id}"));
                (page.ta("journal-usage-file", id.to_string()), link)
            }
            NotedObject::Other(kind, id) if kind == "brand" => {
                let link = may(Permission::ChangeBrand).then(|| format!("/brands/{id}"));
                (page.ta("journal-brand", id.to_string()), link)
            }
            NotedObject::Other(kind, id) if kind == "sim" => {
                (page.ta("journal-sim", id.to_string()), may(Permission::SeeLines).then(|| format!("/sims/{id}")))
            }
            NotedObject::Other(kind, id) if kind == "sim_batch" => {
                let link = may(Permission::SeeSimBatches).then(|| format!("/sims?batch={id}"));
                (page.ta("journal-sim-batch", id.to_string()), link)
            }
            NotedObject::Other(kind, id) if kind == "sim_delivery" => {
                let link = may(Permission::SeeSims).then(|| format!("/sims/deliveries/{id}"));
                (page.ta("delivery-title", id.to_string()), link)
            }
            NotedObject::Other(..) => return None,
        };
        Some(found)
    }
}

impl Page {
    /// What was done, as a sentence, by the word that was noted.
    pub(crate) fn action_words(&self, action: &str) -> String {
        let page = self;
        let known = match action {
            "signed_in" => page.t("journal-signed-in"),
            "sign_in_refused" => page.t("journal-sign-in-refused"),
            "request_refused" => page.t("journal-request-refused"),
            "signed_out" => page.t("journal-signed-out"),
            "session_ended" => page.t("journal-session-ended"),
            "password_chosen" => page.t("journal-password-chosen"),
            "password_changed" => page.t("journal-password-changed"),
            "identifier_changed" => page.t("journal-identifier-changed"),
            "codes_switched_on" => page.t("journal-codes-switched-on"),
            "codes_switched_off" => page.t("journal-codes-switched-off"),
            "recovery_codes_made" => page.t("journal-recovery-codes-made"),
            "recovery_code_used" => page.t("journal-recovery-code-used"),
            "passkey_added" => page.t("journal-passkey-added"),
            "passkey_removed" => page.t("journal-passkey-removed"),
            "second_factor_removed" => page.t("journal-second-factor-removed"),
            "second_factor_removal_asked" => page.t("journal-second-factor-removal-asked"),
            "email_asked" => page.t("journal-email-asked"),
            "email_confirmed" => page.t("journal-email-confirmed"),
            "email_changed" => page.t("journal-email-changed"),
            "notifications_chosen" => page.t("journal-notifications-chosen"),
            "numbers_changed" => page.t("journal-numbers-changed"),
            "change_taken_back" => page.t("journal-change-taken-back"),
            "proof_refused" => page.t("journal-proof-refused"),
            "login_invited" => page.t("journal-login-invited"),
            "payment_problem_settled" => page.t("journal-payment-problem-settled"),
            "payment_asked" => page.t("journal-payment-asked"),
            "payment_succeeded" => page.t("journal-payment-succeeded"),
            "payment_refused" => page.t("journal-payment-refused"),
            "payment_expired" => page.t("journal-payment-expired"),
            "payment_disputed" => page.t("journal-payment-disputed"),
            "payment_dispute_won" => page.t("journal-payment-dispute-won"),
            "payment_given_back" => page.t("journal-payment-given-back"),
            "payment_refund_failed" => page.t("journal-payment-refund-failed"),
            "dunning_step" => page.t("journal-dunning-step"),
            "dunning_paused" => page.t("journal-dunning-paused"),
            "dunning_ended" => page.t("journal-dunning-ended"),
            "dunning_held" => page.t("journal-dunning-held"),
            "dunning_released" => page.t("journal-dunning-released"),
            "dunning_fee_taken_back" => page.t("journal-dunning-fee-taken-back"),
            "invoice_disputed" => page.t("journal-invoice-disputed"),
            "invoice_dispute_settled" => page.t("journal-invoice-dispute-settled"),
            "invitation_sent_again" => page.t("journal-invitation-sent-again"),
            "invitation_withdrawn" => page.t("journal-invitation-withdrawn"),
            "login_role_changed" => page.t("journal-login-role-changed"),
            "login_email_changed" => page.t("journal-login-email-changed"),
            "login_blocked" => page.t("journal-login-blocked"),
            "login_unblocked" => page.t("journal-login-unblocked"),
            "line_split" => page.t("journal-line-split"),
            "line_joined" => page.t("journal-line-joined"),
            "line_join_refused" => page.t("journal-line-join-refused"),
            "link_sent" => page.t("journal-link-sent"),
            "link_asked" => page.t("journal-link-asked"),
            "usage_file_received" => page.t("journal-usage-file-received"),
            "usage_file_dismissed" => page.t("journal-usage-file-dismissed"),
            "usage_rows_taken_again" => page.t("journal-usage-rows-taken-again"),
            "brand_changed" => page.t("journal-brand-changed"),
            "brand_host_confirmed" => page.t("journal-brand-host-confirmed"),
            "brand_host_refused" => page.t("journal-brand-host-refused"),
            "legal_pages_changed" => page.t("journal-legal-pages-changed"),
            "sims_taken_in" => page.t("journal-sims-taken-in"),
            "sim_given" => page.t("journal-sim-given"),
            "sim_released" => page.t("journal-sim-released"),
            "puk_shown" => page.t("journal-puk-shown"),
            "blank_sims_asked" => page.t("journal-blank-sims-asked"),
            "blank_sims_sent" => page.t("journal-blank-sims-sent"),
            "blank_sims_arrived" => page.t("journal-blank-sims-arrived"),
            "blank_sims_cancelled" => page.t("journal-blank-sims-cancelled"),
            "numbers_taken_in" => page.t("journal-numbers-taken-in"),
            "numbers_given" => page.t("journal-numbers-given"),
            "numbers_released" => page.t("journal-numbers-released"),
            "esim_ready" => page.t("journal-esim-ready"),
            "esim_waits" => page.t("journal-esim-waits"),
            "esim_cancelled" => page.t("journal-esim-cancelled"),
            "esim_moved" => page.t("journal-esim-moved"),
            "esim_code_shown" => page.t("journal-esim-code-shown"),
            "esim_mailed" => page.t("journal-esim-mailed"),
            "esim_code_sent" => page.t("journal-esim-code-sent"),
            "esim_code_wrong" => page.t("journal-esim-code-wrong"),
            "esim_renewed" => page.t("journal-esim-renewed"),
            "bill_run_begun" => page.t("journal-bill-run-begun"),
            "bill_run_kept" => page.t("journal-bill-run-kept"),
            "bill_run_stopped" => page.t("journal-bill-run-stopped"),
            "bill_run_went_on" => page.t("journal-bill-run-went-on"),
            "reseller_company_changed" => page.t("journal-reseller-company"),
            "retail_price_set" => page.t("journal-retail-price-set"),
            "letterhead_changed" => page.t("journal-letterhead-changed"),
            "billing_account_changed" => page.t("journal-billing-account-changed"),
            "mandate_signed" => page.t("journal-mandate-signed"),
            "mandate_ended" => page.t("journal-mandate-ended"),
            "collection_made" => page.t("journal-collection-made"),
            "collection_fetched" => page.t("journal-collection-fetched"),
            "collection_stopped" => page.t("journal-collection-stopped"),
            "bank_file_taken" => page.t("journal-bank-file-taken"),
            "bank_item_assigned" => page.t("journal-bank-item-assigned"),
            "bank_item_explained" => page.t("journal-bank-item-explained"),
            "debit_noted_back" => page.t("journal-debit-noted-back"),
            "debits_noted_arrived" => page.t("journal-debits-noted-arrived"),
            "split_profile_added" => page.t("journal-split-profile-added"),
            "split_profile_ended" => page.t("journal-split-profile-ended"),
            "split_profile_offered" => page.t("journal-split-profile-offered"),
            "credit_note_issued" => page.t("journal-credit-note-issued"),
            "payment_noted" => page.t("journal-payment-noted"),
            "payment_taken_back" => page.t("journal-payment-taken-back"),
            other => return crate::line_journal::action(page, other).map_or_else(|| other.replace('_', " "), str::to_owned),
        };
        known.to_owned()
    }

    /// What changed, by the word that was noted.
    pub(crate) fn change_name(&self, change: &Change) -> String {
        let page = self;
        let known = match change.what.as_str() {
            "notifications" => page.t("notify"),
            "layout" => page.t("layout"),
            "purpose" => page.t("journal-purpose"),
            "name" => page.t("journal-name"),
            "identifier" => page.t("identifier"),
            "email" => page.t("identifier-email"),
            "role" => page.t("people-role"),
            "state" => page.t("column-state"),
            "number" => page.t("column-number"),
            "passkey" => page.t("journal-passkey"),
            "passkeys" => page.t("passkeys-title"),
            "reason" => page.t("people-reason"),
            "due" => page.t("email-from"),
            "hold_hours" => page.t("journal-hold-hours"),
            "mobile" => page.t("number-mobile"),
            "home" => page.t("number-home"),
            "other" => page.t("number-other"),
            "bytes" => page.t("journal-bytes"),
            "rows" => page.t("journal-rows"),
            "taken" => page.t("records"),
            "request" => page.t("journal-request"),
            "answer" => page.t("journal-answer"),
            "set_aside" => page.t("set-aside"),
            "colour" => page.t("brand-colour"),
            "colour_on_dark" => page.t("brand-colour-on-dark"),
            "telephone" => page.t("brand-telephone"),
            "postal_address" => page.t("brand-postal-address"),
            "sender_name" => page.t("brand-sender-name"),
            "sender_address" => page.t("brand-sender-address"),
            "languages" => page.t("brand-languages"),
            "hosts" => page.t("brand-hosts"),
            "asked_hosts" => page.t("brand-hosts-waiting"),
            "host" => page.t("brand-host"),
            "holder" => page.t("sim-holder"),
            "sims" => page.t("batch-cards"),
            "numbers" => page.t("inventory-numbers"),
            "first" => page.t("numbers-first"),
            "first_sim" => page.t("transfer-first"),
            "last_sim" => page.t("transfer-last"),
            "city" => page.t("delivery-city"),
            "last" => page.t("numbers-last"),
            "network" => page.t("network"),
            "kind" => page.t("number-kind"),
            "esim" => page.t("sim-esim"),
            "tries_left" => page.t("journal-tries-left"),
            "month" => page.t("month"),
            "account" => page.t("invoice-account"),
            "legal_id" => page.t("reseller-legal-id"),
            "vat_number" => page.t("reseller-vat-number"),
            "step" => page.t("journal-dunning-what"),
            "late" => page.t("dunning-amount"),
            "fee" => page.t("journal-dunning-fee"),
            "until" => page.t("dunning-held-to"),
            "mandate" => page.t("debit-mandate"),
            "told" => page.t("billing-told"),
            "debit_day" => page.t("debit-day"),
            "iban" => "IBAN",
            "message" => page.t("journal-message"),
            "debits" => page.t("collect-debits"),
            "amount" => page.t("invoice-amount"),
            "invoice" => page.t("invoice-number"),
            "debit" => page.t("debit"),
            "credit_note" => page.t("invoice-credit-note"),
            "received" => page.t("noted-day"),
            "logo" => page.t("brand-logo-light"),
            "logo_on_dark" => page.t("brand-logo-dark"),
            other => {
                let known = self.legal_page_name(other).or_else(|| crate::line_journal::name(page, other).map(str::to_owned));
                return known.unwrap_or_else(|| other.replace('_', " "));
            }
        };
        known.to_owned()
    }
}
