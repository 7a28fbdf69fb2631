//! An order from a file: each row's fault is named before anything is done, and all rows or the good ones alone are ordered, as is chosen
//! (RES-03, FLT-21).

use super::{Total, closing, csv_words, fault_words, refused_words, token};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    multipart::{self, STALE, UNREADABLE, bytes, is_token, short, text},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{Multipart, RawQuery, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    Actor, Reach,
    order::{
        self, OrderFault, OrderRefused,
        form::{self, COLUMNS, LARGEST_FILE, MOST_ROWS, Rows},
    },
    permission::Permission,
};
use vocabulary::{CustomerId, Money};

/// So many faults are named.
const FAULTS_SHOWN: usize = 100;

/// The page.
#[derive(Template)]
#[template(path = "orders/file.html")]
pub struct OrderFilePage {
    /// Its frame.
    pub page: Page,
    /// The customer that it is for, by number, and the name.
    pub customer: Option<(CustomerId, String)>,
    /// What was read.
    pub rows: Option<Rows>,
    /// The file's text, which is sent again to confirm it.
    pub text: String,
    /// The form's own token.
    pub token: String,
    /// What is wrong, by row.
    pub faults: Vec<(usize, &'static str, String)>,
    /// What is wrong with all of it.
    pub refusal: Option<String>,
}

impl OrderFilePage {
    fn total(&self) -> Option<Total> {
        let rows = self.rows.as_ref()?;
        Some(Total::of(rows.good.iter().map(|row| &row.quote)))
    }

    fn closes(&self) -> bool {
        self.total().is_some_and(|total| total.closing > 0)
    }

    fn columns(&self) -> String {
        COLUMNS.join(";")
    }

    fn good(&self) -> i64 {
        number(self.rows.as_ref().map_or(0, |rows| rows.good.len()))
    }

    fn wrong(&self) -> i64 {
        number(self.all_wrong())
    }

    fn all_wrong(&self) -> usize {
        self.rows.as_ref().map_or(0, |rows| rows.faults.len() + rows.missing.len())
    }

    fn more(&self) -> i64 {
        number(self.all_wrong().saturating_sub(self.faults.len()))
    }

