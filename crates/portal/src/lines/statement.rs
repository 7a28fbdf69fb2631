//! The statements of a line: a month as a PDF and as a file for spreadsheets, and whether the numbers of others stand in them whole (BIL-11).

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    csv::{Cell, Csv},
    invoices::show::file,
    server::App,
    session::{Posted, Signed},
    usage::usage_title,
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    response::{IntoResponse as _, Response},
};
use form_urlencoded::parse;
use operations::statement::{
    self, CalledNumbers, MOST_RECORDS, NoDocument, RECORDS_OF_A_PART, Row, Shown, Standing, Statement, Verdict,
};
use vocabulary::{LineId, Month, Party, UsageKind};

/// The page.
#[derive(Template)]
#[template(path = "lines/statement.html")]
pub struct StatementPage {
    /// Its frame.
    pub page: Page,
    /// What there is.
    pub shown: Shown,
}

impl StatementPage {
    fn name(&self) -> String {
        match &self.shown.number {
            Party::Unknown => self.page.t("number-to-come").to_owned(),
            number => self.page.party(number),
        }
    }

    fn is_month(&self, month: &Month) -> bool {
        self.shown.month == *month
    }

    /// How many records there are to download.
    fn records(&self) -> Option<i64> {
        match self.shown.standing {
            Standing::Records(many) => Some(many),
            Standing::Erased | Standing::Private => None,
        }
    }

    fn has_records(&self) -> bool {
        self.records().is_some_and(|many| many > 0)
    }

    fn is_erased(&self) -> bool {
        self.shown.standing == Standing::Erased
    }

    fn is_too_long(&self) -> bool {
        self.records().is_some_and(|many| many > MOST_RECORDS)
    }

    fn too_long(&self) -> String {
        self.page.ta("statement-too-many", self.page.count(MOST_RECORDS))
    }

    fn comes_in_parts(&self) -> bool {
        self.parts().len() > 1
    }

    fn parts_words(&self) -> String {
        self.page.ta("statement-in-parts", self.page.count(i64::try_from(RECORDS_OF_A_PART).unwrap_or(i64::MAX)))
    }

    /// The parts that the PDF comes in, from 1 on.
    fn parts(&self) -> Vec<usize> {
        (1..=statement::parts(self.records().unwrap_or_default())).collect()
    }

    fn part_name(&self, part: &usize) -> String {
        self.page.ta("statement-pdf-part", part.to_string())
    }

    fn is_whole(&self) -> bool {
        self.shown.called == CalledNumbers::Whole
    }
}

fn id_of(id: &str) -> Result<LineId, Stop> {
    id.parse().map_err(|_| Stop::NOT_FOUND)
}

fn month_of(query: &str) -> Option<Month> {
    parse(query.as_bytes()).find(|(name, _)| name == "month").and_then(|(_, month)| month.parse().ok())
}

/// The part that is asked for, counted from 1 in addresses.
pub(crate) fn part_of(query: &str) -> Option<usize> {
    let (_, part) = parse(query.as_bytes()).find(|(name, _)| name == "part")?;
    part.parse::<usize>().ok()?.checked_sub(1)
}

/// Where a line's statement of a month stands.
fn path(line: LineId, month: Month) -> String {
    format!("/lines/{line}/statement?month={month}")
}

/// Shows the page.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let month = month_of(&query.unwrap_or_default());
    let shown = statement::shown(&app.house, &signed.actor, id_of(&id)?, month).await?.ok_or(Stop::NOT_FOUND)?;
    html(&StatementPage { page: Page { here: path(shown.line, shown.month), ..signed.page }, shown })
}

/// To the page, where a month is chosen.
async fn to_page(app: &App, signed: &Signed, id: LineId) -> Result<Response, Stop> {
    let shown = statement::shown(&app.house, &signed.actor, id, None).await?.ok_or(Stop::NOT_FOUND)?;
    Ok(see_other(&path(id, shown.month)))
}

