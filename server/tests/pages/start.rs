//! `/` and the short addresses.

use axum::http::StatusCode;

use crate::support::test_app::TestApp;

#[tokio::test]
async fn the_first_visit_leads_to_the_first_site() {
    let app = TestApp::demo().await;
    let answer = app.browser().get("/").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sites/1/sessions"));
}

#[tokio::test]
async fn later_visits_lead_to_the_site_that_was_seen_last() {
    let app = TestApp::demo().await;
    let second = app.db.site("second", "UTC").await;
    let browser = app.browser();
    browser.get(&format!("/sites/{second}/sessions")).await;
    assert_eq!(browser.get("/").await.location(), format!("/sites/{second}/sessions"));
    browser.get("/sites/1/sessions").await;
    assert_eq!(browser.get("/").await.location(), "/sites/1/sessions");
}

#[tokio::test]
async fn a_site_that_is_gone_is_not_led_to() {
    let app = TestApp::demo().await;
    for remembered in ["99", "-1", "x", "99999999999999"] {
        let browser = app.browser();
        browser.plant("site", remembered);
        assert_eq!(browser.get("/").await.location(), "/sites/1/sessions", "{remembered}");
    }
}

#[tokio::test]
async fn a_site_leads_to_its_sessions() {
    let app = TestApp::demo().await;
    assert_eq!(app.browser().get("/sites/1").await.location(), "/sites/1/sessions");
    assert_eq!(app.browser().get("/sites/..%2F..%2Fx").await.location(), "/sites/%2E%2E%2F%2E%2E%2Fx/sessions");
}

#[tokio::test]
async fn other_addresses_show_the_page_for_them() {
    let app = TestApp::demo().await;
    for path in ["/nowhere", "/sites/1/nowhere", "/index.html"] {
        let answer = app.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("<h1") || answer.body.contains("Not found"), "{path}");
    }
}

#[tokio::test]
async fn a_method_that_an_address_does_not_take_is_said_in_words() {
    let app = TestApp::demo().await;
    let answer = app.browser().post("/sites/1/sessions", &[]).await;
    assert_eq!((answer.status, answer.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"));
    assert_eq!(answer.body, "This address does not take such requests.\n");
}

#[tokio::test]
async fn a_server_function_that_does_not_exist_is_a_plain_404() {
    let app = TestApp::demo().await;
    let answer = app.browser().call("/api/nothing", &serde_json::json!({})).await;
    assert_eq!((answer.status, &*answer.body), (StatusCode::NOT_FOUND, "There is nothing at this address.\n"));
}
