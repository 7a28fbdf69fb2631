//! The table of SIMs, with its filters in the address, and the same as CSV (RES-07, FLT-02).

use super::{KindWords as _, StageWords as _};
use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html},
    csv::{Cell, Csv},
    pagination::{PageLink, PageSize, Pages},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use form_urlencoded::{Serializer, parse};
use operations::sims::{self, KINDS, Sim, SimKind, SimStage, SimsAsked, kind_word};
use std::num::NonZeroU32;
use vocabulary::SimBatchId;

/// No filter is longer: a longer text is cut.
const LONGEST_FILTER: usize = 80;

/// What of the SIMs is asked for: the query of the address. What it cannot read it passes over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Digits of the ICCID, in any writing.
    pub iccid: String,
    /// Where they are in their lives.
    pub stage: Option<SimStage>,
    /// The network, by its id.
    pub network: String,
    /// Card or profile.
    pub kind: Option<SimKind>,
    /// Part of the name of who has them.
    pub holder: String,
    /// The batch in which they came.
    pub batch: Option<SimBatchId>,
    /// The page, from 1 on.
    pub page: Option<NonZeroU32>,
    /// Rows on a page.
    pub size: PageSize,
}

impl Filter {
    /// Reads the query of an address.
    pub fn read(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in parse(query.as_bytes()) {
            let text = || value.trim().chars().take(LONGEST_FILTER).collect::<String>();
            match name.as_ref() {
                "iccid" => filter.iccid = text(),
                "state" => filter.stage = SimStage::WORDS.iter().find(|(word, _)| *word == value).map(|(_, stage)| *stage),
                "network" => filter.network = text(),
                "kind" => filter.kind = KINDS.iter().find(|(word, _)| *word == value).map(|(_, kind)| *kind),
                "holder" => filter.holder = text(),
                "batch" => filter.batch = value.parse().ok(),
                "page" => filter.page = value.parse().ok(),
                "size" => filter.size = PageSize::from_rows(&value).unwrap_or_default(),
                _ => {}
            }
        }
        filter
    }

    fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        let pairs = [
            ("iccid", Some(self.iccid.clone()).filter(|text| !text.is_empty())),
            ("state", self.stage.map(|stage| stage.as_str().to_owned())),
            ("network", Some(self.network.clone()).filter(|text| !text.is_empty())),
            ("kind", self.kind.map(|kind| kind_word(kind).to_owned())),
            ("holder", Some(self.holder.clone()).filter(|text| !text.is_empty())),
            ("batch", self.batch.map(|batch| batch.to_string())),
            ("size", Some(self.size.rows().to_string()).filter(|_| self.size != PageSize::default())),
            ("page", self.page.filter(|page| page.get() > 1).map(|page| page.to_string())),
        ];
        pairs.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))).for_each(|(name, value)| {
            query.append_pair(name, value);
        });
        query.finish()
    }

    /// The address of the SIMs so filtered, with only what differs from nothing.
    pub fn url(&self) -> String {
        let query = self.query();
        if query.is_empty() { "/sims".into() } else { format!("/sims?{query}") }
    }

    /// Is anything filtered?
    pub fn is_set(&self) -> bool {
        *self != Self { page: self.page, size: self.size, ..Self::default() }
    }

    fn asked(&self) -> SimsAsked {
        SimsAsked {
            iccid: self.iccid.clone(),
            stage: self.stage,
            network: self.network.clone(),
            kind: self.kind,
            holder: self.holder.clone(),
            batch: self.batch,
            rows: self.size.rows(),
            page: self.page.map_or(1, u32::from),
        }
    }
}

/// Shows a page of the SIMs that the address asks for.
pub(crate) async fn get(signed: Signed, RawQuery(query): RawQuery, State(app): State<App>) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let filter = Filter::read(&query);
    let found = sims::list(&app.house, &signed.actor, &filter.asked()).await?.ok_or(Stop::NOT_FOUND)?;
    let current = NonZeroU32::new(found.page).unwrap_or(NonZeroU32::MIN);
    let done = parse(query.as_bytes()).find_map(|(name, value)| {
        let done = match name.as_ref() {
            "given" => Done::Given,
            "released" => Done::Released,
            "taken" => Done::Taken,
            _ => return None,
        };
        value.parse().ok().filter(|count| *count > 0).map(|count| (done, count))
    });
    html(&ListPage {
        page: signed.page,
        rows: found.rows,
        stages: found.stages,
        networks: found.networks,
        batch: found.batch,
        pages: Pages { current, size: filter.size, total: found.total },
        filter: Filter { page: Some(current), ..filter },
        done,
    })
}

/// What of a change the list says that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// So many were given.
    Given,
    /// So many were taken back.
    Released,
    /// So many came in.
    Taken,
}

