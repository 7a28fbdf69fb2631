//! The names of offers, options and cut-offs in what the journal says of lines: it keeps their ids.

use crate::{Actor, House, OperationError, catalog_names::Names, journal::Noted};
use serde_json::{Map, Value};

/// What begins the word of what is done with a line.
const OF_LINES: &str = "line_";

/// The same with names in the place of ids, in a language.
///
/// # Errors
/// When the operator has no catalogue.
pub async fn named(house: &House, actor: &Actor, mut noted: Vec<Noted>, language: &str) -> Result<Vec<Noted>, OperationError> {
    let catalog = house.catalog(actor.scope.operator).await?;
    let names = Names { catalog: &catalog, language };
    for entry in noted.iter_mut().filter(|entry| entry.action.starts_with(OF_LINES)) {
        // What the database calls a SIM tells nobody anything.
        entry
            .changes
            .retain(|change| !matches!(change.what.as_str(), "to" | "sim" | "value") || change.after.parse::<i64>().is_err());
        for change in &mut entry.changes {
            for text in [&mut change.before, &mut change.after] {
                if let Some(name) = name(&names, &change.what, text) {
                    *text = name;
                }
            }
        }
    }
    Ok(noted)
}

fn name(names: &Names<'_>, what: &str, text: &str) -> Option<String> {
    let options = || text.split(", ").map(|id| names.option(id)).collect::<Vec<_>>().join(", ");
    Some(match what {
        _ if text.is_empty() => return None,
        "offer" => names.offer(text),
        "option" | "added" | "ended" | "from" | "to" => options(),
        "cutoff" => names.cutoff(text, 0)?.0,
        "cutoffs" => {
            let chosen: Map<String, Value> = serde_json::from_str(text).ok()?;
            chosen.keys().filter_map(|id| names.cutoff(id, 0)).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
        }
        _ => return None,
    })
}
