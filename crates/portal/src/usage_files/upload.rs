//! `POST /usage-files`: a file is handed in; and a file that was refused is put out of sight.

use super::list::{self, UploadForm};
use crate::{
    answer::{Stop, html, see_other},
    multipart::{self, STALE, UNREADABLE, drain, is_token, short},
    server::App,
    session::{Posted, Signed},
};
use axum::{
    extract::{Multipart, Request, State, multipart::Field},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    Reach,
    usage_desk::{InboxFile, UploadRefusal},
};
use std::time::Duration;

/// No file takes longer to come.
pub(crate) const UPLOAD_TIMEOUT: Duration = Duration::from_secs(30 * 60);

/// Receives a file into the watched folder. The form's token comes before the file: nothing is written for who does not hold it.
pub(crate) async fn post(State(app): State<App>, request: Request) -> Result<Response, Response> {
    let may = |signed: &Signed| signed.actor.scope.reach == Reach::Operator && app.desk.is_open();
    let (signed, form) = multipart::open(&app, request, may).await?;
    answer(&app, signed, form).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: Signed, form: Multipart) -> Result<Response, Stop> {
    let (layout, received) = receive(app, &signed, form).await?;
    let refusal = match received {
        Ok(name) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("received", &name).finish();
            return Ok(see_other(&format!("/usage-files?{query}")));
        }
        Err(refusal) => refusal,
    };
    let mut shown = list::page(app, signed, 1).await?;
    shown.upload = shown.upload.map(|form| UploadForm { layout, refusal: Some(refusal), ..form });
    let status = match refusal {
        UploadRefusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, html(&shown)?).into_response())
}

/// Reads the form to its end; the layout that was chosen, and the name that the file got.
async fn receive(app: &App, signed: &Signed, mut form: Multipart) -> Result<(String, Result<String, UploadRefusal>), Stop> {
    let (mut is_trusted, mut layout) = (false, String::new());
    let mut received = Err(UploadRefusal::NoFile);
    while let Some(mut field) = form.next_field().await.map_err(|_| UNREADABLE)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_trusted = is_token(&mut field, signed).await?,
            "layout" => layout = short(&mut field).await?,
            "file" if is_trusted => {
                received = take_file(app, signed, &layout, &mut field).await?;
                if received.is_err() {
                    drain(&mut field, app.desk.largest_upload()).await?;
                }
            }
            _ => return Err(STALE),
        }
    }
    if is_trusted { Ok((layout, received)) } else { Err(STALE) }
}

async fn take_file(
    app: &App,
    signed: &Signed,
    layout: &str,
    field: &mut Field<'_>,
) -> Result<Result<String, UploadRefusal>, Stop> {
    let name = field.file_name().unwrap_or_default().to_owned();
    if name.is_empty() {
        return Ok(Err(UploadRefusal::NoFile));
    }
    let mut upload = match app.desk.receive(&app.house, &signed.actor, layout, &name).await? {
        Ok(upload) => upload,
        Err(refusal) => return Ok(Err(refusal)),
    };
    while let Some(piece) = field.chunk().await.map_err(|_| UNREADABLE)? {
        if let Err(refusal) = upload.write(&piece).await? {
            return Ok(Err(refusal));
        }
    }
    Ok(upload.finish().await?)
}

/// Puts a file that was refused out of sight.
pub(crate) async fn dismiss(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let file = InboxFile { layout: posted.field("layout").to_owned(), name: posted.field("name").to_owned() };
    let stop = |error| Stop::from(error).into_response();
    match app.desk.dismiss(&app.house, &signed.actor, file).await.map_err(stop)? {
        true => Ok(see_other("/usage-files")),
        false => Err(Stop::NOT_FOUND.into_response()),
    }
}
