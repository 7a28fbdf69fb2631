//! What stands in for the world, and what speaks to it, as their users meet them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod es2plus;
mod http_network;
mod simulated_network;
mod sip_packets;
mod stripe;
