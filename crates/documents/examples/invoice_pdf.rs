//! How many Factur-X files a second: `cargo run --release -p cadran-documents --example invoice_pdf [FILES [SORT]]`.

#[path = "../tests/it/parties.rs"]
#[allow(clippy::unwrap_used)]
mod parties;
#[path = "../tests/it/samples.rs"]
#[allow(dead_code, clippy::unwrap_used)]
mod samples;

use documents::invoice::factur_x;
use std::{env, thread, time::Instant};

#[allow(clippy::print_stdout, clippy::float_arithmetic, clippy::unwrap_used, reason = "it is a stopwatch")]
fn main() {
    let files: usize = env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(200);
    let sort = env::args().nth(2);
    for (name, invoice, threads) in [
        ("household", samples::for_household(), 1),
        ("household", samples::for_household(), 2),
        ("business", samples::for_business(), 2),
        ("200 charges", samples::of_lines(200), 2),
        ("1000 charges", samples::of_lines(1_000), 2),
    ] {
        if sort.as_ref().is_some_and(|sort| !name.starts_with(sort.as_str())) {
            continue;
        }
        let files = (files * 13 / invoice.lines.len().max(13)).max(threads);
        factur_x(&invoice, None).unwrap();
        let begun = Instant::now();
        thread::scope(|scope| {
            for thread in 0..threads {
                let mut invoice = invoice.clone();
                scope.spawn(move || {
                    for file in (thread..files).step_by(threads) {
                        invoice.number = format!("VA2026-{file:06}").as_str().into();
                        invoice.buyer.name = format!("Client {name} {threads} {file}");
                        factur_x(&invoice, None).unwrap();
                    }
                });
            }
        });
        let seconds = begun.elapsed().as_secs_f64();
        println!("{name}, {threads} threads: {files} files in {seconds:.2} s, {:.0} a second", files as f64 / seconds);
    }
}
