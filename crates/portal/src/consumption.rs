//! What a household used in a month, over all its lines (TEL-12).

mod handler;

pub(crate) use handler::get;

use crate::{
    Icon, Page, Theme,
    pagination::{PageLink, PageSize, Pages},
    usage::{PartWords as _, UsageWords as _},
};
use askama::Template;
use form_urlencoded::{Serializer, parse};
use operations::{
    consumption::{KindTotal, LineChoice},
    usage::Usage,
};
use std::num::NonZeroU32;
use vocabulary::{LineId, Money, Month, Timestamp, UsageKind};

/// The columns one may sort by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// Latest first.
    #[default]
    Latest,
    /// Earliest first.
    Earliest,
    /// By number called.
    Party,
    /// Most expensive first.
    Price,
    /// Longest first, within each kind.
    Quantity,
}

impl SortBy {
    const ALL: [(SortBy, &'static str); 5] = [
        (Self::Latest, "latest"),
        (Self::Earliest, "earliest"),
        (Self::Party, "number"),
        (Self::Price, "price"),
        (Self::Quantity, "quantity"),
    ];
}

/// What is asked for: the query of the address. What it cannot read it passes over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// One line; all by default.
    pub line: Option<LineId>,
    /// The month; the current one by default.
    pub month: Option<Month>,
    /// One kind; all by default.
    pub kind: Option<UsageKind>,
    /// Digits of a number, or part of a destination's name.
    pub search: String,
    /// The order.
    pub sort: SortBy,
    /// The page, from 1 on.
    pub page: Option<NonZeroU32>,
}

impl Filter {
    /// Rows on a page.
    pub const SIZE: PageSize = PageSize::TwentyFive;

    /// Reads the query of an address.
    pub fn read(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in parse(query.as_bytes()) {
            match name.as_ref() {
                "line" => filter.line = value.parse().ok(),
                "month" => filter.month = value.parse().ok(),
                "kind" => filter.kind = value.parse().ok(),
                "search" => filter.search = value.trim().chars().take(80).collect(),
                "sort" => filter.sort = SortBy::ALL.iter().find(|(_, word)| *word == value).map(|p| p.0).unwrap_or_default(),
                "page" => filter.page = value.parse().ok(),
                _ => {}
            }
        }
        filter
    }

    /// The address that says this.
    pub fn url(&self) -> String {
        let mut query = Serializer::new(String::new());
        let sort = SortBy::ALL.iter().find(|(sort, _)| *sort == self.sort && self.sort != SortBy::Latest).map(|p| p.1.to_owned());
        let pairs = [
            ("line", self.line.map(|line| line.to_string())),
            ("month", self.month.map(|month| month.to_string())),
            ("kind", self.kind.map(|kind| kind.to_string())),
            ("search", Some(self.search.clone()).filter(|text| !text.is_empty())),
            ("sort", sort),
            ("page", self.page.filter(|page| page.get() > 1).map(|page| page.to_string())),
        ];
        pairs.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))).for_each(|(name, value)| {
            query.append_pair(name, value);
        });
        let query = query.finish();
        if query.is_empty() { "/consumption".into() } else { format!("/consumption?{query}") }
    }

    /// Is anything filtered beside the month?
    pub fn is_set(&self) -> bool {
        self.line.is_some() || self.kind.is_some() || !self.search.is_empty()
    }
}

/// The page.
#[derive(Template)]
#[template(path = "consumption.html")]
pub struct ConsumptionPage {
    /// Its frame.
    pub page: Page,
    /// What was asked for.
    pub filter: Filter,
    /// The lines of the account.
    pub lines: Vec<LineChoice>,
    /// The month shown.
    pub month: Month,
    /// The months that have usage, latest first; at least the one shown.
    pub months: Vec<Month>,
    /// What the filter finds, by kind, every kind.
    pub totals: Vec<KindTotal>,
    /// What all of it cost.
    pub price: Money,
    /// When the network last reported; none while it never did.
    pub reported_at: Option<Timestamp>,
    /// The usages of this page.
    pub usages: Vec<Usage>,
    /// Where in the list they stand.
    pub pages: Pages,
}

impl ConsumptionPage {
    fn sort_url(&self, word: &str) -> String {
        let chosen = SortBy::ALL.iter().find(|(_, known)| *known == word).map(|p| p.0).unwrap_or_default();
        let sort = if chosen == SortBy::Latest && self.filter.sort == SortBy::Latest { SortBy::Earliest } else { chosen };
        Filter { sort, page: None, ..self.filter.clone() }.url()
    }

    fn aria_sort(&self, word: &str) -> &'static str {
        match (self.filter.sort, word) {
            (SortBy::Latest, "latest") | (SortBy::Price, "price") | (SortBy::Quantity, "quantity") => "descending",
            (SortBy::Earliest, "latest") | (SortBy::Party, "number") => "ascending",
            _ => "none",
        }
    }

    fn sort_word(&self) -> &'static str {
        SortBy::ALL.iter().find(|(sort, _)| *sort == self.filter.sort).map_or("latest", |p| p.1)
    }

    fn page_url(&self, page: &u32) -> String {
        Filter { page: NonZeroU32::new(*page), ..self.filter.clone() }.url()
    }

    fn clear_url(&self) -> String {
        Filter { month: self.filter.month, ..Filter::default() }.url()
    }

    fn is_month(&self, month: &Month) -> bool {
        self.month == *month
    }

    fn is_line(&self, line: &LineId) -> bool {
        self.filter.line == Some(*line)
    }

    fn is_kind(&self, kind: &UsageKind) -> bool {
        self.filter.kind == Some(*kind)
    }

    fn number_of(&self, line: &LineId) -> String {
        self.lines.iter().find(|choice| choice.id == *line).map(|choice| self.page.party(&choice.number)).unwrap_or_default()
    }

    fn kind_name(&self, kind: &UsageKind) -> &'static str {
        match kind {
            UsageKind::Voice => self.page.t("kind-voice"),
            UsageKind::Sms => self.page.t("kind-sms"),
            UsageKind::Mms => self.page.t("kind-mms"),
            UsageKind::Data => self.page.t("kind-data"),
        }
    }

    fn kind_count(&self, total: &KindTotal) -> String {
        match total.kind {
            UsageKind::Voice => self.page.tn("count-calls", total.sum.count),
            UsageKind::Data => self.page.tn("count-sessions", total.sum.count),
            UsageKind::Sms | UsageKind::Mms => self.page.tn("count-sent", total.sum.count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// TEL-12: per line, searchable, sortable.
    #[test]
    fn a_filter_is_read_from_the_address_that_it_writes() {
        let filter = Filter {
            line: Some(LineId(7)),
            month: "2026-10".parse().ok(),
            kind: Some(UsageKind::Sms),
            search: "Suisse".into(),
            sort: SortBy::Price,
            page: NonZeroU32::new(2),
        };
        assert_eq!(Filter::read(filter.url().strip_prefix("/consumption?").unwrap()), filter);
        assert_eq!(Filter::read("line=x&month=13&kind=fax&sort=up"), Filter::default());
    }
}
