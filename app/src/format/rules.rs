//! What stands on the page of rules for paths.

use crate::models::path_rule::RuleProblem;

/// Why a pattern is no rule, or a rule was not added or deleted, and what to do.
pub fn rule_problem(problem: RuleProblem) -> &'static str {
    match problem {
        RuleProblem::Empty => "Type a pattern first, such as /product/:id.",
        RuleProblem::NoSlash => {
            "A pattern begins with a slash, such as /product/:id. Leave out the part that names the host."
        }
        RuleProblem::TooLong => "The pattern is too long: 200 characters are the most.",
        RuleProblem::NotAPath => {
            "The pattern holds what no path holds. Leave out everything from the question mark on, and what cannot be seen."
        }
        RuleProblem::EmptySegment => "Two slashes follow each other in the pattern. Leave one of them out.",
        RuleProblem::NameInvalid => {
            "Behind each colon stands a name of letters, digits, - or _, up to the next slash: /product/:id. It stands for the whole part between two slashes."
        }
        RuleProblem::StarWithin => {
            "A star stands alone and at the end: /docs/*. Within a pattern a name such as :part stands for what lies between two slashes."
        }
        RuleProblem::JoinsNothing => {
            "This is one path: it joins nothing. Put a name such as :id where paths differ, or /* at the end."
        }
        RuleProblem::Exists => "There is a rule for these paths already. Delete it first to give it another name.",
        RuleProblem::TooMany => "The rule was not added: there are 50 already. Delete one of them first.",
        RuleProblem::Unavailable => {
            "Pulse could not write to its database just now. Nothing was changed; try again in a moment."
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::models::path_rule::{LONGEST_PATTERN, MOST_RULES};

    #[test]
    fn limits_are_told_as_they_are() {
        assert!(rule_problem(RuleProblem::TooMany).contains(&format!("there are {MOST_RULES} already")));
        assert!(rule_problem(RuleProblem::TooLong).contains(&format!("{LONGEST_PATTERN} characters")));
        assert!(RuleProblem::iter().all(|problem| rule_problem(problem).ends_with('.')));
    }
}
