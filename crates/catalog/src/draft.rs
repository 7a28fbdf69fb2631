//! What reading one version has at hand: files, log, and the registers that were read before.

use crate::{
    Register, Version, World,
    fault::FaultLog,
    fields::{Document, Fields, read_document},
    files::CatalogFiles,
    operator::Operator,
};
use std::collections::BTreeMap;

pub(crate) struct Draft<'a> {
    pub(crate) files: &'a CatalogFiles,
    /// Which path holds each file of the version: its own, or that of the version it was last changed in.
    pub(crate) paths: &'a BTreeMap<String, String>,
    pub(crate) log: &'a FaultLog,
    pub(crate) operator: &'a Operator,
    pub(crate) world: &'a World,
    pub(crate) version: Version,
}

impl<'a> Draft<'a> {
    /// Path and text of a file of this version; a missing one is logged where it must be there.
    pub(crate) fn file(&self, name: &str, required: bool) -> Option<(&'a str, &'a str)> {
        let found = self.paths.get(name).and_then(|path| Some((path.as_str(), self.files.get(path)?)));
        if found.is_none() && required {
            let path = format!("{}/{}/{name}", self.operator.id, self.version.effective);
            self.log.add_to_file(&path, "is missing, and no earlier version has it");
        }
        found
    }

    /// The `[[entry]]` tables of a TOML file of this version, each read and kept under its id.
    pub(crate) fn register<T>(
        &self,
        (file, required): (&str, bool),
        entry: &'static str,
        read: impl Fn(&mut Fields<'_, '_>, &Draft<'_>) -> T,
    ) -> Register<T> {
        let mut register = Register::default();
        self.each((file, required), entry, |fields| {
            let id = fields.id();
            let item = read(fields, self);
            register.add(&id, item, self.log);
        });
        register
    }

    /// Hands each `[[entry]]` table of a TOML file of this version to `read`.
    pub(crate) fn each(&self, (file, required): (&str, bool), entry: &'static str, mut read: impl FnMut(&mut Fields<'_, '_>)) {
        let Some((path, text)) = self.file(file, required) else { return };
        let document = Document::new((path, text), self.log, &self.operator.languages);
        read_document(&document, |root| {
            for mut fields in root.tables(entry) {
                read(&mut fields);
                fields.finish();
            }
        });
    }
}
