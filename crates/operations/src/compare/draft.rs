//! A draft of the catalogue that somebody hands in: some of its files, which replace those in force, checked as the catalogue itself is
//! (RAT-13).

use super::{
    Cost, DraftComparison, MONTHS, OnProgress, compare_draft,
    desk::BeginRefusal,
    offers::{a_month, minus, plus},
};
use crate::{
    House, OperationError, Scope,
    lines::Namer,
    rate_again::{RateAgainError, Whose},
};
use catalog::{Catalog, Fault, Faults, Version};
use std::collections::BTreeSet;
use vocabulary::{Money, Month};

/// The most files of a draft: there are not so many sorts of them.
pub const MOST_DRAFT_FILES: usize = 20;
/// The most bytes of a draft, all files together: a price list of some ten thousand rows.
pub const LARGEST_DRAFT: usize = 2_000_000;
/// The longest name of a file that is repeated to whoever gave it, in characters.
const LONGEST_NAME: usize = 100;

/// Why a draft is not calculated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftRefusal {
    /// No file was chosen.
    NoFile,
    /// There are more files than a catalogue has.
    TooManyFiles,
    /// They are larger than is taken.
    TooLarge,
    /// What is wrong with it, by file and line.
    Faults(Vec<Fault>),
    /// It could not be begun.
    NotBegun(BeginRefusal),
}

/// The files of a draft as they come in, within their limits.
#[derive(Clone, Debug, Default)]
pub struct DraftFiles {
    files: Vec<(String, Vec<u8>)>,
    bytes: usize,
}

impl DraftFiles {
    /// Begins a file.
    ///
    /// # Errors
    /// When there are too many.
    pub fn begin(&mut self, name: &str) -> Result<(), DraftRefusal> {
        if self.files.len() >= MOST_DRAFT_FILES {
            return Err(DraftRefusal::TooManyFiles);
        }
        // Some browsers tell the way to a file; only its name counts.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        self.files.push((name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect(), Vec::new()));
        Ok(())
    }

    /// Takes the next piece of the file that was begun.
    ///
    /// # Errors
    /// When all are too large.
    pub fn write(&mut self, piece: &[u8]) -> Result<(), DraftRefusal> {
        self.bytes += piece.len();
        if self.bytes > LARGEST_DRAFT {
            return Err(DraftRefusal::TooLarge);
        }
        if let Some((_, text)) = self.files.last_mut() {
            text.extend_from_slice(piece);
        }
        Ok(())
    }

    /// The texts by name, or what is wrong with the files before anybody reads what they say.
    fn texts(self) -> Result<Vec<(String, String)>, DraftRefusal> {
        if self.files.is_empty() {
            return Err(DraftRefusal::NoFile);
        }
        let (mut names, mut texts, mut faults) = (BTreeSet::new(), Vec::new(), Vec::new());
        for (name, bytes) in self.files {
            let text = String::from_utf8(bytes);
            let is_first = names.insert(name.clone());
            let reason = match (&text, is_first) {
                (_, false) => "is given twice",
                (Err(_), _) => "is not a text in UTF-8",
                (Ok(_), true) => "",
            };
            match text {
                Ok(text) if reason.is_empty() => texts.push((name, text)),
                _ => faults.push(Fault { file: name, line: 0, field: String::new(), reason: reason.to_owned() }),
            }
        }
        if faults.is_empty() { Ok(texts) } else { Err(DraftRefusal::Faults(faults)) }
    }
}

/// A draft without mistake.
pub(super) struct Draft {
    pub(super) files: Vec<String>,
    pub(super) catalog: Catalog,
}

