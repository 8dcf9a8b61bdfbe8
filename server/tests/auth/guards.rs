//! Everything that shows something of the recordings is closed to whoever is signed out.

use app::{
    app::App,
    models::{ids::SiteId, query::SessionQuery},
};
use axum::http::StatusCode;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use serde_json::{Value, json};

use crate::support::test_app::TestApp;

/// Pages that are open to whoever is signed out, because there they sign in.
const OPEN: [&str; 2] = ["/login", "/setup"];

/// Every page, with ids in place of its parameters.
fn pages() -> Vec<String> {
    let routes = generate_route_list(App);
    let paths = routes.iter().map(|route| route.path().replace("{site}", "1").replace("{session}", SESSION));
    let paths = paths.map(|path| path.replace("{tab}", "pages").replace("{part}", "report"));
    let pages: Vec<_> = paths.filter(|path| !OPEN.contains(&&**path)).collect();
    assert!(pages.iter().all(|page| !page.contains('{')), "a parameter is not known here: {pages:?}");
    pages
}

const SESSION: &str = "01912345-0000-7000-8000-000000000000";

/// Arguments that a function understands, so that it gets as far as asking who calls.
fn arguments(path: &str) -> Value {
    match path {
        "/api/frame" => json!({}),
        "/api/site" => json!({ "id": 1 }),
        "/api/sessions" => json!({ "query": SessionQuery::newest(SiteId(1)) }),
        "/api/overview" => json!({ "query": SessionQuery::newest(SiteId(1)) }),
        "/api/facet" => json!({ "query": SessionQuery::newest(SiteId(1)), "dimension": "country", "part": "" }),
        "/api/property_facets" => json!({ "query": SessionQuery::newest(SiteId(1)) }),
        "/api/session" => json!({ "list": SessionQuery::newest(SiteId(1)), "id": SESSION }),
        "/api/intake" => json!({ "site": 1 }),
        "/api/export" => json!({ "site": 1, "ticket": SESSION }),
        "/api/pages" | "/api/page" | "/api/events" | "/api/event" | "/api/paths" => {
            json!({ "query": SessionQuery::newest(SiteId(1)) })
        }
        "/api/kept" => json!({ "site": 1 }),
        "/api/path_rules" => json!({ "site": 1, "typed": "/product/:id" }),
        "/api/find" => json!({ "site": 1, "typed": SESSION }),
        other => panic!("{other} is a new server function: add arguments for it here, so that its guard is tested"),
    }
}

#[tokio::test]
async fn every_server_function_answers_401() {
    let app = TestApp::new().await;
    app.owner().await;
    let mut functions = 0;
    for (path, _) in server_fn_paths() {
        let answer = app.browser().call(path, &arguments(path)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}: {}", answer.body);
        functions += 1;
    }
    assert!(functions >= 5, "the functions are registered");
}

#[tokio::test]
async fn every_page_leads_to_the_sign_in_page() {
    let app = TestApp::new().await;
    app.owner().await;
    let pages = pages();
    assert!(pages.len() >= 2);
    for path in pages.iter().map(String::as_str).chain(["/sites/1", "/nowhere", "/sites/1/nowhere"]) {
        let answer = app.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/login?next=%2F"), "{path} leads to {}", answer.location());
    }
    assert_eq!(app.browser().get("/").await.location(), "/login");
}

#[tokio::test]
async fn live_streams_answer_401() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    assert_eq!(app.browser().get("/sites/1/live").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(owner.get("/sites/1/live").await.status, StatusCode::OK);
}

#[tokio::test]
async fn pages_open_to_whoever_signed_in() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    let list = owner.get("/sites/1/sessions").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains("My site"), "{}", list.body);
}

#[tokio::test]
async fn demo_mode_asks_nobody() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    assert!(browser.is_signed_in().await);
    assert_eq!(browser.get("/sites/1/sessions").await.status, StatusCode::OK);
    assert_eq!(browser.get("/sites/1/live").await.status, StatusCode::OK);
    for path in ["/login", "/setup"] {
        assert_eq!(browser.get(path).await.location(), "/", "{path}");
    }
    for path in ["/auth/login", "/auth/setup", "/auth/logout"] {
        assert_eq!(browser.post(path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
