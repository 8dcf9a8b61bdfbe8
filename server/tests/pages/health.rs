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
