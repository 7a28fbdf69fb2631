//! The mailbox of a demonstration (PLT-07): mails and text messages that would have gone out, to be looked at before anybody signed in. It is not there elsewhere.
//!
//! Whoever comes to a brand's door sees the mails of that brand, the operator's own people all of theirs. The HTML of a mail has an
//! address of its own, whose policy allows its styles and nothing else, and is shown in a frame without scripts.

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    assets,
    server::App,
    session::Visitor,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD as STANDARD};
use operations::{
    OperationError, Reach,
    mail::{BoxedMail, LOGO_ID, Mailbox, QR_ID, RenderedMail},
    text_message::BoxedText,
};
use std::io;
use vocabulary::{MailId, OperatorId};

/// What the HTML of a mail may do: look as it does, in a frame of ours.
const MAIL_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// The list of mails.
#[derive(Template)]
#[template(path = "mailbox/list.html")]
pub struct MailboxPage {
    /// Its frame.
    pub page: Page,
    /// Latest first.
    pub mails: Vec<BoxedMail>,
    /// Latest first.
    pub texts: Vec<BoxedText>,
}

impl MailboxPage {
    /// A telephone number as people write it.
    fn number(&self, text: &BoxedText) -> String {
        self.page.party(&self.page.plan.read(&text.text.to))
    }
}

/// One mail, both writings of it.
#[derive(Template)]
#[template(path = "mailbox/show.html")]
pub struct BoxedMailPage {
    /// Its frame.
    pub page: Page,
    /// The mail.
    pub boxed: BoxedMail,
}

pub(crate) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Stop> {
    let mails = mails(&app, &visitor).await?;
    let texts = seen(&app, &visitor, |mailbox, operator, host| mailbox.latest_texts(operator, host)).await?;
    html(&MailboxPage { page: visitor.page, mails, texts })
}

pub(crate) async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Stop> {
    let boxed = mail(&app, &visitor, &id).await?;
    let policy = format!("{}; frame-src 'self'", assets::CONTENT_SECURITY_POLICY);
    let policy = HeaderValue::from_str(&policy).map_err(|error| Stop::fault(&error))?;
    let page = html(&BoxedMailPage { page: visitor.page, boxed })?;
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], page).into_response())
}

pub(crate) async fn document(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Stop> {
    let RenderedMail { words, logo, .. } = mail(&app, &visitor, &id).await?.mail;
    let shown = logo.map_or_else(|| words.html.clone(), |logo| with_logo(&words.html, &picture(&logo)));
    let shown = words.qr.map_or_else(|| shown.clone(), |qr| shown.replace(&format!("cid:{QR_ID}"), &picture(&qr)));
    Ok(mail_document(shown))
}

/// The file that comes with a mail: a sound, which the page plays.
pub(crate) async fn file(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Stop> {
    let file = mail(&app, &visitor, &id).await?.mail.file.ok_or(Stop::NOT_FOUND)?;
    let media_type = HeaderValue::from_str(&file.media_type).map_err(|error| Stop::fault(&error))?;
    let named = HeaderValue::from_str(&format!("inline; filename=\"{}\"", file.name)).map_err(|error| Stop::fault(&error))?;
    Ok(([(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, named)], file.bytes).into_response())
}

/// The HTML of a mail as a document of its own, for a frame of ours.
pub(crate) fn mail_document(html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(MAIL_POLICY)),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    ];
    (headers, html).into_response()
}

/// The HTML of a mail with the address of its logo, which else comes beside it.
pub(crate) fn with_logo(html: &str, url: &str) -> String {
    html.replace(&format!("cid:{LOGO_ID}"), url)
}

/// A PNG as an address that holds it.
pub(crate) fn picture(png: &[u8]) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(png))
}

async fn mail(app: &App, visitor: &Visitor, id: &str) -> Result<BoxedMail, Stop> {
    let id: MailId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let mails = mails(app, visitor).await?;
    mails.into_iter().find(|boxed| boxed.mail.id == id).ok_or(Stop::NOT_FOUND)
}

/// The mails that this visitor may see, latest first.
async fn mails(app: &App, visitor: &Visitor) -> Result<Vec<BoxedMail>, Stop> {
    seen(app, visitor, |mailbox, operator, host| mailbox.latest(operator, host)).await
}

/// What this visitor may see of a mailbox.
async fn seen<T: Send + 'static>(
    app: &App,
    visitor: &Visitor,
    read: impl FnOnce(&dyn Mailbox, OperatorId, Option<&str>) -> io::Result<Vec<T>> + Send + 'static,
) -> Result<Vec<T>, Stop> {
    let mailbox = app.house.mailbox.clone().ok_or(Stop::NOT_FOUND)?;
    let operator = visitor.brand.door.operator;
    let is_staff = visitor.actor.as_ref().is_some_and(|actor| actor.scope.reach == Reach::Operator);
    let host = visitor.brand.host.clone();
    let reading = move || read(mailbox.as_ref(), operator, Some(host.as_str()).filter(|_| !is_staff));
    let found = tokio::task::spawn_blocking(reading).await.map_err(|_| OperationError::Stopped)?;
    Ok(found.map_err(OperationError::from)?)
}
