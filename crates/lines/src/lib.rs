//! The life of lines, SIM cards, eSIM profiles, numbers, orders and work orders: what may be combined and changed, when, and what follows.
//!
//! Every decision is a function of its arguments: the hour, ids and seeds come in, nothing is read and nothing is sent. [`Life`] is what one
//! decision may change together; whoever saves it does so in one transaction with the [`Effect`]s. How a network is spoken to, and how
//! anything is kept, is not known here.

mod blank_sim;
mod bulk;
mod cap_lift;
mod chance;
mod change;
mod convergence;
mod esim;
mod fee;
mod ground;
mod life;
mod line;
mod number;
mod number_stock;
pub mod opening_hours;
pub mod options;
mod order;
mod order_csv;
mod porting;
mod profile_order;
mod scheduled;
mod service;
mod settle;
mod sim;
mod sim_batch;
mod stock;
mod user;
pub mod work_order;

pub use blank_sim::{BlankSimRefusal, CARDS_OF_A_PACK, Delivery, MOST_CARDS, delivered_on};
pub use bulk::{Bulk, bulk};
pub use cap_lift::{Cap, CapLift, CapStep, cap_lifts};
pub use chance::Chance;
pub use change::{Ask, Change, Preview, Refusal, When};
pub use convergence::{Convergence, ConvergenceBarrier, Mobiles, convergence};
pub use esim::{CODE_TRIES, CodeState, CodeVerdict, ProfileEvent, ProfileState, ShowRefusal, may_send_code, may_show};
pub use fee::{Fee, FeeCause};
pub use ground::Ground;
pub use life::{Asked, Effect, Happened, Life, NewLine, NumberSource, OrderRefusal};
pub use line::{EndCause, InService, Line, LineState, NoTransition, Stage, Step, TRANSITIONS};
pub use number::{Number, NumberRefusal, NumberState, choose, quarantine_end};
pub use number_stock::{NumberStock, NumberStockRefusal};
pub use options::OptionRefusal;
pub use order::{
    LineFault, LineRequest, MOST_LINES, NumberRequest, OrderFaults, OrderState, PortingProof, Promise, Quote, SimRequest, check,
    check_order, offers_on,
};
pub use order_csv::{COLUMNS, CsvError, CsvRow, MOST_ROWS, RowFault, UserCells, read as read_order_csv};
pub use porting::{NotThen, Porting, PortingDayRefusal, PortingDirection, PortingEvent, PortingState, porting_day};
pub use profile_order::{ProfileCall, ProfileOrderState, ProfileStanding, ProfileWish};
pub use scheduled::{ScheduledChange, ScheduledState, TakeBackRefusal};
pub use service::{HeldOption, Service};
pub use settle::LifeFault;
pub use sim::{Sim, SimKind, SimRefusal, SimState};
pub use sim_batch::{BatchRow, BatchRowFault, read as read_sim_batch};
pub use stock::{Keeper, Receiver, Stock, StockRefusal};
pub use user::{UserEditor, UserRefusal, may_edit_user};
pub use work_order::{
    Action, Reply, Settlement, StaffNote, WorkEffect, WorkEvent, WorkHours, WorkOrder, WorkRefusal, WorkState, next,
};