/// Reads a draft as the version that takes effect tomorrow: what it does not bring is as in the version in force. Versions that are
/// still to come are left out.
pub(super) async fn read(house: &House, scope: Scope, files: DraftFiles) -> Result<Result<Draft, DraftRefusal>, OperationError> {
    let texts = match files.texts() {
        Ok(texts) => texts,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let catalog = house.catalog(scope.operator).await?;
    let now = house.clock.now();
    let today = now.to_local(&catalog.operator.time_zone).date();
    let effective = today.max(catalog.version_at(now).effective).tomorrow().unwrap_or(today);
    let slug = catalog.operator.id.clone();
    let files = texts.iter().map(|(name, _)| name.clone()).collect();
    let house = house.clone();
    let loaded = tokio::task::spawn_blocking(move || {
        let drafted = house.catalog_files().with_draft(&slug, effective, texts);
        Catalog::load(&drafted, &slug).map_err(|Faults(mut faults)| {
            let folder = (format!("{slug}/{effective}/"), format!("{slug}/"));
            // Mistakes in other files mostly come of those in the draft's own.
            faults.sort_by_key(|fault| !fault.file.starts_with(&folder.0));
            faults.into_iter().map(|fault| within(fault, &folder)).collect()
        })
    });
    let loaded = loaded.await.map_err(|_| OperationError::Stopped)?;
    Ok(loaded.map(|catalog| Draft { files, catalog }).map_err(DraftRefusal::Faults))
}

/// A mistake with the name of the file as it was given, without the folder that it was put into.
fn within(fault: Fault, (drafted, operator): &(String, String)) -> Fault {
    let file = fault.file.strip_prefix(drafted.as_str()).or_else(|| fault.file.strip_prefix(operator.as_str()));
    Fault { file: file.unwrap_or(&fault.file).to_owned(), ..fault }
}

/// The names of the files that a draft may have.
pub(super) fn file_names() -> Vec<&'static str> {
    Version::file_names().collect()
}

/// What the lines of an offer would have cost under a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferDifference {
    /// The offer, by id.
    pub offer: String,
    /// How many lines have it.
    pub lines: u64,
    /// What the months cost them under the version in force.
    pub now: Cost,
    /// What they would cost under the draft.
    pub draft: Cost,
}

impl OfferDifference {
    /// What the draft would earn; below zero, what it would cost.
    pub fn earned(&self) -> Money {
        minus(self.draft.total(), self.now.total())
    }

    /// Does the draft hold back more than the version in force?
    pub fn serves_less(&self) -> bool {
        !self.draft.serves_as_well_as(&self.now)
    }
}

/// What a draft would earn or cost. Amounts are of all the months together, without VAT.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftFound {
    /// The files of the draft.
    pub files: Vec<String>,
    /// The months that were compared, earliest first.
    pub months: BTreeSet<Month>,
    /// By offer, the largest differences first.
    pub offers: Vec<OfferDifference>,
}

impl DraftFound {
    fn new(files: Vec<String>, found: DraftComparison) -> Self {
        let difference = |(offer, found): (String, super::DraftDifference)| OfferDifference {
            offer,
            lines: found.lines,
            now: found.now,
            draft: found.draft,
        };
        let mut offers: Vec<OfferDifference> = found.offers.into_iter().map(difference).collect();
        offers.sort_by_key(|offer| (std::cmp::Reverse(offer.earned().micros().unsigned_abs()), offer.offer.clone()));
        Self { files, months: found.months, offers }
    }

    /// How many lines were compared.
    pub fn lines(&self) -> u64 {
        self.offers.iter().map(|offer| offer.lines).sum()
    }

    /// What all cost under the version in force.
    pub fn now(&self) -> Money {
        self.offers.iter().map(|offer| offer.now.total()).fold(Money::ZERO, plus)
    }

    /// What all would cost under the draft.
    pub fn draft(&self) -> Money {
        self.offers.iter().map(|offer| offer.draft.total()).fold(Money::ZERO, plus)
    }

    /// What the draft would earn; below zero, what it would cost.
    pub fn earned(&self) -> Money {
        minus(self.draft(), self.now())
    }

    /// The same, a month.
    pub fn earned_a_month(&self) -> Money {
        a_month(self.earned(), self.months.len())
    }

    /// What people call the offers, in the order of the offers.
    pub(super) async fn names(&self, house: &House, scope: Scope, language: &str) -> Result<Vec<String>, OperationError> {
        let catalog = house.catalog(scope.operator).await?;
        let (namer, now) = (Namer { catalog: &catalog, language }, house.clock.now());
        Ok(self.offers.iter().map(|offer| namer.offer(&offer.offer, now)).collect())
    }
}

/// Compares the lines that are meant. Blocking, as [`compare_draft`] is.
pub(super) fn find(
    house: &House,
    scope: Scope,
    (whose, draft): (&Whose, Draft),
    on_progress: &OnProgress<'_>,
) -> Result<DraftFound, RateAgainError> {
    let found = compare_draft(house, scope, (whose, MONTHS), &draft.catalog, on_progress)?;
    if found.offers.is_empty() {
        return Err(RateAgainError::Nobody("everybody".to_owned()));
    }
    Ok(DraftFound::new(draft.files, found))
}
