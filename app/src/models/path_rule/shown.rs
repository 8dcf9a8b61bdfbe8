//! What rules join of the paths that were viewed lately, and what a further one would.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{PathRule, PathRules, RuleProblem, Suggestion, suggest::suggestions};

/// How many paths a preview names.
pub const JOINED: usize = 20;
/// How many paths stand beside a rule as examples.
pub const EXAMPLES: usize = 3;
/// How many of those that stay apart a preview names.
pub const APART: usize = 10;

/// How often a path was viewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathViews {
    /// The path.
    pub path: String,
    /// Page views.
    pub views: u64,
}

/// A rule with what it joins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// The rule.
    pub rule: PathRule,
    /// How many paths.
    pub paths: u64,
    /// How often they were viewed, all together.
    pub views: u64,
    /// The most viewed of them.
    pub first: Vec<PathViews>,
}

/// A path that looks as if a rule joined it, and does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// The path.
    pub path: String,
    /// Page views.
    pub views: u64,
    /// The rule that joins it instead, if one does.
    pub by: Option<PathRule>,
}

/// What a rule would join that is not there yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// What it would join.
    pub joined: Joined,
    /// The most viewed of the paths that begin as its pattern does and that it would not join.
    pub apart: Vec<Apart>,
    /// How many others of them there are.
    pub apart_others: u64,
}

/// The rules of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesShown {
    /// In the order in which they count, with what they join now.
    pub rules: Vec<Joined>,
    /// What the pattern that somebody typed would join, or why it is no rule; `None` where nothing was typed.
    pub preview: Option<Result<Preview, RuleProblem>>,
    /// Rules that would be worth it.
    pub suggestions: Vec<Suggestion>,
}

impl RulesShown {
    /// Of the paths that were viewed lately.
    pub fn of(rules: &PathRules, mut paths: Vec<PathViews>, typed: &str) -> Self {
        // The most viewed first; of equals the first in the alphabet.
        paths.sort_by(|a, b| b.views.cmp(&a.views).then_with(|| a.path.cmp(&b.path)));
        let joined = joined(rules, &paths);
        let with_examples = |rule: &PathRule| summed(rule, joined.get(rule).map_or(&[], Vec::as_slice), EXAMPLES);
        Self {
            rules: rules.iter().map(with_examples).collect(),
            preview: (!typed.trim().is_empty()).then(|| preview(rules, &paths, typed)),
            suggestions: suggestions(rules, &paths),
        }
    }
}

fn preview(rules: &PathRules, paths: &[PathViews], typed: &str) -> Result<Preview, RuleProblem> {
    let rule = PathRule::parse(typed)?;
    if rules.has_like(&rule) {
        return Err(RuleProblem::Exists);
    }
    let beginning = rule.beginning();
    let rules = rules.with(rule.clone());
    let (mut of_rule, mut apart) = (Vec::new(), Vec::new());
    for of in paths {
        match rules.rule_of(&of.path) {
            Some(by) if *by == rule => of_rule.push(of),
            by if begins(&of.path, &beginning) => {
                apart.push(Apart { path: of.path.clone(), views: of.views, by: by.cloned() });
            }
            _ => {}
        }
    }
    let apart_others = number(apart.len().saturating_sub(APART));
    apart.truncate(APART);
    Ok(Preview { joined: summed(&rule, &of_rule, JOINED), apart, apart_others })
}

/// Whether a path begins with these segments.
fn begins(path: &str, beginning: &str) -> bool {
    path.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The paths of each rule, in their order.
fn joined<'a>(rules: &'a PathRules, paths: &'a [PathViews]) -> HashMap<&'a PathRule, Vec<&'a PathViews>> {
    let mut joined: HashMap<&PathRule, Vec<&PathViews>> = HashMap::new();
    for of in paths {
        if let Some(rule) = rules.rule_of(&of.path) {
            joined.entry(rule).or_default().push(of);
        }
    }
    joined
}

