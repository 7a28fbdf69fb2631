//! One usage with everything that is known of it (RAT-12).

use super::Usage;
use crate::{Icon, Page, Theme};
use askama::Template;
use jiff::civil;
use vocabulary::{Access, E164, Timestamp};

/// The page.
#[derive(Template)]
#[template(path = "usage/show.html")]
pub struct ShowPage {
    /// Its frame.
    pub page: Page,
    /// The number of the line.
    pub number: E164,
    /// Who uses the line.
    pub user: Option<String>,
    /// The usage.
    pub usage: Usage,
    /// Over what: a mobile network, Wi-Fi, a wire.
    pub access: Access,
    /// The zone of the catalogue that it counted in, when it has one.
    pub zone: Option<String>,
    /// The file that it came in.
    pub file: String,
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
