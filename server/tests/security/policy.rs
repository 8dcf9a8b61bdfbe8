//! The content security policy and its companions.

use std::collections::BTreeSet;

use crate::support::test_app::{Answer, TestApp};

fn nonce_of_policy(answer: &Answer) -> &str {
    let policy = answer.header("content-security-policy");
    let (_, rest) = policy.split_once("'nonce-").expect("the policy has a nonce");
    rest.split_once('\'').expect("the nonce ends").0
}

fn nonces_of_page(answer: &Answer) -> BTreeSet<&str> {
    answer.body.split(" nonce=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn every_script_of_a_page_carries_the_nonce_of_its_policy() {
    let app = TestApp::demo().await;
    let mut seen = BTreeSet::new();
    for path in ["/sites/1/sessions", "/sites/1/sessions", "/nowhere"] {
        let answer = app.browser().get(path).await;
        let nonce = nonce_of_policy(&answer);
        assert_eq!(nonces_of_page(&answer), BTreeSet::from([nonce]), "{path}");
        let scripts = answer.body.matches("<script").count();
        assert_eq!(answer.body.matches(&format!(" nonce=\"{nonce}\"")).count(), scripts, "{path}: each script has it");
        assert!(nonce.len() >= 22 && seen.insert(nonce.to_owned()), "{path}: each answer has its own");
    }
}

#[tokio::test]
async fn the_policy_of_a_page_allows_what_it_needs_and_nothing_else() {
    let app = TestApp::new().await;
    let answer = app.browser().get("/setup?token=0").await;
    let policy = answer.header("content-security-policy").replace(nonce_of_policy(&answer), "N");
    assert_eq!(
        policy,
        "default-src 'none'; script-src 'self' 'nonce-N' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
}

#[tokio::test]
async fn pages_hold_nothing_that_the_policy_forbids() {
    let app = TestApp::demo().await;
    for path in ["/sites/1/sessions", "/nowhere"] {
        let page = app.browser().get(path).await.body;
        for forbidden in [" style=\"", "<style", " onclick=", " onload=", "javascript:"] {
            assert!(!page.contains(forbidden), "{path} has {forbidden}");
        }
    }
}

#[tokio::test]
async fn every_answer_has_a_policy_and_is_kept_by_no_cache() {
    let app = TestApp::new().await;
    app.owner().await;
    for path in ["/login", "/sites/1/sessions", "/sites/1/live", "/pkg/nothing", "/api/nothing"] {
        let answer = app.browser().get(path).await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("geolocation=()"), "{path}");
    }
}
