//! The rules of a site, and everything that speaks of pages seen through them.

use std::collections::BTreeSet;

use super::PathRule;
use crate::models::{
    goal::{Aim, Goal},
    paths::Anchor,
    query::{Act, Deed, Dimension, Filter, PathStep, SessionQuery, TextTest},
    timeline::{SessionDetail, TimelineItem},
};

/// Rules in the order in which they count. However they were put in, the order is the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathRules(Vec<PathRule>);

impl FromIterator<PathRule> for PathRules {
    fn from_iter<T: IntoIterator<Item = PathRule>>(rules: T) -> Self {
        let mut rules: Vec<PathRule> = rules.into_iter().collect();
        rules.sort_by(|a, b| a.rank().cmp(&b.rank()));
        rules.dedup();
        Self(rules)
    }
}

impl PathRules {
    /// In the order in which they count.
    pub fn iter(&self) -> impl Iterator<Item = &PathRule> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them joins the same paths.
    pub fn has_like(&self, rule: &PathRule) -> bool {
        self.iter().any(|standing| standing.is_like(rule))
    }

    /// With one more.
    #[must_use]
    pub fn with(&self, rule: PathRule) -> Self {
        self.iter().cloned().chain([rule]).collect()
    }

    /// The rule that joins a path: the first that fits.
    pub fn rule_of(&self, path: &str) -> Option<&PathRule> {
        self.iter().find(|rule| rule.fits(path))
    }

    /// What a path counts as: its group, or itself where no rule joins it.
    pub fn group<'a>(&'a self, path: &'a str) -> &'a str {
        self.rule_of(path).map_or(path, PathRule::as_str)
    }

    /// A condition as the groups know it: one on exactly some pages means their groups. Parts of paths are looked for in
    /// what the groups are called.
    #[must_use]
    pub fn filter(&self, filter: &Filter) -> Filter {
        match filter {
            Filter::Text {
                dimension: dimension @ (Dimension::Page | Dimension::Entry | Dimension::Exit),
                test: test @ (TextTest::Is | TextTest::Not),
                values,
            } => {
                let values = values.iter().map(|path| self.group(path).to_owned()).collect();
                Filter::Text { dimension: *dimension, test: *test, values }
            }
            Filter::Step { step: PathStep { anchor, at }, not, values } => Filter::Step {
                step: PathStep { anchor: self.anchor(anchor), at: *at },
                not: *not,
                values: values.iter().map(|path| self.group(path).to_owned()).collect(),
            },
            Filter::Did { deed: Deed { page, act }, not } => {
                let group = |page: &String| self.group(page).to_owned();
                let act = match act {
                    Act::After(page) => Act::After(group(page)),
                    Act::Before(page) => Act::Before(group(page)),
                    of_the_page_alone => of_the_page_alone.clone(),
                };
                Filter::Did { deed: Deed { page: group(page), act }, not: *not }
            }
            Filter::Text { .. } | Filter::Number { .. } | Filter::Property { .. } => filter.clone(),
        }
    }

    /// Where paths begin or lead to, as the groups know it.
    #[must_use]
    pub fn anchor(&self, anchor: &Anchor) -> Anchor {
        let page = self.group(anchor.page());
        Anchor::of(anchor.way(), page).unwrap_or_else(|| anchor.clone())
    }

    /// A query with its conditions as the groups know them.
    #[must_use]
    pub fn query(&self, query: &SessionQuery) -> SessionQuery {
        SessionQuery { filters: query.filters.iter().map(|filter| self.filter(filter)).collect(), ..query.clone() }
    }

    /// An aim as the groups know it.
    #[must_use]
    pub fn aim(&self, aim: &Aim) -> Aim {
        Aim::of(self.filter(aim.filter())).unwrap_or_else(|| aim.clone())
    }

    /// A goal for whoever looks at a session with the paths that it has: what reaches it are those of its pages whose groups
    /// do.
    #[must_use]
    pub fn goal_on(&self, goal: Goal, detail: &SessionDetail) -> Goal {
        let Filter::Text { dimension: Dimension::Page, .. } = goal.aim.filter() else { return goal };
        let meant = self.aim(&goal.aim);
        let reaching: BTreeSet<&str> =
            detail.pages().map(|page| page.path.as_str()).filter(|path| meant.is_page(self.group(path))).collect();
        let values = reaching.into_iter().map(str::to_owned).collect();
        let aim = Aim::of(Filter::Text { dimension: Dimension::Page, test: TextTest::Is, values });
        Goal { aim: aim.unwrap_or(meant), ..goal }
    }