/// The same SIMs as a file for a spreadsheet.
pub(crate) async fn export(signed: Signed, RawQuery(query): RawQuery, State(app): State<App>) -> Result<Response, Stop> {
    let filter = Filter::read(&query.unwrap_or_default());
    let found = sims::export(&app.house, &signed.actor, &filter.asked()).await?.ok_or(Stop::NOT_FOUND)?;
    Ok(csv(&signed.page, &found).into_response("sims"))
}

fn csv(page: &Page, sims: &[Sim]) -> Csv {
    let t = |key| page.t(key);
    let heads = [t("sim-iccid"), t("column-state"), t("network"), t("sim-kind"), t("sim-holder"), t("sim-line")];
    let mut csv = Csv::new(page.locale, &heads);
    for sim in sims {
        let line = sim.line.as_ref().map(|(_, number)| number.to_string()).unwrap_or_default();
        let cells: [&str; 6] =
            [&sim.iccid, sim.stage.name(&page.locale), &sim.network, sim.kind.name(&page.locale), holder(sim), &line];
        csv.row(&cells.map(Cell::from));
    }
    csv
}

/// Who has a SIM, by name; empty for the operator itself.
fn holder(sim: &Sim) -> &str {
    sim.customer.as_ref().map(|(_, name)| name).or(sim.reseller.as_ref().map(|(_, name)| name)).map_or("", String::as_str)
}

/// The page.
#[derive(Template)]
#[template(path = "sims/list.html")]
pub struct ListPage {
    /// Its frame.
    pub page: Page,
    /// What was asked for.
    pub filter: Filter,
    /// The SIMs of this page, by ICCID.
    pub rows: Vec<Sim>,
    /// How many of all are in each stage.
    pub stages: Vec<(SimStage, i64)>,
    /// The networks, by id and name.
    pub networks: Vec<(String, String)>,
    /// The name of the batch that is asked for.
    pub batch: Option<String>,
    /// Where in the list they stand.
    pub pages: Pages,
    /// What was done just now, to how many.
    pub done: Option<(Done, i64)>,
}

impl ListPage {
    fn may(&self, permission: Permission) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(permission))
    }

    fn gives(&self) -> bool {
        self.may(Permission::GiveSims)
    }

    fn sees_batches(&self) -> bool {
        self.may(Permission::SeeSimBatches)
    }

    fn done_words(&self) -> Option<String> {
        self.done.map(|(done, count)| match done {
            Done::Given => self.page.tn("sims-given-done", count),
            Done::Released => self.page.tn("sims-released-done", count),
            Done::Taken => self.page.tn("sims-taken-done", count),
        })
    }

    fn all(&self) -> i64 {
        self.stages.iter().map(|(_, count)| count).sum()
    }

    fn stage_url(&self, stage: Option<&SimStage>) -> String {
        Filter { stage: stage.copied(), page: None, ..self.filter.clone() }.url()
    }

    fn is_stage(&self, stage: &SimStage) -> bool {
        self.filter.stage == Some(*stage)
    }

    fn is_kind(&self, kind: &SimKind) -> bool {
        self.filter.kind == Some(*kind)
    }

    fn export_url(&self) -> String {
        let query = Filter { page: None, size: PageSize::default(), ..self.filter.clone() }.query();
        if query.is_empty() { "/sims/export".into() } else { format!("/sims/export?{query}") }
    }

    fn holder<'s>(&self, sim: &'s Sim) -> &'s str {
        holder(sim)
    }

    fn page_url(&self, page: &u32) -> String {
        Filter { page: NonZeroU32::new(*page), ..self.filter.clone() }.url()
    }

    fn size_url(&self, size: &PageSize) -> String {
        Filter { size: *size, page: None, ..self.filter.clone() }.url()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RES-07: filters stay in the address and come back from it as they were.
    #[test]
    fn a_filter_is_read_from_the_address_that_it_writes() {
        let filter = Filter {
            iccid: "8933 2632".into(),
            stage: Some(SimStage::InUse),
            network: "n".into(),
            kind: Some(SimKind::Esim),
            holder: "Müller & fils".into(),
            batch: Some(SimBatchId(4)),
            page: NonZeroU32::new(3),
            size: PageSize::Fifty,
        };
        let url = filter.url();
        assert_eq!(Filter::read(url.strip_prefix("/sims?").unwrap()), filter);
        assert_eq!(Filter::default().url(), "/sims");
        assert!(filter.is_set() && !Filter { page: NonZeroU32::new(2), ..Filter::default() }.is_set());
        assert_eq!(Filter::read("state=gone&size=7&page=0&kind=x&batch=y"), Filter::default());
    }
}
