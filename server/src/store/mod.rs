//! Storage: the entities and the only writes.

pub mod accounts;
pub mod database;
pub mod deletions;
pub mod entities;
pub mod erasure;
pub mod goals;
pub mod ingest;
pub(crate) mod lines;
pub mod login_sessions;
pub mod open_page_views;
pub mod open_sessions;
pub mod outcomes;
pub(crate) mod page_sketches;
pub mod path_rules;
pub mod path_views;
pub mod query_text;
pub(crate) mod reading;
pub mod references;
pub mod retention;
pub mod salts;
pub mod saved_views;
pub mod scan;
pub(crate) mod session_time;
pub mod sites;
pub mod sketch;
pub mod verdicts;
