//! What load balancers ask.

use axum::http::StatusCode;

use crate::support::test_app::TestApp;

#[tokio::test]
async fn health_is_ok_until_the_end_begins() {
    let app = TestApp::new().await;
    let answer = app.browser().get("/health").await;
    assert_eq!((answer.status, &*answer.body), (StatusCode::OK, "ok"));
    app.state.shutdown.begin();
    assert_eq!(app.browser().get("/health").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn ready_is_who_reaches_its_database() {
    let app = TestApp::new().await;
    let answer = app.browser().get("/ready").await;
    assert_eq!((answer.status, &*answer.body), (StatusCode::OK, "ready"));
    app.state.db.clone().close().await.unwrap();
    let answer = app.browser().get("/ready").await;
    assert_eq!((answer.status, &*answer.body), (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"));
    app.state.shutdown.begin();
    assert_eq!(app.browser().get("/ready").await.body, "ending");
}
