//! What every operation needs: the store, the catalogues, the clock.

use crate::{
    mail::Mailbox,
    network_callback::NetworkCallbacks,
    payment_provider::PaymentProviders,
    payment_sandbox::PaymentSandbox,
    profile_servers::ProfileServers,
    seal::{Seal, SealError},
    voicemail::SoundFolder,
};
use catalog::{Catalog, CatalogFiles, Faults};
use std::{collections::HashMap, sync::Arc};
use store::{RetailState, Store, StoreError};
use tokio::sync::{Notify, watch};
use vocabulary::{Clock, OperatorId, ResellerId};

/// So many ids are reserved at once.
const IDS_OF_A_BLOCK: usize = 1_000;

/// The program's one set of rooms: cheap to clone, the same for all requests.
#[derive(Clone, Debug)]
pub struct House {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// The keys of secrets at rest; none where nobody named any.
    pub seal: Seal,
    /// Where the mails of a demonstration are looked at; none elsewhere.
    pub mailbox: Option<Arc<dyn Mailbox>>,
    /// The ways to the operators' eSIM profile servers.
    pub profile_servers: ProfileServers,
    /// The networks that call back, each with what proves that it is the one.
    pub network_callbacks: NetworkCallbacks,
    /// The ways in which who issues invoices is paid by card.
    pub payment_providers: PaymentProviders,
    /// The page of a demonstration's payment provider; none elsewhere.
    pub payment_sandbox: Option<Arc<dyn PaymentSandbox>>,
    /// Where the sounds of the voicemail lie.
    pub sounds: SoundFolder,
    /// On which port the sites are found without encryption, in a demonstration; none where they are found as sites are.
    pub plain_port: Option<u16>,
    mail_posted: Arc<Notify>,
    text_posted: Arc<Notify>,
    lives_changed: Arc<Notify>,
    telephones_changed: watch::Sender<()>,
    /// Ids that are reserved and not given yet.
    ids: Arc<std::sync::Mutex<std::ops::Range<i64>>>,
    esims_changed: Arc<Notify>,
    bills_asked: Arc<Notify>,
    catalogs: Arc<HashMap<String, Arc<Catalog>>>,
    /// The texts that the catalogues were read from: a draft has those of its files that it does not change.
    files: Arc<CatalogFiles>,
    operators: Arc<std::sync::RwLock<HashMap<OperatorId, Arc<Catalog>>>>,
    pub(crate) retail: Arc<std::sync::RwLock<RetailCatalogs>>,
}

/// Catalogues at resellers' prices, each with the state that it was made of.
type RetailCatalogs = HashMap<ResellerId, (RetailState, Arc<Catalog>)>;

