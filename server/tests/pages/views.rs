//! Saved views: the forms, and what the list shows of them.

use app::models::{
    kept::Kept,
    starting_view::StartingView,
    view::{LONGEST_QUERY, MOST_VIEWS},
};
use axum::http::StatusCode;
use serde_json::json;
use server::store::saved_views;
use strum::IntoEnumIterator;

use crate::support::{
    db::FIRST_SITE,
    test_app::{Answer, Browser, TestApp},
};

const VIEWS: &str = "/sites/1/views";

async fn save(browser: &Browser<'_>, name: &str, query: &str) -> Answer {
    browser.post(VIEWS, &[("name", name), ("query", query)]).await
}

/// Where the form leads, which is always another page.
fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location()
}

/// The saved views, as the server function tells them: names and ids.
async fn kept(browser: &Browser<'_>) -> Vec<(String, String)> {
    let answer = browser.call("/api/kept", &json!({ "site": 1 })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let Kept { views, .. } = serde_json::from_str(&answer.body).unwrap();
    views.unwrap().into_iter().map(|view| (view.name, view.id.to_string())).collect()
}

async fn names(browser: &Browser<'_>) -> Vec<String> {
    kept(browser).await.into_iter().map(|(name, _)| name).collect()
}

/// The names of views that were saved, followed by those of the start but for some.
fn followed_by_start_without(saved: &[&'static str], gone: &[StartingView]) -> Vec<String> {
    let left = StartingView::iter().filter(|view| !gone.contains(view)).map(StartingView::name);
    saved.iter().copied().chain(left).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_site_has_five_views_from_its_start_each_explains_itself_and_stays_deleted() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    assert_eq!(names(&owner).await, followed_by_start_without(&[], &[]));
    let page = owner.get("/sites/1/sessions").await.body;
    for view in StartingView::iter() {
        assert!(page.contains(view.about()) && page.contains(&format!("Delete the view {}", view.name())), "{page}");
    }
    assert!(!page.contains("class=\"view-shown\""), "{page}");

    // Its link shows what it is for, on whichever tab.
    for tab in ["sessions", "pages", "events"] {
        let shown = owner.get(&format!("/sites/1/{tab}?period=30d&scroll.more=74&active.more=10")).await.body;
        let line = shown.split("class=\"view-shown\"").nth(1).unwrap_or_else(|| panic!("{shown}"));
        assert!(line.contains(StartingView::Read.about()), "{shown}");
    }

    let delete = format!("{VIEWS}/{}/delete", StartingView::Trouble.id());
    for _ in 0..2 {
        assert_eq!(leads_to(&owner.post(&delete, &[("query", "?country=FR")]).await), "/sites/1/sessions?country=FR");
    }
    let without = followed_by_start_without(&[], &[StartingView::Trouble]);
    assert_eq!(names(&owner).await, without);
    let blog = app.db.site("blog.example", "UTC").await;
    let of_blog = owner.call("/api/kept", &json!({ "site": blog.0 })).await.body;
    assert!(of_blog.contains("\"Trouble\""), "another site, made later, has its own: {of_blog}");
}

#[tokio::test]
async fn who_saves_a_view_under_the_name_of_one_of_the_start_has_that_one_instead() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    save(&browser, "needs an answer", "?sign=rage_click").await;
    let gone = [StartingView::NeedsAnswer];
    assert_eq!(names(&browser).await, followed_by_start_without(&["needs an answer"], &gone));
    let (_, id) = kept(&browser).await.remove(0);
    browser.post(&format!("{VIEWS}/{id}/delete"), &[]).await;
    assert_eq!(names(&browser).await, followed_by_start_without(&[], &gone), "it does not come back");
}

#[tokio::test]
async fn a_view_is_saved_shown_with_the_list_and_deleted() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    let page = owner.get("/sites/1/sessions").await.body;
    assert!(page.contains("action=\"/sites/1/views\""), "{page}");

    let saved = save(&owner, "  Germany  today ", "?period=24h&country=DE").await;
    assert_eq!(leads_to(&saved), "/sites/1/sessions?period=24h&country=DE");
    save(&owner, "All", "").await;
    let views = kept(&owner).await;
    assert_eq!(names(&owner).await, followed_by_start_without(&["All", "Germany today"], &[]));

    let page = owner.get("/sites/1/sessions?period=24h&country=DE").await.body;
    assert!(page.contains("Germany today") && page.contains("Delete the view Germany today"), "{page}");

    let (_, id) = &views[1];
    let deleted = owner.post(&format!("{VIEWS}/{id}/delete"), &[("query", "?country=FR")]).await;
    assert_eq!(leads_to(&deleted), "/sites/1/sessions?country=FR");
    let again = owner.post(&format!("{VIEWS}/{id}/delete"), &[]).await;
    assert_eq!(leads_to(&again), "/sites/1/sessions", "one that is gone is no problem");
    assert_eq!(names(&owner).await, followed_by_start_without(&["All"], &[]));

    for view in StartingView::iter() {
        owner.post(&format!("{VIEWS}/{}/delete", view.id()), &[]).await;
    }
    let (_, id) = kept(&owner).await.remove(0);
    owner.post(&format!("{VIEWS}/{id}/delete"), &[]).await;
    let page = owner.get("/sites/1/sessions").await.body;
    assert!(names(&owner).await.is_empty() && page.contains("No views are saved yet."), "{page}");
}

