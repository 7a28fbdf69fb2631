//! One reseller: its company, and the form that names it.

use super::words;
use crate::{
    Icon, Locale, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    email_change::LONGEST_ADDRESS,
    reseller::{self, Company, CompanyRefusal, LONGEST_LINE, LONGEST_NUMBER, ResellerInvoice, Shown},
};
use vocabulary::{BillingAccountId, CountryCode, ResellerId};

/// The page.
#[derive(Template)]
#[template(path = "resellers/show.html")]
pub struct ResellerPage {
    /// Its frame.
    pub page: Page,
    /// The reseller.
    pub shown: Shown,
    /// What the form says.
    pub typed: Company,
    /// Why it was refused.
    pub refusal: Option<CompanyRefusal>,
    /// Was it kept a moment ago?
    pub is_kept: bool,
}

impl ResellerPage {
    fn account(&self) -> Option<BillingAccountId> {
        self.shown.facts.company.as_ref().map(|(_, account, _)| *account)
    }

    fn amount(&self, invoice: &ResellerInvoice) -> String {
        self.page.money(invoice.gross.money())
    }

    /// Countries with their names, the operator's own first, the others in the order of the reader's language.
    fn countries(&self) -> Vec<(CountryCode, String)> {
        let mut named: Vec<_> = self.shown.countries.iter().map(|code| (*code, self.page.country(*code))).collect();
        named.sort_by(|one, other| (one.0 != self.shown.home, &one.1).cmp(&(other.0 != self.shown.home, &other.1)));
        named
    }

    fn is_country(&self, country: &CountryCode) -> bool {
        self.typed.country == country.as_str() || (self.typed.country.is_empty() && *country == self.shown.home)
    }

    fn is_language(&self, language: &str) -> bool {
        self.typed.language == language
    }

    fn language<'a>(&self, tag: &'a str) -> &'a str {
        match Locale::ALL.into_iter().find(|locale| locale.tag() == tag) {
            Some(locale) => locale.own_name(),
            None => tag,
        }
    }

    fn refusal_words(&self, refusal: &CompanyRefusal) -> String {
        words::refusal(&self.page, refusal)
    }

    fn is_refused(&self, field: &str) -> bool {
        self.refusal.as_ref().is_some_and(|refusal| words::field(refusal) == field)
    }
}

fn id_of(id: &str) -> Result<ResellerId, Stop> {
    id.parse().map_err(|_| Stop::NOT_FOUND)
}

async fn page(app: &App, signed: Signed, id: ResellerId) -> Result<ResellerPage, Stop> {
    let shown = reseller::show(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let typed = shown.facts.company.as_ref().map(|(_, _, company)| company.clone()).unwrap_or_default();
    let page = Page { here: format!("/resellers/{id}"), ..signed.page };
    Ok(ResellerPage { page, shown, typed, refusal: None, is_kept: false })
}

/// Shows it.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let shown = page(&app, signed, id_of(&id)?).await?;
    html(&ResellerPage { is_kept: query.as_deref() == Some("kept"), ..shown })
}

/// Names its company, or changes it.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    keep(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn keep(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id = id_of(id)?;
    let typed = |name: &str, most: usize| -> String { posted.field(name).chars().take(most + 1).collect() };
    let typed = Company {
        name: typed("name", LONGEST_LINE),
        legal_id: typed("legal_id", LONGEST_NUMBER),
        vat_number: typed("vat_number", LONGEST_NUMBER),
        street: typed("street", LONGEST_LINE),
        postcode: typed("postcode", LONGEST_LINE),
        town: typed("town", LONGEST_LINE),
        country: typed("country", 2),
        email: typed("email", LONGEST_ADDRESS),
        language: typed("language", 2),
    };
    match reseller::name_company(&app.house, &signed.actor, id, &typed).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => Ok(see_other(&format!("/resellers/{id}?kept"))),
        Err(refusal) => {
            let before = page(app, signed, id).await?;
            let page = ResellerPage { typed, refusal: Some(refusal), ..before };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
    }
}
