//! What may happen to lines, as tables and properties, and a year of ten thousand of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod changes;
mod extras;
mod fees;
mod hours;
mod life_story;
mod orders;
mod simulation;
mod stage;
mod transitions;
mod work;
