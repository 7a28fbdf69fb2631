//! A small operator on a fresh database, for a test to act on.

use catalog::CatalogFiles;
use mediation::Layout;
use operations::{
    Actor, House, NewBrand, NewCustomer, NewLine, NewOperator, Scope,
    permission::Role,
    provision,
    usage_import::{ImportError, ImportReport, Interrupt, importing},
};
use std::{
    cell::Cell,
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::Store;
use vocabulary::{Clock, LoginId, OperatorId, SessionId, Timestamp};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A house with the repository's catalogues, on a database, at an hour.
pub(crate) async fn house(url: &str, now: &str) -> House {
    let files = CatalogFiles::read(&root().join("catalogs")).expect("the catalogues can be read");
    let store = Store::open(url).await.expect("a fresh database opens");
    House::new(store, &files, Clock::held_at(at(now))).expect("the catalogues have no mistake")
}

/// The same with one more line in an operator's `operator.toml`.
pub(crate) async fn house_with(url: &str, now: &str, (slug, line): (&str, &str)) -> House {
    let catalogs = root().join("catalogs");
    let (mut files, mut folders) = (Vec::new(), vec![catalogs.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the catalogues can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&catalogs).expect("it is below").display().to_string();
            let added = if name == format!("{slug}/operator.toml") { line } else { "" };
            files.push((name, format!("{added}\n{}", fs::read_to_string(&path).expect("a text"))));
        }
    }
    let store = Store::open(url).await.expect("a fresh database opens");
    House::new(store, &CatalogFiles::new(files), Clock::held_at(at(now))).expect("the catalogues have no mistake")
}

/// Somebody of the operator who may see what a scope does, in a role.
pub(crate) fn actor(scope: Scope, role: Role) -> Actor {
    Actor {
        login: LoginId(1),
        session: SessionId(1),
        scope,
        role,
        name: "Noé Garnier".into(),
        party: "Grand Large".into(),
        owner: (None, None),
        proved: Timestamp::EPOCH,
        address: "192.0.2.7".into(),
    }
}

/// What an entry of the journal says that is now.
pub(crate) fn after(entry: &store::Entry) -> serde_json::Value {
    serde_json::from_str(entry.after.as_deref().unwrap_or_default()).expect("JSON")
}

/// An instant written as RFC 3339.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse::<jiff::Timestamp>().expect("an instant").into()
}

/// A layout of the repository.
pub(crate) fn layout(id: &str) -> Arc<Layout> {
    let path = root().join(format!("layouts/{id}.toml"));
    let text = fs::read_to_string(&path).expect("a layout of the repository");
    Arc::new(Layout::parse(id, &text).expect("a layout without mistake"))
}

/// A fixed line of the municipal operator.
pub(crate) fn fixed_line(number: &str, identities: &[&str]) -> NewLine {
    line(number, identities, ("fixed", "vallee", "fixed-metered"))
}

/// A line in service since 2020.
pub(crate) fn line(number: &str, identities: &[&str], sold: (&str, &str, &str)) -> NewLine {
    let identities = identities.iter().map(|&identity| identity.to_owned()).collect();
    NewLine { identities, ..NewLine::in_service(number, sold, at("2020-01-01T00:00:00Z")) }
}

/// An operator with one customer of these lines.
pub(crate) async fn operator(house: &House, slug: &str, lines: Vec<NewLine>) -> OperatorId {
    let customers = vec![NewCustomer::household("V100001", "Famille Test", lines)];
    let brands = vec![NewBrand {
        host: format!("{slug}.example"),
        reseller: None,
        name: slug.to_owned(),
        colour: "#0f766e".to_owned(),
        contact: String::new(),
    }];
    let new = NewOperator { slug: slug.to_owned(), name: slug.to_owned(), customers, brands, ..NewOperator::default() };
    provision(house, &new).await.expect("a valid operator")
}

