//! The shop that `pulse demo` serves beside the dashboard.

use std::collections::{BTreeSet, VecDeque};

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use server::demo_site;
use tower::ServiceExt;

async fn ask(request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let router = demo_site::router(&"http://127.0.0.1:3000".parse().unwrap());
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}

async fn open(path: &str) -> (StatusCode, HeaderMap, String) {
    ask(Request::get(path).body(Body::empty()).unwrap()).await
}

/// What a page links to or loads on its own site.
fn links(html: &str) -> Vec<String> {
    let attributes = html.split(['"']).zip(html.split(['"']).skip(1));
    let targets = attributes.filter(|(before, _)| before.ends_with("href=") || before.ends_with("src="));
    targets
        .map(|(_, target)| target.split('#').next().unwrap().to_owned())
        .filter(|target| target.starts_with('/'))
        .collect()
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let (mut seen, mut next) = (BTreeSet::new(), VecDeque::from(["/".to_owned()]));
    while let Some(path) = next.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let (status, headers, body) = open(&path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        if headers["content-type"] == "text/html; charset=utf-8" {
            next.extend(links(&body));
        }
    }
    for path in ["/journal/oak-and-brass", "/collection/wall", "/sign-up", "/care-guide.pdf", "/site.js", "/lamps.svg"]
    {
        assert!(seen.contains(path), "{path} is linked");
    }
}

#[tokio::test]
async fn every_page_carries_the_tracker_and_leads_to_the_dashboard() {
    for path in ["/", "/pricing", "/collection/desk", "/sign-up/thanks", "/nowhere"] {
        let (_, _, html) = open(path).await;
        assert!(
            html.contains("<script defer src=\"http://127.0.0.1:3000/pulse.js\" data-site=\"1\" data-pulse-local data-reference></script>"),
            "{path}"
        );
        assert!(html.contains("<a href=\"http://127.0.0.1:3000/\">open the dashboard</a>"), "{path}");
        assert!(!html.contains("{{"), "{path} has a gap that was not filled");
    }
}

#[tokio::test]
async fn who_asks_not_to_be_recorded_is_told() {
    let asks = "asks not to be recorded";
    assert!(!open("/").await.2.contains(asks));
    for header in ["dnt", "sec-gpc"] {
        let request = Request::get("/").header(header, "1").body(Body::empty()).unwrap();
        assert!(ask(request).await.2.contains(asks), "{header}");
        let request = Request::get("/").header(header, "0").body(Body::empty()).unwrap();
        assert!(!ask(request).await.2.contains(asks), "{header}");
    }
}

#[tokio::test]
async fn addresses_without_a_page_and_the_form_are_answered() {
    assert_eq!(open("/nowhere").await.0, StatusCode::NOT_FOUND);
    assert_eq!(open("/collection/cellar").await.0, StatusCode::NOT_FOUND);
    let form = Request::post("/sign-up").body(Body::from("name=x")).unwrap();
    let (status, headers, _) = ask(form).await;
    assert_eq!((status, headers["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/sign-up/thanks"));
}
