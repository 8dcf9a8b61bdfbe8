//! Goals: the forms, and what the pages say once one is chosen.

use app::models::{
    event::EventKind,
    goal::MOST_GOALS,
    ids::SessionId,
    kept::Kept,
    query::{Dimension, Filter, SessionPage, SessionQuery},
};
use axum::http::StatusCode;
use rstest::rstest;
use serde_json::json;

use crate::support::{
    builders::{Rows, a_page, a_session, an_event, store},
    collector::NOON,
    db::FIRST_SITE,
    test_app::{Answer, Browser, TestApp},
};

const GOALS: &str = "/sites/1/goals";
const LIST: &str = "/sites/1/sessions";
const MINUTE: i64 = 60_000;

async fn make(browser: &Browser<'_>, name: &str, aim: &str, back: &str) -> Answer {
    browser.post(GOALS, &[("name", name), ("aim", aim), ("back", back)]).await
}

/// Where the form leads, which is always another page.
fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location()
}

/// The goals, as the server function tells them: names and ids.
async fn kept(browser: &Browser<'_>) -> Vec<(String, String)> {
    let answer = browser.call("/api/kept", &json!({ "site": 1 })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let Kept { goals, .. } = serde_json::from_str(&answer.body).unwrap();
    goals.unwrap().into_iter().map(|goal| (goal.name, goal.id.to_string())).collect()
}

async fn names(browser: &Browser<'_>) -> Vec<String> {
    kept(browser).await.into_iter().map(|(name, _)| name).collect()
}

/// Makes a goal and tells its id.
async fn made(browser: &Browser<'_>, name: &str, aim: &str) -> String {
    make(browser, name, aim, LIST).await;
    let goals = kept(browser).await;
    goals.into_iter().find(|(of, _)| of == name).unwrap_or_else(|| panic!("{name} was not made")).1
}

#[rstest]
#[case::the_list("/sites/1/sessions?country=DE", "/sites/1/sessions?country=DE&goal=GOAL")]
#[case::a_report(
    "/sites/1/pages/report?country=DE&of=/thanks",
    "/sites/1/pages/report?country=DE&goal=GOAL&of=/thanks"
)]
#[case::another_goal_s_side(
    "/sites/1/events?goal=00000000-0000-0000-0000-000000000001&converted=yes",
    "/sites/1/events?goal=GOAL"
)]
#[case::another_host("https://evil.example/sites/1/sessions", "/sites/1/sessions?goal=GOAL")]
#[tokio::test]
async fn a_goal_leads_back_to_where_it_was_made_and_is_chosen_there(#[case] back: &str, #[case] expected: &str) {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    let answer = make(&owner, "  Ordered  a lamp ", "?page=/thanks", back).await;
    let goals = kept(&owner).await;
    assert_eq!(goals.len(), 1);
    let (name, id) = &goals[0];
    assert_eq!((&**name, leads_to(&answer)), ("Ordered a lamp", &*expected.replace("GOAL", id)));
}

#[tokio::test]
async fn a_goal_is_shown_on_every_tab_and_deleted() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    store(&app.db.db, [a_session(NOON - MINUTE).page(a_page("/thanks")).build()]).await.unwrap();
    let page = owner.get(LIST).await.body;
    assert!(page.contains("There are no goals yet."), "{page}");

    let (ordered, read) = (made(&owner, "Ordered", "?page=/thanks").await, made(&owner, "Read", "?page=/a").await);
    for tab in ["sessions", "pages", "pages/report?of=/thanks", "events"] {
        let page = owner.get(&format!("/sites/1/{tab}")).await.body.replace("&amp;", "&");
        assert!(page.contains("Delete the goal Ordered") && page.contains(&format!("goal={ordered}")), "{tab}: {page}");
    }
    let report = owner.get("/sites/1/pages/report?of=/thanks").await.body;
    assert!(report.contains("Make it a goal") && report.contains("value=\"Viewed /thanks\""), "{report}");

    let delete = |id: &str, back: String| {
        let path = format!("{GOALS}/{id}/delete");
        let owner = &owner;
        async move { owner.post(&path, &[("back", &back)]).await }
    };
    let another = delete(&read, format!("{LIST}?country=FR&goal={ordered}&converted=yes")).await;
    assert_eq!(leads_to(&another), format!("{LIST}?country=FR&goal={ordered}&converted=yes"));
    let chosen = delete(&ordered, format!("/sites/1/pages?country=FR&goal={ordered}&converted=yes")).await;
    assert_eq!(leads_to(&chosen), "/sites/1/pages?country=FR");
    let again = delete(&ordered, String::new()).await;
    assert_eq!(leads_to(&again), LIST, "one that is gone is no problem");
    assert_eq!(names(&owner).await, [""; 0]);

    let gone = owner.get(&format!("/sites/1/pages?goal={ordered}")).await.body;
    assert!(gone.contains("Deleted goal") && !gone.contains(">Conversions<"), "{gone}");
}

