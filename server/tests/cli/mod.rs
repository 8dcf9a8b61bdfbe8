//! The command as people type it.

mod metrics;
mod site;
mod start;
