//! The table of numbers, with its filters in the address; a page goes on after the last number of the one before (RES-07).

use super::{NumberKindWords as _, NumberStageWords as _};
use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html},
    pagination::PageSize,
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use form_urlencoded::{Serializer, parse};
use operations::numbers::{self, HeldByWhom, KINDS, MOST_COUNTED, NumberList, NumberPlace, NumberStage, NumbersAsked, Service};

/// No filter is longer: a longer text is cut.
const LONGEST_FILTER: usize = 80;

/// What of the numbers is asked for: the query of the address. What it cannot read it passes over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// A number, or how it begins.
    pub number: String,
    /// How it ends.
    pub ends: String,
    /// Where they are in their lives.
    pub stage: Option<NumberStage>,
    /// The network, by its id.
    pub network: String,
    /// The service.
    pub kind: Option<Service>,
    /// Part of the name of who has them.
    pub holder: String,
    /// From where on.
    pub place: Option<NumberPlace>,
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
                "number" => filter.number = text(),
                "ends" => filter.ends = text(),
                "state" => filter.stage = NumberStage::WORDS.iter().find(|(word, _)| *word == value).map(|(_, stage)| *stage),
                "network" => filter.network = text(),
                "kind" => filter.kind = KINDS.into_iter().find(|kind| kind.as_str() == value),
                "holder" => filter.holder = text(),
                "after" => filter.place = value.parse().ok().map(NumberPlace::After),
                "before" => filter.place = value.parse().ok().map(NumberPlace::Before),
                "size" => filter.size = PageSize::from_rows(&value).unwrap_or_default(),
                _ => {}
            }
        }
        filter
    }

    /// The address of the numbers so filtered, with only what differs from nothing.
    pub fn url(&self) -> String {
        let mut query = Serializer::new(String::new());
        let (after, before) = match self.place {
            Some(NumberPlace::After(number)) => (Some(number.to_string()), None),
            Some(NumberPlace::Before(number)) => (None, Some(number.to_string())),
            None => (None, None),
        };
        let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let pairs = [
            ("number", filled(&self.number)),
            ("ends", filled(&self.ends)),
            ("state", self.stage.map(|stage| stage.as_str().to_owned())),
            ("network", filled(&self.network)),
            ("kind", self.kind.map(|kind| kind.as_str().to_owned())),
            ("holder", filled(&self.holder)),
            ("size", Some(self.size.rows().to_string()).filter(|_| self.size != PageSize::default())),
            ("after", after),
            ("before", before),
        ];
        pairs.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))).for_each(|(name, value)| {
            query.append_pair(name, value);
        });
        let query = query.finish();
        if query.is_empty() { "/numbers".into() } else { format!("/numbers?{query}") }
    }

    /// Is anything filtered?
    pub fn is_set(&self) -> bool {
        *self != Self { place: self.place, size: self.size, ..Self::default() }
    }

    fn asked(&self) -> NumbersAsked {
        NumbersAsked {
            number: self.number.clone(),
            ends: self.ends.clone(),
            stage: self.stage,
            network: self.network.clone(),
            kind: self.kind,
            holder: self.holder.clone(),
            place: self.place,
            rows: self.size.rows(),
        }
    }
}

/// Shows a page of the numbers that the address asks for.
pub(crate) async fn get(signed: Signed, RawQuery(query): RawQuery, State(app): State<App>) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let filter = Filter::read(&query);
    let found = numbers::list(&app.house, &signed.actor, &filter.asked()).await?.ok_or(Stop::NOT_FOUND)?;
    let done = parse(query.as_bytes()).find_map(|(name, value)| {
        let done = match name.as_ref() {
            "given" => Done::Given,
            "released" => Done::Released,
            "taken" => Done::Taken,
            _ => return None,
        };
        value.parse().ok().filter(|count| *count > 0).map(|count| (done, count))
    });
    html(&ListPage { page: signed.page, filter, found, done })
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

/// The page.
#[derive(Template)]
#[template(path = "numbers/list.html")]
pub struct ListPage {
    /// Its frame.
    pub page: Page,
    /// What was asked for.
    pub filter: Filter,
    /// What was found.
    pub found: NumberList,
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

    fn takes_in(&self) -> bool {
        self.may(Permission::TakeSimsIn)
    }

    fn done_words(&self) -> Option<String> {
        self.done.map(|(done, count)| match done {
            Done::Given => self.page.tn("numbers-given-done", count),
            Done::Released => self.page.tn("numbers-released-done", count),
            Done::Taken => self.page.tn("numbers-taken-done", count),
        })
    }

    /// A count; of more than are counted, how far.
    fn counted(&self, count: &i64) -> String {
        let most = i64::from(MOST_COUNTED);
        if *count > most { format!("{}+", self.page.count(most)) } else { self.page.count(count) }
    }

    fn found_words(&self) -> String {
        let most = i64::from(MOST_COUNTED);
        if self.found.total > most {
            self.page.ta("numbers-more-than", self.page.count(most))
        } else {
            self.page.tn("numbers-found", self.found.total)
        }
    }

    fn stage_url(&self, stage: Option<&NumberStage>) -> String {
        Filter { stage: stage.copied(), place: None, ..self.filter.clone() }.url()
    }

    fn is_stage(&self, stage: &NumberStage) -> bool {
        self.filter.stage == Some(*stage)
    }

    fn is_kind(&self, kind: &Service) -> bool {
        self.filter.kind == Some(*kind)
    }

    fn holder<'s>(&self, number: &'s HeldByWhom) -> &'s str {
        let reseller = || number.reseller.as_ref().map(|(_, name)| name);
        number.customer.as_ref().map(|(_, name)| name).or_else(reseller).map_or("", String::as_str)
    }

    /// Until when it rests, or since when it is gone.
    fn instant(&self, number: &HeldByWhom) -> Option<String> {
        let day = self.page.short_day(number.instant?.to_local(&self.page.zone).date());
        match number.stage {
            NumberStage::Resting => Some(self.page.ta("number-until", day)),
            NumberStage::Gone => Some(self.page.ta("number-since", day)),
            _ => None,
        }
    }

    fn previous_url(&self) -> Option<String> {
        let first = self.found.rows.first().filter(|_| self.found.has_more.0)?;
        Some(Filter { place: Some(NumberPlace::Before(first.number)), ..self.filter.clone() }.url())
    }

    fn next_url(&self) -> Option<String> {
        let last = self.found.rows.last().filter(|_| self.found.has_more.1)?;
        Some(Filter { place: Some(NumberPlace::After(last.number)), ..self.filter.clone() }.url())
    }

    fn size_url(&self, size: &PageSize) -> String {
        Filter { size: *size, place: None, ..self.filter.clone() }.url()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RES-07: filters stay in the address and come back from it as they were.
    #[test]
    fn a_filter_is_read_from_the_address_that_it_writes() {
        let filter = Filter {
            number: "06 39".into(),
            ends: "0011".into(),
            stage: Some(NumberStage::Resting),
            network: "n".into(),
            kind: Some(Service::M2m),
            holder: "Müller & fils".into(),
            place: Some(NumberPlace::Before("+33639980011".parse().unwrap())),
            size: PageSize::Fifty,
        };
        assert_eq!(Filter::read(filter.url().strip_prefix("/numbers?").unwrap()), filter);
        assert_eq!(Filter::default().url(), "/numbers");
        assert!(filter.is_set() && !Filter { place: filter.place, ..Filter::default() }.is_set());
        assert_eq!(Filter::read("state=x&size=7&after=x&kind=tv"), Filter::default());
    }
}
