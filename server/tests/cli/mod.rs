//! The command as people type it.

mod backup;
mod metrics;
mod site;
mod start;
