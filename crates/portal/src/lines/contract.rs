//! The contract of a line: fees, technical information, the network behind it (RES-04), and what its user sets up on a telephone (MOB-65).

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    lines::esim::stage_words,
    numbers::NumberKindWords as _,
    server::App,
    session::Signed,
    sims::KindWords as _,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use operations::{
    contract::{self, Contract, OnceFor, Setting, SheetPart},
    line_services::{self, LineServices},
};
use vocabulary::LineId;

/// The page of a contract.
#[derive(Template)]
#[template(path = "lines/contract.html")]
pub struct ContractPage {
    /// Its frame.
    pub page: Page,
    /// The line.
    pub line: LineServices,
    /// What its contract says.
    pub contract: Contract,
}

impl ContractPage {
    fn once_words(&self, what: &OnceFor) -> String {
        match what {
            OnceFor::Beginning(offer) => self.page.ta("contract-beginning", offer),
            OnceFor::Option(name) => name.clone(),
            OnceFor::Recharge(name) => self.page.ta("contract-recharge", name),
            OnceFor::Esim => self.page.t("sim-esim").into(),
            OnceFor::SimSwap => self.page.t("contract-sim-swap").into(),
        }
    }

    fn sessions(&self, count: &i64) -> String {
        if *count == 0 { self.page.t("unlimited").into() } else { self.page.count(*count) }
    }

    fn conference(&self, (home, roaming): &(i64, i64)) -> String {
        let parties = [("home", self.page.count(*home).into()), ("roaming", self.page.count(*roaming).into())];
        self.page.locale.text_with("contract-parties", parties)
    }

    fn profile(&self) -> Option<&'static str> {
        self.contract.technical.profile.map(|stage| stage_words(&self.page, stage))
    }

    fn name(&self) -> String {
        name(&self.page, &self.line)
    }
}

/// What the settings of a telephone are.
#[derive(Template)]
#[template(path = "lines/settings.html")]
pub struct SettingsPage {
    /// Its frame.
    pub page: Page,
    /// The line.
    pub line: LineServices,
    /// The network, by name.
    pub network: String,
    /// What its user has to know or type.
    pub settings: Vec<Setting>,
}

impl SettingsPage {
    fn name(&self) -> String {
        name(&self.page, &self.line)
    }

    /// The parts that have something, each with what it has.
    fn parts(&self) -> Vec<(SheetPart, Vec<&Setting>)> {
        let mut parts: Vec<(SheetPart, Vec<&Setting>)> = Vec::new();
        for setting in &self.settings {
            match parts.last_mut() {
                Some((part, settings)) if *part == setting.part => settings.push(setting),
                _ => parts.push((setting.part, vec![setting])),
            }
        }
        parts
    }

    fn part_name(&self, part: &SheetPart) -> &'static str {
        match part {
            SheetPart::Access => self.page.t("settings-access"),
            SheetPart::Partner => self.page.t("settings-partner"),
            SheetPart::Voicemail => self.page.t("settings-voicemail"),
            SheetPart::Forwarding => self.page.t("settings-forwarding"),
            SheetPart::Network => self.page.t("settings-network"),
        }
    }

    fn part_lead(&self, part: &SheetPart) -> &'static str {
        match part {
            SheetPart::Access => self.page.t("settings-access-lead"),
            SheetPart::Partner => self.page.t("settings-partner-lead"),
            SheetPart::Voicemail => self.page.t("settings-voicemail-lead"),
            SheetPart::Forwarding => self.page.t("settings-forwarding-lead"),
            SheetPart::Network => self.page.t("settings-network-lead"),
        }
    }
}

fn name(page: &Page, line: &LineServices) -> String {
    line.number.map_or_else(|| page.t("number-to-come").into(), |number| page.tel(number))
}

async fn load(app: &App, signed: &Signed, id: &str) -> Result<(LineServices, Contract), Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let language = signed.page.locale.tag();
    let services = line_services::services(&app.house, &signed.actor, id, language).await?.ok_or(Stop::NOT_FOUND)?;
    let contract = contract::contract(&app.house, &signed.actor, id, language).await?.ok_or(Stop::NOT_FOUND)?;
    Ok((services, contract))
}

/// Shows the contract.
pub(crate) async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let (line, contract) = load(&app, &signed, &id).await?;
    html(&ContractPage { page: signed.page, line, contract })
}

/// Shows what is to be set up on a telephone.
pub(crate) async fn settings(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let (line, contract) = load(&app, &signed, &id).await?;
    let network = contract.technical.network.map(|(name, _)| name).unwrap_or_default();
    html(&SettingsPage { page: signed.page, line, network, settings: contract.settings })
}
