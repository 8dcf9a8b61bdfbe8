//! The command as people type it.

mod start;
