//! How the list and a session name a country.

use app::models::{ids::SessionId, query::session_href, session::Device};
use axum::http::StatusCode;
use sea_orm::EntityTrait;
use server::store::entities::session;

use crate::support::{
    builders::{a_page, a_session, store},
    collector::{CHROME, NOON},
    db::FIRST_SITE,
    journey::Journey,
    test_app::TestApp,
};

const UNKNOWN: &str = "Unknown country";

#[tokio::test]
async fn a_country_that_is_not_known_is_stored_as_nothing_and_named_in_words() {
    let app = TestApp::demo().await;
    let visit = Journey::of_family(1).opens("/");
    let answer = app.collect("203.0.113.9", CHROME, visit.body(visit.reports(), None, 0)).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    let row = session::Entity::find().one(app.db.db.reader()).await.unwrap().unwrap();
    assert_eq!(row.country, None);

    for path in ["/sites/1/sessions".to_owned(), session_href(FIRST_SITE, SessionId(row.id))] {
        let page = app.browser().get(&path).await;
        assert_eq!((page.status, page.body.contains(UNKNOWN)), (StatusCode::OK, true), "{path}");
    }
}

#[tokio::test]
async fn a_country_that_is_known_is_named() {
    let app = TestApp::demo().await;
    let rows = a_session(NOON).with(Some("DE"), Device::Phone, "iOS", "Safari").page(a_page("/")).build();
    let id = rows.id();
    store(&app.db.db, [rows]).await.unwrap();
    for path in ["/sites/1/sessions".to_owned(), session_href(FIRST_SITE, id)] {
        let page = app.browser().get(&path).await.body;
        assert!(page.contains("Germany") && !page.contains(UNKNOWN), "{path}");
    }
}
