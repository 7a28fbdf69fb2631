//! Invoices of every sort as files, to be looked at: `cargo run -p cadran-documents --example invoices FOLDER [LOGO.png]`.

#[path = "../tests/it/parties.rs"]
#[allow(clippy::unwrap_used)]
mod parties;
#[path = "../tests/it/samples.rs"]
#[allow(dead_code, clippy::unwrap_used)]
mod samples;

use documents::invoice::factur_x;
use std::{env, fs, path::PathBuf};

#[allow(clippy::unwrap_used, reason = "whoever runs it sees where it stopped")]
fn main() {
    let folder = PathBuf::from(env::args().nth(1).unwrap());
    let logo = env::args().nth(2).map(|path| fs::read(path).unwrap());
    fs::create_dir_all(&folder).unwrap();
    for (name, invoice) in samples::all() {
        fs::write(folder.join(format!("{name}.pdf")), factur_x(&invoice, logo.as_deref()).unwrap()).unwrap();
    }
}
