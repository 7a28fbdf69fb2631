//! What a reseller's invoice is made of, line by line, as a file for spreadsheets that is written while it is read (RES-11).

use crate::{
    Page,
    answer::{Stop, log_fault},
    csv::{Cell, Csv},
    server::App,
    session::Signed,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::stream::try_unfold;
use operations::{
    OperationError,
    invoice_lines::{self, BilledItem, InvoiceLines},
};
use vocabulary::InvoiceId;

/// What is written next: the heads, then the lines.
struct Writing {
    lines: InvoiceLines,
    csv: Csv,
}

/// The file, some hundred lines at a time.
pub(crate) async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: InvoiceId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let page = signed.page;
    let lines = invoice_lines::lines(&app.house, &signed.actor, id, page.locale.tag()).await?.ok_or(Stop::NOT_FOUND)?;
    let named = format!("attachment; filename=\"{}.csv\"", lines.number());
    let csv = Csv::new(page.locale, &heads(&page));
    let written = try_unfold(Writing { lines, csv }, |writing| async move {
        // Who reads half a file must not take it for the whole: the connection breaks off.
        following(writing).await.inspect_err(|error| {
            log_fault(error);
        })
    });
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, named)];
    Ok((headers, Body::from_stream(written)).into_response())
}

async fn following(mut writing: Writing) -> Result<Option<(String, Writing)>, OperationError> {
    let Some(items) = writing.lines.following().await? else {
        let left = writing.csv.taken();
        return Ok((!left.is_empty()).then_some((left, writing)));
    };
    for item in &items {
        writing.csv.row(&cells(item));
    }
    Ok(Some((writing.csv.taken(), writing)))
}

fn heads(page: &Page) -> [&'static str; 8] {
    [
        page.t("invoice-lines-reference"),
        page.t("column-customer"),
        page.t("invoice-lines-number"),
        page.t("invoice-lines-user"),
        page.t("invoice-lines-offer"),
        page.t("invoice-lines-item"),
        page.t("month"),
        page.t("invoice-lines-amount"),
    ]
}

fn cells(item: &BilledItem) -> [Cell; 8] {
    [
        item.reference.clone().into(),
        item.customer.clone().into(),
        item.number.replace('\u{a0}', " ").into(),
        item.user.clone().into(),
        item.offer.clone().into(),
        item.item.clone().into(),
        item.month.to_string().into(),
        item.amount.into(),
    ]
}
