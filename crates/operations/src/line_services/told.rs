//! What is told of a change before it is confirmed, and a digest of it: who confirms something else than they were told is told anew.

use super::Doing;
use crate::{
    Actor, House, OperationError,
    catalog_names::Names,
    line_change::{self, ChangeAsked},
};
use ::lines::{Preview, Refusal};
use compact_str::CompactString;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use vocabulary::{LineId, Timestamp};

/// What is told of a change before.
#[derive(Clone, Debug)]
pub struct Told {
    /// What changes.
    pub doing: Doing,
    /// When, and what it costs.
    pub preview: Preview,
    /// Does it take effect now, rather than at an hour to come?
    pub is_now: bool,
    /// When its network, which is closed then, begins with it.
    pub opens: Option<Timestamp>,
    /// The names of the options that end with it.
    pub ends: Vec<String>,
    /// What of this has to be the same when it is confirmed.
    pub digest: String,
}

/// What is told of a change of a line before; `None` for a line outside the asker's scope, or where they may not.
///
/// # Errors
/// When the database fails.
pub async fn told(
    house: &House,
    actor: &Actor,
    line: LineId,
    asked: &ChangeAsked,
    language: &str,
) -> Result<Option<Result<Told, Refusal>>, OperationError> {
    let Some(previewed) = line_change::preview(house, actor, line, asked).await? else { return Ok(None) };
    let catalog = house.catalog_for(actor.scope).await?;
    let names = Names { catalog: &catalog, language };
    let now = house.clock.now();
    Ok(Some(previewed.map(|preview| tell(names.change(&asked.change), (line, preview), &names, now))))
}

pub(crate) fn tell(doing: Doing, (line, preview): (LineId, Preview), names: &Names<'_>, now: Timestamp) -> Told {
    Told {
        doing,
        is_now: preview.effect <= now,
        opens: Some(preview.runs).filter(|runs| *runs > preview.effect),
        ends: options_named(&preview.ends_options, names),
        digest: digest([(line, &preview)], now),
        preview,
    }
}

pub(crate) fn options_named(ids: &[CompactString], names: &Names<'_>) -> Vec<String> {
    ids.iter().map(|id| names.option(id)).collect()
}

/// A digest of what was told of lines. What takes effect now is the same a minute later.
pub(crate) fn digest<'p>(told: impl IntoIterator<Item = (LineId, &'p Preview)>, now: Timestamp) -> String {
    let mut hash = Sha256::new();
    for (line, preview) in told {
        let effect = Some(preview.effect.micros()).filter(|effect| *effect > now.micros());
        let runs = Some(preview.runs.micros()).filter(|_| preview.runs > preview.effect);
        let Preview { once, this_month, monthly_before, monthly_after, ends_options, asks, .. } = preview;
        let amounts = [once, this_month, monthly_before, monthly_after].map(|amount| amount.micros());
        hash.update(format!("{line} {effect:?} {runs:?} {amounts:?} {ends_options:?} {asks:?}\n"));
    }
    hash.finalize().iter().take(DIGEST_BYTES).fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes whatever is written");
        text
    })
}

/// Enough to tell two states of one line apart; nobody gains by finding two that are alike.
const DIGEST_BYTES: usize = 12;
