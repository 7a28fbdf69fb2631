//! The table of lines, with its filters in the address (RES-20, FLT-02).

mod handler;

pub(crate) use handler::{asked, get};

use super::{Gauge as _, HoldWords as _, KindWords as _, StateWords as _, state_of};
use crate::{
    Icon, Page, Permission, Theme,
    pagination::{PageLink, PageSize, Pages},
};
use askama::Template;
use form_urlencoded::{Serializer, parse};
use operations::lines::{LineState, ListedLine};
use std::num::NonZeroU32;

/// The columns one may sort by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// The number.
    #[default]
    Number,
    /// The state.
    State,
    /// The day of delivery.
    Delivered,
    /// The user's name.
    User,
    /// The customer's name.
    Customer,
    /// The offer's name.
    Offer,
    /// Data used, in bytes.
    Data,
    /// Out of bundle, in euros.
    OutOfBundle,
}

impl SortBy {
    const ALL: [(SortBy, &'static str); 8] = [
        (Self::Number, "number"),
        (Self::State, "state"),
        (Self::Delivered, "delivered"),
        (Self::User, "user"),
        (Self::Customer, "customer"),
        (Self::Offer, "offer"),
        (Self::Data, "data"),
        (Self::OutOfBundle, "out-of-bundle"),
    ];

    fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(sort, _)| *sort == self).map_or("number", |(_, word)| word)
    }
}

/// Upwards or downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// What of the lines is asked for: the query of the address. What it cannot read it passes over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Digits of the number, in any writing.
    pub number: String,
    /// The state.
    pub state: Option<LineState>,
    /// Part of the user's name.
    pub user: String,
    /// Part of the customer's name.
    pub customer: String,
    /// The offer, by its key in [`ListPage::offers`].
    pub offer: String,
    /// With or without out of bundle this month.
    pub out_of_bundle: Option<bool>,
    /// The column to sort by.
    pub sort: SortBy,
    /// Which way.
    pub order: Order,
    /// The page, from 1 on.
    pub page: Option<NonZeroU32>,
    /// Rows on a page.
    pub size: PageSize,
}

/// No filter is longer: a longer text is cut.
const LONGEST_FILTER: usize = 80;

impl Filter {
    /// Reads the query of an address.
    pub fn read(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in parse(query.as_bytes()) {
            let text = || value.trim().chars().take(LONGEST_FILTER).collect::<String>();
            match name.as_ref() {
                "number" => filter.number = text(),
                "state" => filter.state = state_of(&value),
                "user" => filter.user = text(),
                "customer" => filter.customer = text(),
                "offer" => filter.offer = text(),
                "out-of-bundle" => {
                    filter.out_of_bundle = [("yes", true), ("no", false)].iter().find(|(w, _)| *w == value).map(|p| p.1)
                }
                "sort" => filter.sort = SortBy::ALL.iter().find(|(_, word)| *word == value).map(|p| p.0).unwrap_or_default(),
                "order" if value == "descending" => filter.order = Order::Descending,
                "page" => filter.page = value.parse().ok(),
                "size" => filter.size = PageSize::from_rows(&value).unwrap_or_default(),
                _ => {}
            }
        }
        filter
    }

