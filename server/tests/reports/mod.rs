//! What the dashboard reads.

mod detail;
mod export;
mod invariants;
mod links;
mod list;
mod neighbours;
mod now;
mod path_rules;
mod selection;
mod sites;
mod states;
mod tabs;
mod usual;