/// A month as a PDF; where there is none, the page says why.
pub(crate) async fn pdf(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let (id, query) = (id_of(&id)?, query.unwrap_or_default());
    let Some(month) = month_of(&query) else { return to_page(&app, &signed, id).await };
    let language = signed.page.locale.tag();
    let part = part_of(&query).unwrap_or(0);
    Ok(match statement::pdf(&app.house, &signed.actor, (id, month, part), language).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(document) => file(document, ("application/pdf", "pdf", "attachment"))?,
        Err(NoDocument::Private) => return Err(Stop::NOT_FOUND),
        Err(_) => see_other(&path(id, month)),
    })
}

/// The same as a file for spreadsheets.
pub(crate) async fn export(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let (id, query) = (id_of(&id)?, query.unwrap_or_default());
    let Some(month) = month_of(&query) else { return to_page(&app, &signed, id).await };
    let language = signed.page.locale.tag();
    Ok(match statement::statement(&app.house, &signed.actor, (id, month), language).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(statement) => csv(&signed.page, &statement).into_response(&statement::file_name(&statement)),
        Err(NoDocument::Private) => return Err(Stop::NOT_FOUND),
        Err(_) => see_other(&path(id, month)),
    })
}

/// Shows numbers whole from now on, or hides them again.
pub(crate) async fn numbers(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(|stop| stop.into_response())?;
    let id = id_of(&id).map_err(|stop| stop.into_response())?;
    let called = match posted.field("numbers") {
        "whole" => CalledNumbers::Whole,
        _ => CalledNumbers::Hidden,
    };
    let done = statement::ask_numbers(&app.house, &signed.actor, id, called).await;
    done.map_err(Stop::from).and_then(|done| done.ok_or(Stop::NOT_FOUND)).map_err(|stop| stop.into_response())?;
    let month = posted.field("month").parse::<Month>();
    Ok(see_other(&month.map_or_else(|_| format!("/lines/{id}/statement"), |month| path(id, month))))
}

fn csv(page: &Page, statement: &Statement) -> Csv {
    let heads = [
        page.t("column-day"),
        page.t("statement-hour"),
        page.t("column-what"),
        page.t("column-party"),
        page.t("column-destination"),
        page.t("statement-abroad"),
        page.t("column-quantity"),
        page.t("statement-unit"),
        page.t("statement-of-which-charged"),
        page.t("statement-verdict"),
        page.t("column-price"),
    ];
    let mut csv = Csv::new(page.locale, &heads);
    for row in &statement.rows {
        csv.row(&cells(page, statement, row));
    }
    let mut total = vec![Cell::from(page.t("revenue-total"))];
    total.resize(heads.len() - 1, Cell::from(""));
    total.push(Cell::Price(statement.amount()));
    csv.row(&total);
    csv
}

fn cells(page: &Page, statement: &Statement, row: &Row) -> [Cell; 11] {
    let at = row.at;
    [
        at.date().to_string().into(),
        format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second()).into(),
        usage_title(page.locale, (row.kind, row.direction)).into(),
        statement.called.shown(&row.party).replace('\u{a0}', " ").into(),
        row.destination.clone().into(),
        row.roaming_in.map(|country| page.country(country)).unwrap_or_default().into(),
        Cell::Count(row.units),
        unit(page, row).into(),
        Cell::Count(row.charged_units),
        verdict(page, row.verdict).into(),
        Cell::Price(row.verdict.amount()),
    ]
}

fn unit(page: &Page, row: &Row) -> &'static str {
    match row.kind {
        UsageKind::Voice => page.t("statement-seconds"),
        UsageKind::Sms | UsageKind::Mms => page.t("statement-messages"),
        UsageKind::Data => page.t("statement-bytes"),
    }
}

fn verdict(page: &Page, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Included => page.t("verdict-included"),
        Verdict::Free => page.t("verdict-free"),
        Verdict::Stopped => page.t("verdict-stopped"),
        Verdict::Slowed => page.t("verdict-slowed"),
        Verdict::Amount(_) => page.t("verdict-charged"),
    }
}
