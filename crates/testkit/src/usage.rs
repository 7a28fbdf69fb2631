//! A usage file for tests that take one in.

use std::{fmt::Write, fs, path::Path};

/// Writes usage of a mobile network as CSV: voice, SMS and data of the lines +33639980000 to +33639980039 over three weeks of November
/// 2026, at home and in Switzerland, with every 41st record of a number that is nobody's. The same records for the same count.
///
/// # Panics
/// When the file cannot be written.
pub fn write_mobile_usage(path: &Path, records: u32) {
    let mut text =
        String::from("record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n");
    for i in 0..records {
        let (day, hour, minute) = (1 + i * 20 / records, 6 + (i * 7 / 60) % 16, (i * 7) % 60);
        let number = 639_980_000 + i % 41;
        let visited = if i % 97 == 0 { "22801" } else { "" };
        let start = format!("2026-11-{day:02} {hour:02}:{minute:02}:{:02}", i % 60);
        let rest = match i % 4 {
            0 => format!("voice,made,33{number},0041791234567,{start},{},,{visited},", 20 + i % 400),
            1 => format!("sms,made,33{number},0639981234,{start},,,{visited},"),
            2 => format!("voice,received,33{number},0639981235,{start},{},,{visited},", 5 + i % 90),
            _ => format!("data,made,33{number},,{start},,{},{visited},", 1_000_000 + u64::from(i) * 7_919),
        };
        writeln!(text, "R{i:08},{rest}").unwrap_or_else(|error| panic!("a text takes all: {error}"));
    }
    fs::write(path, text).unwrap_or_else(|error| panic!("`{}` cannot be written: {error}", path.display()));
}
