//! The link that makes the first account.

use axum::http::StatusCode;

use crate::support::test_app::{OWNER, PASSWORD, TestApp};

#[tokio::test]
async fn without_an_account_every_page_says_where_the_set_up_link_is() {
    let app = TestApp::new().await;
    for path in ["/", "/sites/1/sessions", "/login", "/login?next=/sites/1", "/nowhere", "/setup"] {
        let answer = app.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        let page = app.browser().get(answer.location()).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains("The server prints a new one"), "{path} leads to where the link is named");
    }
}

#[tokio::test]
async fn the_link_makes_an_account_and_signs_its_owner_in() {
    let app = TestApp::new().await;
    let token = app.set_up_token();
    let page = app.browser().get(&format!("/setup?token={token}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(&token), "the form carries the token on");

    let owner = app.owner().await;
    assert!(owner.is_signed_in().await);
    assert_eq!(app.state.auth.set_up_path(), None);
}

#[tokio::test]
async fn the_link_works_once() {
    let app = TestApp::new().await;
    let token = app.set_up_token();
    app.owner().await;

    let other = app.browser();
    let fields = [("token", &*token), ("name", "other"), ("password", PASSWORD), ("password_again", PASSWORD)];
    let answer = other.post("/auth/setup", &fields).await;
    assert_eq!(answer.location(), "/setup?problem=set_up_link_invalid");
    assert!(!other.is_signed_in().await);
    assert_eq!(app.browser().get("/setup").await.location(), "/login");
}

#[tokio::test]
async fn of_two_at_once_one_becomes_the_owner() {
    let app = TestApp::new().await;
    let token = app.set_up_token();
    let (one, two) = (app.browser(), app.browser());
    let answers = tokio::join!(one.set_up(&token), two.set_up(&token));
    let made = [answers.0, answers.1].iter().filter(|answer| answer.location() == "/").count();
    assert_eq!(made, 1);
    assert_eq!([one.is_signed_in().await, two.is_signed_in().await].iter().filter(|signed_in| **signed_in).count(), 1);
}

#[tokio::test]
async fn a_guessed_link_makes_nothing() {
    let app = TestApp::new().await;
    for token in ["", "0", "00000000000000000000000000000000", "ä"] {
        let answer = app.browser().set_up(token).await;
        assert_eq!(answer.location(), "/setup?problem=set_up_link_invalid", "{token}");
    }
    assert!(!app.state.auth.has_account().await.unwrap());
}

#[tokio::test]
async fn a_mistake_in_the_form_keeps_the_link() {
    let app = TestApp::new().await;
    let token = app.set_up_token();
    let mistakes = [
        ("", PASSWORD, PASSWORD, "name_invalid"),
        ("   ", PASSWORD, PASSWORD, "name_invalid"),
        (OWNER, "short", "short", "password_invalid"),
        (OWNER, PASSWORD, "something else", "passwords_differ"),
    ];
    for (name, password, again, problem) in mistakes {
        let fields = [("token", &*token), ("name", name), ("password", password), ("password_again", again)];
        let answer = app.browser().post("/auth/setup", &fields).await;
        assert_eq!(answer.location(), format!("/setup?problem={problem}&token={token}"));
    }
    app.owner().await;
}

#[tokio::test]
async fn an_incomplete_form_is_a_mistake_too() {
    let app = TestApp::new().await;
    let token = app.set_up_token();
    let answer = app.browser().post("/auth/setup", &[("token", &token)]).await;
    assert_eq!(answer.location(), format!("/setup?problem=name_invalid&token={token}"));
}
