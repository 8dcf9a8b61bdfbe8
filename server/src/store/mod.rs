//! Storage: the entities and the only writes.

pub mod accounts;
pub mod database;
pub mod entities;
pub mod login_sessions;
pub(crate) mod reading;
pub mod chunks;
pub mod ingest;
pub mod open_page_views;
pub mod open_sessions;
pub mod outcomes;
pub mod salts;
pub mod sites;
