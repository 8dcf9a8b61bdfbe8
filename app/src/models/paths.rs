//! The paths that sessions take through a site.

use serde::{Deserialize, Serialize};

/// What the address says of the paths beside the selection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathsShown {}

impl PathsShown {
    /// Reads it from an address's parameters.
    pub fn from_params<'a>(_params: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self {}
    }

    /// Its parameters: what is not as usual.
    pub fn params(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}
