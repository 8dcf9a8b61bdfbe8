//! The Pulse server: collects what sites send, stores it, and serves the dashboard.

pub mod changes;
pub mod clock;
pub mod store;
