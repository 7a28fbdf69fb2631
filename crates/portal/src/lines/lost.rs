//! A telephone that was lost or stolen, as a guided path (TEL-08): suspend the line at once, go to the police, have another SIM.

use super::services::line_name;
use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use operations::{
    line_change::{Change, ChangeAsked, When},
    line_services::{self, Act, Doing, LineServices, Told},
};
use vocabulary::LineId;

/// The page.
#[derive(Template)]
#[template(path = "lines/lost.html")]
pub struct LostPage {
    /// Its frame.
    pub page: Page,
    /// The line, and what it has.
    pub services: LineServices,
    /// What is told of suspending it; nothing where it cannot be suspended now.
    pub told: Option<Told>,
}

impl LostPage {
    fn name(&self) -> String {
        line_name(&self.page, self.services.number, &self.services.user)
    }

    /// Is the network being asked to suspend it?
    fn is_being_suspended(&self) -> bool {
        self.services.underway.as_ref().is_some_and(|underway| underway.doing.contains(&Doing::Suspend))
    }

    /// Why it cannot be suspended now, where it is not suspended already.
    fn why_not(&self) -> Option<&'static str> {
        let refusal = self.services.acts.iter().find(|(act, _)| *act == Act::Suspend)?.1?;
        Some(self.page.not_now(&refusal))
    }

    /// May the reader have another SIM put in?
    fn may_swap(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::ChangeLines))
    }
}

/// Shows the path.
pub(crate) async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let language = signed.page.locale.tag();
    let services = line_services::services(&app.house, &signed.actor, id, language).await?.ok_or(Stop::NOT_FOUND)?;
    let suspend = ChangeAsked { change: Change::Suspend, when: When::Soonest };
    let told = line_services::told(&app.house, &signed.actor, id, &suspend, language).await?.ok_or(Stop::NOT_FOUND)?;
    html(&LostPage { page: signed.page, services, told: told.ok() })
}
