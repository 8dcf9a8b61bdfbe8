//! What stands between the dashboard and other sites.

mod foreign_requests;
mod loopback;
mod policy;
