//! Who signed out watches no longer, wherever they did.

use axum::body::BodyDataStream;
use futures::StreamExt;
use server::changes::Change;

use crate::support::{
    builders::{a_page, a_session, store},
    collector::NOON,
    db::FIRST_SITE,
    test_app::TestApp,
};

/// Half a minute later somebody visits the site.
async fn a_visit_half_a_minute_later(app: &TestApp) {
    app.clock.advance(30_000);
    store(&app.db.db, [a_session(NOON + 29_000).page(a_page("/")).received(NOON + 30_000).build()]).await.unwrap();
    app.state.changes.announce(Change { site: FIRST_SITE });
}

async fn next(stream: &mut BodyDataStream) -> Option<String> {
    let bytes = stream.next().await?.unwrap();
    Some(String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn a_stream_goes_on_while_its_viewer_is_signed_in() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    let mut stream = owner.stream("/sites/1/live").await;
    assert!(next(&mut stream).await.unwrap().contains(&format!("id: {NOON}")));
    a_visit_half_a_minute_later(&app).await;
    assert!(next(&mut stream).await.unwrap().contains("event: sessions"));
}

#[tokio::test]
async fn a_stream_ends_once_its_viewer_has_signed_out_in_another_tab() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    let mut stream = owner.stream("/sites/1/live").await;
    assert!(next(&mut stream).await.unwrap().contains(&format!("id: {NOON}")));
    owner.post("/auth/logout", &[]).await;
    a_visit_half_a_minute_later(&app).await;
    assert_eq!(next(&mut stream).await, None);
}
