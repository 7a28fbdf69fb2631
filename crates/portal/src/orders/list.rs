//! The list of orders, the latest first.

use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html},
    server::App,
    session::Signed,
    usage_files::page_of,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use operations::order::{self, KeptOrder};

/// Orders on a page.
const ROWS: u32 = 25;

/// The page.
#[derive(Template)]
#[template(path = "orders/list.html")]
pub struct OrdersPage {
    /// Its frame.
    pub page: Page,
    /// The orders of this page.
    pub orders: Vec<KeptOrder>,
    /// Which page it is, from 1.
    pub number: u32,
    /// Are there more?
    pub has_more: bool,
}

impl OrdersPage {
    fn may_order(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::OrderLines))
    }

    fn sees_work(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::SeeWorkOrders))
    }

    fn lines(&self, order: &KeptOrder) -> String {
        self.page.tn("order-lines", number(order.lines))
    }

    fn state(&self, order: &KeptOrder) -> (&'static str, &'static str) {
        state(&self.page, order)
    }
}

/// An order's class and word: on its way, partly there, done, given up.
pub(super) fn state(page: &Page, order: &KeptOrder) -> (&'static str, &'static str) {
    match order.states {
        [0, 0, _] => ("ended", page.t("order-given-up")),
        [0, ..] => ("active", page.t("order-done")),
        [_, 0, _] => ("in-progress", page.t("order-open")),
        _ => ("in-progress", page.t("order-partly")),
    }
}

pub(super) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Shows the list.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let number = page_of(query.as_deref());
    let skip = u64::from(number - 1) * u64::from(ROWS);
    let orders = order::orders(&app.house, &signed.actor, (skip, ROWS + 1)).await?.ok_or(Stop::NOT_FOUND)?;
    let has_more = orders.len() > ROWS as usize;
    let orders = orders.into_iter().take(ROWS as usize).collect();
    let page = Page { here: "/orders".to_owned(), ..signed.page };
    html(&OrdersPage { page, orders, number, has_more })
}
