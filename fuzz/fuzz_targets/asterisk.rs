//! Files of layout `asterisk`.
#![no_main]

use mediation::Layout;
use std::sync::{Arc, LazyLock};

static LAYOUT: LazyLock<Arc<Layout>> = LazyLock::new(|| fuzz::layout(include_str!("../../layouts/asterisk.toml")));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read(&LAYOUT, bytes));