    fn row(&self, row: &usize) -> i64 {
        number(*row)
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Shows the form.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let asked =
        form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "customer").map(|(_, value)| value.into_owned());
    html(&page(&app, signed, asked.as_deref().unwrap_or_default()).await?)
}

async fn page(app: &App, signed: Signed, customer: &str) -> Result<OrderFilePage, Stop> {
    let customer = customer_of(app, &signed.actor, customer).await?;
    let token = token(&signed.page, app.house.clock.now());
    let page = Page { here: "/orders/file".to_owned(), ..signed.page };
    Ok(OrderFilePage { page, customer, rows: None, text: String::new(), token, faults: Vec::new(), refusal: None })
}

async fn customer_of(app: &App, actor: &Actor, text: &str) -> Result<Option<(CustomerId, String)>, Stop> {
    if let Reach::Customer(own) = actor.scope.reach {
        return Ok(Some((own, actor.party.clone())));
    }
    if let Ok(id) = text.parse::<CustomerId>()
        && let Some(name) = order::customer_named(&app.house, actor, id).await?
    {
        return Ok(Some((id, name)));
    }
    if text.is_empty() {
        return Ok(None);
    }
    let found = order::choices::customers(&app.house, actor, text).await?.ok_or(Stop::NOT_FOUND)?;
    let named = found.iter().find(|(_, name)| name == text);
    Ok(named.or(found.first().filter(|_| found.len() == 1)).cloned())
}

/// Reads a file, and orders what was confirmed of it.
pub(crate) async fn post(State(app): State<App>, request: Request) -> Result<Response, Response> {
    let may = |signed: &Signed| signed.actor.may(Permission::OrderLines);
    let (signed, form) = multipart::open(&app, request, may).await?;
    answer(&app, signed, form).await.map_err(IntoResponse::into_response)
}

#[derive(Default)]
struct Sent {
    customer: String,
    token: String,
    step: String,
    closes: String,
    /// How many rows were good when they were shown.
    good: Option<usize>,
    bytes: Option<Vec<u8>>,
}

async fn answer(app: &App, signed: Signed, form: Multipart) -> Result<Response, Stop> {
    let sent = receive(&signed, form).await?;
    let actor = signed.actor.clone();
    let mut shown = page(app, signed, &sent.customer).await?;
    let Some((customer, _)) = shown.customer.clone() else {
        shown.refusal = Some(shown.page.t("transfer-no-customer").into());
        return refused(&shown);
    };
    let text = match sent.bytes.map(String::from_utf8) {
        None => Err(shown.page.t("batch-too-large")),
        Some(Err(_)) => Err(shown.page.t("batch-not-text")),
        Some(Ok(text)) if text.trim().is_empty() => Err(shown.page.t("upload-no-file")),
        Some(Ok(text)) => Ok(text),
    };
    let text = match text {
        Ok(text) => text,
        Err(words) => {
            shown.refusal = Some(words.into());
            return refused(&shown);
        }
    };
    // Sent a second time, the first has taken the SIMs that it names.
    if matches!(sent.step.as_str(), "all" | "good")
        && let Some(order) = order::of_form(&app.house, &actor, customer, &sent.token).await?
    {
        return Ok(see_other(&format!("/orders/{order}?placed")));
    }
    let rows = match form::read_for(&app.house, &actor, customer, &text).await? {
        Ok(rows) => rows,
        Err(fault) => {
            shown.refusal = Some(csv_words(&shown.page, &fault));
            return refused(&shown);
        }
    };
    shown.faults = faults(&shown.page, &rows);
    shown.text = text;
    let is_whole = shown.faults.is_empty();
    let is_ordered = match sent.step.as_str() {
        "all" => is_whole,
        "good" => !rows.good.is_empty(),
        _ => false,
    };
    // What was good when it was shown may be somebody else's by now, or the other way round: whoever confirms it sees it first.
    if matches!(sent.step.as_str(), "all" | "good") && sent.good != Some(rows.good.len()) {
        shown.refusal = Some(shown.page.t("order-file-changed").into());
        shown.rows = Some(rows);
        return refused(&shown);
    }
    if is_ordered {
        let asked = rows.order(customer, None, (&sent.token, closing(&sent.closes)));
        match order::place(&app.house, &actor, &asked).await?.ok_or(Stop::NOT_FOUND)? {
            Ok(order) => return Ok(see_other(&format!("/orders/{order}?placed"))),
            Err(why) => {
                shown.refusal = Some(refused_words(&shown.page, &why));
                if let OrderRefused::Lines(faults) = &why {
                    let of =
                        |(at, fault): &(usize, OrderFault)| (rows.good[*at].row, fault.column(), fault_words(&shown.page, fault));
                    shown.faults = faults.iter().take(FAULTS_SHOWN).map(of).collect();
                }
                shown.rows = Some(rows);
                return refused(&shown);
            }
        }
    }
    shown.rows = Some(rows);
    if is_whole { html(&shown) } else { refused(&shown) }
}

/// What is wrong, in the order of the rows, as far as it is shown.
fn faults(page: &Page, rows: &Rows) -> Vec<(usize, &'static str, String)> {
    let read = rows.faults.iter().map(|fault| (fault.row, fault.column, csv_words(page, &fault.why)));
    let missing = rows.missing.iter().map(|(row, fault)| (*row, fault.column(), fault_words(page, fault)));
    let mut all: Vec<_> = read.chain(missing).collect();
    all.sort_by_key(|(row, ..)| *row);
    all.truncate(FAULTS_SHOWN);
    all
}

fn refused(shown: &OrderFilePage) -> Result<Response, Stop> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(shown)?).into_response())
}

async fn receive(signed: &Signed, mut form: Multipart) -> Result<Sent, Stop> {
    let (mut is_trusted, mut sent) = (false, Sent { bytes: Some(Vec::new()), ..Sent::default() });
    while let Some(mut field) = form.next_field().await.map_err(|_| UNREADABLE)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_trusted = is_token(&mut field, signed).await?,
            "customer" => sent.customer = short(&mut field).await?,
            "token" => sent.token = short(&mut field).await?,
            "closes" => sent.closes = short(&mut field).await?,
            "step" => sent.step = short(&mut field).await?,
            "good" => sent.good = short(&mut field).await?.parse().ok(),
            // A browser writes each end of a line with two bytes.
            "text" if is_trusted => sent.bytes = Some(text(&mut field, LARGEST_FILE + MOST_ROWS).await?.into_bytes()),
            "file" if is_trusted => sent.bytes = bytes(&mut field, LARGEST_FILE).await?,
            _ => return Err(STALE),
        }
    }
    if is_trusted { Ok(sent) } else { Err(STALE) }
}
