//! `/account/notifications`: what somebody wants to be told of by mail (RES-10).

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    mail::key,
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use operations::notification::{self, NotificationKind};

/// The form.
#[derive(Template)]
#[template(path = "account/notifications.html")]
pub struct NotificationsPage {
    /// Its frame.
    pub page: Page,
    /// Each kind with whether it is wanted.
    pub choices: Vec<(NotificationKind, bool)>,
    /// Where mails go; empty for nowhere.
    pub email: String,
    /// Was it changed a moment ago?
    pub is_done: bool,
}

impl NotificationsPage {
    fn of_lines(&self) -> impl Iterator<Item = &(NotificationKind, bool)> {
        self.choices.iter().filter(|(kind, _)| !kind.is_of_orders())
    }

    fn of_orders(&self) -> Vec<&(NotificationKind, bool)> {
        self.choices.iter().filter(|(kind, _)| kind.is_of_orders()).collect()
    }

    fn name(&self, kind: &NotificationKind) -> &'static str {
        kind_name(&self.page, *kind)
    }
}

/// What a kind is called.
pub(crate) fn kind_name(page: &Page, kind: NotificationKind) -> &'static str {
    page.t(match kind {
        NotificationKind::Suspension => key!("notify-suspension"),
        NotificationKind::Reactivation => key!("notify-reactivation"),
        NotificationKind::Plan => key!("notify-plan"),
        NotificationKind::Option => key!("notify-option"),
        NotificationKind::SimSwap => key!("notify-sim-swap"),
        NotificationKind::User => key!("notify-user"),
        NotificationKind::Account => key!("notify-account"),
        NotificationKind::End => key!("notify-end"),
        NotificationKind::OrderPlaced => key!("notify-order-placed"),
        NotificationKind::OrderDone => key!("notify-order-done"),
        NotificationKind::OrderFailed => key!("notify-order-failed"),
    })
}

/// Shows what somebody is told of.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let choices = notification::choices(&app.house, &signed.actor).await?;
    let account = operations::account::account(&app.house, &signed.actor).await?;
    let is_done = query.as_deref() == Some("done=yes");
    html(&NotificationsPage { page: signed.page, choices, email: account.email, is_done })
}

/// Takes what somebody wants to be told of.
pub(crate) async fn post(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let wanted: Vec<NotificationKind> = posted.all("kind").filter_map(NotificationKind::named).collect();
    let here = app.links(&posted.visitor.brand, &headers);
    let came = notification::choose(&app.house, &signed.actor, &wanted, &here).await;
    came.map_err(|error| Stop::from(error).into_response())?;
    Ok(see_other("/account/notifications?done=yes"))
}
