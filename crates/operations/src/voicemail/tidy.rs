//! Tidies up, every hour: erases messages whose time is over, voicemails of lines that ended, and files whose rows are gone; and tells of files
//! without a row and rows without a file, which it leaves as they are, because nobody knows why.

use super::{erase, folder::folders};
use crate::{House, OperationError, Scope, journal::Object, sim_transfer::program};
use serde_json::json;
use std::{collections::HashSet, time::Duration};
use store::NewEntry;
use vocabulary::OperatorId;

/// How often.
const EVERY: Duration = Duration::from_secs(3_600);
/// Seconds of a day.
const DAY_S: i64 = 86_400;
/// So many files are named in the log; of the others, how many.
const MOST_NAMED: usize = 20;

/// What was found and done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Messages whose time was over.
    pub expired: usize,
    /// Lines that ended and had a voicemail.
    pub emptied: usize,
    /// Files that belonged to nobody, and are erased.
    pub erased: usize,
    /// Files of which no row says why they are there: they stay.
    pub unknown: Vec<String>,
    /// Files that rows name and that are not there.
    pub missing: Vec<String>,
}

/// Tidies up again and again, until `stop` comes.
pub async fn run(house: House, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = all(&house) => {}
            () = &mut stop => break,
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = &mut stop => break,
        }
    }
}

/// Every operator of the database.
async fn all(house: &House) {
    if !house.sounds.is_there() {
        return;
    }
    for slug in house.catalog_files().operators() {
        let tidied = match house.store.operator_by_slug(slug).await {
            Ok(Some(operator)) => tidy(house, operator).await,
            Ok(None) => continue,
            Err(error) => Err(error.into()),
        };
        match tidied {
            Ok(tidied) => told(slug, &tidied),
            Err(error) => tracing::error!(operator = slug, "the voicemail is not tidied up: {error}"),
        }
    }
}

fn told(operator: &str, tidied: &Tidied) {
    let Tidied { expired, emptied, erased, .. } = tidied;
    if expired + emptied + erased > 0 {
        tracing::info!(operator, expired, emptied, erased, "the voicemail is tidied up");
    }
    for (files, what) in [(&tidied.unknown, "no row names"), (&tidied.missing, "a row names and that are not there")] {
        if !files.is_empty() {
            let named = files.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
            tracing::error!(operator, count = files.len(), "sounds of the voicemail that {what}: {named}");
        }
    }
}

/// Tidies an operator's voicemail up.
///
/// # Errors
/// When the database or the folder fails.
pub async fn tidy(house: &House, operator: OperatorId) -> Result<Tidied, OperationError> {
    let mut tidied = Tidied { expired: expire(house, operator).await?, ..Tidied::default() };
    tidied.emptied = empty_ended(house, operator).await?;
    loop {
        let leftovers = house.store.voicemail_leftovers(operator, house.clock.now()).await?;
        let files: Vec<String> = leftovers.into_iter().map(|leftover| leftover.file).collect();
        if files.is_empty() {
            break;
        }
        let catalog = house.catalog(operator).await?;
        house.sounds.erase(&catalog.operator.id, files.clone()).await?;
        house.store.forget_voicemail_files(&files).await?;
        tidied.erased += files.len();
    }
    compare(house, operator, &mut tidied).await?;
    Ok(tidied)
}

/// Erases messages that are older than the catalogue of today keeps them.
async fn expire(house: &House, operator: OperatorId) -> Result<usize, OperationError> {
    let (catalog, now) = (house.catalog(operator).await?, house.clock.now());
    let voicemails = &catalog.version_at(now).voicemails;
    let mut expired = 0;
    for voicemail in voicemails {
        let before = now.plus_seconds(-voicemail.keep_days * DAY_S);
        for service in &voicemail.services {
            loop {
                let transaction = house.store.begin().await?;
                let files = transaction.delete_old_voicemail_messages((operator, service.as_str()), before, now).await?;
                if files.is_empty() {
                    break;
                }
                let noted = program(operator, now, ("voicemail_messages_expired", Object::Operator(operator)));
                let after = Some(json!({ "messages": files.len() }).to_string());
                transaction.note(NewEntry { after, ..noted }).await?;
                transaction.commit().await?;
                expired += files.len();
                erase(house, operator, files).await?;
            }
        }
    }
    Ok(expired)
}

/// Empties the voicemails of lines that ended: their numbers may be somebody else's one day.
async fn empty_ended(house: &House, operator: OperatorId) -> Result<usize, OperationError> {
    let mut emptied = 0;
    loop {
        let lines = house.store.ended_lines_with_voicemail(operator).await?;
        if lines.is_empty() {
            return Ok(emptied);
        }
        let now = house.clock.now();
        for line in lines {
            let kept = house.store.scoped(Scope::operator(operator)).telephony(line).await?;
            let transaction = house.store.begin().await?;
            let files = transaction.empty_voicemail((operator, line), now).await?;
            let mut noted = program(operator, now, ("voicemail_emptied", Object::Line(line)));
            noted.owner = kept.map_or((None, None), |kept| (kept.owner.0, Some(kept.owner.1)));
            transaction.note(noted).await?;
            transaction.commit().await?;
            erase(house, operator, files).await?;
            emptied += 1;
        }
    }
}

/// Compares the folder with the rows. A file is named before it is written and until it is erased, so that one that was there before the rows
/// were read, and is there still, is nobody's.
async fn compare(house: &House, operator: OperatorId, tidied: &mut Tidied) -> Result<(), OperationError> {
    let catalog = house.catalog(operator).await?;
    let slug = &catalog.operator.id;
    for begin in folders() {
        let there: HashSet<String> = house.sounds.names(slug, begin.clone()).await?.into_iter().collect();
        let rows = house.store.voicemail_files(operator, &begin).await?;
        let due: HashSet<&String> = rows.iter().collect();
        for file in there.iter().filter(|file| !due.contains(file)) {
            if house.sounds.has(slug, file).await? {
                tidied.unknown.push(file.clone());
            }
        }
        for file in rows.iter().filter(|file| !there.contains(*file)) {
            let is_missing = !house.sounds.has(slug, file).await?;
            if is_missing && house.store.voicemail_needs(operator, file).await? {
                tidied.missing.push(file.clone());
            }
        }
    }
    tidied.unknown.sort_unstable();
    tidied.missing.sort_unstable();
    Ok(())
}
