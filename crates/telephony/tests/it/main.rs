//! The telephone itself, decided without one.

mod codes;
mod forwards;
mod menu;
mod mmi;
mod routes;
mod services;
