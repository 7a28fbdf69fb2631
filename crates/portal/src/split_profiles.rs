//! `/customers/{id}/split-profiles`: what a business pays of its people's lines (FLT-20), and the form for another profile.

use crate::{
    Icon, Locale, Page, Theme,
    amount::{self, AmountFault},
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
use operations::split_bill::{self, LONGEST_NAME, ProfileRefusal, ProfilesShown, SplitKind, SplitProfile};
use vocabulary::{Cents, CustomerId, SplitProfileId};

/// The rules by the words of the form.
const RULES: [&str; 3] = ["share", "up_to", "kinds"];

/// The page.
#[derive(Template)]
#[template(path = "split_profiles.html")]
pub struct SplitProfilesPage {
    /// Its frame.
    pub page: Page,
    /// The profiles.
    pub shown: ProfilesShown,
    /// What stands in the form.
    pub typed: ProfileTyped,
    /// Why there is no new one.
    pub problem: Option<ProfileProblem>,
    /// Was it done a moment ago?
    pub is_done: bool,
}

/// A profile as it was typed.
#[derive(Clone, Debug, Default)]
pub struct ProfileTyped {
    /// Its name.
    pub name: String,
    /// Which rule: `share`, `up_to` or `kinds`.
    pub rule: String,
    /// Of a share, its per cent.
    pub per_cent: String,
    /// Of an amount, the most of a month.
    pub amount: String,
    /// The kinds that are paid whole.
    pub kinds: Vec<SplitKind>,
}

/// Why what was typed is no new profile.
#[derive(Clone, Debug)]
pub enum ProfileProblem {
    /// None of the rules was chosen.
    NoRule,
    /// This is no per cent from 0 to 100.
    PerCent(String),
    /// This is no amount.
    Amount(String),
    /// It was refused.
    Refused(ProfileRefusal),
}

impl SplitProfilesPage {
    fn words(&self, profile: &SplitProfile) -> String {
        words(self.page.locale, profile)
    }

    fn kinds(&self) -> Vec<(&'static str, &'static str, bool)> {
        let shown = |kind: SplitKind| (kind_word(kind), kind_name(self.page.locale, kind), self.typed.kinds.contains(&kind));
        SplitKind::ALL.into_iter().map(shown).collect()
    }

    fn is_rule(&self, rule: &str) -> bool {
        self.typed.rule == rule
    }

    /// The field that is wrong, to lead the reader there.
    fn is_wrong(&self, field: &str) -> bool {
        let wrong = match &self.problem {
            None => return false,
            Some(ProfileProblem::NoRule) => "rule",
            Some(ProfileProblem::PerCent(_) | ProfileProblem::Refused(ProfileRefusal::PerCent(_))) => "per_cent",
            Some(ProfileProblem::Amount(_) | ProfileProblem::Refused(ProfileRefusal::Amount(_))) => "amount",
            Some(ProfileProblem::Refused(ProfileRefusal::NoKinds)) => "kinds",
            Some(ProfileProblem::Refused(ProfileRefusal::Name(_) | ProfileRefusal::Known(_))) => "name",
            Some(ProfileProblem::Refused(ProfileRefusal::Many | ProfileRefusal::NotBusiness)) => "",
        };
        wrong == field
    }

    fn problem_words(&self, problem: &ProfileProblem) -> String {
        let page = &self.page;
        match problem {
            ProfileProblem::NoRule => page.t("split-no-rule").into(),
            ProfileProblem::PerCent(typed) => page.ta("split-no-per-cent", typed),
            ProfileProblem::Amount(typed) => page.ta("split-no-amount", typed),
            ProfileProblem::Refused(refusal) => match refusal {
                ProfileRefusal::Name(Some(sign)) => page.label_words(*sign, page.t("split-no-name")),
                ProfileRefusal::Name(None) => page.t("split-no-name").into(),
                ProfileRefusal::Known(name) => page.ta("split-name-known", name),
                ProfileRefusal::PerCent(per_cent) => page.ta("split-no-per-cent", per_cent.to_string()),
                ProfileRefusal::Amount(amount) => page.ta("split-no-amount", page.money(amount.money())),
                ProfileRefusal::NoKinds => page.t("split-no-kinds").into(),
                ProfileRefusal::Many => page.t("split-many").into(),
                ProfileRefusal::NotBusiness => page.t("split-not-business").into(),
            },
        }
    }

    const fn longest_name(&self) -> usize {
        LONGEST_NAME
    }
}

/// What an employer pays, in a few words.
pub(crate) fn words(locale: Locale, profile: &SplitProfile) -> String {
    match profile {
        SplitProfile::Share { per_cent } => locale.text_with("split-share-words", [("value", per_cent.to_string().into())]),
        SplitProfile::UpTo { amount } => locale.text_with("split-up-to-words", [("value", locale.money(amount.money()).into())]),
        SplitProfile::Kinds { kinds } => {
            let names: Vec<&str> = kinds.iter().map(|kind| kind_name(locale, *kind)).collect();
            names.join(", ")
        }
    }
}

fn kind_name(locale: Locale, kind: SplitKind) -> &'static str {
    match kind {
        SplitKind::Plan => locale.text("split-kind-plan"),
        SplitKind::Options => locale.text("split-kind-options"),
        SplitKind::Recharges => locale.text("split-kind-recharges"),
        SplitKind::Home => locale.text("split-kind-home"),
        SplitKind::Special => locale.text("split-kind-special"),
        SplitKind::Abroad => locale.text("split-kind-abroad"),
        SplitKind::Roaming => locale.text("split-kind-roaming"),
    }
}

