//! `/letterhead`: who a reseller is on its invoices, and the account that its customers pay to.

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    billing_accounts::iban_words,
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::retail::{self, HeadField, HeadRefusal, LETTERHEAD_FIELDS, TypedHead};

/// No field is longer, in characters.
const LONGEST: usize = 400;

/// The page.
#[derive(Template)]
#[template(path = "retail/letterhead.html")]
pub struct LetterheadPage {
    /// Its frame.
    pub page: Page,
    /// What the form says.
    pub typed: TypedHead,
    /// Why it was refused.
    pub refusals: Vec<HeadRefusal>,
    /// Was it changed a moment ago?
    pub is_done: bool,
}

/// A field of the form.
struct Field {
    word: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
    why: Option<String>,
    is_long: bool,
    is_wanted: bool,
}

impl Field {
    /// What describes it, by id: what is wrong, and the hint.
    fn described(&self) -> String {
        let why = self.why.as_ref().map(|_| format!("{}-why", self.word));
        let hint = Some(format!("{}-hint", self.word)).filter(|_| !self.hint.is_empty());
        why.into_iter().chain(hint).collect::<Vec<_>>().join(" ")
    }
}

impl LetterheadPage {
    fn fields(&self) -> Vec<Field> {
        LETTERHEAD_FIELDS.into_iter().map(|(word, field)| self.field(word, field)).collect()
    }

    fn field(&self, word: &'static str, field: HeadField) -> Field {
        let page = &self.page;
        let (label, hint) = match field {
            HeadField::Company => (page.t("letterhead-company"), ""),
            HeadField::LegalForm => (page.t("letterhead-legal-form"), page.t("letterhead-legal-form-hint")),
            HeadField::LegalId => (page.t("letterhead-legal-id"), page.t("letterhead-legal-id-hint")),
            HeadField::VatNumber => (page.t("letterhead-vat"), ""),
            HeadField::Street => (page.t("billing-street"), ""),
            HeadField::Postcode => (page.t("billing-postcode"), ""),
            HeadField::Town => (page.t("billing-town"), ""),
            HeadField::Iban => ("IBAN", page.t("letterhead-iban-hint")),
            HeadField::Bic => ("BIC", ""),
            HeadField::Prefix => (page.t("letterhead-prefix"), page.t("letterhead-prefix-hint")),
            HeadField::DueDays => (page.t("letterhead-due-days"), ""),
            HeadField::Mention => (page.t("letterhead-mention"), page.t("letterhead-mention-hint")),
        };
        let why = self.refusals.iter().find(|refusal| field_of(refusal) == Some(field)).map(|refusal| words(page, refusal));
        Field {
            word,
            label,
            hint,
            value: self.typed.text(field).to_owned(),
            why,
            is_long: matches!(field, HeadField::Mention | HeadField::LegalForm),
            is_wanted: !matches!(field, HeadField::Mention | HeadField::Bic),
        }
    }

    fn is_stale(&self) -> bool {
        self.refusals.contains(&HeadRefusal::Stale)
    }
}

/// The field that a refusal is about; `None` where it is about the whole.
fn field_of(refusal: &HeadRefusal) -> Option<HeadField> {
    Some(match refusal {
        HeadRefusal::Text(field, _) => *field,
        HeadRefusal::LegalId(_) => HeadField::LegalId,
        HeadRefusal::VatNumber(_) | HeadRefusal::OtherCompany => HeadField::VatNumber,
        HeadRefusal::Iban(_) => HeadField::Iban,
        HeadRefusal::Bic(_) => HeadField::Bic,
        HeadRefusal::Prefix(_) | HeadRefusal::PrefixTaken(_) | HeadRefusal::PrefixStays(_) => HeadField::Prefix,
        HeadRefusal::DueDays(_) => HeadField::DueDays,
        HeadRefusal::Stale => return None,
    })
}

fn words(page: &Page, refusal: &HeadRefusal) -> String {
    match refusal {
        HeadRefusal::Text(_, why) => page.label_words(*why, page.t("letterhead-text-wanted")),
        HeadRefusal::LegalId(typed) => page.ta("letterhead-legal-id-wrong", typed),
        HeadRefusal::VatNumber(typed) => page.ta("letterhead-vat-wrong", typed),
        HeadRefusal::OtherCompany => page.t("letterhead-vat-other").to_owned(),
        HeadRefusal::Iban(error) => iban_words(page, error),
        HeadRefusal::Bic(_) => page.t("bic-wrong").to_owned(),
        HeadRefusal::Prefix(typed) => page.ta("letterhead-prefix-wrong", typed),
        HeadRefusal::PrefixTaken(typed) => page.ta("letterhead-prefix-taken", typed),
        HeadRefusal::PrefixStays(prefix) => page.ta("letterhead-prefix-stays", prefix),
        HeadRefusal::DueDays(typed) => page.ta("letterhead-due-days-wrong", typed),
        HeadRefusal::Stale => page.t("letterhead-stale").to_owned(),
    }
}

async fn page(app: &App, signed: Signed) -> Result<LetterheadPage, Stop> {
    let kept = retail::letterhead(&app.house, &signed.actor).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: "/letterhead".to_owned(), ..signed.page };
    Ok(LetterheadPage { page, typed: TypedHead::of(&kept), refusals: Vec::new(), is_done: false })
}

/// Shows it.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let is_done = query.as_deref() == Some("done=yes");
    html(&LetterheadPage { is_done, ..page(&app, signed).await? })
}

/// Changes it.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    changing(&app, signed, &posted).await.map_err(IntoResponse::into_response)
}

async fn changing(app: &App, signed: Signed, posted: &Posted) -> Result<Response, Stop> {
    let texts = LETTERHEAD_FIELDS.map(|(word, _)| posted.field(word).chars().take(LONGEST).collect::<String>());
    let typed = TypedHead { texts, version: posted.field("version").parse().unwrap_or(-1) };
    match retail::change_letterhead(&app.house, &signed.actor, &typed).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => Ok(see_other("/letterhead?done=yes")),
        Err(refusals) => {
            let before = page(app, signed).await?;
            // What was typed stays; who sends it again sees what somebody else kept meanwhile by then.
            let version = before.typed.version;
            let shown = LetterheadPage { typed: TypedHead { version, ..typed }, refusals, ..before };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
        }
    }
}
