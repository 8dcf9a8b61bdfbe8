//! Paths that rules join count as one page, also of what was stored before; sessions keep the paths that they have.

use app::{
    models::{
        goal::Aim,
        ids::SessionId,
        pages::{PageShown, PagesShown},
        path_rule::PathRule,
        paths::{Anchor, PathsShown},
        query::{Act, Deed, Dimension, Filter, SessionQuery, TextTest},
        timeline::SessionDetail,
        view::ViewName,
    },
    services::{Sessions, Tabs},
};
use rstest::rstest;
use server::{
    clock::Clock,
    reports::SessionReports,
    store::{
        database::Database,
        goals::{self, Made},
        path_rules::{self, Added},
    },
};

use crate::support::{
    builders::{a_page, a_session, store},
    collector::NOON,
    db::{FIRST_SITE, TestDb},
};

const MINUTE: i64 = 60_000;

async fn add(db: &Database, pattern: &str) {
    let rule = PathRule::parse(pattern).unwrap();
    assert_eq!(path_rules::add(db, FIRST_SITE, &rule, NOON).await.unwrap(), Added::Rule);
}

fn reports(test: &TestDb) -> SessionReports {
    SessionReports::new(test.db.clone(), Clock::set_to(NOON))
}

/// Sessions on these paths, one after the other, an hour ago and since.
async fn that_view(sessions: &[&[&str]]) -> (TestDb, Vec<SessionId>) {
    let test = TestDb::fresh().await;
    let rows: Vec<_> = (0..)
        .zip(sessions)
        .map(|(number, paths)| {
            let pages = (0..).zip(*paths).map(|(nth, path)| a_page(path).after(nth * 1_000));
            a_session(NOON - 60 * MINUTE + number * MINUTE).pages(pages).build()
        })
        .collect();
    let ids = rows.iter().map(server::seed::builders::Rows::id).collect();
    store(&test.db, rows).await.unwrap();
    (test, ids)
}

async fn shop() -> (TestDb, Vec<SessionId>) {
    that_view(&[&["/", "/product/1", "/product/2"], &["/product/2"], &["/", "/product/1/reviews"]]).await
}

fn all() -> SessionQuery {
    SessionQuery::newest(FIRST_SITE)
}

/// Paths with views, sessions, entries and exits.
async fn pages(reports: &SessionReports) -> Vec<(String, u64, u64, u64, u64)> {
    let table = reports.pages(&all(), &PagesShown::default()).await.unwrap();
    let rows = table.page.rows.into_iter();
    rows.map(|row| (row.path, row.views, row.sessions, row.entries, row.exits)).collect()
}

async fn spread(reports: &SessionReports, dimension: Dimension) -> Vec<(String, u64)> {
    let facet = reports.facet(&all(), dimension, "").await.unwrap();
    facet.values.into_iter().map(|value| (value.value, value.sessions)).collect()
}

async fn listed(reports: &SessionReports, query: &SessionQuery) -> Vec<SessionId> {
    reports.list(query).await.unwrap().sessions.iter().map(|session| session.id).collect()
}

fn paths(detail: &SessionDetail) -> Vec<&str> {
    detail.pages().map(|page| page.path.as_str()).collect()
}

#[tokio::test]
async fn what_is_stored_counts_by_groups_from_the_moment_that_there_is_a_rule_and_as_before_without_it() {
    let (test, _) = shop().await;
    let reports = reports(&test);
    let apart: Vec<_> =
        [("/", 2, 2, 2, 0), ("/product/2", 2, 2, 1, 2), ("/product/1", 1, 1, 0, 0), ("/product/1/reviews", 1, 1, 0, 1)]
            .map(|(path, views, sessions, entries, exits)| (path.to_owned(), views, sessions, entries, exits))
            .into();
    assert_eq!(pages(&reports).await, apart);
    add(&test.db, "/product/:id").await;
    let joined: Vec<_> = [("/product/:id", 3, 2, 1, 2), ("/", 2, 2, 2, 0), ("/product/1/reviews", 1, 1, 0, 1)]
        .map(|(path, views, sessions, entries, exits)| (path.to_owned(), views, sessions, entries, exits))
        .into();
    assert_eq!(pages(&reports).await, joined);
    assert_eq!(spread(&reports, Dimension::Page).await[0], ("/".to_owned(), 2));
    assert_eq!(
        spread(&reports, Dimension::Exit).await,
        [("/product/:id".to_owned(), 2), ("/product/1/reviews".to_owned(), 1)]
    );
    path_rules::delete(&test.db, FIRST_SITE, "/product/:id").await.unwrap();
    assert_eq!(pages(&reports).await, apart);
}

#[tokio::test]
async fn a_rule_that_another_node_added_counts_at_the_next_question() {
    let (test, _) = shop().await;
    let reports = reports(&test);
    assert_eq!(pages(&reports).await.len(), 4);
    add(&test.again().await.db, "/product/*").await;
    assert_eq!(pages(&reports).await.len(), 2);
    // And a session that arrives then is counted by it.
    let late = a_session(NOON - MINUTE).received(NOON).page(a_page("/product/77")).build();
    store(&test.db, [late]).await.unwrap();
    assert_eq!(pages(&reports).await[0], ("/product/*".to_owned(), 5, 4, 2, 4));
}

