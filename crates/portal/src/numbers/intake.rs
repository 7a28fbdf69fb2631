//! Taking a range of numbers into the inventory: the form, and what was wrong with what was typed (RES-07, MOB-10).

use super::{NumberKindWords as _, count};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    number_intake::{self, IntakeAsked, IntakeRefusal},
    numbers::{KINDS, Service},
    sim_batches,
};

/// Nothing typed is longer: a longer text is cut.
const LONGEST_TYPED: usize = 80;

/// The page.
#[derive(Template)]
#[template(path = "numbers/intake.html")]
pub struct IntakePage {
    /// Its frame.
    pub page: Page,
    /// What was typed.
    pub typed: IntakeAsked,
    /// The networks, by id and name.
    pub networks: Vec<(String, String)>,
    /// Why nothing came in.
    pub refusal: Option<IntakeRefusal>,
}

impl IntakePage {
    fn is_kind(&self, kind: &Service) -> bool {
        self.typed.kind == Some(*kind)
    }

    fn refusal_words(&self, refusal: &IntakeRefusal) -> String {
        let page = &self.page;
        match refusal {
            IntakeRefusal::Range(refusal) => page.range_words(refusal),
            IntakeRefusal::NoNetwork => page.t("numbers-no-network").into(),
            IntakeRefusal::NoKind => page.t("numbers-no-kind").into(),
            IntakeRefusal::Digits(digits) => page.tn("numbers-digits", i64::from(*digits)),
            IntakeRefusal::Known(_, total) => page.tn("numbers-known", count(*total)),
        }
    }

    /// Those that are there already, and how many more.
    fn known(&self) -> Option<(Vec<String>, i64)> {
        match &self.refusal {
            Some(IntakeRefusal::Known(named, total)) => {
                let more = count(total.saturating_sub(named.len()));
                Some((named.iter().map(|number| self.page.tel(number)).collect(), more))
            }
            _ => None,
        }
    }
}

/// Shows the form.
pub(crate) async fn get(signed: Signed, State(app): State<App>) -> Result<Response, Stop> {
    html(&page(&app, signed, IntakeAsked::default()).await?)
}

async fn page(app: &App, signed: Signed, typed: IntakeAsked) -> Result<IntakePage, Stop> {
    let networks = sim_batches::networks_of(&app.house, &signed.actor).await?;
    Ok(IntakePage { page: signed.page, typed, networks, refusal: None })
}

/// Takes in what was typed.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    answer(&app, signed, &posted).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: Signed, posted: &Posted) -> Result<Response, Stop> {
    let text = |name| posted.field(name).trim().chars().take(LONGEST_TYPED).collect::<String>();
    let typed = IntakeAsked {
        first: text("first"),
        last: text("last"),
        network: text("network"),
        kind: KINDS.into_iter().find(|kind| kind.as_str() == posted.field("kind")),
    };
    match number_intake::take(&app.house, &signed.actor, &typed).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(taken) => Ok(see_other(&format!("/numbers?taken={taken}"))),
        Err(refusal) => {
            let frame = Page { here: "/numbers/intake".to_owned(), ..signed.page.clone() };
            let shown = page(app, Signed { page: frame, ..signed }, typed).await?;
            let shown = IntakePage { refusal: Some(refusal), ..shown };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
        }
    }
}
