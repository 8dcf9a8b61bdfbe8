//! What the tests are written with.

pub mod builders;
pub mod collector;
pub mod country_database;
pub mod db;
pub mod generated;
pub mod journey;
pub mod process;
pub mod test_app;