#[tokio::test]
async fn what_cannot_be_made_leads_back_and_says_why() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    let back = "/sites/1/pages/report?of=/thanks";
    let problem = |answer: &Answer| {
        let place = leads_to(answer).strip_prefix(&format!("{back}&goal_problem=")).map(str::to_owned);
        place.unwrap_or_else(|| panic!("{} is another place", answer.location()))
    };
    for name in ["", "  ", "a\0b", &"x".repeat(61)] {
        assert_eq!(problem(&make(&browser, name, "page=/thanks", back).await), "name_invalid", "{name:?}");
    }
    let many: Vec<String> = (0..10).map(|at| format!("page={at}{}", "x".repeat(300))).collect();
    for aim in [
        "",
        "country=DE",
        "pages.more=3",
        "page.not=/thanks",
        "property.not=signup=plan=pro",
        "page=/thanks&event=signup",
        "page=/thanks&country=DE",
        &many.join("&"),
    ] {
        assert_eq!(problem(&make(&browser, "Ordered", aim, back).await), "aim_impossible", "{aim:?}");
    }

    assert!(leads_to(&make(&browser, "Ordered", "page=/thanks", back).await).contains("goal="));
    assert_eq!(problem(&make(&browser, "ORDERED", "page=/order", back).await), "name_taken");
    for number in 1..MOST_GOALS {
        assert!(leads_to(&make(&browser, &format!("Goal {number}"), "event=signup", LIST).await).contains("goal="));
    }
    assert_eq!(problem(&make(&browser, "One more", "event=signup", back).await), "too_many");
    assert_eq!(names(&browser).await.len(), MOST_GOALS);

    let page = browser.get(&format!("{back}&goal_problem=name_taken")).await.body;
    assert!(page.contains("another goal has this name"), "{page}");
}

#[tokio::test]
async fn whoever_is_signed_out_changes_nothing_and_comes_back_after_signing_in() {
    let app = TestApp::new().await;
    let owner = app.owner().await;
    let id = made(&owner, "Ordered", "page=/thanks").await;
    let login = "/login?next=%2Fsites%2F1%2Fpages%3Fcountry%3DDE";
    let back = "/sites/1/pages?country=DE";
    assert_eq!(leads_to(&make(&app.browser(), "Read", "page=/a", back).await), login);
    let deleted = app.browser().post(&format!("{GOALS}/{id}/delete"), &[("back", back)]).await;
    assert_eq!(leads_to(&deleted), login);
    assert_eq!(names(&owner).await, ["Ordered"]);
}

#[tokio::test]
async fn there_are_no_goals_of_a_site_that_does_not_exist() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    for path in ["/sites/77/goals", "/sites/shop/goals", "/sites/1/goals/first/delete"] {
        let answer = browser.post(path, &[("name", "Ordered"), ("aim", "page=/thanks")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(browser.get(GOALS).await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(names(&browser).await, [""; 0]);
}

/// Looks around for two minutes and ten seconds, then signs up on the second page.
fn signs_up(ms_ago: i64) -> Rows {
    let signup = an_event(EventKind::Custom).at(10_000).row(|event| event.name = Some("signup".into()));
    a_session(NOON - ms_ago).pages([a_page("/"), a_page("/join").after(2 * MINUTE).events([signup])]).build()
}

#[tokio::test]
async fn with_a_goal_the_list_the_session_and_the_figures_say_who_reached_it_and_when() {
    let app = TestApp::demo().await;
    let browser = app.browser();
    let (one, other) = (signs_up(60 * MINUTE), a_session(NOON - 30 * MINUTE).page(a_page("/")).build());
    let (reached, missed) = (one.id(), other.id());
    store(&app.db.db, [one, other]).await.unwrap();
    // Both sessions were there before the goal.
    let goal = made(&browser, "Signed up", "event=signup").await;
    let list = format!("{LIST}?goal={goal}");

    let page = browser.get(&list).await.body.replace("&amp;", "&").replace("<!>", "");
    assert_eq!(page.matches("Signed up after 2 min 10 s").count(), 1, "{page}");
    for figure in [
        format!("href=\"{list}&converted=yes\">1<"),
        format!("href=\"{list}&converted=no\">1\u{a0}did\u{a0}not<"),
        format!("href=\"{list}&converted=yes\">50\u{a0}%<"),
        format!("href=\"{LIST}?page=/join&goal={goal}&converted=yes\">1 (100\u{a0}%)<"),
    ] {
        assert!(page.contains(&figure), "{figure}: {page}");
    }

    let session = |id: SessionId| format!("{LIST}/{id}?goal={goal}");
    let page = browser.get(&session(reached)).await.body;
    // At the top of the page and beside the event.
    assert_eq!(page.matches("Signed up after 2 min 10 s").count(), 2, "{page}");
    assert!(page.contains("href=\"#event-1\""), "{page}");
    let page = browser.get(&session(missed)).await.body;
    assert!(page.contains("Did not reach the goal Signed up") && !page.contains("Signed up after"), "{page}");
}

#[rstest]
#[case::a_page(Filter::is(Dimension::Page, "/join"), Some(2 * MINUTE))]
#[case::an_event(Filter::is(Dimension::Event, "signup"), Some(2 * MINUTE + 10_000))]
#[case::where_it_began(Filter::is(Dimension::Page, "/"), Some(0))]
#[case::nothing_of_it(Filter::is(Dimension::Page, "/thanks"), None)]
#[tokio::test]
async fn rows_carry_how_long_it_took(#[case] aim: Filter, #[case] expected: Option<i64>) {
    let app = TestApp::demo().await;
    let browser = app.browser();
    let one = signs_up(60 * MINUTE);
    let id = one.id();
    store(&app.db.db, [one]).await.unwrap();
    let aim = SessionQuery::newest(FIRST_SITE).with(aim).search_string();
    let goal = made(&browser, "Goal", &aim).await.parse().unwrap();
    let query = SessionQuery::newest(FIRST_SITE).for_goal(Some(goal));
    let answer = browser.call("/api/sessions", &json!({ "query": query })).await;
    let page: SessionPage = serde_json::from_str(&answer.body).unwrap();
    let marks = page.goal.unwrap();
    assert_eq!((marks.name.as_str(), marks.of(id)), ("Goal", expected.map(|ms| ms as u64)));
}
