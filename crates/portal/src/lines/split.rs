//! `/lines/{id}/split`: who shares the bill of a line (FLT-03, FLT-09, FLT-20): the profile that its employer pays by, and who pays the rest.

use super::services::line_name;
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
    split_profiles::words,
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    billing_account::LONGEST_LINE,
    email_change::LONGEST_ADDRESS,
    split_bill::{self, BillingAddress, KeptShare, KeptSplitProfile, PayerTyped, SplitRefusal, SplitShown},
};
use vocabulary::{LineId, Party, SplitProfileId};

/// The page.
#[derive(Template)]
#[template(path = "lines/split.html")]
pub struct SplitPage {
    /// Its frame.
    pub page: Page,
    /// Who shares the bill, and who could.
    pub shown: SplitShown,
    /// The profile that is chosen in the form.
    pub chosen: Option<SplitProfileId>,
    /// Who pays the rest, as it stands in the form.
    pub typed: PayerTyped,
    /// Why it was not changed.
    pub refusal: Option<SplitRefusal>,
    /// Was it changed a moment ago?
    pub is_done: bool,
}

impl SplitPage {
    fn name(&self) -> String {
        let number = if let Party::Number(number) = self.shown.kept.number { Some(number) } else { None };
        line_name(&self.page, number, &self.shown.kept.user)
    }

    fn from(&self) -> String {
        self.page.long_day(self.shown.from.first_day())
    }

    /// A profile with what the employer pays by it.
    fn profile_words(&self, profile: &KeptSplitProfile) -> String {
        format!("{} ({})", profile.name, words(self.page.locale, &profile.profile))
    }

    fn share_words(&self, share: &KeptShare) -> String {
        share_words(&self.page, share)
    }

    fn planned_words(&self) -> Option<String> {
        let planned = self.shown.planned.as_ref()?;
        Some(planned.share.as_ref().map_or_else(|| self.page.t("split-whole").into(), |share| self.share_words(share)))
    }

    fn planned_from(&self) -> String {
        let day = self.shown.planned.as_ref().map_or(self.shown.from, |planned| planned.since).first_day();
        self.page.long_day(day)
    }

    fn is_chosen(&self, profile: &SplitProfileId) -> bool {
        self.chosen == Some(*profile)
    }

    fn has_form(&self) -> bool {
        self.shown.kept.is_business && !self.shown.is_over && (!self.shown.profiles.is_empty() || self.shown.now.is_some())
    }

    fn holder(&self) -> Option<&str> {
        self.shown.kept.own.as_ref().map(|own| own.holder.as_str())
    }

    /// The field that is wrong, to lead the reader there.
    fn is_wrong(&self, field: &str) -> bool {
        let wrong = match &self.refusal {
            Some(SplitRefusal::Unknown | SplitRefusal::Same) => "profile",
            Some(SplitRefusal::Name(_)) => "name",
            Some(SplitRefusal::Email(_)) => "email",
            Some(SplitRefusal::Address(_)) => "address",
            Some(SplitRefusal::NotAgreed) => "agreed",
            Some(SplitRefusal::Over | SplitRefusal::NotBusiness | SplitRefusal::NothingPlanned | SplitRefusal::Others(_))
            | None => return false,
        };
        wrong == field
    }

    fn refusal_words(&self, refusal: &SplitRefusal) -> String {
        let page = &self.page;
        let sign = |sign, words| page.label_words(sign, words);
        match refusal {
            SplitRefusal::NotBusiness => page.t("split-not-business").into(),
            SplitRefusal::Over => page.t("refusal-over").into(),
            SplitRefusal::Same => page.t("split-same").into(),
            SplitRefusal::Unknown => page.t("split-unknown").into(),
            SplitRefusal::Name(Some(fault)) => sign(*fault, page.t("split-no-payer")),
            SplitRefusal::Name(None) => page.t("split-no-payer").into(),
            SplitRefusal::Email(Some(fault)) => sign(*fault, page.t("email-no-address")),
            SplitRefusal::Email(None) => page.t("email-no-address").into(),
            SplitRefusal::Address(Some(fault)) => sign(*fault, page.t("billing-address-not-whole")),
            SplitRefusal::Address(None) => page.t("billing-address-not-whole").into(),
            SplitRefusal::NotAgreed => page.t("split-not-agreed").into(),
            SplitRefusal::Others(people) => page.ta("split-others", people.join(", ")),
            SplitRefusal::NothingPlanned => page.t("done-too-late").into(),
        }
    }
}

/// By which profile a bill is shared, and with whom.
pub(super) fn share_words(page: &Page, share: &KeptShare) -> String {
    let values = [("profile", share.profile_name.clone().into()), ("payer", share.holder.clone().into())];
    page.locale.text_with("split-with", values)
}

async fn page(app: &App, signed: Signed, id: LineId) -> Result<SplitPage, Stop> {
    let shown = split_bill::split(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: format!("/lines/{id}/split"), ..signed.page };
    let share = shown.planned.as_ref().map_or(&shown.now, |planned| &planned.share);
    let (chosen, typed) = (share.as_ref().map(|share| share.profile), shown.user.clone());
    Ok(SplitPage { page, shown, chosen, typed, refusal: None, is_done: false })
}

/// Shows who shares the bill.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let is_done = query.as_deref() == Some("done=yes");
    html(&SplitPage { is_done, ..page(&app, signed, id).await? })
}

/// Has it be shared, or whole again.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    chosen(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn chosen(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let field = |name: &str, most: usize| posted.field(name).chars().take(most + 1).collect::<String>();
    let [street, postcode, town] = ["street", "postcode", "town"].map(|name| field(name, LONGEST_LINE));
    let typed = PayerTyped {
        name: field("name", LONGEST_LINE),
        email: field("email", LONGEST_ADDRESS),
        address: BillingAddress { street, postcode, town },
        agreed: posted.field("agreed") == "yes",
    };
    let profile = Some(posted.field("profile")).filter(|word| !word.is_empty());
    let chosen = profile.map(|word| word.parse().map_or(SplitProfileId(0), SplitProfileId));
    let before = page(app, signed.clone(), id).await?;
    match split_bill::plan(&app.house, &signed.actor, id, (chosen, &typed)).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(_) => Ok(see_other(&format!("/lines/{id}/split?done=yes"))),
        Err(refusal) => refused(SplitPage { chosen, typed, refusal: Some(refusal), ..before }),
    }
}

/// Takes back what is planned.
pub(crate) async fn take_back(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    taken_back(&app, signed, &id).await.map_err(IntoResponse::into_response)
}

async fn taken_back(app: &App, signed: Signed, id: &str) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    match split_bill::take_back(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => Ok(see_other(&format!("/lines/{id}/split?done=yes"))),
        Err(refusal) => refused(SplitPage { refusal: Some(refusal), ..page(app, signed, id).await? }),
    }
}

fn refused(page: SplitPage) -> Result<Response, Stop> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}
