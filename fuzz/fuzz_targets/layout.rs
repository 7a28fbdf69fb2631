//! Mapping files; and by those that are layouts, a few rows.
#![no_main]

use mediation::Layout;
use std::sync::Arc;

const ROWS: &[u8] = b"record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n\
    a1,voice,made,33639980011,0639980012,2026-11-21 08:00:00,61,,22801,mobile\n\
    {\"type\":\"data\",\"msisdn\":\"1\",\"start_time\":\"2026-11-21T08:00:00Z\",\"volume_bytes\":12}\n";

libfuzzer_sys::fuzz_target!(|text: &str| {
    match Layout::parse("any.toml", text) {
        Ok(layout) => fuzz::read(&Arc::new(layout), ROWS),
        Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| fault.line >= 1)),
    }
});
