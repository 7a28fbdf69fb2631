//! What the published schemas say of files: a Python environment with lxml and the packages that bring them.

use super::{SAMPLES, sample, written};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the schemas say of each file, in order; `None`, with a sentence, where there is no environment.
fn judged(test: &str, files: &[String]) -> Option<Vec<String>> {
    let Some(named) = env::var_os("CADRAN_TEST_VALIDATORS").map(PathBuf::from) else {
        eprintln!("skipped: CADRAN_TEST_VALIDATORS names no Python environment: `cargo xtask test` makes it");
        return None;
    };
    let python = if named.is_dir() { named.join("bin/python") } else { named };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sepa-{test}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let paths: Vec<PathBuf> = (0..files.len()).map(|place| folder.join(format!("{place}.xml"))).collect();
    for (path, file) in paths.iter().zip(files) {
        fs::write(path, file).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validate_sepa.py");
    let output = Command::new(&python).arg(script).args(&paths).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let mut lines = said.lines();
    let of = |path: &PathBuf| lines.find_map(|line| line.strip_prefix(&format!("{}: ", path.display()))).unwrap().to_owned();
    let judged = paths.iter().map(of).collect();
    fs::remove_dir_all(folder).unwrap();
    Some(judged)
}

/// BIL-08: the official schemas of pain.008.001.08 and pain.001.001.09 accept what is written, and refuse what is spoiled.
#[test]
fn the_official_schema_accepts_a_collection_file() {
    let mut good: Vec<String> = written::files().into_iter().map(|file| file.write().unwrap().xml).collect();
    good.push(written::refunds().xml);
    let spoil = |from: &str, to: &str| {
        assert!(good[0].contains(from), "{from}");
        good[0].replacen(from, to, 1)
    };
    let bad = [
        spoil("<MndtId>", "<MndtIdent>").replacen("</MndtId>", "</MndtIdent>", 1),
        spoil("<SeqTp>FRST</SeqTp>", "<SeqTp>NEXT</SeqTp>"),
        spoil("Ccy=\"EUR\"", "Ccy=\"euro\""),
        spoil("<MsgId>VX-7</MsgId>", ""),
        spoil("<IBAN>FR76", "<IBAN>76"),
        good[3].replacen("<Amt>", "", 1).replacen("</Amt>", "", 1),
    ];
    let Some(judged) = judged("pain", &[&good[..], &bad[..]].concat()) else { return };
    let (accepted, refused) = judged.split_at(good.len());
    assert!(accepted.len() > 1 && accepted.iter().all(|said| said == "valid"), "{accepted:?}");
    assert!(refused.iter().all(|said| said.starts_with("line ")), "{refused:?}");
}

/// BIL-08: the samples that the readers are tested with are what banks may send.
#[test]
fn the_official_schemas_accept_the_samples() {
    let camts: Vec<String> = SAMPLES.iter().filter(|name| name.starts_with("camt")).map(|name| sample(name)).collect();
    let bad = camts[0].replacen("CRDT", "CREDIT", 1);
    let Some(judged) = judged("camt", &[&camts[..], &[bad]].concat()) else { return };
    let (refused, accepted) = judged.split_last().unwrap();
    assert!(accepted.iter().all(|said| said == "valid"), "{accepted:?}");
    assert!(refused.contains("CREDIT"), "{refused}");
}
