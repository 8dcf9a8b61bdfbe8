//! The database itself, whichever it is.

mod embedded;
mod ids;
mod migrations;
mod path_rules;
mod saved_views;
mod transactions;
