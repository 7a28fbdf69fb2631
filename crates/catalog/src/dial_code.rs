//! The codes that are dialled on an operator's fixed lines, because operators differ.

use crate::draft::Draft;
use telephony::dial_code::{DialCode, DialCodes, Does};

/// Reads the table: each code with the word of what it does.
pub(crate) fn read(draft: &Draft<'_>) -> DialCodes {
    let mut table = DialCodes::default();
    draft.each(("dial_codes.toml", false), "dial_code", |fields| {
        let (code, does) = (fields.required("code"), fields.required("does"));
        let Some((_, does)) = Does::WORDS.iter().find(|(word, _)| *word == does.text) else {
            let known = Does::WORDS.map(|(word, _)| word).join(", ");
            fields.fault("does", format!("`{}` is not one of {known}", does.text));
            return;
        };
        let added = DialCode { pattern: code.text.into(), does: *does };
        match DialCodes::new(table.iter().cloned().chain([added]).collect()) {
            Ok(longer) => table = longer,
            Err(fault) => fields.fault("code", fault.to_string()),
        }
    });
    table
}
