//! Signing in.

use axum::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use server::store::entities::{account, login_session};

use crate::support::{
    journey::{HOUR, MINUTE},
    test_app::{Browser, OWNER, PASSWORD, TestApp},
};

const DAY: i64 = 24 * HOUR;

async fn with_account() -> TestApp {
    let app = TestApp::new().await;
    app.owner().await;
    app
}

#[tokio::test]
async fn a_page_that_was_wanted_opens_after_signing_in() {
    let app = with_account().await;
    let browser = app.browser();
    let closed = browser.get("/sites/1/sessions?period=today").await;
    assert_eq!(closed.location(), "/login?next=%2Fsites%2F1%2Fsessions%3Fperiod%3Dtoday");
    assert_eq!(browser.get(closed.location()).await.status, StatusCode::OK);

    let fields = [("name", OWNER), ("password", PASSWORD), ("next", "/sites/1/sessions?period=today")];
    assert_eq!(browser.post("/auth/login", &fields).await.location(), "/sites/1/sessions?period=today");
    assert!(browser.is_signed_in().await);
    assert_eq!(browser.get("/login").await.location(), "/", "who is signed in needs no sign-in page");
}

#[tokio::test]
async fn a_wrong_password_says_so_and_keeps_the_page() {
    let app = with_account().await;
    let browser = app.browser();
    for (name, password) in [(OWNER, "a lamp in the cellar"), ("nobody", PASSWORD), ("", "")] {
        let answer = browser.post("/auth/login", &[("name", name), ("password", password), ("next", "/sites/1")]).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, "/login?problem=wrong_password&next=%2Fsites%2F1")
        );
    }
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn other_hosts_are_no_next_page() {
    let app = with_account().await;
    for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "evil.example", "/\t/evil.example"] {
        let answer =
            app.browser().post("/auth/login", &[("name", OWNER), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!(answer.location(), "/", "{next:?}");
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let app = with_account().await;
    let answer = app.browser().sign_in(PASSWORD).await;
    let cookie = answer.cookies().next().unwrap();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(attribute), "{attribute} in {cookie}");
    }
    assert!(!cookie.contains("Secure"));
}

#[tokio::test]
async fn behind_tls_the_cookie_travels_over_tls_alone() {
    let app = TestApp::behind_tls().await;
    app.owner().await;
    let answer = app.browser().sign_in(PASSWORD).await;
    let cookie = answer.cookies().next().unwrap();
    assert!(
        cookie.starts_with("__Host-pulse_login=") && cookie.contains("Secure") && cookie.contains("Path=/"),
        "{cookie}"
    );
}

#[tokio::test]
async fn signing_in_over_a_planted_session_takes_a_new_one_and_ends_the_planted() {
    let app = with_account().await;
    let (thief, victim) = (signed_in(&app).await, app.browser());
    let planted = thief.cookie("pulse_login").unwrap();
    victim.plant("pulse_login", &planted);
    victim.sign_in(PASSWORD).await;
    assert_ne!(victim.cookie("pulse_login").unwrap(), planted);
    assert!(victim.is_signed_in().await);
    assert!(!thief.is_signed_in().await);
}

#[tokio::test]
async fn the_database_does_not_hold_what_opens_a_session() {
    let app = with_account().await;
    let browser = app.browser();
    browser.sign_in(PASSWORD).await;
    let cookie = browser.cookie("pulse_login").unwrap();
    let hash = account::Entity::find().one(app.db.db.reader()).await.unwrap().unwrap().password_hash;
    let rows = login_session::Entity::find().all(app.db.db.reader()).await.unwrap();
    assert_eq!(rows.len(), 2, "the owner's first and this one");
    for row in rows {
        assert!(!row.id.contains(&cookie) && !row.data.contains(&cookie) && !row.data.contains(&hash));
    }
}

#[tokio::test]
async fn ten_wrong_passwords_close_the_name_for_a_quarter_of_an_hour() {
    let app = with_account().await;
    let browser = app.browser();
    for _ in 0..10 {
        assert_eq!(browser.sign_in("wrong").await.location(), "/login?problem=wrong_password");
    }
    assert_eq!(browser.sign_in(PASSWORD).await.location(), "/login?problem=too_many_attempts");
    app.clock.advance(15 * MINUTE);
    assert_eq!(browser.sign_in(PASSWORD).await.location(), "/");
}

#[tokio::test]
async fn a_sign_in_ends_after_thirty_days_without_a_request() {
    let app = with_account().await;
    let browser = signed_in(&app).await;
    for _ in 0..3 {
        app.clock.advance(29 * DAY);
        assert!(browser.is_signed_in().await, "each visit lets the thirty days begin anew");
    }
    app.clock.advance(30 * DAY);
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn ended_sessions_are_removed() {
    let app = with_account().await;
    app.clock.advance(31 * DAY);
    signed_in(&app).await;
    assert_eq!(login_session::Entity::find().all(app.db.db.reader()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    let app = with_account().await;
    let browser = signed_in(&app).await;
    let tx = app.db.db.begin().await.unwrap();
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA"))
        .filter(account::Column::Name.eq(OWNER))
        .exec(&*tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(!browser.is_signed_in().await);
}

async fn signed_in(app: &TestApp) -> Browser<'_> {
    let browser = app.browser();
    browser.sign_in(PASSWORD).await;
    assert!(browser.is_signed_in().await);
    browser
}
