//! Looking at what is collected and what came, making files, taking them, and deciding whose money is.

use super::{BankFilePage, CollectionPage, DeskNews, DeskPage};
use crate::{
    Page, Permission,
    answer::{Stop, html, see_other},
    multipart::{self, STALE, UNREADABLE, bytes, is_token},
    server::App,
    session::{Posted, Signed},
};
use axum::{
    extract::{Multipart, Path, RawQuery, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use operations::{
    bank_file::{self, ArriveRefusal, BankFileError, DecideRefusal, LONGEST_SAID, MOST_FILE_BYTES, TakeRefusal, Taken},
    collection::{self, Made},
};
use std::str::FromStr;
use vocabulary::{BankItemId, InvoiceId};

const HERE: &str = "/bank-files";

fn id_of<T: FromStr>(id: &str) -> Result<T, Stop> {
    id.parse().map_err(|_| Stop::NOT_FOUND)
}

/// Shows the desk.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let (mut until, mut news) = (None, None);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "until" => until = value.parse().ok(),
            "done" => news = Some(DeskNews::Decided),
            "nothing" => news = value.parse().ok().map(DeskNews::NothingDue),
            _ => {}
        }
    }
    html(&DeskPage { news, ..page(&app, signed, until).await? })
}

async fn page(app: &App, signed: Signed, until: Option<Date>) -> Result<DeskPage, Stop> {
    let collections = collection::desk(&app.house, &signed.actor, until).await?.ok_or(Stop::NOT_FOUND)?;
    let desk = bank_file::desk(&app.house, &signed.actor).await?.ok_or(Stop::NOT_FOUND)?;
    Ok(DeskPage { page: Page { here: HERE.to_owned(), ..signed.page }, collections, desk, news: None })
}

async fn refused(app: &App, signed: Signed, news: DeskNews) -> Result<Response, Stop> {
    let status = match &news {
        DeskNews::Busy | DeskNews::NotTaken(TakeRefusal::Busy) | DeskNews::NotArrived(ArriveRefusal::Busy) => {
            StatusCode::CONFLICT
        }
        DeskNews::NotTaken(TakeRefusal::File(BankFileError::TooLarge(_))) => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = DeskPage { news: Some(news), ..page(app, signed, None).await? };
    Ok((status, html(&page)?).into_response())
}

/// Makes a file.
pub(crate) async fn make(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    making(&app, signed, &posted).await.map_err(IntoResponse::into_response)
}

async fn making(app: &App, signed: Signed, posted: &Posted) -> Result<Response, Stop> {
    let Ok(until) = posted.field("until").parse::<Date>() else { return refused(app, signed, DeskNews::WrongDay).await };
    match collection::make(&app.house, &signed.actor, until).await?.ok_or(Stop::NOT_FOUND)? {
        Made::File(id) => Ok(see_other(&format!("{HERE}/collections/{id}"))),
        Made::Nothing(announced) => Ok(see_other(&format!("{HERE}?nothing={announced}"))),
        Made::Busy => refused(app, signed, DeskNews::Busy).await,
        Made::WrongDay => refused(app, signed, DeskNews::WrongDay).await,
        Made::NotCollected => refused(app, signed, DeskNews::NotTaken(TakeRefusal::NoAccount)).await,
    }
}

/// Shows a file that was made.
pub(crate) async fn collection(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = id_of(&id)?;
    let (file, debits) = collection::show(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let can_fetch = signed.actor.may(Permission::TakeBankFiles);
    let page = Page { here: format!("{HERE}/collections/{id}"), ..signed.page };
    html(&CollectionPage { page, file, debits, can_fetch })
}

/// Its bytes, for the bank.
pub(crate) async fn fetch(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let (name, bytes) = collection::fetch(&app.house, &signed.actor, id_of(&id)?).await?.ok_or(Stop::NOT_FOUND)?;
    let named = format!("attachment; filename=\"{name}\"");
    let named = HeaderValue::from_str(&named).map_err(|error| Stop::fault(&error))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/xml")),
        (header::CONTENT_DISPOSITION, named),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}

/// Takes a file of the bank. The form's token comes before the file: nothing is read for who does not hold it.
pub(crate) async fn post(State(app): State<App>, request: Request) -> Result<Response, Response> {
    let may = |signed: &Signed| signed.actor.may(Permission::TakeBankFiles);
    let (signed, form) = multipart::open(&app, request, may).await?;
    taking(&app, signed, form).await.map_err(IntoResponse::into_response)
}

async fn taking(app: &App, signed: Signed, mut form: Multipart) -> Result<Response, Stop> {
    let (mut is_trusted, mut name, mut file) = (false, String::new(), None);
    while let Some(mut field) = form.next_field().await.map_err(|_| UNREADABLE)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_trusted = is_token(&mut field, &signed).await?,
            "file" if is_trusted => {
                name = field.file_name().unwrap_or_default().replace('\0', "");
                let Some(whole) = bytes(&mut field, MOST_FILE_BYTES).await? else {
                    let error = BankFileError::TooLarge(MOST_FILE_BYTES);
                    return refused(app, signed, DeskNews::NotTaken(TakeRefusal::File(error))).await;
                };
                file = Some(whole);
            }
            _ => return Err(STALE),
        }
    }
    if !is_trusted {
        return Err(STALE);
    }
    let Some(bytes) = file.filter(|bytes| !bytes.is_empty() && !name.is_empty()) else {
        return refused(app, signed, DeskNews::NoFile).await;
    };
    match bank_file::take(&app.house, &signed.actor, (&name, bytes)).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(Taken::Now(id)) => Ok(see_other(&format!("{HERE}/{id}"))),
        Ok(Taken::Before(id)) => Ok(see_other(&format!("{HERE}/{id}?before=yes"))),
        Err(refusal) => refused(app, signed, DeskNews::NotTaken(refusal)).await,
    }
}