#[tokio::test]
async fn a_view_begins_at_the_top_of_the_list_and_holds_what_is_understood() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    let query = "?period=8d&country=DE&before=01912345-0000-7000-8000-000000000000&utm_source=letter";
    assert_eq!(leads_to(&save(&browser, "Germany", query).await), "/sites/1/sessions?country=DE");
    let rows = saved_views::of_site(&app.db.db, FIRST_SITE).await.unwrap();
    assert_eq!(rows[0].query, "?country=DE");
}

#[tokio::test]
async fn a_view_of_the_same_name_is_replaced() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    save(&browser, "Germany", "?country=DE").await;
    assert_eq!(leads_to(&save(&browser, "GERMANY", "?country=AT").await), "/sites/1/sessions?country=AT");
    let rows = saved_views::of_site(&app.db.db, FIRST_SITE).await.unwrap();
    assert_eq!((rows.len(), &*rows[0].name, &*rows[0].query), (1, "GERMANY", "?country=AT"));
}

#[tokio::test]
async fn what_cannot_be_saved_leads_back_to_the_list_which_says_why() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    for name in ["", "  ", "a\0b", &"x".repeat(61)] {
        let answer = save(&browser, name, "?country=DE").await;
        assert_eq!(leads_to(&answer), "/sites/1/sessions?country=DE&view_problem=name_invalid", "{name:?}");
    }
    let page = browser.get("/sites/1/sessions?country=DE&view_problem=name_invalid").await.body;
    assert!(page.contains("Choose a name of 1 to 60 characters."), "{page}");

    let long = format!("?{}", (0..10).map(|at| format!("page={at}{}", "x".repeat(300))).collect::<Vec<_>>().join("&"));
    assert!(long.len() > LONGEST_QUERY);
    let answer = save(&browser, "Long", &long).await;
    assert!(leads_to(&answer).ends_with("&view_problem=query_too_long"), "{}", answer.location());

    for number in 0..MOST_VIEWS {
        assert_eq!(leads_to(&save(&browser, &format!("View {number}"), "").await), "/sites/1/sessions");
    }
    let full = save(&browser, "One more", "").await;
    assert_eq!(leads_to(&full), "/sites/1/sessions?view_problem=too_many");
    assert_eq!(names(&browser).await.len(), MOST_VIEWS + StartingView::iter().count(), "these are no rows");
}

#[tokio::test]
async fn whoever_is_signed_out_changes_nothing_and_comes_back_after_signing_in() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    save(&owner, "All", "").await;
    let (_, id) = kept(&owner).await.remove(0);
    let login = "/login?next=%2Fsites%2F1%2Fsessions%3Fcountry%3DDE";
    assert_eq!(leads_to(&save(&app.browser(), "Germany", "?country=DE").await), login);
    let deleted = app.browser().post(&format!("{VIEWS}/{id}/delete"), &[("query", "?country=DE")]).await;
    assert_eq!(leads_to(&deleted), login);
    assert_eq!(names(&owner).await, followed_by_start_without(&["All"], &[]));
}

#[tokio::test]
async fn there_are_no_views_of_a_site_that_does_not_exist() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    for path in ["/sites/77/views", "/sites/shop/views", "/sites/1/views/first/delete"] {
        assert_eq!(browser.post(path, &[("name", "All")]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(browser.get(VIEWS).await.status, StatusCode::METHOD_NOT_ALLOWED);
}
