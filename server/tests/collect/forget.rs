//! A visitor who wants to be forgotten is.

use app::models::event::EventKind;
use sea_orm::EntityTrait;
use server::store::entities::{open_page_view, open_session};

use crate::support::{
    collector::{Collector, NOON},
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
