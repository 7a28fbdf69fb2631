//! What the tests of the other rooms stand on; never part of the program.
//!
//! - [`databases`]: a fresh database of each engine, so that one test proves both.
//! - [`raw`]: statements of somebody who goes round the program.
//! - [`Browser`]: a real Chromium that looks at a page as a person does, in any width and theme, and lets axe examine it.
//! - [`SmtpServer`]: a real mail server, which takes, refuses or loses mails.
//! - [`shared`]: vectors and sample files that lie beside the repository.
//!
//! The kit owns no knowledge of Cadran's pages, tables or rules: it is started before all of them.

mod authenticator;
mod axe;
mod browser;
mod chromedriver;
mod database;
pub mod raw;
mod shared;
mod smtp_server;
mod usage;

pub use authenticator::one_time_code;
pub use axe::{Violation, ViolationNode};
pub use browser::{Browser, Theme};
pub use database::{Engine, POSTGRES_VARIABLE, TestDatabase, databases};
pub use shared::shared;
pub use smtp_server::SmtpServer;
pub use thirtyfour::{Key, WebElement};
pub use usage::write_mobile_usage;
