//! The store on both databases: what each query answers, and to whom.

mod lines;
mod sign_in;
mod town;
mod usage;
