//! The page that says what has arrived.

use serde_json::{Value, json};
use server::store::sites::{self, Settings};

use crate::support::{
    collector::CHROME,
    journey::{Journey, SECOND},
    test_app::TestApp,
};

const ADDRESS: &str = "203.0.113.9";

fn body(journey: &Journey) -> String {
    journey.body(journey.reports(), None, 10 * SECOND)
}

async fn intake(app: &TestApp) -> Value {
    let answer = app.browser().call("/api/intake", &json!({ "site": 1 })).await;
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body))
}

/// What the server counts is written every few seconds.
async fn counted(app: TestApp) -> TestApp {
    app.restarted().await
}

#[tokio::test]
async fn what_arrived_is_counted_by_how_it_ended() {
    let app = TestApp::demo().await;
    let visit = Journey::of_family(1).opens("/").reads(SECOND);
    for _ in 0..2 {
        assert_eq!(app.collect(ADDRESS, CHROME, body(&visit)).await.status, 202);
    }
    let page = app.browser().get("/sites/1/installation").await;
    assert!(page.body.contains("The last sign of a visitor: "), "{}", page.body);
    let intake = intake(&counted(app).await).await;
    let counts = json!([
        {"outcome": "Stored", "day": 2, "week": 2},
        {"outcome": "Duplicate", "day": 2, "week": 2},
    ]);
    assert_eq!(intake["counts"], counts, "{intake}");
}

#[tokio::test]
async fn a_page_on_a_foreign_host_is_named_with_what_to_do() {
    let app = TestApp::demo().await;
    let settings = Settings { hosts: Some(vec!["other.example".into()]), ..Settings::default() };
    sites::set(&app.db.db, 1, settings).await.unwrap();
    for _ in 0..3 {
        assert_eq!(app.collect(ADDRESS, CHROME, body(&Journey::of_family(1).opens("/"))).await.status, 403);
    }
    let page = app.browser().get("/sites/1/installation").await.body;
    for part in ["Nothing of a visitor is stored yet", "shop.example", "pulse site set 1 --hosts …,shop.example"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let intake = intake(&app).await;
    let refusal = &intake["refusals"][0];
    assert_eq!((&refusal["times"], &refusal["reason"]), (&json!(3), &json!("host_not_allowed")), "{intake}");
    assert!(!page.contains(ADDRESS) && !intake.to_string().contains(ADDRESS), "nothing says who sent it");
}

#[tokio::test]
async fn messages_for_no_site_are_counted_apart() {
    let app = TestApp::demo().await;
    let lost = body(&Journey::of_family(1).opens("/")).replace("\"site\":1", "\"site\":99");
    assert_eq!(app.collect(ADDRESS, CHROME, lost).await.status, 404);
    assert_eq!(app.collect(ADDRESS, CHROME, "{").await.status, 400);
    let intake = intake(&counted(app).await).await;
    let counts = json!([
        {"outcome": {"Refused": "malformed"}, "day": 1, "week": 1},
        {"outcome": {"Refused": "unknown_site"}, "day": 1, "week": 1},
    ]);
    assert_eq!((&intake["of_no_site"], &intake["counts"]), (&counts, &json!([])));
}

#[tokio::test]
async fn whoever_looks_sees_how_a_proxy_passes_visitors_on() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    let seen = |page: &str, part: &str| assert!(page.contains(part), "{part} in {page}");
    let unnamed = browser.get("/sites/1/installation").await.body;
    seen(&unnamed, "which named no address");
    seen(&unnamed, "Have the proxy send X-Forwarded-For");
    let request = axum::http::Request::get("/sites/1/installation").header("x-forwarded-for", "198.51.100.23");
    let named = browser.send(request, axum::body::Body::empty()).await.body;
    seen(&named, "198.51.100.23");
    seen(&named, "through a trusted proxy, which named the address");
    seen(&named, "Unknown country");
}