/// Why an operation could not be done, besides refusals that are values of their own.
#[derive(Debug, thiserror::Error)]
pub enum OperationError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A catalogue with mistakes.
    #[error(transparent)]
    Catalog(#[from] Faults),
    /// A secret that cannot be sealed or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
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
    /// The folder of the voicemail's sounds, or a file in it.
    #[error("the folder of the voicemail's sounds cannot be read or written")]
    Sounds(#[source] std::io::Error),
    /// Nobody named it.
    #[error("no folder is named for the sounds of the voicemail: name one with --voicemail")]
    NoSounds,
    /// What is kept of a passkey, or its host name, cannot be read.
    #[error("a passkey cannot be read or asked for")]
    Passkey(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Others changed it each time that it was decided.
    #[error("too many others change the same lines: try again")]
    Contended,
    /// A line is not as its own state says.
    #[error("line {0} is not as its state says")]
    Life(vocabulary::LineId, #[source] lines::LifeFault),
    /// A document that cannot be made.
    #[error(transparent)]
    Document(#[from] documents::DocumentError),
    /// A file that no bank would take.
    #[error(transparent)]
    BankFile(#[from] documents::sepa::SepaFileRefusal),
    /// A task of the program was ended.
    #[error("the program stopped the work")]
    Stopped,
}

impl OperationError {
    pub(crate) const fn of_line(line: vocabulary::LineId, fault: lines::LifeFault) -> Self {
        Self::Life(line, fault)
    }

    pub(crate) fn passkey(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Passkey(Box::new(error))
    }
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
        Ok(Self {
            store,
            clock,
            seal: Seal::default(),
            mailbox: None,
            profile_servers: ProfileServers::default(),
            network_callbacks: NetworkCallbacks::default(),
            payment_providers: PaymentProviders::default(),
            payment_sandbox: None,
            sounds: SoundFolder::default(),
            plain_port: None,
            mail_posted: Arc::default(),
            text_posted: Arc::default(),
            lives_changed: Arc::default(),
            telephones_changed: watch::Sender::default(),
            ids: Arc::default(),
            esims_changed: Arc::default(),
            bills_asked: Arc::default(),
            catalogs: Arc::new(catalogs),
            files: Arc::new(files.clone()),
            operators: Arc::default(),
            retail: Arc::default(),
        })
    }

    /// The same house under another clock: what is done as of another hour, and by nobody who serves.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// The same house with keys for its secrets.
    #[must_use]
    pub fn with_seal(self, seal: Seal) -> Self {
        Self { seal, ..self }
    }

    /// The same house with a mailbox that is looked at.
    #[must_use]
    pub fn with_mailbox(self, mailbox: Arc<dyn Mailbox>) -> Self {
        Self { mailbox: Some(mailbox), ..self }
    }

    /// The same house with ways to eSIM profile servers.
    #[must_use]
    pub fn with_profile_servers(self, profile_servers: ProfileServers) -> Self {
        Self { profile_servers, ..self }
    }

    /// The same house with networks that call back.
    #[must_use]
    pub fn with_network_callbacks(self, network_callbacks: NetworkCallbacks) -> Self {
        Self { network_callbacks, ..self }
    }

    /// The same house with ways to be paid by card.
    #[must_use]
    pub fn with_payment_providers(self, payment_providers: PaymentProviders) -> Self {
        Self { payment_providers, ..self }
    }

    /// The same house as a demonstration, whose sites are found on a port of this machine.
    #[must_use]
    pub fn on_plain_port(self, port: u16) -> Self {
        Self { plain_port: Some(port), ..self }
    }

    /// Where the site of a host name is found: scheme and host, for the links of what nobody's request brought about.
    pub fn site(&self, host: &str) -> String {
        match self.plain_port {
            None => format!("https://{host}"),
            Some(80) => format!("http://{host}"),
            Some(port) => format!("http://{host}:{port}"),
        }
    }

    /// The same house with the page of a demonstration's payment provider.
    #[must_use]
    pub fn with_payment_sandbox(self, sandbox: Arc<dyn PaymentSandbox>) -> Self {
        Self { payment_sandbox: Some(sandbox), ..self }
    }

    /// The same house with a folder for the sounds of the voicemail.
    #[must_use]
    pub fn with_sounds(self, sounds: SoundFolder) -> Self {
        Self { sounds, ..self }
    }

    /// Says that a mail or a text message was posted, after its commit: whoever delivers in this process looks at once.
    pub fn mail_posted(&self) {
        self.mail_posted.notify_one();
        self.text_posted.notify_one();
    }

    /// Waits until a text message may have been posted in this process.
    pub(crate) async fn text_waits(&self) {
        self.text_posted.notified().await;
    }

    /// Waits until a mail was posted in this process.
    pub(crate) async fn mail_waits(&self) {
        self.mail_posted.notified().await;
    }

    /// So many ids in a row for what comes of lines; the first of them. They are reserved in blocks: what a program that ends has left of one is
    /// lost, and no harm is done.
    pub(crate) async fn next_ids(&self, count: usize) -> Result<i64, OperationError> {
        let count_ids = i64::try_from(count).unwrap_or(i64::MAX);
        let given = |ids: &mut std::ops::Range<i64>| {
            let first = ids.start;
            (ids.end - first >= count_ids).then(|| {
                ids.start += count_ids;
                first
            })
        };
        let first = self.ids.lock().ok().and_then(|mut ids| given(&mut ids));
        if let Some(first) = first {
            return Ok(first);
        }
        let block = count.max(IDS_OF_A_BLOCK);
        let start = self.store.reserve_ids(block).await?;
        let mut fresh = start..start + i64::try_from(block).unwrap_or(i64::MAX);
        let first = given(&mut fresh).unwrap_or(start);
        if let Ok(mut ids) = self.ids.lock() {
            *ids = fresh;
        }
        Ok(first)
    }

    /// Says that lines changed, after their commit: whoever sends to networks in this process looks at once.
    pub(crate) fn lives_changed(&self) {
        self.lives_changed.notify_one();
        // A line may want an eSIM profile since, or no more.
        self.esims_changed();
    }

    /// Says that what is set of a telephone changed, after its commit.
    pub(crate) fn telephones_changed(&self) {
        self.telephones_changed.send_replace(());
    }

    /// Hears when what is set of some telephone changes in this process.
    pub fn watch_telephones(&self) -> watch::Receiver<()> {
        self.telephones_changed.subscribe()
    }

    /// Says that something is wanted of an eSIM profile, after its commit.
    pub(crate) fn esims_changed(&self) {
        self.esims_changed.notify_one();
    }

    /// Says that a bill run was asked for, after its commit.
    pub(crate) fn bills_asked(&self) {
        self.bills_asked.notify_one();
    }

    /// Waits until a bill run was asked for in this process.
    pub(crate) async fn bills_wait(&self) {
        self.bills_asked.notified().await;
    }

    /// Waits until something may be wanted of an eSIM profile in this process.
    pub(crate) async fn esim_waits(&self) {
        self.esims_changed.notified().await;
    }

    /// Waits until lines changed in this process.
    pub(crate) async fn life_waits(&self) {
        self.lives_changed.notified().await;
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
