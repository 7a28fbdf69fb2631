//! What may happen to lines, as tables and properties, and a year of ten thousand of them.

mod hours;
mod simulation;
mod stage;
mod transitions;
mod work;
