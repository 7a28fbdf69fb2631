//! The heart: usage and the state of a line in; parts, prices, moved counters, alerts and blocks out.
//!
//! Deaf and blind: no clock, no I/O, no chance, no float. The same records give the same result on every machine, so that a month can
//! be replayed and a bill can explain itself. The way of a usage: [`place`] finds where it was and to whom; [`Account::open`] lays out
//! what the line has that month; [`Account::rate`] decides; [`Account::save`] gives back the counters.

mod account;
mod block;
mod call_cost;
mod ceiling;
mod count;
mod decide;
mod event;
mod lift;
mod pack;
mod part;
mod place;
mod price;
mod replay;
mod source;
mod spend;
mod state;
mod step;
mod terms;

pub use account::{Account, Rated};
pub use block::Bar;
pub use call_cost::{CallCost, CallPrice};
pub use event::{Audience, Cause, Event};
pub use pack::PackAccount;
pub use part::{Part, PartError, Why, read_parts, write_parts};
pub use place::{Placed, Refusal, place};
pub use replay::{KeptRecord, Replay, SharedTerms};
pub use spend::SpendAccount;
pub use state::{ChargedGroup, Held, Hold, Meter, MeterKey, MonthState, PackState, SpendState, Totals};
pub use terms::{
    AtCap, CapRaise, ChosenCutoff, HeldOption, HeldPack, HeldRecharge, LineTerms, PastPlan, SpendCap, SpendOwner, SpendPeriod,
    SpendTerms,
};
