//! What the dashboard reads.

mod detail;
mod list;
mod sites;
mod states;
