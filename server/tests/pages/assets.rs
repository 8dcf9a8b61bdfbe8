//! Files that pages load.

use axum::http::StatusCode;

use crate::support::test_app::TestApp;

#[tokio::test]
async fn a_file_that_is_not_there_is_a_plain_404_for_everybody() {
    let app = TestApp::new().await;
    for path in ["/pkg/app.0000000000000000.js", "/pkg/../secret", "/pkg/x/y"] {
        let answer = app.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    }
}

#[tokio::test]
async fn search_engines_are_sent_away() {
    let app = TestApp::new().await;
    assert_eq!(app.browser().get("/robots.txt").await.body, "User-agent: *\nDisallow: /\n");
}
