//! Builders of sessions as the writer would leave them: those that `pulse seed` is made of.

pub use server::seed::builders::*;