    /// A session with groups in the place of its paths, for whoever works out what sessions come to by looking at each.
    /// Its figures stay as they are: a bounce is one page that was looked at, not one group.
    #[must_use]
    pub fn regroup(&self, detail: &SessionDetail) -> SessionDetail {
        let mut grouped = detail.clone();
        let group = |path: &mut String| {
            if let Some(rule) = self.rule_of(path) {
                rule.as_str().clone_into(path);
            }
        };
        group(&mut grouped.session.entry);
        group(&mut grouped.session.last_page);
        for item in &mut grouped.timeline {
            if let TimelineItem::Page(page) = item {
                group(&mut page.path);
            }
        }
        grouped
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        ids::{GoalId, SiteId},
        path_rule::RuleProblem,
        samples::{detail, page, session},
        session::Session,
    };

    fn rules(texts: &[&str]) -> PathRules {
        texts.iter().map(|text| PathRule::parse(text).unwrap()).collect()
    }

    #[rstest]
    #[case::no_rule_joins_it("/about", "/about")]
    #[case::one_does("/product/7", "/product/:id")]
    #[case::an_exact_segment_comes_first("/product/7/reviews", "/product/:id/reviews")]
    #[case::a_name_before_a_rest("/blog/2026", "/blog/:year")]
    #[case::a_rest_has_what_is_left("/blog/2026/11/a", "/blog/*")]
    #[case::the_longer_one_first("/blog/2026/a", "/blog/:year/:slug")]
    #[case::a_group_is_its_own("/blog/*", "/blog/*")]
    fn a_path_counts_as(#[case] path: &str, #[case] group: &str) {
        let rules = rules(&[
            "/blog/*",
            "/blog/:year",
            "/blog/:year/:slug",
            "/product/:id",
            "/product/:id/:part",
            "/product/:id/reviews",
        ]);
        assert_eq!(rules.group(path), group);
    }

    #[test]
    fn of_two_that_join_the_same_the_first_in_the_alphabet_counts() {
        assert_eq!(rules(&["/a/:slug", "/a/:id", "/a/:id"]), rules(&["/a/:id", "/a/:slug"]));
        assert_eq!(rules(&["/a/:slug", "/a/:id"]).group("/a/1"), "/a/:id");
        assert!(rules(&["/a/:slug"]).has_like(&PathRule::parse("/a/:id").unwrap()));
    }

    fn text(dimension: Dimension, test: TextTest, values: &[&str]) -> Filter {
        Filter::Text { dimension, test, values: values.iter().map(|&value| value.into()).collect() }
    }

    fn step(anchor: Anchor, pages: &[&str]) -> Filter {
        let values = pages.iter().map(|&page| page.into()).collect();
        Filter::Step { step: PathStep { anchor, at: 2 }, not: false, values }
    }

    #[rstest]
    #[case::a_page(text(Dimension::Page, TextTest::Is, &["/p/1", "/"]), text(Dimension::Page, TextTest::Is, &["/p/:id", "/"]))]
    #[case::none(text(Dimension::Exit, TextTest::Not, &["/p/1"]), text(Dimension::Exit, TextTest::Not, &["/p/:id"]))]
    #[case::the_first(text(Dimension::Entry, TextTest::Is, &["/p/1"]), text(Dimension::Entry, TextTest::Is, &["/p/:id"]))]
    #[case::a_step(step(Anchor::After("/p/1".into()), &["/p/2", ""]), step(Anchor::After("/p/:id".into()), &["/p/:id", ""]))]
    #[case::from_the_start(step(Anchor::Start, &["/p/2"]), step(Anchor::Start, &["/p/:id"]))]
    #[case::a_part(text(Dimension::Page, TextTest::Starts, &["/p/1"]), text(Dimension::Page, TextTest::Starts, &["/p/1"]))]
    #[case::a_link(text(Dimension::Link, TextTest::Is, &["/p/1"]), text(Dimension::Link, TextTest::Is, &["/p/1"]))]
    fn a_condition_on_pages_means_their_groups(#[case] asked: Filter, #[case] meant: Filter) {
        let rules = rules(&["/p/:id"]);
        let query = SessionQuery::newest(SiteId(1)).with(asked);
        assert_eq!(rules.query(&query).filters, [meant]);
        assert_eq!(PathRules::default().query(&query), query);
    }

    #[test]
    fn an_aim_on_a_page_means_its_group() {
        let aim = |path: &str| Aim::of(Filter::is(Dimension::Page, path)).unwrap();
        assert_eq!(rules(&["/p/:id"]).aim(&aim("/p/1")), aim("/p/:id"));
    }