#[tokio::test]
async fn the_table_and_the_report_say_what_is_a_group() {
    let (test, _) = that_view(&[&["/product/1", "/user/:id"], &["/product/2"]]).await;
    add(&test.db, "/product/:id").await;
    let reports = reports(&test);
    let table = reports.pages(&all(), &PagesShown::default()).await.unwrap();
    let groups: Vec<(&str, bool)> =
        table.page.rows.iter().map(|row| (row.path.as_str(), table.is_group(row))).collect();
    assert_eq!(groups, [("/product/:id", true), ("/user/:id", false)]);
    for (of, rule) in
        [("/product/1", Some("/product/:id")), ("/product/:id", Some("/product/:id")), ("/user/:id", None)]
    {
        let report = reports.page(&all(), &PageShown { of: of.into() }).await.unwrap();
        assert_eq!(report.group.as_ref().map(PathRule::as_str), rule, "{of}");
        assert_eq!(report.row.views, if rule.is_some() { 2 } else { 1 }, "{of}");
    }
}

fn page(test: TextTest, value: &str) -> SessionQuery {
    all().with(Filter::Text { dimension: Dimension::Page, test, values: vec![value.into()] })
}

fn search(text: &str) -> SessionQuery {
    SessionQuery { search: Some(text.into()), ..all() }
}

#[rstest]
#[case::a_page_means_its_group(page(TextTest::Is, "/product/1"), &[1, 0])]
#[case::also_one_that_nobody_viewed(page(TextTest::Is, "/product/99"), &[1, 0])]
#[case::the_group_itself(page(TextTest::Is, "/product/:id"), &[1, 0])]
#[case::none_of_the_group(page(TextTest::Not, "/product/1"), &[2])]
#[case::parts_are_looked_for_in_the_name_of_the_group(page(TextTest::Starts, "/product/"), &[2, 1, 0])]
#[case::and_nowhere_else(page(TextTest::Contains, "product/2"), &[])]
#[case::a_search_finds_what_was_opened(search("product/2"), &[1, 0])]
#[case::and_the_group(search("/product/:ID"), &[1, 0])]
#[case::and_what_no_rule_joins(search("reviews"), &[2])]
#[tokio::test]
async fn conditions_mean_groups_and_a_search_finds_both(#[case] query: SessionQuery, #[case] found: &[usize]) {
    let (test, ids) = shop().await;
    add(&test.db, "/product/:id").await;
    let expected: Vec<SessionId> = found.iter().map(|&at| ids[at]).collect();
    assert_eq!(listed(&reports(&test), &query).await, expected);
}

#[tokio::test]
async fn a_goal_on_a_page_is_reached_by_its_group() {
    let (test, ids) = shop().await;
    let aim = Aim::of(Filter::is(Dimension::Page, "/product/1")).unwrap();
    let name = ViewName::parse("First product").unwrap();
    let Made::Goal(goal) = goals::make(&test.db, FIRST_SITE, &name, &aim, NOON).await.unwrap() else {
        panic!("no goal")
    };
    let reached = all().for_goal(Some(goal)).that_converted(Some(true));
    let reports = reports(&test);
    assert_eq!(listed(&reports, &reached).await, [ids[0]]);
    add(&test.db, "/product/:id").await;
    assert_eq!(listed(&reports, &reached).await, [ids[1], ids[0]]);
}

#[tokio::test]
async fn lists_and_timelines_keep_the_paths_that_were_opened() {
    let (test, ids) = shop().await;
    add(&test.db, "/product/:id").await;
    let reports = reports(&test);
    let narrowed = reports.list(&page(TextTest::Is, "/product/:id")).await.unwrap().sessions;
    assert_eq!(narrowed.iter().map(|one| one.last_page.as_str()).collect::<Vec<_>>(), ["/product/2", "/product/2"]);
    let detail = reports.detail(FIRST_SITE, ids[0]).await.unwrap().unwrap();
    assert_eq!(paths(&detail), ["/", "/product/1", "/product/2"]);
}

#[tokio::test]
async fn paths_from_a_page_are_those_from_its_group_and_say_so() {
    let (test, _) = shop().await;
    let reports = reports(&test);
    let from = async |page: &str| {
        let shown = PathsShown { anchor: Anchor::After(page.into()) };
        let flow = reports.paths(&all(), &shown).await.unwrap();
        (flow.anchor.page().to_owned(), flow.steps.first().map_or(0, |step| step.sessions))
    };
    assert_eq!(from("/product/1").await, ("/product/1".into(), 1));
    add(&test.db, "/product/:id").await;
    assert_eq!(from("/product/1").await, ("/product/:id".into(), 2));
    assert_eq!(from("/product/1/reviews").await, ("/product/1/reviews".into(), 1));
}

#[rstest]
#[case::on_a_page(Deed { page: "/product/1".into(), act: Act::View }, &[1, 0])]
#[case::after_a_page(Deed { page: "/product/7".into(), act: Act::After("/".into()) }, &[0])]
#[case::before_a_page(Deed { page: "/".into(), act: Act::Before("/product/7".into()) }, &[0])]
#[case::two_of_a_group_are_one_look(Deed { page: String::new(), act: Act::After("/product/1".into()) }, &[])]
#[tokio::test]
async fn what_was_done_on_a_page_means_its_group(#[case] deed: Deed, #[case] found: &[usize]) {
    let (test, ids) = shop().await;
    add(&test.db, "/product/:id").await;
    let expected: Vec<SessionId> = found.iter().map(|&at| ids[at]).collect();
    assert_eq!(listed(&reports(&test), &all().that_did(deed)).await, expected);
}

#[tokio::test]
async fn two_pages_of_a_group_are_no_bounce_for_that() {
    let (test, _) = that_view(&[&["/product/1", "/product/2"], &["/product/3"]]).await;
    let reports = reports(&test);
    let figures = async || reports.overview(&all()).await.unwrap().summary;
    let before = figures().await;
    add(&test.db, "/product/:id").await;
    assert_eq!(figures().await, before);
}
