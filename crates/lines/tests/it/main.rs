//! What may happen to lines, as tables and properties, and a year of ten thousand of them.

mod changes;
mod hours;
mod life_story;
mod orders;
mod simulation;
mod stage;
mod transitions;
mod work;
