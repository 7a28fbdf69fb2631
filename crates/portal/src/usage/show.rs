//! One usage with everything that is known of it (RAT-12).

use super::{PartWords as _, UsageRef, UsageWords as _};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::civil;
use operations::{
    permission::Permission,
    usage::{self, Usage, UsageAddress},
};
use vocabulary::{Access, LineId, Party, Timestamp};

/// The page of one usage.
///
/// # Errors
/// When it is not there for this reader, or could not be loaded.
pub async fn get(
    signed: Signed,
    State(app): State<App>,
    Path((line, reference)): Path<(String, String)>,
) -> Result<Response, Stop> {
    let line: LineId = line.parse().map_err(|_| Stop::NOT_FOUND)?;
    let reference: UsageRef = reference.parse().map_err(|_| Stop::NOT_FOUND)?;
    let address = UsageAddress { line, start: reference.start, key: reference.key };
    let language = signed.page.locale.tag();
    let detail = usage::usage(&app.house, signed.actor.scope, address, language).await?.ok_or(Stop::NOT_FOUND)?;
    // What the operator's files are called is not for its customers and partners.
    let file = signed.actor.may(Permission::SeeUsageFiles).then_some(detail.file);
    html(&ShowPage {
        page: signed.page,
        number: detail.number,
        user: detail.user,
        usage: detail.usage,
        access: detail.access,
        zone: detail.zone,
        file,
        taken_at: detail.taken_at,
        catalogue: detail.catalogue,
    })
}

/// The page.
#[derive(Template)]
#[template(path = "usage/show.html")]
pub struct ShowPage {
    /// Its frame.
    pub page: Page,
    /// The number of the line, or its name on the switch.
    pub number: Party,
    /// Who uses the line.
    pub user: Option<String>,
    /// The usage.
    pub usage: Usage,
    /// Over what: a mobile network, Wi-Fi, a wire.
    pub access: Access,
    /// The zone of the catalogue that it counted in, when it has one.
    pub zone: Option<String>,
    /// The file that it came in, for who may see usage files.
    pub file: Option<String>,
    /// When that was taken in.
    pub taken_at: Timestamp,
    /// The version of the catalogue that rated it, by its date of effect.
    pub catalogue: civil::Date,
}

impl ShowPage {
    fn access_name(&self) -> &'static str {
        match self.access {
            Access::Mobile => self.page.t("access-mobile"),
            Access::Vowifi => self.page.t("access-vowifi"),
            Access::Fixed => self.page.t("access-fixed"),
        }
    }
}
