//! Goals in words.

use super::{
    conditions::{filter_words, property_value_words},
    duration::duration,
    values::value_words,
};
use crate::models::{
    goal::GoalProblem,
    query::{Dimension, Filter, TextTest},
    view::LONGEST_NAME,
};

/// What a goal may be called that a condition says: `Viewed /pricing`, `signup`, `signup with plan pro`.
pub fn goal_name(filter: &Filter) -> String {
    let name = match filter {
        Filter::Text { dimension, test: TextTest::Is, values } => match (dimension, &values[..]) {
            (Dimension::Page, [path]) => format!("Viewed {path}"),
            (Dimension::Event, [event]) => value_words(Dimension::Event, event),
            _ => filter_words(filter),
        },
        Filter::Property { property, not: false, values } => match &values[..] {
            [value] => format!("{} with {} {}", property.event, property.key, property_value_words(value)),
            _ => filter_words(filter),
        },
        _ => filter_words(filter),
    };
    name.chars().take(LONGEST_NAME).collect()
}

/// That a session reached a goal, and how long after its start: `Signed up after 2 min 10 s`.
pub fn reached_words(name: &str, after_ms: u64) -> String {
    match after_ms {
        0 => format!("{name} at the start"),
        after_ms => format!("{name} after {}", duration(after_ms)),
    }
}

/// Why a goal was not made or deleted, and what to do.
pub fn goal_problem(problem: GoalProblem) -> &'static str {
    match problem {
        GoalProblem::NameInvalid => "The goal was not made. Choose a name of 1 to 60 characters.",
        GoalProblem::NameTaken => "The goal was not made: another goal has this name. Choose another one.",
        GoalProblem::AimImpossible => {
            "The goal was not made. A goal is one condition on a page, an event or a property of an event, and not too long."
        }
        GoalProblem::TooMany => "The goal was not made: there are 20 already. Delete one of them first.",
        GoalProblem::Unavailable => {
            "Pulse could not write to its database just now. Nothing was changed; try again in a moment."
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::models::{goal::MOST_GOALS, query::Property};

    fn with_plan(values: &[&str]) -> Filter {
        let property = Property { event: "signup".into(), key: "plan".into() };
        Filter::Property { property, not: false, values: values.iter().map(|&value| value.into()).collect() }
    }

    #[rstest]
    #[case(Filter::is(Dimension::Page, "/pricing"), "Viewed /pricing")]
    #[case(Filter::is(Dimension::Event, "signup"), "signup")]
    #[case(Filter::is(Dimension::Event, "form"), "Form sent")]
    #[case(with_plan(&["pro"]), "signup with plan pro")]
    #[case(with_plan(&["pro", "team"]), "plan of signup is pro or team")]
    #[case(
        Filter::Text { dimension: Dimension::Page, test: TextTest::Starts, values: vec!["/docs".into()] },
        "Page starts with /docs"
    )]
    fn a_condition_suggests_a_name(#[case] filter: Filter, #[case] name: &str) {
        assert_eq!(goal_name(&filter), name);
    }

    #[test]
    fn a_suggested_name_is_never_too_long() {
        assert_eq!(goal_name(&Filter::is(Dimension::Page, "ä".repeat(90))).chars().count(), LONGEST_NAME);
    }

    #[rstest]
    #[case(130_000, "Signed up after 2 min 10 s")]
    #[case(40, "Signed up after 0.1 s")]
    #[case(0, "Signed up at the start")]
    fn a_mark_says_how_long_it_took(#[case] ms: u64, #[case] words: &str) {
        assert_eq!(reached_words("Signed up", ms), words);
    }

    #[test]
    fn every_problem_says_what_to_do_and_the_limits_of_the_words_are_those_of_the_rules() {
        assert!(GoalProblem::iter().all(|problem| goal_problem(problem).ends_with('.')));
        assert!(goal_problem(GoalProblem::TooMany).contains(&MOST_GOALS.to_string()));
        assert!(goal_problem(GoalProblem::NameInvalid).contains(&LONGEST_NAME.to_string()));
    }
}