const fn kind_word(kind: SplitKind) -> &'static str {
    match kind {
        SplitKind::Plan => "plan",
        SplitKind::Options => "options",
        SplitKind::Recharges => "recharges",
        SplitKind::Home => "home",
        SplitKind::Special => "special",
        SplitKind::Abroad => "abroad",
        SplitKind::Roaming => "roaming",
    }
}

async fn page(app: &App, signed: Signed, id: &str) -> Result<SplitProfilesPage, Stop> {
    let id: CustomerId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let shown = split_bill::profiles(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: format!("/customers/{id}/split-profiles"), ..signed.page };
    Ok(SplitProfilesPage { page, shown, typed: ProfileTyped::default(), problem: None, is_done: false })
}

/// Shows the profiles.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let is_done = query.as_deref() == Some("done=yes");
    html(&SplitProfilesPage { is_done, ..page(&app, signed, &id).await? })
}

/// Adds one.
pub(crate) async fn add(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    adding(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn adding(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let text = |name: &str| posted.field(name).chars().take(2 * LONGEST_NAME).collect::<String>();
    let kinds = SplitKind::ALL.into_iter().filter(|kind| posted.all("kind").any(|word| word == kind_word(*kind)));
    let typed = ProfileTyped {
        name: text("name"),
        rule: text("rule"),
        per_cent: text("per_cent"),
        amount: text("amount"),
        kinds: kinds.collect(),
    };
    let before = page(app, signed.clone(), id).await?;
    let came = match read(&typed) {
        Ok(profile) => {
            let added = split_bill::add_profile(&app.house, &signed.actor, before.shown.customer, (&typed.name, &profile));
            added.await?.ok_or(Stop::NOT_FOUND)?.map_err(ProfileProblem::Refused)
        }
        Err(problem) => Err(problem),
    };
    match came {
        Ok(()) => Ok(see_other(&format!("/customers/{}/split-profiles?done=yes", before.shown.customer))),
        Err(problem) => {
            let page = SplitProfilesPage { typed, problem: Some(problem), ..before };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
    }
}

fn read(typed: &ProfileTyped) -> Result<SplitProfile, ProfileProblem> {
    match RULES.into_iter().find(|rule| *rule == typed.rule) {
        Some("share") => {
            let text = typed.per_cent.trim().trim_end_matches('%').trim_end();
            let per_cent = text.parse().map_err(|_| ProfileProblem::PerCent(typed.per_cent.clone()))?;
            Ok(SplitProfile::Share { per_cent })
        }
        Some("up_to") => {
            let amount: Result<Cents, AmountFault> = amount::read(&typed.amount);
            Ok(SplitProfile::UpTo { amount: amount.map_err(|_| ProfileProblem::Amount(typed.amount.clone()))? })
        }
        Some(_) => Ok(SplitProfile::Kinds { kinds: typed.kinds.clone() }),
        None => Err(ProfileProblem::NoRule),
    }
}

/// Offers one no more, or again.
pub(crate) async fn offer(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    offering(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn offering(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: CustomerId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let profile = posted.field("profile").parse().map_or(SplitProfileId(0), SplitProfileId);
    let is_offered = posted.field("offered") == "yes";
    split_bill::offer_profile(&app.house, &signed.actor, (id, profile), is_offered).await?.ok_or(Stop::NOT_FOUND)?;
    Ok(see_other(&format!("/customers/{id}/split-profiles?done=yes")))
}
