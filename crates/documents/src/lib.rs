//! Decided facts become bytes: invoices for people (PDF) and for machines (Factur-X, UBL), statements, files for banks; and what banks send back
//! becomes facts. It decides nothing: what an invoice says was decided by `billing` and is frozen.

pub mod invoice;
pub mod sepa;
pub mod statement;

mod language;
mod typesetting;
mod xml;

/// Why a document cannot be made.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DocumentError {
    /// None of the four.
    #[error("language `{0}` is not one of fr, nl, de, en")]
    Language(String),
    /// Typst refuses it: mostly a logo that is no PNG.
    #[error("cannot set the document: {0}")]
    Typesetting(String),
    /// The PDF is not as Typst has always written it.
    #[error("cannot mark the PDF as Factur-X: {0}")]
    Metadata(&'static str),
    /// Facts that the format has no place for.
    #[error("invoice `{number}` cannot be written: {reason}")]
    Facts {
        /// Which invoice.
        number: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}
