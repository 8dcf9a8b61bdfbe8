//! What people see while the database does not answer.

use axum::http::StatusCode;
use sea_orm::{ConnectionTrait, DbErr};

use crate::support::test_app::{PASSWORD, TestApp};

async fn break_table(app: &TestApp, name: &str) -> Result<(), DbErr> {
    let tx = app.db.db.begin().await?;
    tx.execute_unprepared(&format!("ALTER TABLE {name} RENAME TO broken")).await?;
    tx.commit().await
}

#[tokio::test]
async fn a_session_that_cannot_be_read_is_said_in_words() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    break_table(&app, "login_session").await.unwrap();
    let answer = owner.get("/sites/1/sessions").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.starts_with("Pulse could not read its database"), "{}", answer.body);
    assert_eq!(answer.header("retry-after"), "2");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
}

#[tokio::test]
async fn a_sign_in_that_cannot_be_checked_does_not_count_as_wrong() {
    let app = TestApp::new().await;
    app.owner().await;
    break_table(&app, "account").await.unwrap();
    for _ in 0..20 {
        let answer = app.browser().sign_in(PASSWORD).await;
        assert_eq!(answer.location(), "/login?problem=unavailable");
    }
}
