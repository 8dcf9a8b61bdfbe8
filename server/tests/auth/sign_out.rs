//! Signing out.

use axum::http::StatusCode;
use sea_orm::EntityTrait;
use server::store::entities::login_session;

use crate::support::test_app::{PASSWORD, TestApp};

#[tokio::test]
async fn signing_out_ends_this_session_and_no_other() {
    let app = TestApp::new().await;
    let (desk, phone) = (app.owner().await, app.browser());
    phone.sign_in(PASSWORD).await;

    let cookie = desk.cookie("pulse_login").unwrap();
    assert_eq!(desk.post("/auth/logout", &[]).await.location(), "/login");
    assert_eq!(desk.cookie("pulse_login"), None);
    assert!(phone.is_signed_in().await);

    desk.plant("pulse_login", &cookie);
    assert!(!desk.is_signed_in().await, "the old cookie opens nothing");
    assert_eq!(login_session::Entity::find().all(app.db.db.reader()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn signing_out_twice_is_no_error() {
    let app = TestApp::new().await;
    app.owner().await;
    let answer = app.browser().post("/auth/logout", &[]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/login"));
}

#[tokio::test]
async fn a_request_that_was_under_way_does_not_bring_a_session_back() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    let cookie = owner.cookie("pulse_login").unwrap();
    // A day later the next request renews the session; here it loses against the sign-out.
    app.clock.advance(25 * 60 * 60 * 1000);
    let other_tab = app.browser();
    other_tab.plant("pulse_login", &cookie);
    tokio::join!(owner.post("/auth/logout", &[]), other_tab.get("/sites/1/sessions"));
    let late = app.browser();
    late.plant("pulse_login", &cookie);
    assert!(!late.is_signed_in().await);
}
