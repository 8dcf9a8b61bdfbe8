//! Rules that count paths of one shape as one page: `/product/:id` joins `/product/1` and `/product/2`. Rows keep the
//! paths that they have; what counts pages counts groups.

mod rule;
mod rules;
mod shown;
mod suggest;

pub use rule::{LONGEST_PATTERN, PathRule};
pub use rules::PathRules;
pub use shown::{APART, Apart, EXAMPLES, JOINED, Joined, PathViews, Preview, RulesShown};
pub use suggest::{LEAST_PATHS, MOST_SUGGESTIONS, Suggestion};

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumIter, EnumString};

use super::{ids::SiteId, query::encoded};

/// The most rules that a site may have.
pub const MOST_RULES: usize = 50;

/// Why a pattern is none, or a rule was not added or deleted; travels as `?rule_problem=` so that the forms work without
/// scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum RuleProblem {
    /// Nothing was typed.
    Empty,
    /// It does not begin with a slash.
    NoSlash,
    /// It is longer than [`LONGEST_PATTERN`].
    TooLong,
    /// It holds what no path holds: parameters, or what cannot be seen.
    NotAPath,
    /// Two slashes follow each other.
    EmptySegment,
    /// What stands behind a colon is no name.
    NameInvalid,
    /// A star stands elsewhere than alone at the end.
    StarWithin,
    /// It has neither a name nor a star.
    JoinsNothing,
    /// The site has a rule that joins the same.
    Exists,
    /// The site has as many rules as it may have.
    TooMany,
    /// Something on the server failed.
    Unavailable,
}

/// The page of a site's rules.
pub fn rules_path(site: SiteId) -> String {
    format!("/sites/{site}/pages/rules")
}

/// The page of a site's rules with the preview of a pattern.
pub fn preview_href(site: SiteId, pattern: &str) -> String {
    format!("{}?pattern={}", rules_path(site), encoded(pattern))
}

/// Where the form that adds a rule leads.
pub fn add_rule_path(site: SiteId) -> String {
    format!("/sites/{site}/path-rules")
}

/// Where a form that deletes a rule leads.
pub fn delete_rule_path(site: SiteId) -> String {
    format!("/sites/{site}/path-rules/delete")
}
