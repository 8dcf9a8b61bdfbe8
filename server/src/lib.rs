//! The Pulse server: collects what sites send, stores it, and serves the dashboard.

pub mod assets;
pub mod auth;
pub mod care;
pub mod changes;
pub mod cli;
pub mod clock;
pub mod collect;
pub mod config;
pub mod connections;
pub mod demo_site;
pub mod error;
mod form_guard;
pub mod intake;
pub mod live;
pub mod pages;
pub mod privacy;
pub mod refusals;
pub mod reports;
pub mod router;
pub mod security;
pub mod seed;
pub mod shutdown;
pub mod state;
pub mod store;
pub mod tasks;
pub mod telemetry;
pub mod views;
