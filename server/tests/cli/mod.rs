//! The command as people type it.

mod backup;
mod metrics;
mod seed;
mod site;
mod start;
