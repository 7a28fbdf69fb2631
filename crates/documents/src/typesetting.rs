//! Pages out of facts: the one place that knows Typst. A template (`templates/*.typ`) is given its facts as JSON and comes back as a tagged
//! PDF/A-3b that is PDF/UA-1 too. It reads no file, no clock and no network: the same facts make the same bytes.
//!
//! It does not know what a document says; the words and the figures come made from the caller.

use crate::DocumentError;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use std::{collections::HashSet, sync::LazyLock};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// What Typst remembers of the documents before is forgotten once so many were set that did not ask for it: what all share is kept, and the
/// memory stays small.
const FORGET_AFTER: usize = 2;

/// The templates, by their paths.
const TEMPLATES: [(&str, &str); 6] = [
    ("/look.typ", include_str!("../templates/look.typ")),
    ("/front.typ", include_str!("../templates/front.typ")),
    ("/details.typ", include_str!("../templates/details.typ")),
    ("/invoice.typ", include_str!("../templates/invoice.typ")),
    ("/annex.typ", include_str!("../templates/annex.typ")),
    ("/statement.typ", include_str!("../templates/statement.typ")),
];

/// Stands for each sign that the fonts do not have, such as a Chinese one: a PDF/A may not leave one out unseen.
const MISSING_SIGN: char = '□';

const FONTS: [&[u8]; 2] = [include_bytes!("../fonts/Inter-Regular.ttf"), include_bytes!("../fonts/Inter-SemiBold.ttf")];

/// What every document shares, made once a process.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// What all fonts have.
    signs: HashSet<char>,
    sources: Vec<Source>,
    facts: FileId,
    logo: FileId,
    attachment: FileId,
}

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().flat_map(|font| Font::iter(Bytes::new(*font))).collect();
    Press {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        signs: signs(&fonts),
        fonts,
        sources: TEMPLATES.iter().map(|(path, text)| Source::new(file(path), (*text).to_owned())).collect(),
        facts: file("/facts.json"),
        logo: file("/logo.png"),
        attachment: file("/factur-x.xml"),
    }
});

fn signs(fonts: &[Font]) -> HashSet<char> {
    let of = |font: &Font| font.info().coverage.iter().filter_map(char::from_u32).collect::<HashSet<char>>();
    fonts.iter().map(of).reduce(|all, next| all.intersection(&next).copied().collect()).unwrap_or_default()
}

static STANDARDS: LazyLock<PdfStandards> = LazyLock::new(|| {
    PdfStandards::new(&[PdfStandard::A_3b, PdfStandard::Ua_1]).expect("archiving and accessibility agree on PDF 1.7")
});

fn file(path: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).expect("the paths of the templates are plain")).intern()
}

/// Which template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// `templates/invoice.typ`.
    Invoice,
    /// `templates/annex.typ`.
    Annex,
    /// `templates/statement.typ`.
    Statement,
}

/// A document to be set.
pub(crate) struct Job<'a, Facts> {
    /// How.
    pub template: Template,
    /// What it says; the template reads it as `facts`.
    pub facts: &'a Facts,
    /// A PNG, where there is one.
    pub logo: Option<&'a [u8]>,
    /// A file that travels within, where there is one.
    pub attachment: Option<String>,
    /// What makes its identifier within the PDF: the number of the document.
    pub identity: &'a str,
    /// The day that it says it was made on.
    pub day: Date,
}

/// One document's view of the press.
struct Sheet {
    main: FileId,
    facts: Bytes,
    logo: Option<Bytes>,
    attachment: Option<Bytes>,
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &PRESS.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &PRESS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        PRESS.sources.iter().find(|source| source.id() == id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = match id {
            id if id == PRESS.facts => Some(self.facts.clone()),
            id if id == PRESS.logo => self.logo.clone(),
            id if id == PRESS.attachment => self.attachment.clone(),
            _ => None,
        };
        found.ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        PRESS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_with_slash().into())
}

/// Sets a document.
///
/// # Errors
/// Where Typst refuses it, as for a logo that is no PNG.
pub(crate) fn set<Facts: Serialize>(job: Job<'_, Facts>) -> Result<Vec<u8>, DocumentError> {
    let main = file(match job.template {
        Template::Invoice => "/invoice.typ",
        Template::Annex => "/annex.typ",
        Template::Statement => "/statement.typ",
    });
    let facts = readable(job.facts).map_err(|error| DocumentError::Typesetting(error.to_string()))?;
    let logo = job.logo.map(|png| Bytes::new(png.to_vec()));
    let sheet = Sheet { main, facts: Bytes::from_string(facts), logo, attachment: job.attachment.map(Bytes::from_string) };
    let pages = typst::compile::<PagedDocument>(&sheet).output.map_err(|errors| refused(&errors))?;
    let midnight = Datetime::from_ymd_hms(job.day.year().into(), month_of(job.day), day_of(job.day), 0, 0, 0);
    let options = PdfOptions {
        ident: Smart::Custom(job.identity.to_owned()),
        creator: Smart::Custom(None),
        timestamp: midnight.map(Timestamp::new_utc),
        standards: STANDARDS.clone(),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&pages, &options).map_err(|errors| refused(&errors));
    comemo::evict(FORGET_AFTER);
    bytes
}

/// The facts as JSON, in signs that the fonts have.
fn readable<Facts: Serialize>(facts: &Facts) -> serde_json::Result<String> {
    let text = serde_json::to_string(facts)?;
    // Control signs stand escaped in it, as `\u000b`.
    if !text.contains("\\u00") && text.chars().all(is_readable) {
        return Ok(text);
    }
    let mut facts: Value = serde_json::from_str(&text)?;
    make_readable(&mut facts);
    serde_json::to_string(&facts)
}

/// Does a page show this sign? Fonts claim to have some that nobody sees, or that everybody means otherwise.
fn is_readable(sign: char) -> bool {
    match sign {
        ' '..='~' => true,
        '\u{feff}' | '\u{fffe}' | '\u{e000}'..='\u{f8ff}' => false,
        sign => !sign.is_control() && PRESS.signs.contains(&sign),
    }
}

fn make_readable(facts: &mut Value) {
    match facts {
        Value::String(text) => {
            let shown = |sign: char| match sign {
                sign if is_readable(sign) => Some(sign),
                sign if sign.is_whitespace() => Some(' '),
                sign if sign.is_control() || sign == '\u{feff}' => None,
                _ => Some(MISSING_SIGN),
            };
            *text = text.chars().filter_map(shown).collect();
        }
        Value::Array(items) => items.iter_mut().for_each(make_readable),
        Value::Object(fields) => fields.values_mut().for_each(make_readable),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn month_of(day: Date) -> u8 {
    day.month().unsigned_abs()
}

fn day_of(day: Date) -> u8 {
    day.day().unsigned_abs()
}

fn refused(errors: &[SourceDiagnostic]) -> DocumentError {
    let first = errors.first().map(|error| {
        let hints = error.hints.iter().map(|hint| format!(" ({})", hint.v)).collect::<String>();
        format!("{}{hints}", error.message)
    });
    DocumentError::Typesetting(first.unwrap_or_default())
}