fn summed(rule: &PathRule, paths: &[&PathViews], most: usize) -> Joined {
    Joined {
        rule: rule.clone(),
        paths: number(paths.len()),
        views: paths.iter().map(|of| of.views).sum(),
        first: paths.iter().take(most).map(|&of| of.clone()).collect(),
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(texts: &[&str]) -> PathRules {
        texts.iter().map(|text| PathRule::parse(text).unwrap()).collect()
    }

    fn paths(of: &[(&str, u64)]) -> Vec<PathViews> {
        of.iter().map(|&(path, views)| PathViews { path: path.into(), views }).collect()
    }

    const VIEWED: &[(&str, u64)] = &[
        ("/", 90),
        ("/product", 8),
        ("/product/2", 7),
        ("/product/1", 7),
        ("/product/3", 9),
        ("/product/4", 1),
        ("/product/3/reviews", 5),
        ("/product/new", 2),
        ("/products", 4),
    ];

    fn previewed(standing: &[&str], typed: &str) -> Result<Preview, RuleProblem> {
        RulesShown::of(&rules(standing), paths(VIEWED), typed).preview.unwrap()
    }

    #[test]
    fn each_rule_has_its_paths_the_most_viewed_first() {
        let shown = RulesShown::of(&rules(&["/product/:id", "/product/*", "/gone/:id"]), paths(VIEWED), " ");
        let of = |joined: &Joined| {
            let first = joined.first.iter().map(|of| of.path.clone()).collect::<Vec<_>>().join(" ");
            (joined.rule.to_string(), joined.paths, joined.views, first)
        };
        assert_eq!(
            shown.rules.iter().map(of).collect::<Vec<_>>(),
            [
                ("/gone/:id".into(), 0, 0, String::new()),
                ("/product/:id".into(), 5, 26, "/product/3 /product/1 /product/2".into()),
                ("/product/*".into(), 1, 5, "/product/3/reviews".into()),
            ]
        );
        assert_eq!(shown.preview, None);
    }

    #[test]
    fn a_preview_says_what_a_rule_would_join_and_what_stays_apart() {
        let preview = previewed(&["/product/:id/reviews"], "/product/:id").unwrap();
        assert_eq!((preview.joined.paths, preview.joined.views, preview.joined.first.len()), (5, 26, 5));
        let apart = |path: &str, views, by: Option<&str>| Apart {
            path: path.into(),
            views,
            by: by.map(|by| PathRule::parse(by).unwrap()),
        };
        let expected = [apart("/product", 8, None), apart("/product/3/reviews", 5, Some("/product/:id/reviews"))];
        assert_eq!((preview.apart.as_slice(), preview.apart_others), (&expected[..], 0));
    }

    #[test]
    fn a_rule_that_is_more_exact_takes_its_paths_from_one_that_is_there() {
        let preview = previewed(&["/product/*"], "/product/:id").unwrap();
        assert_eq!(preview.joined.paths, 5);
        let less = previewed(&["/product/:id"], "/product/*").unwrap();
        assert_eq!((less.joined.paths, less.apart.len()), (1, 6));
    }

    #[test]
    fn what_is_no_rule_or_there_already_says_so() {
        assert_eq!(previewed(&[], "product"), Err(RuleProblem::NoSlash));
        assert_eq!(previewed(&["/product/:id"], "/product/:number"), Err(RuleProblem::Exists));
    }

    #[test]
    fn long_lists_are_cut_and_counted() {
        let many: Vec<PathViews> = (0..40)
            .flat_map(|number| [format!("/a/{number}"), format!("/a/{number}/b")])
            .map(|path| PathViews { path, views: 1 })
            .collect();
        let preview = RulesShown::of(&PathRules::default(), many, "/a/:id").preview.unwrap().unwrap();
        assert_eq!((preview.joined.paths, preview.joined.first.len()), (40, JOINED));
        assert_eq!((preview.apart.len(), preview.apart_others), (APART, 30));
    }
}
