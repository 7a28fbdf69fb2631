//! Forms that carry files: who may send one, and what they hold besides.

use crate::{
    answer::Stop,
    error::Failure,
    server::App,
    session::{self, Signed},
};
use axum::{
    extract::{FromRequest, FromRequestParts, Multipart, Request, multipart::Field},
    response::{IntoResponse, Response},
};

/// The longest field besides files, in bytes.
const LONGEST_FIELD: usize = 1_000;

/// A form that no page of this house sent.
pub(crate) const STALE: Stop = Stop(Failure::StaleForm);
/// A form that cannot be read, or broke off.
pub(crate) const UNREADABLE: Stop = Stop(Failure::Unreadable);
/// A form that holds more than any of ours.
pub(crate) const TOO_LARGE: Stop = Stop(Failure::TooLarge);

/// The form of a request from a page of this house, and who sent it; who may not gets the answer of an address that is not there. Its
/// token is the first field: whoever reads the form looks at it before taking a file.
pub(crate) async fn open(
    app: &App,
    request: Request,
    may: impl FnOnce(&Signed) -> bool,
) -> Result<(Signed, Multipart), Response> {
    let (mut parts, body) = request.into_parts();
    let signed = Signed::from_request_parts(&mut parts, app).await?;
    if !may(&signed) {
        return Err(Stop::NOT_FOUND.into_response());
    }
    if !session::is_from_here(&parts.headers) {
        return Err(STALE.into_response());
    }
    let form = Multipart::from_request(Request::from_parts(parts, body), app).await;
    Ok((signed, form.map_err(|_| UNREADABLE.into_response())?))
}

/// Is this the token of who sent the form?
pub(crate) async fn is_token(field: &mut Field<'_>, signed: &Signed) -> Result<bool, Stop> {
    Ok(session::is_same(short(field).await?.as_bytes(), signed.page.csrf.as_bytes()))
}

/// The text of a field.
pub(crate) async fn short(field: &mut Field<'_>) -> Result<String, Stop> {
    text(field, LONGEST_FIELD).await
}

/// The bytes of a file, or nothing of one that is larger: what is too much is read on for a while, so that the browser hears the answer.
pub(crate) async fn bytes(field: &mut Field<'_>, largest: usize) -> Result<Option<Vec<u8>>, Stop> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| UNREADABLE)? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > largest {
            drain(field, 10 * largest as u64).await?;
            return Ok(None);
        }
    }
    Ok(Some(bytes))
}

/// The text of a field of so many bytes at most.
pub(crate) async fn text(field: &mut Field<'_>, longest: usize) -> Result<String, Stop> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| UNREADABLE)? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > longest {
            return Err(TOO_LARGE);
        }
    }
    // Nobody types a NUL, and not every database takes it.
    String::from_utf8(bytes).map(|text| text.replace('\0', "")).map_err(|_| UNREADABLE)
}

/// Reads on what nobody wants: a browser that is not heard to its end shows a broken connection in place of the answer.
pub(crate) async fn drain(field: &mut Field<'_>, most: u64) -> Result<(), Stop> {
    let mut passed = 0;
    while let Some(piece) = field.chunk().await.map_err(|_| UNREADABLE)? {
        passed += piece.len() as u64;
        if passed > most {
            return Err(TOO_LARGE);
        }
    }
    Ok(())
}
