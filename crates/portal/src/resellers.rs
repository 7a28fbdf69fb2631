//! `/resellers`: the operator's resellers, what they have, and the company that pays for each one's lines (RES-11).

pub mod list;
pub mod show;
mod words;
