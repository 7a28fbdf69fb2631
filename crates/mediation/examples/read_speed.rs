//! How many records a second are read on one core: `cargo run --release --example read_speed [LAYOUT FILE…]`. Without a file, one
//! million rows of a mobile operator's CSV are made up in memory.
#![allow(clippy::print_stdout, clippy::float_arithmetic, reason = "a program that prints a measurement")]

use mediation::{Layout, UsageReader};
use std::{error::Error, fmt::Write as _, io::Cursor, io::Read, path::Path, sync::Arc, time::Instant};

const ROWS: u64 = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or("mobile".to_owned()) + ".toml";
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../layouts").join(&name))?;
    let layout = Layout::parse(&name, &text).map_err(|faults| format!("{faults:?}"))?;
    let layout = Arc::new(layout);
    let files: Vec<String> = arguments.collect();
    if files.is_empty() {
        let rows = rows()?.into_bytes();
        for _ in 0..3 {
            measure("made up", Box::new(Cursor::new(rows.clone())), &layout)?;
        }
    }
    for file in files {
        measure(&file, Box::new(std::fs::File::open(&file)?), &layout)?;
    }
    Ok(())
}

fn measure(name: &str, source: Box<dyn Read + Send>, layout: &Arc<Layout>) -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    let mut reader = UsageReader::open(source, Arc::clone(layout), None)?;
    let (mut records, mut set_aside) = (0, 0);
    while let Some(batch) = reader.next_batch(50_000)? {
        records += batch.records.len();
        set_aside += batch.set_aside.len();
    }
    let seconds = began.elapsed().as_secs_f64();
    let rate = records as f64 / seconds;
    println!("{name}: {records} records, {set_aside} set aside, {seconds:.2} s, {rate:.0} records/s");
    Ok(())
}

/// Thirty days of usage in the order of time.
fn rows() -> Result<String, Box<dyn Error>> {
    let mut text =
        "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n".to_owned();
    for n in 0..ROWS {
        let second = n * 30 * 86_400 / ROWS;
        let (day, second) = (second / 86_400 + 1, second % 86_400);
        let line = 33_639_980_000 + n * 7_919 % 3_000;
        write!(text, "{n:016x},")?;
        let at = format!("2026-11-{day:02} {:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60);
        match n % 4 {
            0 => writeln!(text, "voice,made,{line},+33639981{:04},{at},{},,,mobile", n % 10_000, n % 600)?,
            1 => writeln!(text, "sms,made,{line},0639981{:03},{at},,,,mobile", n % 1_000)?,
            _ => writeln!(text, "data,made,{line},,{at},,{},{},mobile", n * 1_000, if n % 8 == 2 { "22801" } else { "" })?,
        }
    }
    Ok(text)
}