/// Shows a file that was taken.
pub(crate) async fn show(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id = id_of(&id)?;
    let shown = bank_file::show(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: format!("{HERE}/{id}"), ..signed.page };
    html(&BankFilePage { page, shown, is_before: query.as_deref() == Some("before=yes") })
}

/// Says whose money is.
pub(crate) async fn assign(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let decided = async {
        let id = id_of(&id)?;
        let came = bank_file::assign(&app.house, &signed.actor, id, posted.field("number")).await?;
        decided(&app, signed, id, came.ok_or(Stop::NOT_FOUND)?).await
    };
    decided.await.map_err(IntoResponse::into_response)
}

/// Counts the debits of a booking as arrived.
pub(crate) async fn arrive(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let arrived = async {
        match bank_file::arrive(&app.house, &signed.actor, id_of(&id)?).await?.ok_or(Stop::NOT_FOUND)? {
            Ok(()) => Ok(see_other(&format!("{HERE}?done=yes"))),
            Err(refusal) => refused(&app, signed, DeskNews::NotArrived(refusal)).await,
        }
    };
    arrived.await.map_err(IntoResponse::into_response)
}

/// Says what something is.
pub(crate) async fn say(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let decided = async {
        let id = id_of(&id)?;
        let what: String = posted.field("what").chars().take(LONGEST_SAID + 1).collect();
        let came = bank_file::say(&app.house, &signed.actor, id, &what).await?;
        decided(&app, signed, id, came.ok_or(Stop::NOT_FOUND)?).await
    };
    decided.await.map_err(IntoResponse::into_response)
}

async fn decided(app: &App, signed: Signed, id: BankItemId, came: Result<(), DecideRefusal>) -> Result<Response, Stop> {
    match came {
        Ok(()) => Ok(see_other(&format!("{HERE}?done=yes"))),
        Err(refusal) => refused(app, signed, DeskNews::NotDecided(id, refusal)).await,
    }
}

/// Has an invoice not collected.
pub(crate) async fn stop_collection(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let stopped = async {
        let id: InvoiceId = id_of(&id)?;
        bank_file::stop_collection(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
        Ok::<_, Stop>(see_other(&format!("/invoices/{id}")))
    };
    stopped.await.map_err(IntoResponse::into_response)
}
