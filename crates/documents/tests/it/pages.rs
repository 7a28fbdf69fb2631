//! PDFs: that they are made, and the same each time.

use crate::samples;
use documents::invoice::{factur_x, pdf};
use std::{env, fs, path::PathBuf};

/// Where the documents of the last run lie, for whoever wants to look at them.
fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("invoices");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// BIL-04: every sort of invoice becomes a PDF, and the same facts the same bytes.
#[test]
fn the_same_facts_make_the_same_bytes() {
    for (name, invoice) in samples::all() {
        let page = factur_x(&invoice, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        fs::write(folder().join(format!("{name}.pdf")), &page).unwrap();
        assert_eq!(factur_x(&invoice, None).unwrap(), page, "{name}");
    }
    assert!(pdf(&samples::for_household(), None).unwrap().starts_with(b"%PDF-1.7"));
}
