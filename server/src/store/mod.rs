//! Storage: the entities and the only writes.

pub mod database;
pub mod entities;
