//! A brand by each of its host names: what pages and mails need before anybody is known.

use super::LegalPage;
use crate::{House, OperationError, sign_in::Door};
use jiff::tz::TimeZone;
use store::{BrandLogo, BrandLook, Ground};
use vocabulary::{BrandId, NumberingPlan};

/// A host name with what its pages need.
#[derive(Clone, Debug)]
pub struct Brand {
    /// The brand; it may have other host names.
    pub id: BrandId,
    /// The host name, without port.
    pub host: String,
    /// Whose it is.
    pub door: Door,
    /// How it looks and speaks.
    pub look: BrandLook,
    /// Its logos, without their content.
    pub logos: Vec<BrandLogo>,
    /// The legal pages that it has.
    pub legal: Vec<LegalPage>,
    /// Its languages by their tags, its own first.
    pub languages: Vec<String>,
    /// The operator's time zone.
    pub zone: TimeZone,
    /// How numbers are dialled at home.
    pub plan: NumberingPlan,
}

impl Brand {
    /// The logo that mails show: the sharper one for light ground, on which mails put it.
    pub fn mail_logo(&self) -> Option<&BrandLogo> {
        let light = self.logos.iter().filter(|logo| logo.ground == Ground::Light);
        light.max_by_key(|logo| logo.density)
    }

    /// Where questions go: a telephone number or an address; the name of a brand without either.
    pub fn contact(&self) -> &str {
        let ways = [&self.look.telephone, &self.look.email, &self.look.name];
        ways.into_iter().find(|way| !way.is_empty()).map_or("", String::as_str)
    }
}

/// Every host name of every operator.
///
/// # Errors
/// When the database fails, or an operator has no catalogue.
pub async fn brands_by_host(house: &House) -> Result<Vec<Brand>, OperationError> {
    let pages = house.store.brand_text_pages().await?;
    let mut brands = Vec::new();
    for found in house.store.brands().await? {
        let catalog = house.catalog_named(&found.slug)?;
        let spoken = &catalog.operator.languages;
        let has = |page: &LegalPage| pages.iter().any(|(brand, word)| *brand == found.id && word == page.as_str());
        let brand = Brand {
            id: found.id,
            host: String::new(),
            door: Door { operator: found.operator, reseller: found.reseller },
            languages: if found.look.languages.is_empty() { spoken.clone() } else { found.look.languages.clone() },
            look: found.look,
            logos: found.logos,
            legal: LegalPage::ALL.into_iter().filter(has).collect(),
            zone: catalog.operator.time_zone.clone(),
            plan: catalog.world.plan.clone(),
        };
        brands.extend(found.hosts.into_iter().map(|host| Brand { host: host.host, ..brand.clone() }));
    }
    Ok(brands)
}