/// Takes a file in.
pub(crate) async fn import(house: &House, operator: OperatorId, layout_id: &str, path: &Path) -> Result<ImportReport, String> {
    import_with(house, operator, layout_id, path, Interruption::default()).await
}

/// How an import is ended on the way: batches of so many records, interrupted once so many of them are decided.
#[derive(Clone, Copy, Default)]
pub(crate) struct Interruption {
    pub(crate) records_a_batch: Option<NonZeroUsize>,
    pub(crate) after_batches: Option<u32>,
}

/// Takes a file in, or as much of it as the interruption lets.
pub(crate) async fn import_with(
    house: &House,
    operator: OperatorId,
    layout_id: &str,
    path: &Path,
    interruption: Interruption,
) -> Result<ImportReport, String> {
    let catalog = house.catalog(operator).await.expect("the operator has a catalogue");
    let (house, layout, path) = (house.clone(), layout(layout_id), path.to_owned());
    tokio::task::spawn_blocking(move || {
        let (interrupt, batches) = (Interrupt::default(), Cell::new(0));
        let on_progress = |_| {
            batches.set(batches.get() + 1);
            if Some(batches.get()) == interruption.after_batches {
                interrupt.ask();
            }
        };
        importing(&house, &catalog, operator, interrupt.clone(), |importer| {
            if let Some(records) = interruption.records_a_batch {
                importer.hold_at_most(records);
            }
            importer.take(&layout, &path, &on_progress)
        })
        .map_err(|error: ImportError| error.to_string())
    })
    .await
    .expect("the import does not panic")
}

/// The repository's catalogues with a text in one of their files replaced.
pub(crate) fn catalogs_with(file: &str, from: &str, to: &str) -> CatalogFiles {
    catalogs_changed(&[(file, from, to)])
}

/// The same with several texts replaced, each by its file.
pub(crate) fn catalogs_changed(changes: &[(&str, &str, &str)]) -> CatalogFiles {
    let folder = root().join("catalogs");
    let mut texts = Vec::new();
    add_texts(&folder, &folder, &mut texts);
    for (file, from, to) in changes {
        let (_, text) = texts.iter_mut().find(|(path, _)| path == file).expect("a file of the catalogues");
        assert!(text.contains(from), "`{from}` is not in {file}");
        *text = text.replace(from, to);
    }
    CatalogFiles::new(texts)
}

fn add_texts(root: &Path, folder: &Path, texts: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of catalogues") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            add_texts(root, &path, texts);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let name = path.strip_prefix(root).expect("it lies within").display().to_string();
            texts.push((name, text));
        }
    }
}

/// A mail that waits, opened: to whom, in which template and language, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opened {
    pub(crate) to: String,
    pub(crate) template: String,
    pub(crate) language: String,
    pub(crate) said: serde_json::Value,
}

/// The mails that were written since the last time, in their order.
pub(crate) async fn opened(house: &House) -> Vec<Opened> {
    let now = house.clock.now();
    let claim = store::MailClaim { holder: "test", now, until: now.plus_seconds(366 * 86_400), most: 1_000 };
    let mut claimed = house.store.claim_mails(claim).await.expect("the database answers");
    claimed.sort_by_key(|mail| mail.id);
    let open = |mail: store::ClaimedMail| {
        let place = operations::seal::Place { table: "mail", column: "arguments", row: &mail.kept.message_id };
        let said = house.seal.open(place, mail.arguments.as_deref().unwrap_or_default()).expect("it was sealed here");
        let said = serde_json::from_slice(&said).expect("JSON");
        Opened { to: mail.kept.recipient, template: mail.kept.template, language: mail.kept.language, said }
    };
    claimed.into_iter().map(open).collect()
}

/// The same house with keys of its own.
pub(crate) fn sealed(house: House) -> House {
    let line = operations::seal::Seal::fresh_line(Some("k1")).expect("there is chance");
    house.with_seal(operations::seal::Seal::read(line.as_str()).expect("a key"))
}
