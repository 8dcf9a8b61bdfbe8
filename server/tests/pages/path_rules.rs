//! The page of rules for paths, and its forms.

use app::models::{
    goal::Aim,
    path_rule::MOST_RULES,
    query::{Dimension, Filter},
    view::ViewName,
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::store::{
    goals::{self, Made},
    path_rules,
};

use crate::support::{
    builders::{a_page, a_session, store},
    collector::NOON,
    db::FIRST_SITE,
    test_app::{Answer, Browser, TestApp},
};

const RULES: &str = "/sites/1/pages/rules";
const ADD: &str = "/sites/1/path-rules";
const DELETE: &str = "/sites/1/path-rules/delete";
const DAY: i64 = 24 * 60 * 60 * 1000;

async fn add(browser: &Browser<'_>, pattern: &str) -> Answer {
    browser.post(ADD, &[("pattern", pattern)]).await
}

/// Where the form leads, which is always another page.
fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location()
}

async fn rules(app: &TestApp) -> Vec<String> {
    let rules = path_rules::of_site(app.db.db.reader(), FIRST_SITE).await.unwrap();
    rules.iter().map(ToString::to_string).collect()
}

/// Views of `/product/1` to `/product/7`, the first most often, one of them by a machine; one page beside them, and one that
/// was viewed too long ago.
async fn viewed(app: &TestApp) {
    let of = |number: i64| a_session(NOON - number * 60_000).page(a_page(&format!("/product/{number}")));
    let often =
        (1..7).chain([1, 1, 2]).zip(0..).map(|(number, turn)| of(number).row(|row| row.duration_ms = turn).build());
    let machine = of(7).row(|row| row.bot = Some("crawler".into())).build();
    let new = a_session(NOON - DAY).page(a_page("/product/5/new")).build();
    let old = a_session(NOON - 31 * DAY).page(a_page("/product/8")).build();
    store(&app.db.db, often.chain([machine, new, old])).await.unwrap();
}

#[tokio::test]
async fn a_rule_is_previewed_added_shown_with_what_it_joins_and_deleted() {
    let app = TestApp::new().await;
    viewed(&app).await;
    let owner = app.owner().await;
    let pages = owner.get("/sites/1/pages").await.body;
    assert!(pages.contains("href=\"/sites/1/pages/rules\""), "{pages}");
    let page = owner.get(RULES).await.body;
    assert!(page.contains("There is none yet"), "{page}");
    assert!(
        page.contains("href=\"/sites/1/pages/rules?pattern=/product/:id\"") && page.contains("6 paths, 9 page views"),
        "{page}"
    );

    let page = owner.get(&format!("{RULES}?pattern=/product/:id")).await.body;
    for part in
        ["would join 6 paths of the last 30 days", "9 page views", "Add this rule", "Stays apart", "/product/5/new"]
    {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("/product/7") && !page.contains("/product/8"), "{page}");

    assert_eq!(leads_to(&add(&owner, " /product/:id ").await), RULES);
    let page = owner.get(RULES).await.body;
    assert!(page.contains("such as /product/1, /product/2, /product/3 …"), "{page}");
    assert!(page.contains("Delete the rule /product/:id") && !page.contains("Suggestions"), "{page}");

    let pages = owner.get("/sites/1/pages").await.body;
    assert!(pages.contains("grouped by /product/:id") && !pages.contains(">/product/1<"), "{pages}");
    let report = owner.get("/sites/1/pages/report?of=/product/1").await.body;
    assert!(report.contains("Grouped by /product/:id"), "{report}");

    assert_eq!(leads_to(&owner.post(DELETE, &[("pattern", "/product/:id")]).await), RULES);
    assert_eq!(
        leads_to(&owner.post(DELETE, &[("pattern", "/product/:id")]).await),
        RULES,
        "one that is gone is no problem"
    );
    assert_eq!(rules(&app).await, Vec::<String>::new());
    assert!(owner.get("/sites/1/pages").await.body.contains(">/product/1<"));
}