    /// The address of the lines so filtered, with only what differs from nothing.
    pub fn url(&self) -> String {
        let mut query = Serializer::new(String::new());
        let default = Self::default();
        let texts = [("number", &self.number), ("user", &self.user), ("customer", &self.customer), ("offer", &self.offer)];
        texts.iter().filter(|(_, text)| !text.is_empty()).for_each(|(name, text)| {
            query.append_pair(name, text);
        });
        if let Some(state) = self.state {
            query.append_pair("state", state.word());
        }
        if let Some(charged) = self.out_of_bundle {
            query.append_pair("out-of-bundle", if charged { "yes" } else { "no" });
        }
        if self.sort != default.sort || self.order != default.order {
            query.append_pair("sort", self.sort.as_str());
        }
        if self.order == Order::Descending {
            query.append_pair("order", "descending");
        }
        if self.size != default.size {
            query.append_pair("size", &self.size.rows().to_string());
        }
        if let Some(page) = self.page.filter(|page| page.get() > 1) {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { "/lines".into() } else { format!("/lines?{query}") }
    }

    /// Is anything filtered?
    pub fn is_set(&self) -> bool {
        let unfiltered = Self { sort: self.sort, order: self.order, page: self.page, size: self.size, ..Self::default() };
        *self != unfiltered
    }

    /// The lines in one state.
    pub fn in_state(state: LineState) -> Self {
        Self { state: Some(state), ..Self::default() }
    }
}

/// The head of a column: its name, and where sorting by it leads.
#[derive(Clone, Debug)]
pub struct Column {
    name: &'static str,
    url: String,
    sorted: Option<Order>,
    class: &'static str,
}

impl Column {
    fn aria_sort(&self) -> &'static str {
        match self.sorted {
            Some(Order::Ascending) => "ascending",
            Some(Order::Descending) => "descending",
            None => "none",
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "lines/list.html")]
pub struct ListPage {
    /// Its frame.
    pub page: Page,
    /// What was asked for.
    pub filter: Filter,
    /// The offers among the viewer's lines, by key and name, for the filter.
    pub offers: Vec<(String, String)>,
    /// The lines of this page, sorted.
    pub rows: Vec<ListedLine>,
    /// Where in the list they stand.
    pub pages: Pages,
}

impl ListPage {
    fn columns(&self) -> Vec<Column> {
        let t = |key| self.page.t(key);
        let several = self.page.sees_several_customers();
        let column = |sort: SortBy, name: &'static str, class: &'static str| {
            let sorted = (self.filter.sort == sort).then_some(self.filter.order);
            let order = if sorted == Some(Order::Ascending) { Order::Descending } else { Order::Ascending };
            Column { name, url: Filter { sort, order, page: None, ..self.filter.clone() }.url(), sorted, class }
        };
        let mut columns = vec![
            column(SortBy::Number, t("column-number"), "col-number"),
            column(SortBy::State, t("column-state"), "col-state"),
            column(SortBy::Delivered, t("column-delivered"), "col-day"),
            column(SortBy::User, t("column-user"), "col-user"),
            column(SortBy::Offer, t("column-offer"), "col-offer"),
            column(SortBy::Data, t("column-data"), "col-data"),
            column(SortBy::OutOfBundle, t("column-out-of-bundle"), "col-money"),
        ];
        if several {
            columns.insert(4, column(SortBy::Customer, t("column-customer"), "col-customer"));
        }
        columns
    }

    /// May lines be ticked, to change them together?
    fn picks(&self) -> bool {
        self.pages.total > 1 && self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::ChangeLines))
    }

    /// The filter alone, as a query.
    fn filter_query(&self) -> String {
        let filter = Filter { page: None, ..self.filter.clone() };
        filter.url().split_once('?').map_or(String::new(), |(_, query)| query.to_owned())
    }

    /// What a line that may be ticked is called.
    fn pick_words(&self, row: &ListedLine) -> String {
        let number = row.number.map_or_else(|| self.page.t("number-to-come").to_owned(), |number| self.page.tel(number));
        self.page.ta("bulk-pick", number)
    }

    fn sort_word(&self) -> &'static str {
        self.filter.sort.as_str()
    }

    fn is_descending(&self) -> bool {
        self.filter.order == Order::Descending
    }

    fn is_state(&self, state: &LineState) -> bool {
        self.filter.state == Some(*state)
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

    /// RES-20: filters stay in the address and come back from it as they were.
    #[test]
    fn a_filter_is_read_from_the_address_that_it_writes() {
        let filter = Filter {
            number: "06 39".into(),
            state: Some(LineState::Suspended),
            customer: "Müller & fils".into(),
            out_of_bundle: Some(true),
            sort: SortBy::Data,
            order: Order::Descending,
            page: NonZeroU32::new(3),
            size: PageSize::Fifty,
            ..Filter::default()
        };
        let url = filter.url();
        assert_eq!(Filter::read(url.strip_prefix("/lines?").unwrap()), filter);
        assert_eq!(Filter::default().url(), "/lines");
        assert!(filter.is_set() && !Filter { page: NonZeroU32::new(2), ..Filter::default() }.is_set());
        assert_eq!(Filter::read("state=gone&size=7&page=0&sort=x&page=a"), Filter::default());
    }
}
