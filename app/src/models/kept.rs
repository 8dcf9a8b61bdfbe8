//! What a site's owners keep: views and goals.

use serde::{Deserialize, Serialize};

use super::{error::AppError, goal::Goal, view::SavedView};

/// Both, or why one of them is not there: the rest of a page does without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The views: what was saved, in order of the names, then what is left of those that every site has at first.
    pub views: Result<Vec<SavedView>, AppError>,
    /// The goals, in order of their names.
    pub goals: Result<Vec<Goal>, AppError>,
}

impl Kept {
    /// Nothing, for this reason.
    pub fn failed(error: &AppError) -> Self {
        Self { views: Err(error.clone()), goals: Err(error.clone()) }
    }
}
