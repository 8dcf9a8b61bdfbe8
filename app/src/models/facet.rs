//! How the selected sessions are spread over the values of a dimension.

use serde::{Deserialize, Serialize};

use super::query::Dimension;

/// How many values a facet shows.
pub const TOP: usize = 10;

/// The most frequent values of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Of what.
    pub dimension: Dimension,
    /// The most frequent ones, the most frequent first; of equal ones in the order of the alphabet. Conditions on the
    /// dimension itself do not count, so that further values can be chosen.
    pub values: Vec<FacetValue>,
    /// How many further values there are.
    pub others: u64,
}

/// A value, and how many sessions have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value; empty for what is not known.
    pub value: String,
    /// Sessions.
    pub sessions: u64,
    /// How many of these reached the goal that was asked for; `None` where none was, or it is gone.
    pub conversions: Option<u64>,
}
