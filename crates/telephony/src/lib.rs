//! The telephone itself: which services a line has, what the codes mean that are dialled for them, where a call goes, and the menu of the
//! voicemail.
//!
//! Every decision is a function of its arguments. How a switch is spoken to, what a caller hears as sound, and how anything is kept, is not known
//! here. The portal, a dialled code and the operator's staff all change a line by the same [`Change`], so that each shows what the others did.

pub mod dial_code;
mod forward;
pub mod menu;
pub mod mmi;
mod ring_time;
pub mod route;
mod services;

pub use forward::{Forward, ForwardRefusal, LONGEST_CHAIN, NumberKind, forward_loop, forward_number};
pub use ring_time::{RingTime, RingTimeError};
pub use services::{Change, ChangeRefusal, Difference, LineServices, Switch, When};
