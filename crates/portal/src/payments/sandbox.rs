//! The page of a demonstration's payment provider (BIL-07): who pays chooses what happens, and no card is asked for. It is not there elsewhere.

use super::money;
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, log_fault},
    server::App,
    session::{Posted, Visitor},
};
use askama::Template;
use axum::{
    extract::{FromRequest as _, Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use operations::{
    House,
    payment_sandbox::{Delivered, Mood, PaymentSandbox, SandboxCallback, SandboxPage, SandboxStep},
    payments::{self, Issuer},
};
use std::{sync::Arc, time::Duration};

/// Where its pages are.
pub const BASE: &str = "/sandbox-payments";

/// The page.
#[derive(Template)]
#[template(path = "payments/sandbox.html")]
pub struct SandboxPaymentPage {
    /// Its frame.
    pub page: Page,
    /// Its name for the payment.
    pub reference: String,
    /// What is paid.
    pub asked: SandboxPage,
}

impl SandboxPaymentPage {
    fn amount(&self) -> String {
        money(&self.page, self.asked.amount)
    }

    fn is_over(&self) -> bool {
        self.asked.step == SandboxStep::Over
    }

    fn is_authentication(&self) -> bool {
        self.asked.step == SandboxStep::Authentication
    }

    /// What can be chosen besides paying, each with what it is called and what happens.
    fn moods(&self) -> Vec<(Mood, &'static str)> {
        let page = &self.page;
        let all = [
            (Mood::StrongAuthentication, page.t("sandbox-strong-authentication")),
            (Mood::Refusal, page.t("sandbox-refusal")),
            (Mood::Late, page.t("sandbox-late")),
            (Mood::Twice, page.t("sandbox-twice")),
            (Mood::BeforeRedirect, page.t("sandbox-before-redirect")),
            (Mood::Forged, page.t("sandbox-forged")),
            (Mood::WrongAmount, page.t("sandbox-wrong-amount")),
            (Mood::WrongCurrency, page.t("sandbox-wrong-currency")),
            (Mood::Expired, page.t("sandbox-expired")),
        ];
        let is_asked_again = self.is_authentication();
        all.into_iter().filter(|(mood, _)| !is_asked_again || *mood == Mood::Refusal).collect()
    }
}

fn sandbox(app: &App) -> Result<Arc<dyn PaymentSandbox>, Stop> {
    app.house.payment_sandbox.clone().ok_or(Stop::NOT_FOUND)
}

/// Shows what is paid, and what can be chosen.
pub(crate) async fn get(State(app): State<App>, visitor: Visitor, Path(reference): Path<String>) -> Result<Response, Stop> {
    let asked = sandbox(&app)?.page(&reference).ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: format!("{BASE}/{reference}"), ..visitor.page };
    html(&SandboxPaymentPage { page, reference, asked })
}

/// Does what was chosen: tells who is paid, and sends the browser on. Where there is no demonstration, no form is read either.
pub(crate) async fn post(State(app): State<App>, Path(reference): Path<String>, request: Request) -> Result<Response, Response> {
    sandbox(&app).map_err(IntoResponse::into_response)?;
    let posted = Posted::from_request(request, &app).await?;
    choose(&app, &reference, &posted).await.map_err(IntoResponse::into_response)
}

async fn choose(app: &App, reference: &str, posted: &Posted) -> Result<Response, Stop> {
    let sandbox = sandbox(app)?;
    let mood = Mood::named(posted.field("mood")).ok_or(Stop::NOT_FOUND)?;
    let issuer = sandbox.page(reference).ok_or(Stop::NOT_FOUND)?.issuer;
    let chosen = sandbox.choose(reference, mood, app.house.clock.now()).ok_or(Stop::NOT_FOUND)?;
    for callback in chosen.callbacks {
        let wait = match callback.delivered {
            Delivered::First => {
                deliver(&app.house, issuer, &callback).await;
                continue;
            }
            Delivered::Beside => 0,
            Delivered::After(seconds) => u64::try_from(seconds).unwrap_or(0),
        };
        let house = app.house.clone();
        // What is lost with the program is asked after, as of any provider.
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(wait)).await;
            deliver(&house, issuer, &callback).await;
        });
    }
    Ok(Redirect::to(&chosen.goes).into_response())
}

/// Takes a callback the way that a provider's own would come.
async fn deliver(house: &House, issuer: Issuer, callback: &SandboxCallback) {
    let header = |_: &str| Some(callback.signature.clone());
    match payments::take_callback(house, issuer, header, &callback.body).await {
        Ok(Ok(taken)) => tracing::debug!(?taken, "the sandbox told of a payment"),
        Ok(Err(refusal)) => tracing::warn!(%refusal, "what the sandbox tells is not taken"),
        Err(error) => {
            log_fault(&error);
        }
    }
}
