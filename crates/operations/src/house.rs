//! What every operation needs: the store, the catalogues, the clock.

use catalog::{Catalog, CatalogFiles, Faults};
use std::{collections::HashMap, sync::Arc};
use store::{Store, StoreError};
use vocabulary::{Clock, OperatorId};

/// The program's one set of rooms: cheap to clone, the same for all requests.
#[derive(Clone, Debug)]
pub struct House {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    catalogs: Arc<HashMap<String, Arc<Catalog>>>,
    /// The texts that the catalogues were read from: a draft has those of its files that it does not change.
    files: Arc<CatalogFiles>,
    operators: Arc<std::sync::RwLock<HashMap<OperatorId, Arc<Catalog>>>>,
}

/// Why an operation could not be done, besides refusals that are values of their own.
#[derive(Debug, thiserror::Error)]
pub enum OperationError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A catalogue with mistakes.
    #[error(transparent)]
    Catalog(#[from] Faults),
    /// The operator has no catalogue.
    #[error("operator `{0}` has no catalogue: a folder of that name with an `operator.toml`")]
    NoCatalog(String),
    /// A line has what the catalogue does not know.
    #[error("line {line}: {what} is not in the catalogue of its operator")]
    NotInCatalogue {
        /// The line's number.
        line: String,
        /// What is not there.
        what: String,
    },
    /// The folder of usage files, or a file in it.
    #[error("the folder of usage files cannot be read or written")]
    Folder(#[from] std::io::Error),
    /// A task of the program was ended.
    #[error("the program stopped the work")]
    Stopped,
}

impl House {
    /// Loads and checks every operator's catalogue.
    ///
    /// # Errors
    /// Every mistake of the first catalogue that has some.
    pub fn new(store: Store, files: &CatalogFiles, clock: Clock) -> Result<Self, OperationError> {
        let mut catalogs = HashMap::new();
        for slug in files.operators() {
            catalogs.insert(slug.to_owned(), Arc::new(Catalog::load(files, slug)?));
        }
        Ok(Self { store, clock, catalogs: Arc::new(catalogs), files: Arc::new(files.clone()), operators: Arc::default() })
    }

    /// The catalogue of that name.
    pub fn catalog_named(&self, slug: &str) -> Result<Arc<Catalog>, OperationError> {
        self.catalogs.get(slug).cloned().ok_or_else(|| OperationError::NoCatalog(slug.to_owned()))
    }

    /// The texts that the catalogues were read from.
    pub(crate) fn catalog_files(&self) -> &CatalogFiles {
        &self.files
    }

    /// The catalogue of an operator; looked up once, because an operator keeps its name.
    pub async fn catalog(&self, operator: OperatorId) -> Result<Arc<Catalog>, OperationError> {
        let known = self.operators.read().ok().and_then(|operators| operators.get(&operator).cloned());
        if let Some(catalog) = known {
            return Ok(catalog);
        }
        let slug = self.store.operator_slug(operator).await?.unwrap_or_default();
        let catalog = self.catalog_named(&slug)?;
        if let Ok(mut operators) = self.operators.write() {
            operators.insert(operator, catalog.clone());
        }
        Ok(catalog)
    }
}
