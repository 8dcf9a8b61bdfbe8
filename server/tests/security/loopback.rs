//! Demo mode answers by this machine's own names only.

use axum::{
    body::Body,
    http::{Request, StatusCode, header::HOST},
};

use crate::support::test_app::TestApp;

async fn status(app: &TestApp, host: &str, path: &str) -> StatusCode {
    app.browser().send(Request::get(path).header(HOST, host), Body::empty()).await.status
}

#[tokio::test]
async fn demo_mode_refuses_names_that_point_here_from_elsewhere() {
    let app = TestApp::demo().await;
    for path in ["/", "/sites/1/sessions", "/sites/1/live", "/login", "/nowhere"] {
        assert_eq!(status(&app, "evil.example:3000", path).await, StatusCode::MISDIRECTED_REQUEST, "{path}");
    }
    for host in ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"] {
        assert_eq!(status(&app, host, "/sites/1/sessions").await, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn demo_mode_refuses_function_calls_by_other_names() {
    let app = TestApp::demo().await;
    let request = Request::post("/api/frame")
        .header(HOST, "evil.example:3000")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json");
    assert_eq!(app.browser().send(request, Body::from("{}")).await.status, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn with_accounts_the_name_does_not_matter() {
    let app = TestApp::new().await;
    assert_eq!(status(&app, "pulse.internal", "/setup?token=0").await, StatusCode::OK);
}
