//! The demo: believable operators and their months of usage, the same on every machine and in every run.
//!
//! [`operators`] says who there is; [`write_usage`] writes what they used, day by day, as files in the shipped layouts. Nothing here
//! knows a database or a price: people are loaded and files imported like anybody's. The same day and scale give the same
//! bytes. Only what a catalogue sells is given to a line, and only what its offer allows is used.

mod allowed;
mod companies;
mod dice;
mod dress;
mod files;
mod grandlarge;
mod habits;
mod households;
mod model;
mod names;
mod numbers;
mod paper;
mod parties;
mod rows;
mod seller;
mod stock;
mod usage;
mod voice;
mod zenne;

pub use dress::DemoDress;
pub use files::{DemoFile, write_usage};
pub use habits::{Habits, Rhythm, Trip};
pub use model::{
    DemoAccess, DemoAtCap, DemoBatch, DemoBrand, DemoCard, DemoColleague, DemoCompany, DemoCustomer, DemoGiven, DemoLine,
    DemoLogin, DemoNotice, DemoNoticeTo, DemoOperator, DemoPack, DemoPeriod, DemoReseller, DemoRole, DemoSpendCap, LineState,
};
pub use paper::DemoPaper;
pub use stock::codes;
pub use voice::{DemoMessage, DemoVoicemail};

use catalog::Catalog;
use jiff::civil::Date;
use seller::Seller;

/// The catalogue of the demo operator with the most usage: what benchmarks measure with.
pub const BUSIEST: &str = "grandlarge";
/// What its lines may be where any will do: service, network, offer, and another offer that they may move to.
pub const BUSIEST_SOLD: [&str; 4] = ["mobile", "orange", "unlimited-5", "unlimited-10"];

/// The password of every demo login.
pub const PASSWORD: &str = "cadran-demo";

/// The demo operators whose catalogues are given, in their order, as they are on a day. `scale` multiplies households and lines.
pub fn operators(catalogs: &[Catalog], today: Date, scale: u32) -> Vec<DemoOperator> {
    let open = |catalog: &Catalog| {
        let seller = Seller::new(catalog, today, scale);
        match catalog.operator.id.as_str() {
            "vallee" => Some(households::vallee(&seller)),
            "grandlarge" => Some(grandlarge::grand_large(&seller)),
            "zenne" => Some(zenne::zenne(&seller)),
            _ => None,
        }
        .map(stock::filled)
    };
    catalogs.iter().filter_map(open).collect()
}
