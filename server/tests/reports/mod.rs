//! What the dashboard reads.

mod detail;
mod export;
mod invariants;
mod list;
mod now;
mod neighbours;
mod selection;
mod sites;
mod states;
mod usual;
