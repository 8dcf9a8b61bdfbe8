//! The command as people type it.

mod site;
mod start;
