//! Why a text that somebody gave is not taken, in words: which sign, and what to do.

use crate::Page;
use vocabulary::LabelRefusal;

impl Page {
    /// The words; those of the field itself where nothing, or too much, was typed.
    pub(crate) fn label_words(&self, refusal: LabelRefusal, of_field: &'static str) -> String {
        match refusal {
            LabelRefusal::Empty | LabelRefusal::TooLong(_) => of_field.to_owned(),
            LabelRefusal::Unseen(sign) => self.ta("label-unseen", format!("U+{:04X}", u32::from(sign))),
            LabelRefusal::Marks(letter) => self.ta("label-marks", letter.to_string()),
            LabelRefusal::Sign(sign) => self.ta("label-sign", sign.to_string()),
            LabelRefusal::Address => self.t("label-address").to_owned(),
        }
    }
}
