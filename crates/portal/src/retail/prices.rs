//! `/prices`: everything that a reseller sells, with what the operator asks for it, what the reseller asks, and what is left; as a file, too, and back.

use super::{item_name, kind_name, refusal_words};
use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html, see_other},
    multipart::{self, STALE, UNREADABLE, bytes, is_token},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{Multipart, RawQuery, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use form_urlencoded::{Serializer, parse};
use operations::retail::{self, LARGEST_SHEET, PriceList, PriceRefusal, PricedItem, RetailItem, RetailKind, SheetRefusal};
use vocabulary::Money;

/// So many mistakes of a file are told.
const MOST_FAULTS: usize = 20;

/// The page.
#[derive(Template)]
#[template(path = "retail/prices.html")]
pub struct PricesPage {
    /// Its frame.
    pub page: Page,
    /// The prices.
    pub list: PriceList,
    /// How many prices were changed a moment ago.
    pub changed: Option<i64>,
    /// Why a file was not taken.
    pub refusal: Option<String>,
    /// What is wrong with its rows.
    pub faults: Vec<String>,
}

/// A margin, and whether it is a loss.
struct Margin {
    text: String,
    class: &'static str,
}

impl PricesPage {
    /// The sorts of which there is something, each with its things.
    fn sorts(&self) -> Vec<(&'static str, &'static str, Vec<&PricedItem>)> {
        let of = |kind: RetailKind| self.list.items.iter().filter(move |priced| priced.item.kind == kind).collect::<Vec<_>>();
        let sorts = RetailKind::WORDS.into_iter().map(|(word, kind)| (word, kind_name(&self.page, kind), of(kind)));
        sorts.filter(|(_, _, items)| !items.is_empty()).collect()
    }

    fn name(&self, priced: &PricedItem) -> String {
        item_name(&self.page, priced)
    }

    fn edit(&self, priced: &PricedItem) -> String {
        item_url(&priced.item)
    }

    fn margin(&self, priced: &PricedItem) -> Margin {
        let margin = priced.margin();
        let class = if margin < Money::ZERO { " warned" } else { "" };
        Margin { text: self.page.price(margin), class }
    }

    /// Since when the reseller's price holds, or that it is the operator's.
    fn since(&self, priced: &PricedItem) -> String {
        match priced.own {
            None => self.page.t("retail-as-operator").to_owned(),
            Some((None, _)) => self.page.t("retail-from-start").to_owned(),
            Some((Some(from), _)) => self.page.ta("retail-since", self.page.long_day(from)),
        }
    }

    fn next(&self, priced: &PricedItem) -> String {
        let Some((from, amount)) = priced.next else { return String::new() };
        let values = [("price", self.page.price(amount).into()), ("day", self.page.long_day(from).into())];
        self.page.locale.text_with("retail-next", values)
    }

    fn lead(&self) -> String {
        let of_all = match self.list.earliest {
            None => self.page.t("retail-not-billed").to_owned(),
            Some(earliest) => self.page.ta("retail-earliest", self.page.long_day(earliest)),
        };
        match self.list.earliest_of_usage {
            None => of_all,
            Some(earliest) => format!("{of_all} {}", self.page.ta("retail-earliest-usage", self.page.long_day(earliest))),
        }
    }
}

/// The page on which a price is changed.
pub(super) fn item_url(item: &RetailItem) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("kind", item.kind.as_str()).append_pair("id", &item.id).append_pair("network", &item.network);
    format!("/prices/item?{}", query.finish())
}

async fn page(app: &App, signed: Signed) -> Result<PricesPage, Stop> {
    let list = retail::prices(&app.house, &signed.actor, signed.page.locale.tag()).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: "/prices".to_owned(), ..signed.page };
    Ok(PricesPage { page, list, changed: None, refusal: None, faults: Vec::new() })
}

