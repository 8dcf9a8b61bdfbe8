//! Requests that another site makes a browser send.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use leptos::server_fn::axum::server_fn_paths;

use crate::support::{
    collector::CHROME,
    test_app::{Answer, Browser, TestApp},
};

async fn post(browser: &Browser<'_>, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request, Body::empty()).await
}

#[tokio::test]
async fn nothing_can_be_changed_from_another_site() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    let foreign: [&[(&str, &str)]; 5] = [
        &[("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:3000")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[],
    ];
    let functions = server_fn_paths().map(|(path, _)| path.to_owned());
    let views = ["/sites/1/views", "/sites/1/views/01912345-0000-7000-8000-000000000000/delete"];
    let session = "/sites/1/sessions/01912345-0000-7000-8000-000000000000";
    let care = ["delete", "keep", "machine"].map(|form| format!("{session}/{form}"));
    let others = ["/auth/login", "/auth/setup", "/auth/logout", "/", "/nowhere"];
    let paths: Vec<_> = functions.chain(care).chain(views.into_iter().chain(others).map(Into::into)).collect();
    for path in paths {
        for headers in foreign {
            let answer = post(&owner, &path, headers).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
            assert!(answer.body.starts_with("This request did not come from a page of Pulse"), "{path}");
        }
    }
    assert!(owner.is_signed_in().await, "no sign-out came through");
}

#[tokio::test]
async fn a_browser_that_only_names_its_origin_is_understood() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    assert_eq!(
        post(&owner, "/auth/logout", &[("origin", "http://127.0.0.1:3000")]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(!owner.is_signed_in().await);
}

#[tokio::test]
async fn collection_takes_what_other_sites_send() {
    let app = TestApp::new().await;
    let answer = app.collect("203.0.113.9", CHROME, "{}").await;
    assert_ne!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("refused"), "it was read by collection: {}", answer.body);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused() {
    let app = TestApp::new().await;
    let large = "x".repeat(100_000);
    assert_eq!(app.browser().post("/auth/login", &[("name", &large)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}
