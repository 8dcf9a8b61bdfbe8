//! A visitor who wants to be forgotten is.

use app::models::{
    event::EventKind,
    ids::{SessionId, SiteId},
};
use sea_orm::EntityTrait;
use server::store::{
    entities::{open_page_view, open_session},
    erasure::erase,
};

use crate::support::{
    collector::{CHROME, Collector, NOON},
    db::FIRST_SITE,
    journey::{Journey, SECOND},
};

const ADDRESS: &str = "203.0.113.9";

#[tokio::test]
async fn whoever_asks_to_be_forgotten_leaves_no_row() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1)
        .opens("/")
        .reads(9 * SECOND)
        .does(EventKind::Form)
        .opens("/thanks")
        .reads(SECOND)
        .forgets();
    let answers = collector.plays(&visit, ADDRESS).await;
    assert_eq!(answers.last().unwrap().outcomes(), ["stored"]);

    let rows = collector.rows().await;
    assert!(rows.sessions.is_empty() && rows.page_views.is_empty() && rows.events.is_empty(), "{rows:?}");
    let reader = collector.db.db.reader();
    assert_eq!(open_page_view::Entity::find().all(reader).await.unwrap(), []);
    assert_eq!(open_session::Entity::find().all(reader).await.unwrap(), []);
}

#[tokio::test]
async fn others_are_kept() {
    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).opens("/"), "203.0.113.10").await;
    collector.plays(&Journey::of_family(2).opens("/").forgets(), ADDRESS).await;
    assert_eq!(collector.rows().await.page_views.len(), 1);
}

#[tokio::test]
async fn a_page_that_was_never_heard_of_erases_the_session_that_it_would_belong_to() {
    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).opens("/"), ADDRESS).await;
    let unheard = Journey::of_family(2).opens("/a").forgets();
    let answer = collector.deliver(&unheard, unheard.reports().last().unwrap(), NOON, ADDRESS).await;
    assert_eq!(answer.outcomes(), ["stored"]);
    assert!(collector.rows().await.sessions.is_empty());
}

#[tokio::test]
async fn asking_twice_and_asking_for_nothing_are_no_faults() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").forgets().forgets();
    let answers = collector.plays(&visit, ADDRESS).await;
    assert_eq!(answers.last().unwrap().outcomes(), ["duplicate"]);
    assert!(collector.rows().await.sessions.is_empty());
}

#[tokio::test]
async fn the_next_visit_is_a_session_of_its_own() {
    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).opens("/").forgets(), ADDRESS).await;
    collector.plays(&Journey::of_family(2).opens("/again"), ADDRESS).await;
    assert_eq!(collector.rows().await.session().entry, "/again");
}

#[tokio::test]
async fn what_comes_with_the_request_to_forget_goes_with_it() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").does(EventKind::Click).forgets();
    let body = visit.body(visit.reports(), None, 0);
    let answer = collector.post(ADDRESS, crate::support::collector::CHROME, body).await;
    assert_eq!(answer.outcomes(), ["stored", "stored", "stored"]);
    assert!(collector.rows().await.sessions.is_empty());
}

#[tokio::test]
async fn sessions_are_erased_by_their_ids_and_others_stay_whole() {
    let collector = Collector::at(NOON).await;
    for visitor in 1..=3 {
        let visit = Journey::of_family(visitor).opens("/").reads(SECOND).does(EventKind::Form).sees_code("K7F-3QX9");
        collector.plays(&visit, &format!("203.0.113.{visitor}")).await;
    }
    let sessions = collector.rows().await.sessions;
    let [first, second, kept] = &sessions[..] else { panic!("three sessions") };
    let db = &collector.db.db;
    let gone = [first.id, second.id, second.id, uuid::Uuid::nil()].map(SessionId);
    assert_eq!(erase(db, FIRST_SITE, &gone).await.unwrap(), 2);
    assert_eq!(erase(db, SiteId(99), &[SessionId(kept.id)]).await.unwrap(), 0, "of another site");

    let rows = collector.rows().await;
    assert_eq!(rows.session(), kept);
    assert!(rows.page_views.iter().all(|row| row.session == kept.id) && !rows.page_views.is_empty());
    assert!(rows.events.iter().all(|row| row.session == kept.id) && !rows.events.is_empty());
    let views = open_page_view::Entity::find().all(db.reader()).await.unwrap();
    assert!(views.iter().all(|row| row.session == kept.id) && !views.is_empty());
    let keys = open_session::Entity::find().all(db.reader()).await.unwrap();
    assert_eq!(keys.iter().map(|row| row.session).collect::<Vec<_>>(), [kept.id]);

    // A visitor whose session is gone begins another one with the next page.
    let next = Journey::of_family(9).opens("/next");
    let answer = collector.post("203.0.113.1", CHROME, next.body(next.reports(), None, SECOND)).await;
    assert_eq!(answer.outcomes(), ["stored"]);
    assert_eq!(collector.rows().await.sessions.len(), 2);
}
