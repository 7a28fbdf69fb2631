//! Opens what the commands share: database, catalogues, layouts.

use anyhow::{Context, anyhow, bail};
use catalog::CatalogFiles;
use mediation::Layout;
use operations::{House, seal::Seal, voicemail::SoundFolder};
use rust_embed::RustEmbed;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::Store;
use vocabulary::Clock;
use zeroize::Zeroizing;

/// The catalogues of the demo operators, within the program, so that it needs nothing beside it.
#[derive(RustEmbed)]
#[folder = "../../catalogs"]
#[include = "*.toml"]
#[include = "*.csv"]
struct ShippedCatalogs;

/// The layouts of usage files that come with the program.
#[derive(RustEmbed)]
#[folder = "../../layouts"]
#[include = "*.toml"]
struct ShippedLayouts;

/// Where the data are: options that several commands have.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct HouseArguments {
    /// The database: sqlite:PATH or postgres://USER@HOST/NAME
    #[arg(long, env = "CADRAN_DATABASE", default_value = "sqlite:cadran.db", value_name = "URL")]
    pub(crate) database: String,
    /// The folder of the catalogues; left out, those that come with the program
    #[arg(long, env = "CADRAN_CATALOGS", value_name = "DIR")]
    pub(crate) catalogs: Option<PathBuf>,
    /// A folder of layouts of usage files, beside those that come with the program
    #[arg(long, env = "CADRAN_LAYOUTS", value_name = "DIR")]
    pub(crate) layouts: Option<PathBuf>,
    /// The file of the keys that secrets in the database are sealed with, the newest first; `cadran keys new` prints one
    #[arg(long, env = "CADRAN_KEYS", value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,
    /// The folder of the voicemail's sounds, the same for every node; left out, `voicemail` beside the database where that is a file
    #[arg(long, env = "CADRAN_VOICEMAIL", value_name = "DIR")]
    pub(crate) voicemail: Option<PathBuf>,
}

impl HouseArguments {
    /// A database, with everything else as it comes with the program.
    pub(crate) fn at(database: impl Into<String>) -> Self {
        Self { database: database.into(), catalogs: None, layouts: None, keys: None, voicemail: None }
    }

    /// Opens the database and checks the catalogues.
    pub(crate) async fn open(&self) -> anyhow::Result<House> {
        let seal = self.seal()?;
        let store = Store::open(&self.database).await?;
        Ok(House::new(store, &self.catalog_files()?, Clock::system())?.with_seal(seal).with_sounds(self.sounds()))
    }

    /// The folder of the voicemail's sounds; none where nobody named one and the database is no file.
    fn sounds(&self) -> SoundFolder {
        let beside = || {
            let path = self.database.strip_prefix("sqlite:")?.trim_start_matches("//").split('?').next()?;
            Some(Path::new(path).parent()?.join("voicemail")).filter(|_| path != ":memory:")
        };
        self.voicemail.clone().or_else(beside).map(SoundFolder::at).unwrap_or_default()
    }

    /// The keys of secrets; none when no file is named.
    fn seal(&self) -> anyhow::Result<Seal> {
        let Some(path) = &self.keys else { return Ok(Seal::default()) };
        let text = fs::read_to_string(path).map(Zeroizing::new);
        let text = text.with_context(|| format!("keys `{}` cannot be read", path.display()))?;
        let seal = Seal::read(&text).with_context(|| format!("keys `{}`", path.display()))?;
        if !seal.is_there() {
            bail!("keys `{}` hold no key: add the line that `cadran keys new` prints", path.display());
        }
        Ok(seal)
    }

    pub(crate) fn catalog_files(&self) -> anyhow::Result<CatalogFiles> {
        match &self.catalogs {
            Some(folder) => Ok(CatalogFiles::read(folder)?),
            None => Ok(shipped_catalogs()),
        }
    }

    /// Every layout, by its id; one of the folder stands before one of the program.
    pub(crate) fn layouts(&self) -> anyhow::Result<BTreeMap<String, Arc<Layout>>> {
        let mut texts: Vec<(String, String)> = ShippedLayouts::iter()
            .filter_map(|name| {
                let file = ShippedLayouts::get(&name)?;
                Some((name.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
            })
            .collect();
        if let Some(folder) = &self.layouts {
            let entries =
                fs::read_dir(folder).with_context(|| format!("layouts folder `{}` cannot be read", folder.display()))?;
            for entry in entries {
                let path = entry?.path();
                if path.extension().is_some_and(|extension| extension == "toml") {
                    let text =
                        fs::read_to_string(&path).with_context(|| format!("layout `{}` cannot be read", path.display()))?;
                    texts.push((path.display().to_string(), text));
                }
            }
        }
        let mut layouts = BTreeMap::new();
        for (name, text) in texts {
            let layout = Layout::parse(&name, &text).map_err(|faults| {
                let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
                anyhow!("layout `{name}` has mistakes:\n{}", lines.join("\n"))
            })?;
            layouts.insert(layout.id().to_owned(), Arc::new(layout));
        }
        Ok(layouts)
    }

    /// The layout of that id.
    pub(crate) fn layout(&self, id: &str) -> anyhow::Result<Arc<Layout>> {
        let layouts = self.layouts()?;
        match layouts.get(id) {
            Some(layout) => Ok(layout.clone()),
            None => bail!("layout `{id}` is not one of {}", layouts.keys().cloned().collect::<Vec<_>>().join(", ")),
        }
    }
}

/// The catalogues that come with the program.
pub(crate) fn shipped_catalogs() -> CatalogFiles {
    CatalogFiles::new(ShippedCatalogs::iter().filter_map(|path| {
        let file = ShippedCatalogs::get(&path)?;
        Some((path.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
    }))
}
