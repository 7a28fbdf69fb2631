//! Runs `validate.py` in the environment that `cargo xtask test` makes.

use std::{
    collections::BTreeMap,
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The rules that a document is held against.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rules {
    /// EN 16931 in UN/CEFACT's syntax.
    Cii,
    /// The same and the French rules.
    CiiFrench,
    /// EN 16931 in UBL.
    Ubl,
    /// A Factur-X file.
    Pdf,
    /// A Factur-X file of a French seller.
    PdfFrench,
}

impl Rules {
    const fn word(self) -> &'static str {
        match self {
            Self::Cii => "cii",
            Self::CiiFrench => "cii-fr",
            Self::Ubl => "ubl",
            Self::Pdf => "pdf",
            Self::PdfFrench => "pdf-fr",
        }
    }
}

/// Documents that wait to be validated, together: the rules are slow to read.
pub(crate) struct Batch {
    folder: PathBuf,
    lines: String,
    count: usize,
}

impl Batch {
    /// An empty one; its documents stay in a folder of this name for whoever wants to look at them.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).unwrap();
        Self { folder, lines: String::new(), count: 0 }
    }

    /// Adds a document.
    pub(crate) fn add(&mut self, name: &str, rules: Rules, document: &[u8]) {
        let extension = if document.starts_with(b"%PDF") { "pdf" } else { "xml" };
        let path = self.folder.join(format!("{name}.{extension}"));
        fs::write(&path, document).unwrap();
        self.lines += &format!("{name} {} {}\n", rules.word(), path.display());
        self.count += 1;
    }

    /// What is wrong, by the names of the documents; those with nothing wrong are not in it.
    pub(crate) fn failures(self) -> BTreeMap<String, Vec<String>> {
        let mut program = script().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the environment has a Python");
        program.stdin.take().unwrap().write_all(self.lines.as_bytes()).unwrap();
        let output = program.wait_with_output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "the validators failed:\n{said}");
        let mut failures: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let (last, rest) =
            said.lines().collect::<Vec<_>>().split_last().map(|(last, rest)| (last.to_string(), rest.to_vec())).unwrap();
        assert_eq!(last, format!("checked {}", self.count), "{said}");
        for line in rest {
            let (name, what) = line.split_once(": ").unwrap();
            failures.entry(name.to_owned()).or_default().push(what.to_owned());
        }
        failures
    }
}

/// The text of a PDF, as an independent reader takes it out.
pub(crate) fn text_of(name: &str, pdf: &[u8]) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    fs::write(&path, pdf).unwrap();
    let output = script().arg(&path).stdout(Stdio::piped()).output().expect("the environment has a Python");
    assert!(output.status.success(), "{name} cannot be read");
    String::from_utf8(output.stdout).unwrap()
}

fn script() -> Command {
    let environment = env::var_os("CADRAN_TEST_VALIDATORS").map(PathBuf::from);
    let python = environment.map(|folder| folder.join("bin/python")).filter(|python| python.exists());
    let mut command =
        Command::new(python.expect("CADRAN_TEST_VALIDATORS names no Python environment: `cargo xtask test` makes it"));
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validate.py"));
    command
}