#[tokio::test]
async fn what_is_no_rule_leads_back_with_what_was_typed_and_says_why() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    for (typed, location, words) in [
        ("product", "?pattern=product&rule_problem=no_slash", "begins with a slash"),
        ("/product/1", "?pattern=/product/1&rule_problem=joins_nothing", "it joins nothing"),
        ("/a/*/b", "?pattern=/a/%2A/b&rule_problem=star_within", "A star stands alone"),
        ("", "?pattern=&rule_problem=empty", "Type a pattern first"),
    ] {
        let answer = add(&browser, typed).await;
        assert_eq!(leads_to(&answer), format!("{RULES}{location}"));
        let page = browser.get(answer.location()).await.body;
        assert!(page.contains(words) && page.contains("role=\"alert\""), "{words} in {page}");
        assert!(page.contains(&format!("value=\"{typed}\"")), "{typed} in {page}");
        assert!(!page.contains("Add this rule"), "{page}");
    }
    let long = add(&browser, &"/x".repeat(5_000)).await;
    assert!(leads_to(&long).ends_with("&rule_problem=too_long") && long.location().len() < 300, "{}", long.location());
    assert_eq!(rules(&app).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_rule_for_the_same_paths_and_one_too_many_are_refused() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    for number in 0..MOST_RULES {
        assert_eq!(leads_to(&add(&browser, &format!("/{number}/:id")).await), RULES);
    }
    let same = add(&browser, "/7/:slug").await;
    assert_eq!(leads_to(&same), format!("{RULES}?pattern=/7/:slug&rule_problem=exists"));
    let page = browser.get(same.location()).await.body;
    assert_eq!(page.matches("There is a rule for these paths already").count(), 1, "{page}");
    let full = add(&browser, "/more/:id").await;
    assert_eq!(leads_to(&full), format!("{RULES}?pattern=/more/:id&rule_problem=too_many"));
    let page = browser.get(full.location()).await.body;
    assert!(page.contains("there are 50 already") && !page.contains("Add this rule"), "{page}");
    assert_eq!(rules(&app).await.len(), MOST_RULES);
}

#[tokio::test]
async fn whoever_is_signed_out_changes_nothing_and_comes_back_after_signing_in() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    add(&owner, "/a/:id").await;
    let stranger = app.browser();
    let added = add(&stranger, "/b/:id").await;
    assert_eq!(leads_to(&added), "/login?next=%2Fsites%2F1%2Fpages%2Frules%3Fpattern%3D%2Fb%2F%3Aid");
    let deleted = stranger.post(DELETE, &[("pattern", "/a/:id")]).await;
    assert_eq!(leads_to(&deleted), "/login?next=%2Fsites%2F1%2Fpages%2Frules");
    assert_eq!(leads_to(&stranger.get(RULES).await), "/login?next=%2Fsites%2F1%2Fpages%2Frules");
    let told = stranger.call("/api/path_rules", &json!({ "site": 1, "typed": "/b/:id" })).await;
    assert_eq!(told.status, StatusCode::UNAUTHORIZED, "{}", told.body);
    assert_eq!(rules(&app).await, ["/a/:id"]);
}

#[tokio::test]
async fn there_are_no_rules_of_a_site_that_does_not_exist() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    for path in ["/sites/77/path-rules", "/sites/shop/path-rules", "/sites/77/path-rules/delete"] {
        assert_eq!(browser.post(path, &[("pattern", "/a/:id")]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(browser.get("/sites/77/pages/rules").await.status, StatusCode::NOT_FOUND);
    let told = browser.call("/api/path_rules", &json!({ "site": 77, "typed": "" })).await;
    assert_eq!(told.status, StatusCode::NOT_FOUND, "{}", told.body);
}

#[tokio::test]
async fn what_is_hostile_in_a_path_or_a_pattern_stays_text() {
    let app = TestApp::demo().await;
    store(&app.db.db, [a_session(NOON - 1_000).page(a_page("/p/<script>alert(1)</script>")).build()]).await.unwrap();
    let browser = app.browser();
    let page = browser.get(&format!("{RULES}?pattern=%2Fp%2F%3Cscript%3E%2F*")).await.body;
    assert!(!page.contains("<script>alert") && page.contains("/p/&lt;script&gt;/*"), "{page}");
    let told = browser.call("/api/path_rules", &json!({ "site": 1, "typed": "/p/:id/*" })).await;
    let shown: Value = serde_json::from_str(&told.body).unwrap();
    assert_eq!(shown["preview"]["Ok"]["joined"]["rule"], "/p/:id/*", "{}", told.body);
}

#[tokio::test]
async fn the_list_and_the_session_mark_a_goal_that_was_reached_by_a_page_of_its_group() {
    let app = TestApp::demo().await;
    let session = a_session(NOON - 60_000).pages([a_page("/"), a_page("/product/2").after(5_000)]).build();
    let id = session.id();
    store(&app.db.db, [session]).await.unwrap();
    let aim = Aim::of(Filter::is(Dimension::Page, "/product/1")).unwrap();
    let name = ViewName::parse("Saw a product").unwrap();
    let made = goals::make(&app.db.db, FIRST_SITE, &name, &aim, NOON).await.unwrap();
    let Made::Goal(goal) = made else { panic!("no goal") };
    let browser = app.browser();
    let pages = [format!("/sites/1/sessions?goal={goal}"), format!("/sites/1/sessions/{id}?goal={goal}")];
    for page in &pages {
        assert!(!browser.get(page).await.body.contains("Saw a product after 5 s"), "{page}");
    }
    add(&browser, "/product/:id").await;
    for page in &pages {
        assert!(browser.get(page).await.body.contains("Saw a product after 5 s"), "{page}");
    }
}
