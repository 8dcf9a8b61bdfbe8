//! Steps of paths in words.

use crate::models::{paths::Anchor, query::PathStep};

/// From where steps are counted: `from /lamps`, `back from the end`.
pub fn anchor_words(anchor: &Anchor) -> String {
    match anchor {
        Anchor::Start => "from the beginning".into(),
        Anchor::After(page) => format!("from {page}"),
        Anchor::End => "back from the end".into(),
        Anchor::Before(page) => format!("back from {page}"),
        Anchor::Goal => "back from the goal".into(),
    }
}

/// A step: `Step 2 from the beginning`.
pub fn step_words(step: &PathStep) -> String {
    format!("Step {} {}", step.at, anchor_words(&step.anchor))
}

/// A page of a step; the empty one stands for none.
pub fn step_page_words(page: &str) -> String {
    if page.is_empty() { "nothing".into() } else { page.to_owned() }
}
