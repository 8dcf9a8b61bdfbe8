//! What was answered 202 survives whatever happens to the server.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::support::{
    collector::{CHROME, Collector, NOON},
    journey::{Journey, SECOND},
};

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_first_messages_of_one_visitor_are_one_session() {
    let collector = Arc::new(Collector::at(NOON).await);
    let mut sending = JoinSet::new();
    for family in 1..=200 {
        let collector = collector.clone();
        sending.spawn(async move {
            let visit = Journey::of_family(family).opens("/");
            collector.post("203.0.113.9", CHROME, visit.body(visit.reports(), None, 0)).await.status
        });
    }
    let statuses = sending.join_all().await;
    assert!(statuses.iter().all(|&status| status == 202), "{statuses:?}");
    assert_eq!(collector.rows().await.session().pages, 200);
}

#[tokio::test]
async fn after_the_drain_nothing_is_taken_and_what_was_taken_is_there() {
    let collector = Collector::at(NOON).await;
    let router = collector.router();
    collector.plays(&Journey::of_family(1).opens("/").reads(SECOND), "203.0.113.9").await;
    let db = collector.drained().await;
    let late = Journey::of_family(2).opens("/");
    let status = post(router, late.body(late.reports(), None, 0)).await;
    assert_eq!(status, 503);
    assert_eq!(crate::support::collector::Rows::of(&db.db).await.session().pages, 1);
}

async fn post(router: axum::Router, body: String) -> u16 {
    use tower::ServiceExt;
    let mut request = axum::http::Request::post("/api/collect").body(axum::body::Body::from(body)).expect("a request");
    request.extensions_mut().insert(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 4711))));
    router.oneshot(request).await.expect("an answer").status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_the_database_will_not_take_costs_no_other_its_place() {
    let collector = Arc::new(Collector::at(NOON).await);
    refuse_pages(&collector, "/poison").await;
    let mut sending = JoinSet::new();
    for family in 1..=200u128 {
        let collector = collector.clone();
        sending.spawn(async move {
            let path = if family % 20 == 0 { "/poison" } else { "/" };
            let visit = Journey::of_family(family).opens(path);
            let address = format!("203.0.113.{family}");
            (path, collector.post(&address, CHROME, visit.body(visit.reports(), None, 0)).await.status)
        });
    }
    for (path, status) in sending.join_all().await {
        assert_eq!(status, if path == "/" { 202 } else { 503 });
    }
    assert_eq!(collector.rows().await.page_views.len(), 190);
}

/// Has the database itself refuse page views of a path.
async fn refuse_pages(collector: &Collector, path: &str) {
    use sea_orm::ConnectionTrait;
    let tx = collector.db.db.begin().await.unwrap();
    let rule = match tx.get_database_backend() {
        sea_orm::DbBackend::Sqlite => format!(
            "CREATE TRIGGER poison BEFORE INSERT ON page_view WHEN NEW.path = '{path}' BEGIN SELECT RAISE(ABORT, ''); END"
        ),
        _ => format!("ALTER TABLE page_view ADD CHECK (path <> '{path}')"),
    };
    tx.execute_unprepared(&rule).await.unwrap();
    tx.commit().await.unwrap();
}
