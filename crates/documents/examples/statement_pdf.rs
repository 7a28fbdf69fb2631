//! How long a statement of so many records takes, and how much memory: `cargo run --release -p cadran-documents --example statement_pdf [RECORDS [FILE]]`.

#[path = "../tests/it/parties.rs"]
#[allow(dead_code, clippy::unwrap_used)]
mod parties;

use documents::{
    invoice::CalledNumbers,
    statement::{Allowance, Row, Statement, Verdict, statement_pdf},
};
use jiff::civil::{date, datetime};
use std::{env, fs, time::Instant};
use vocabulary::{Direction, LineId, Money, Month, UsageKind};

#[allow(clippy::print_stdout, clippy::unwrap_used, reason = "it is a stopwatch")]
fn main() {
    let records: usize = env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(20_000);
    let price: Money = "0.0035".parse().unwrap();
    let row = |place: usize| {
        let (day, hour) = (i8::try_from(place * 30 / records.max(1)).unwrap() + 1, i8::try_from(place % 24).unwrap());
        let kind = [UsageKind::Voice, UsageKind::Data, UsageKind::Sms][place % 3];
        Row {
            at: datetime(2026, 11, day, hour, i8::try_from(place % 60).unwrap(), 7, 0),
            kind,
            direction: if place.is_multiple_of(5) { Direction::Received } else { Direction::Made },
            party: if kind == UsageKind::Data {
                String::new()
            } else {
                format!("06 12 {:02} {:02} 78", place / 100 % 100, place % 100)
            },
            destination: if place.is_multiple_of(7) { "Suisse".to_owned() } else { String::new() },
            roaming_in: None,
            units: 1 + i64::try_from(place).unwrap(),
            charged_units: 0,
            verdict: if place.is_multiple_of(7) { Verdict::Amount(price) } else { Verdict::Included },
        }
    };
    let statement = Statement {
        language: "fr".into(),
        currency: "EUR".into(),
        seller: parties::french_seller(),
        line: LineId(7),
        number: "06 39 98 01 23".into(),
        user: "Élise".into(),
        customer: "Famille Schœn".into(),
        offer: "Mobile 80 Go".into(),
        month: Month::of(date(2026, 11, 1)),
        so_far: None,
        allowances: vec![Allowance { name: "Appels".into(), kind: UsageKind::Voice, used: 125, included: None }],
        called: CalledNumbers::Hidden,
        rows: (0..records).map(row).collect(),
    };
    let begun = Instant::now();
    let page = statement_pdf(&statement, 0, None).unwrap();
    println!("{records} records: {:.1} s, {} kB", begun.elapsed().as_secs_f32(), page.len() / 1_000);
    if let Ok(memory) = fs::read_to_string("/proc/self/status") {
        println!("{}", memory.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default());
    }
    if let Some(file) = env::args().nth(2) {
        fs::write(file, page).unwrap();
    }
}