    #[rstest]
    #[case::by_any_of_the_group(Filter::is(Dimension::Page, "/p/7"), &["/p/1", "/p/2"])]
    #[case::by_no_other(Filter::is(Dimension::Page, "/cart"), &[])]
    #[case::by_the_name_of_the_group(text(Dimension::Page, TextTest::Starts, &["/p/:"]), &["/p/1", "/p/2"])]
    #[case::not_by_a_part_of_a_path(text(Dimension::Page, TextTest::Contains, &["/1"]), &[])]
    #[case::by_what_no_rule_joins(text(Dimension::Page, TextTest::Contains, &["out"]), &["/about"])]
    fn a_goal_on_a_session_is_reached_by_pages_whose_groups_do(#[case] aim: Filter, #[case] by: &[&str]) {
        let goal = |aim: Filter| Goal { id: GoalId(Uuid::nil()), name: "Goal".into(), aim: Aim::of(aim).unwrap() };
        let seen = detail(session(1), ["/p/2", "/about", "/p/1", "/p/2"].map(|path| page(path, vec![])).into());
        let expected = goal(text(Dimension::Page, TextTest::Is, by));
        assert_eq!(rules(&["/p/:id"]).goal_on(goal(aim), &seen), expected);
    }

    #[test]
    fn a_goal_on_an_event_stays_as_it_is() {
        let aim = Aim::of(Filter::is(Dimension::Event, "/p/1")).unwrap();
        let goal = Goal { id: GoalId(Uuid::nil()), name: "Goal".into(), aim };
        assert_eq!(rules(&["/p/:id"]).goal_on(goal.clone(), &detail(session(1), vec![])), goal);
    }

    #[test]
    fn a_session_is_regrouped_with_its_entry_its_exit_and_its_pages() {
        let of = |entry: &str, exit: &str, paths: [&str; 3]| {
            let session = Session { entry: entry.into(), last_page: exit.into(), ..session(1) };
            detail(session, paths.map(|path| page(path, vec![])).into())
        };
        let seen = of("/p/1", "/p/2", ["/p/1", "/", "/p/2"]);
        assert_eq!(rules(&["/p/:id"]).regroup(&seen), of("/p/:id", "/p/:id", ["/p/:id", "/", "/p/:id"]));
        assert_eq!(PathRules::default().regroup(&seen), seen);
    }

    fn any_segment() -> impl Strategy<Value = &'static str> {
        prop::sample::select(&["a", "b", "1", "", ":id", ":slug", "*"][..])
    }

    /// Few different segments, so that rules meet paths and each other.
    fn any_path() -> impl Strategy<Value = String> {
        prop::collection::vec(any_segment(), 1..5).prop_map(|segments| format!("/{}", segments.join("/")))
    }

    fn any_rules() -> impl Strategy<Value = Vec<PathRule>> {
        prop::collection::vec(any_path(), 0..40)
            .prop_map(|texts| texts.iter().filter_map(|text| PathRule::parse(text).ok()).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_is_grouped_stays_as_it_is(rules in any_rules(), path in any_path()) {
            let rules: PathRules = rules.into_iter().collect();
            let group = rules.group(&path);
            prop_assert_eq!(rules.group(group), group);
        }

        #[test]
        fn a_group_is_of_the_shape_of_its_rule(rules in any_rules(), path in any_path()) {
            let rules: PathRules = rules.into_iter().collect();
            if let Some(rule) = rules.rule_of(&path) {
                prop_assert!(rule.fits(&path) && rule.fits(rule.as_str()), "{} of {}", rule, path);
            } else {
                prop_assert_eq!(rules.group(&path), path.as_str());
            }
        }

        #[test]
        fn the_order_in_which_rules_were_made_changes_nothing(
            (rules, shuffled) in any_rules().prop_flat_map(|rules| (Just(rules.clone()), Just(rules).prop_shuffle())),
        ) {
            prop_assert_eq!(rules.into_iter().collect::<PathRules>(), shuffled.into_iter().collect::<PathRules>());
        }

        #[test]
        fn whatever_is_typed_is_a_pattern_that_fits_itself_or_is_refused(typed in any::<String>()) {
            match PathRule::parse(&typed) {
                Ok(rule) => prop_assert!(rule.fits(rule.as_str())),
                Err(problem) => prop_assert!(!matches!(problem, RuleProblem::Exists | RuleProblem::TooMany)),
            }
        }
    }
}
