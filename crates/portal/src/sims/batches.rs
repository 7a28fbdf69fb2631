//! The batches of SIMs that came, and the form that hands a maker's file in (RES-07).

use super::KindWords as _;
use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html, see_other},
    multipart::{self, STALE, UNREADABLE, bytes, is_token, short},
    pagination::{PageLink, PageSize, Pages},
    server::App,
    session::Signed,
    usage_files::page_of,
};
use askama::Template;
use axum::{
    extract::{Multipart, RawQuery, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    line::Paging,
    sim_batches::{self, Batch, BatchFault, BatchFile, BatchRefusal, LARGEST_FILE, MOST_CARDS, RowWrong, Taken},
    sims::{KINDS, SimKind},
};
use std::num::NonZeroU32;

/// Batches on a page.
const SIZE: PageSize = PageSize::TwentyFive;

/// The page of batches.
#[derive(Template)]
#[template(path = "sims/batches.html")]
pub struct BatchesPage {
    /// Its frame.
    pub page: Page,
    /// The batches of this page, latest first.
    pub batches: Vec<Batch>,
    /// Where in the list they stand.
    pub pages: Pages,
    /// The networks, by id and name.
    pub networks: Vec<(String, String)>,
    /// What was chosen: the network and the kind.
    pub chosen: (String, SimKind),
    /// Why the file was not taken in.
    pub refusal: Option<BatchRefusal>,
    /// The batch that had the same bytes, by name.
    pub before: Option<String>,
}

impl BatchesPage {
    fn page_url(&self, page: &u32) -> String {
        if *page == 1 { "/sims/batches".into() } else { format!("/sims/batches?page={page}") }
    }

    fn takes_in(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::TakeSimsIn))
    }

    fn is_kind(&self, kind: &SimKind) -> bool {
        self.chosen.1 == *kind
    }

    fn refusal_words(&self, refusal: &BatchRefusal) -> String {
        let page = &self.page;
        match refusal {
            BatchRefusal::NoFile => page.t("upload-no-file").into(),
            BatchRefusal::TooLarge => page.t("batch-too-large").into(),
            BatchRefusal::NotText => page.t("batch-not-text").into(),
            BatchRefusal::NoNetwork => page.t("batch-no-network").into(),
            BatchRefusal::Header => page.t("batch-header").into(),
            BatchRefusal::Empty => page.t("batch-empty").into(),
            BatchRefusal::TooMany => page.tn("batch-too-many", i64::try_from(MOST_CARDS).unwrap_or(i64::MAX)),
            BatchRefusal::Rows { total, .. } => page.tn("batch-rows-wrong", i64::try_from(*total).unwrap_or(i64::MAX)),
        }
    }

    fn faults(&self) -> &[BatchFault] {
        match &self.refusal {
            Some(BatchRefusal::Rows { faults, .. }) => faults,
            _ => &[],
        }
    }

    /// How many faults are not named.
    fn more(&self) -> i64 {
        match &self.refusal {
            Some(BatchRefusal::Rows { faults, total }) => i64::try_from(total - faults.len()).unwrap_or(i64::MAX),
            _ => 0,
        }
    }

    fn fault_words(&self, fault: &BatchFault) -> String {
        match &fault.what {
            RowWrong::Text(text) => text.clone(),
            RowWrong::KnownIccid(iccid) => self.page.ta("batch-known", iccid),
            RowWrong::KnownImsi(imsi) => self.page.ta("batch-known", imsi),
        }
    }

    /// The language of what is said of a row.
    fn fault_language(&self, fault: &BatchFault) -> &'static str {
        match fault.what {
            RowWrong::Text(_) => "en",
            RowWrong::KnownIccid(_) | RowWrong::KnownImsi(_) => self.page.locale.tag(),
        }
    }

    fn row_number(&self, fault: &BatchFault) -> i64 {
        i64::try_from(fault.row).unwrap_or(i64::MAX)
    }
}

/// Shows the batches.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    html(&page(&app, signed, page_of(query.as_deref())).await?)
}

async fn page(app: &App, signed: Signed, number: u32) -> Result<BatchesPage, Stop> {
    let paging = Paging { page: number, rows: SIZE.rows() };
    let listed = sim_batches::list(&app.house, &signed.actor, paging).await?.ok_or(Stop::NOT_FOUND)?;
    let networks = sim_batches::networks_of(&app.house, &signed.actor).await?;
    Ok(BatchesPage {
        page: Page { here: "/sims/batches".to_owned(), ..signed.page },
        batches: listed.rows,
        pages: Pages { current: NonZeroU32::new(listed.page).unwrap_or(NonZeroU32::MIN), size: SIZE, total: listed.total },
        networks,
        chosen: (String::new(), SimKind::CardWithPin),
        refusal: None,
        before: None,
    })
}

/// Takes a maker's file in. The form's token comes before the file: nothing is read for who does not hold it.
pub(crate) async fn post(State(app): State<App>, request: Request) -> Result<Response, Response> {
    let may = |signed: &Signed| signed.actor.may(Permission::TakeSimsIn);
    let (signed, form) = multipart::open(&app, request, may).await?;
    answer(&app, signed, form).await.map_err(IntoResponse::into_response)
}

/// What a form had.
struct Sent {
    network: String,
    kind: SimKind,
    name: String,
    file: Option<Vec<u8>>,
}

async fn answer(app: &App, signed: Signed, form: Multipart) -> Result<Response, Stop> {
    let sent = receive(&signed, form).await?;
    let refused = match &sent.file {
        None => Err(BatchRefusal::TooLarge),
        Some(bytes) => {
            let file = BatchFile { name: &sent.name, network: &sent.network, kind: sent.kind, bytes };
            sim_batches::take(&app.house, &signed.actor, file).await?.ok_or(Stop::NOT_FOUND)?
        }
    };
    let chosen = (sent.network, sent.kind);
    match refused {
        Ok(Taken::Done(batch, count)) => Ok(see_other(&format!("/sims?batch={batch}&taken={count}"))),
        Ok(Taken::Before(before)) => html(&BatchesPage { chosen, before: Some(before.name), ..page(app, signed, 1).await? }),
        Err(refusal) => {
            let status = match refusal {
                BatchRefusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let shown = BatchesPage { chosen, refusal: Some(refusal), ..page(app, signed, 1).await? };
            Ok((status, html(&shown)?).into_response())
        }
    }
}

async fn receive(signed: &Signed, mut form: Multipart) -> Result<Sent, Stop> {
    let mut is_trusted = false;
    let mut sent = Sent { network: String::new(), kind: SimKind::CardWithPin, name: String::new(), file: Some(Vec::new()) };
    while let Some(mut field) = form.next_field().await.map_err(|_| UNREADABLE)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_trusted = is_token(&mut field, signed).await?,
            "network" => sent.network = short(&mut field).await?,
            "kind" => {
                let word = short(&mut field).await?;
                sent.kind = KINDS.iter().find(|(known, _)| *known == word).map_or(SimKind::CardWithPin, |(_, kind)| *kind);
            }
            "file" if is_trusted => {
                sent.name = field.file_name().unwrap_or_default().replace('\0', "");
                sent.file = bytes(&mut field, LARGEST_FILE).await?;
            }
            _ => return Err(STALE),
        }
    }
    if is_trusted { Ok(sent) } else { Err(STALE) }
}
