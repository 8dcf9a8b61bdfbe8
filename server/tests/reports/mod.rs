//! What the dashboard reads.

mod detail;
mod invariants;
mod list;
mod sites;
mod states;
