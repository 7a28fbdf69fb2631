//! What may happen to lines, as tables and properties, and a year of ten thousand of them.

mod simulation;
mod stage;
