//! Files that begin as zstd does, of layout `jsonl`, which needs no header.
#![no_main]

use mediation::Layout;
use std::sync::{Arc, LazyLock};

const MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
static LAYOUT: LazyLock<Arc<Layout>> = LazyLock::new(|| fuzz::layout(include_str!("../../layouts/jsonl.toml")));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let rest = bytes.strip_prefix(MAGIC).unwrap_or(bytes);
    fuzz::read(&LAYOUT, &[MAGIC, rest].concat());
});
