//! How far a change for many lines is, line by line (FLT-08).

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    pagination::{PageLink, PageSize, Pages},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use operations::bulk_change::{self, BulkShown, BulkStage, NamedLine, ROWS};
use std::num::NonZeroU32;
use vocabulary::BulkChangeId;

/// The page.
#[derive(Template)]
#[template(path = "lines/bulk_result.html")]
pub struct BulkResultPage {
    /// Its frame.
    pub page: Page,
    /// The change, and how far it is.
    pub shown: BulkShown,
    /// Where in the list of lines one is.
    pub pages: Pages,
}

impl BulkResultPage {
    fn count(&self, stage: BulkStage) -> i64 {
        self.shown.stages.iter().find(|(known, _)| *known == stage).map_or(0, |(_, count)| *count)
    }

    /// Does a network still work on some?
    fn is_moving(&self) -> bool {
        self.count(BulkStage::Asked) > 0
    }

    /// In percent of those that a network has to do now.
    fn percent(&self) -> i64 {
        let waits = self.count(BulkStage::Planned) + self.count(BulkStage::TakenBack);
        let all = i64::try_from(self.shown.total).unwrap_or(i64::MAX) - waits;
        if all > 0 { (all - self.count(BulkStage::Asked)) * 100 / all } else { 100 }
    }

    /// Is something with the networks at all, rather than all of it to come?
    fn has_progress(&self) -> bool {
        self.count(BulkStage::Planned) + self.count(BulkStage::TakenBack) < i64::try_from(self.shown.total).unwrap_or(i64::MAX)
    }

    fn stage(&self, stage: &BulkStage) -> &'static str {
        match stage {
            BulkStage::Refused => self.page.t("bulk-refused"),
            BulkStage::Unanswered => self.page.t("bulk-unanswered"),
            BulkStage::Asked => self.page.t("bulk-asked"),
            BulkStage::Planned => self.page.t("bulk-planned"),
            BulkStage::TakenBack => self.page.t("bulk-taken-back"),
            BulkStage::Done => self.page.t("bulk-done"),
        }
    }

    fn class(&self, stage: &BulkStage) -> &'static str {
        match stage {
            BulkStage::Refused => "failed",
            BulkStage::Unanswered => "suspended",
            BulkStage::Asked | BulkStage::Planned => "in-progress",
            BulkStage::TakenBack => "ended",
            BulkStage::Done => "active",
        }
    }

    fn line(&self, line: &NamedLine) -> String {
        line.number.map_or_else(|| self.page.t("number-to-come").to_owned(), |number| self.page.tel(number))
    }

    fn lines(&self) -> String {
        self.page.tn("lines-found", i64::try_from(self.shown.total).unwrap_or(i64::MAX))
    }

    fn page_url(&self, page: &u32) -> String {
        format!("/lines/changes/{}?page={page}", self.shown.id)
    }
}

/// Shows it.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id: BulkChangeId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let query = query.unwrap_or_default();
    let page = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "page");
    let page = page.and_then(|(_, page)| page.parse::<NonZeroU32>().ok()).map_or(1, NonZeroU32::get);
    let language = signed.page.locale.tag();
    let shown = bulk_change::show(&app.house, &signed.actor, id, page, language).await?.ok_or(Stop::NOT_FOUND)?;
    let current = NonZeroU32::new(shown.page).unwrap_or(NonZeroU32::MIN);
    let pages = Pages { current, size: PageSize::from_rows(&ROWS.to_string()).unwrap_or_default(), total: shown.total };
    html(&BulkResultPage { page: signed.page, shown, pages })
}
