//! What was refused is noted in the journal (PLT-06): a page or a form that somebody signed in may not have, a password that was wrong.
//! Few of each are, so that nobody fills the journal by asking again.

use crate::{Actor, House, OperationError, back_off::REFUSAL_RULE, entering::entry_of_stranger, sign_in::hash_of};
use store::{Login, NewEntry, Object};

/// No request is noted longer, in characters.
const LONGEST_REQUEST: usize = 200;

/// A request that was refused to somebody signed in.
#[derive(Clone, Copy, Debug)]
pub struct RefusedRequest<'t> {
    /// How it was asked: `POST`.
    pub method: &'t str,
    /// For which path, without its query.
    pub path: &'t str,
    /// The HTTP status of the answer.
    pub answer: u16,
}

/// Notes a request that was refused, unless many of this login were noted lately.
///
/// # Errors
/// When the database fails.
pub async fn request_refused(house: &House, actor: &Actor, refused: RefusedRequest<'_>) -> Result<(), OperationError> {
    let now = house.clock.now();
    let subject = hash_of(&format!("refused {}", actor.login));
    if house.store.count_try(&[subject], now, |_, tries| REFUSAL_RULE.waiting(tries, now)).await?.is_some() {
        return Ok(());
    }
    let request: String = format!("{} {}", refused.method, refused.path).chars().take(LONGEST_REQUEST).collect();
    let mut entry = actor.entry(now, "request_refused", Object::Login(actor.login));
    entry.after = Some(serde_json::json!({ "request": request, "answer": refused.answer }).to_string());
    note(house, entry).await
}

/// Notes that somebody wanted to be this person and was not let in. Back-off keeps their number small. It is noted beside the answer,
/// whose time would else tell that there is such a person.
pub(crate) fn sign_in_refused(house: &House, login: &Login, address: &str) {
    let entry = entry_of_stranger(login, address, house.clock.now(), "sign_in_refused");
    let (house, login) = (house.clone(), login.id.0);
    tokio::spawn(async move {
        if let Err(error) = note(&house, entry).await {
            tracing::error!(login, "a refused sign-in could not be noted: {error}");
        }
    });
}

async fn note(house: &House, entry: NewEntry) -> Result<(), OperationError> {
    let transaction = house.store.begin().await?;
    transaction.note(entry).await?;
    Ok(transaction.commit().await?)
}