/// Shows the prices.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let changed = parse(query.as_bytes()).find(|(name, _)| name == "changed").and_then(|(_, many)| many.parse().ok());
    html(&PricesPage { changed, ..page(&app, signed).await? })
}

/// The same as a file.
pub(crate) async fn export(signed: Signed, State(app): State<App>) -> Result<Response, Stop> {
    let list = retail::prices(&app.house, &signed.actor, signed.page.locale.tag()).await?.ok_or(Stop::NOT_FOUND)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"prices.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    // Spreadsheets read it as UTF-8 by this sign.
    Ok((headers, format!("\u{feff}{}", retail::written(&list))).into_response())
}

/// Takes a file of prices.
pub(crate) async fn post(State(app): State<App>, request: Request) -> Result<Response, Response> {
    let may = |signed: &Signed| signed.actor.may(Permission::SetPrices);
    let (signed, form) = multipart::open(&app, request, may).await?;
    taking(&app, signed, form).await.map_err(IntoResponse::into_response)
}

async fn taking(app: &App, signed: Signed, mut form: Multipart) -> Result<Response, Stop> {
    let (mut is_trusted, mut file) = (false, None);
    while let Some(mut field) = form.next_field().await.map_err(|_| UNREADABLE)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_trusted = is_token(&mut field, &signed).await?,
            "file" if is_trusted => match bytes(&mut field, LARGEST_SHEET).await? {
                Some(whole) => file = Some(whole),
                None => {
                    let words = signed.page.t("retail-file-too-large").to_owned();
                    return refused(app, signed, (StatusCode::PAYLOAD_TOO_LARGE, words, Vec::new())).await;
                }
            },
            _ => return Err(STALE),
        }
    }
    if !is_trusted {
        return Err(STALE);
    }
    let Some(bytes) = file.filter(|bytes| !bytes.is_empty()) else {
        let words = signed.page.t("retail-no-file").to_owned();
        return refused(app, signed, (StatusCode::UNPROCESSABLE_ENTITY, words, Vec::new())).await;
    };
    match retail::read(&app.house, &signed.actor, &bytes).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(changed) => Ok(see_other(&format!("/prices?changed={changed}"))),
        Err(refusal) => {
            let (words, faults) = sheet_words(&signed.page, &refusal);
            refused(app, signed, (StatusCode::UNPROCESSABLE_ENTITY, words, faults)).await
        }
    }
}

/// The list, for who sent a price of something that is not sold.
pub(super) async fn no_such_item(app: &App, signed: Signed) -> Result<Response, Stop> {
    let words = refusal_words(&signed.page, &PriceRefusal::NoSuchItem);
    refused(app, signed, (StatusCode::UNPROCESSABLE_ENTITY, words, Vec::new())).await
}

async fn refused(
    app: &App,
    signed: Signed,
    (status, words, faults): (StatusCode, String, Vec<String>),
) -> Result<Response, Stop> {
    let shown = PricesPage { refusal: Some(words), faults, ..page(app, signed).await? };
    Ok((status, html(&shown)?).into_response())
}

/// Why a file is not taken, and what is wrong line by line.
fn sheet_words(page: &Page, refusal: &SheetRefusal) -> (String, Vec<String>) {
    match refusal {
        SheetRefusal::Unreadable => (page.t("retail-file-unreadable").to_owned(), Vec::new()),
        SheetRefusal::NoColumn(column) => (page.ta("retail-file-no-column", *column), Vec::new()),
        SheetRefusal::TooMany => (page.t("retail-file-too-large").to_owned(), Vec::new()),
        SheetRefusal::Rows(faults) => {
            let line = |fault: &retail::RowFault| {
                let why = refusal_words(page, &fault.why);
                page.locale.text_with("retail-file-row", [("line", fault.line.to_string().into()), ("why", why.into())])
            };
            let count = i64::try_from(faults.len()).unwrap_or(i64::MAX);
            (page.tn("retail-file-faults", count), faults.iter().take(MOST_FAULTS).map(line).collect())
        }
    }
}
