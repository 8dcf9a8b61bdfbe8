//! Which rules would be worth it: shapes that many paths have, which differ in numbers or long names alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{PathRule, PathRules, PathViews};

/// From how many paths of one shape on a rule is suggested. Ours: fewer are read through at a glance.
pub const LEAST_PATHS: u64 = 5;
/// The most suggestions.
pub const MOST_SUGGESTIONS: usize = 10;
/// From this length on a segment with a digit in it is taken for a name of one thing among many.
const LONG: usize = 6;

/// A rule that would join many paths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The rule.
    pub rule: PathRule,
    /// How many paths have its shape that no rule joins yet.
    pub paths: u64,
    /// How often they were viewed.
    pub views: u64,
}

/// The shapes that most paths have which no rule joins.
pub(super) fn suggestions(rules: &PathRules, paths: &[PathViews]) -> Vec<Suggestion> {
    let mut shapes: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for PathViews { path, views } in paths.iter().filter(|of| rules.rule_of(&of.path).is_none()) {
        if let Some(shape) = shape(path) {
            let (paths, sum) = shapes.entry(shape).or_default();
            *paths += 1;
            *sum += views;
        }
    }
    let worth_it = shapes.into_iter().filter(|(_, (paths, _))| *paths >= LEAST_PATHS);
    let mut found: Vec<Suggestion> = worth_it
        .filter_map(|(shape, (paths, views))| Some(Suggestion { rule: PathRule::parse(&shape).ok()?, paths, views }))
        .filter(|found| !rules.has_like(&found.rule))
        .collect();
    // Of equals the first in the alphabet.
    found.sort_by_key(|found| std::cmp::Reverse((found.paths, found.views)));
    found.truncate(MOST_SUGGESTIONS);
    found
}

/// A path with names in the place of what looks as if it named one thing among many; `None` where nothing does. Right
/// behind the first slash only numbers do: a rule for everything there would join pages that have nothing in common.
fn shape(path: &str) -> Option<String> {
    let mut is_open = false;
    let segments: Vec<&str> = path
        .strip_prefix('/')?
        .split('/')
        .enumerate()
        .map(|(at, segment)| {
            let name = if is_number(segment) {
                ":id"
            } else if at > 0 && is_name_of_one(segment) {
                ":slug"
            } else {
                return segment;
            };
            is_open = true;
            name
        })
        .collect();
    is_open.then(|| format!("/{}", segments.join("/")))
}

fn is_number(segment: &str) -> bool {
    !segment.is_empty() && segment.chars().all(|char| char.is_ascii_digit())
}

fn is_name_of_one(segment: &str) -> bool {
    let words = segment.split(['-', '_']).filter(|word| !word.is_empty()).count();
    let has_digit = segment.chars().any(|char| char.is_ascii_digit());
    words >= 3 || (has_digit && segment.chars().count() >= LONG)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("/product/123", Some("/product/:id"))]
    #[case("/product/123/reviews", Some("/product/:id/reviews"))]
    #[case("/blog/2026/lamps-worth-repairing", Some("/blog/:id/:slug"))]
    #[case("/blog/lamps-worth-repairing/", Some("/blog/:slug/"))]
    #[case("/item/sku-4711", Some("/item/:slug"))]
    #[case("/7", Some("/:id"))]
    #[case("/lamps-worth-repairing", None)]
    #[case("/docs/getting-started", None)]
    #[case("/docs/v2", None)]
    #[case("/", None)]
    #[case("", None)]
    fn shapes(#[case] path: &str, #[case] expected: Option<&str>) {
        assert_eq!(shape(path).as_deref(), expected);
    }

    fn viewed(path: String) -> PathViews {
        PathViews { path, views: 2 }
    }

    #[test]
    fn five_paths_of_a_shape_are_worth_a_rule_unless_one_joins_them_already() {
        let paths: Vec<PathViews> = (0..5)
            .map(|number| viewed(format!("/product/{number}")))
            .chain((0..4).map(|number| viewed(format!("/order/{number}"))))
            .chain((0..6).map(|number| viewed(format!("/blog/{number}"))))
            .collect();
        let rules = |texts: &[&str]| texts.iter().map(|text| PathRule::parse(text).unwrap()).collect::<PathRules>();
        let found = |rules: &PathRules| -> Vec<(String, u64, u64)> {
            let found = suggestions(rules, &paths).into_iter();
            found.map(|found| (found.rule.to_string(), found.paths, found.views)).collect()
        };
        assert_eq!(found(&rules(&[])), [("/blog/:id".into(), 6, 12), ("/product/:id".into(), 5, 10)]);
        assert_eq!(found(&rules(&["/blog/:slug"])), [("/product/:id".into(), 5, 10)]);
        assert_eq!(found(&rules(&["/*"])), []);
    }

    #[test]
    fn the_shapes_of_most_paths_are_suggested() {
        let paths = |(shape, many): (u32, u32)| (0..many).map(move |number| viewed(format!("/s{shape}/{number}")));
        let all: Vec<PathViews> = (10..25u32).map(|shape| (shape, shape)).flat_map(paths).collect();
        let found = suggestions(&PathRules::default(), &all);
        assert_eq!(found.len(), MOST_SUGGESTIONS);
        assert_eq!((found[0].rule.as_str(), found[9].rule.as_str()), ("/s24/:id", "/s15/:id"));
    }
}
