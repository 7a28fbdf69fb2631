//! What is asked of a voicemail, and what is answered.

use super::{EmptyPage, VoicemailDone, VoicemailPage, VoicemailRefusal, media};
use crate::{
    Page,
    answer::{Stop, html, see_other},
    multipart::{self, STALE, UNREADABLE, bytes, is_token},
    server::App,
    session::{Posted, Signed},
};
use axum::{
    extract::{Multipart, Path, RawQuery, Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use media::Given;
use operations::{
    life::Doer,
    permission::Permission,
    telephony::Source,
    voicemail::{
        self, Which,
        sound::{LARGEST_SOUND, SoundFault},
    },
};
use std::cmp::Reverse;
use vocabulary::{LineId, VoicemailMessageId};

fn line(id: &str) -> Result<LineId, Stop> {
    id.parse().map_err(|_| Stop::NOT_FOUND)
}

async fn shown(app: &App, signed: Signed, line: LineId) -> Result<VoicemailPage, Stop> {
    let doer = Doer::Person(&signed.actor);
    let mut shown = voicemail::mailbox(&app.house, doer, line).await?.ok_or(Stop::NOT_FOUND)?;
    // Who reads a list looks for the latest; on the telephone they are heard in their order.
    shown.messages.sort_by_key(|message| (message.is_kept, Reverse(message.arrived), Reverse(message.id)));
    let page = Page { here: format!("/lines/{line}/voicemail"), ..signed.page };
    Ok(VoicemailPage { page, shown, done: None, refusal: None, typed: None })
}

fn done(line: LineId, done: VoicemailDone) -> Response {
    see_other(&format!("/lines/{line}/voicemail?done={}", done.as_str()))
}

async fn refused(app: &App, signed: Signed, line: LineId, refusal: VoicemailRefusal) -> Result<Response, Stop> {
    let page = VoicemailPage { refusal: Some(refusal), ..shown(app, signed, line).await? };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}

/// Shows the voicemail.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let done = query.as_deref().and_then(|query| query.strip_prefix("done=")).and_then(VoicemailDone::named);
    html(&VoicemailPage { done, ..shown(&app, signed, line(&id)?).await? })
}

/// Plays a message, or gives it as a file.
pub(crate) async fn hear(
    signed: Signed,
    State(app): State<App>,
    Path((id, message)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Stop> {
    let message: VoicemailMessageId = message.parse().map_err(|_| Stop::NOT_FOUND)?;
    let doer = Doer::Person(&signed.actor);
    let heard = voicemail::hear(&app.house, doer, line(&id)?, message).await?.ok_or(Stop::NOT_FOUND)?;
    let given = if query.as_deref() == Some("file=yes") { Given::AsFile } else { Given::Inline };
    Ok(media::sound(heard, &headers, (given, &signed.page.zone)))
}

/// Plays the greeting.
pub(crate) async fn hear_greeting(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Stop> {
    let doer = Doer::Person(&signed.actor);
    let heard = voicemail::greeting(&app.house, doer, line(&id)?).await?.ok_or(Stop::NOT_FOUND)?;
    Ok(media::sound(heard, &headers, (Given::Inline, &signed.page.zone)))
}

/// Keeps a message. One that was kept in another window is kept.
pub(crate) async fn keep(
    State(app): State<App>,
    Path((id, message)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    changed(&app, &signed, (&id, Some(&message)), VoicemailDone::Kept).await.map_err(IntoResponse::into_response)
}

/// Deletes a message. One that was deleted in another window is not there.
pub(crate) async fn delete(
    State(app): State<App>,
    Path((id, message)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    changed(&app, &signed, (&id, Some(&message)), VoicemailDone::Deleted).await.map_err(IntoResponse::into_response)
}

/// Deletes all messages.
pub(crate) async fn empty(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    changed(&app, &signed, (&id, None), VoicemailDone::Emptied).await.map_err(IntoResponse::into_response)
}

/// Takes the greeting away.
pub(crate) async fn remove_greeting(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    changed(&app, &signed, (&id, None), VoicemailDone::GreetingRemoved).await.map_err(IntoResponse::into_response)
}

async fn changed(app: &App, signed: &Signed, (id, message): (&str, Option<&str>), what: VoicemailDone) -> Result<Response, Stop> {
    let (line, doer) = (line(id)?, Doer::Person(&signed.actor));
    let message = message.map(|id| id.parse().map_err(|_| Stop::NOT_FOUND)).transpose()?;
    let is_there = match (what, message) {
        (VoicemailDone::Kept, Some(message)) => voicemail::keep(&app.house, doer, line, message).await? == Some(true),
        (VoicemailDone::GreetingRemoved, _) => voicemail::remove_greeting(&app.house, doer, line).await?.is_some(),
        (_, Some(message)) => {
            let deleted = voicemail::delete(&app.house, doer, line, (Which::One(message), Source::Page)).await?;
            deleted.is_some_and(|count| count > 0)
        }
        (_, None) => voicemail::delete(&app.house, doer, line, (Which::All, Source::Page)).await?.is_some(),
    };
    if is_there { Ok(done(line, what)) } else { Err(Stop::NOT_FOUND) }
}

/// Asks before all messages are deleted.
pub(crate) async fn get_empty(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let VoicemailPage { page, shown, .. } = shown(&app, signed, line(&id)?).await?;
    html(&EmptyPage { page, shown })
}

/// Sets the code.
pub(crate) async fn code(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    set_code(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn set_code(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let line = line(id)?;
    let (typed, again) = (posted.field("code"), posted.field("again"));
    if typed != again {
        return refused(app, signed, line, VoicemailRefusal::NotAlike).await;
    }
    let doer = Doer::Person(&signed.actor);
    let came = voicemail::set_code(&app.house, doer, line, (typed, Source::Page)).await?.ok_or(Stop::NOT_FOUND)?;
    match came {
        Ok(()) => Ok(done(line, VoicemailDone::Code)),
        Err(refusal) => refused(app, signed, line, VoicemailRefusal::Code(refusal)).await,
    }
}

/// Sets where new messages are sent.
pub(crate) async fn mail_reception(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let is_on = posted.field("send") == "on";
    // Switched on without an address is an address that was forgotten.
    let typed = if is_on { posted.field("address") } else { "" };
    let set = async {
        let line = line(&id)?;
        let refusal = if is_on && typed.trim().is_empty() {
            Err(voicemail::MailRefusal::Address)
        } else {
            let asked = (typed, signed.page.locale.tag());
            let came = voicemail::set_mail_reception(&app.house, &signed.actor, line, asked, &links).await?;
            came.ok_or(Stop::NOT_FOUND)?
        };
        match refusal {
            Ok(()) => Ok(done(line, VoicemailDone::Mail)),
            Err(refusal) => {
                let page = VoicemailPage {
                    refusal: Some(VoicemailRefusal::Mail(refusal)),
                    typed: Some(typed.to_owned()),
                    ..shown(&app, signed, line).await?
                };
                Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
            }
        }
    };
    set.await.map_err(|stop: Stop| stop.into_response())
}

/// Sets the greeting. The form's token comes before the file: nothing is read for who does not hold it.
pub(crate) async fn greeting(State(app): State<App>, Path(id): Path<String>, request: Request) -> Result<Response, Response> {
    let may = |signed: &Signed| signed.actor.may(Permission::UseVoicemail);
    let (signed, form) = multipart::open(&app, request, may).await?;
    set_greeting(&app, signed, &id, form).await.map_err(IntoResponse::into_response)
}

async fn set_greeting(app: &App, signed: Signed, id: &str, form: Multipart) -> Result<Response, Stop> {
    let line = line(id)?;
    let doer = Doer::Person(&signed.actor);
    let came = match receive(&signed, form).await? {
        // Who may not is told so, whatever the file.
        None if voicemail::mailbox(&app.house, doer, line).await?.is_some() => Err(SoundFault::TooLarge),
        None => return Err(Stop::NOT_FOUND),
        Some(bytes) => {
            let set = voicemail::set_greeting(&app.house, doer, line, (bytes, Source::Page)).await?;
            set.ok_or(Stop::NOT_FOUND)?
        }
    };
    match came {
        Ok(()) => Ok(done(line, VoicemailDone::Greeting)),
        Err(fault) => refused(app, signed, line, VoicemailRefusal::Greeting(fault)).await,
    }
}

/// The file of a form; `None` for one that is too large.
async fn receive(signed: &Signed, mut form: Multipart) -> Result<Option<Vec<u8>>, Stop> {
    let (mut is_trusted, mut file) = (false, Some(Vec::new()));
    while let Some(mut field) = form.next_field().await.map_err(|_| UNREADABLE)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_trusted = is_token(&mut field, signed).await?,
            "greeting" if is_trusted => file = bytes(&mut field, LARGEST_SOUND).await?,
            _ => return Err(STALE),
        }
    }
    if is_trusted { Ok(file) } else { Err(STALE) }
}
