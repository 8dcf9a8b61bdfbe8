//! A code that a page shows its visitor leads to the session, for thirty days and no longer than the session is kept.

use app::{
    models::{
        ids::{SessionId, SiteId},
        reference::{ReferenceCode, Sought},
    },
    services::Sessions,
};
use sea_orm::EntityTrait;
use server::{reports::SessionReports, store::entities::session_reference, tasks::tidy::tidy};

use crate::support::{
    collector::{CHROME, Collector, NOON},
    journey::{HOUR, Journey, MINUTE, SECOND},
};

const ADDRESS: &str = "203.0.113.9";
const SITE: SiteId = SiteId(1);
const DAY: i64 = 24 * HOUR;

async fn found(collector: &Collector, typed: &str) -> Option<SessionId> {
    let reports = SessionReports::new(collector.db.db.clone(), collector.clock.clone());
    reports.find(SITE, &Sought::parse(typed).expect("a code or an id")).await.expect("an answer")
}

#[tokio::test]
async fn a_code_is_found_however_it_is_typed_and_shown_with_its_session() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").reads(SECOND).sees_code("K7F-3QX9");
    let answers = collector.plays(&visit, ADDRESS).await;
    assert_eq!(answers.last().unwrap().outcomes(), ["stored"]);
    let id = SessionId(collector.rows().await.session().id);
    for typed in ["K7F-3QX9", "k7f 3qx9", &id.to_string()] {
        assert_eq!(found(&collector, typed).await, Some(id), "{typed}");
    }
    assert_eq!(found(&collector, "K7F-3QX8").await, None);
    assert_eq!(found(&collector, "01912345-0000-7000-8000-000000000000").await, None);
    let reports = SessionReports::new(collector.db.db.clone(), collector.clock.clone());
    let detail = reports.detail(SITE, id).await.unwrap().unwrap();
    assert_eq!(detail.references, [ReferenceCode::parse("K7F-3QX9").unwrap()]);
}

#[tokio::test]
async fn a_code_that_a_page_shows_again_in_the_next_session_leads_there() {
    let collector = Collector::at(NOON).await;
    let visit =
        Journey::of_family(1).opens("/").sees_code("K7F-3QX9").waits(31 * MINUTE).opens("/").sees_code("K7F-3QX9");
    collector.plays(&visit, ADDRESS).await;
    let sessions = collector.rows().await.sessions;
    assert_eq!(sessions.len(), 2);
    assert_eq!(found(&collector, "K7F-3QX9").await, Some(SessionId(sessions[1].id)));
}

#[tokio::test]
async fn a_code_is_forgotten_after_thirty_days() {
    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).opens("/").sees_code("K7F-3QX9"), ADDRESS).await;
    collector.clock.advance(30 * DAY - SECOND);
    tidy(collector.db.db.clone(), collector.clock.now_ms()).await.unwrap();
    assert!(found(&collector, "K7F-3QX9").await.is_some());
    collector.clock.advance(SECOND);
    assert_eq!(found(&collector, "K7F-3QX9").await, None, "even before the row is deleted");
    tidy(collector.db.db.clone(), collector.clock.now_ms()).await.unwrap();
    assert_eq!(session_reference::Entity::find().all(collector.db.db.reader()).await.unwrap(), []);
    assert_eq!(collector.rows().await.sessions.len(), 1, "the session stays");
}

#[tokio::test]
async fn a_code_is_forgotten_with_its_session() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").sees_code("K7F-3QX9").waits(SECOND).forgets();
    collector.plays(&visit, ADDRESS).await;
    assert_eq!(session_reference::Entity::find().all(collector.db.db.reader()).await.unwrap(), []);
}

#[tokio::test]
async fn what_is_no_code_is_refused() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").sees_code("' or 1=1");
    let answer = collector.post(ADDRESS, CHROME, visit.body(visit.reports(), None, 0)).await;
    assert_eq!(answer.outcomes(), ["stored", "malformed"]);
}

#[tokio::test]
async fn a_code_that_is_asked_for_twice_in_one_batch_is_stored_once() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").sees_code("K7F-3QX9").sees_code("K7F-3QX9");
    let answer = collector.post("203.0.113.9", CHROME, visit.body(visit.reports(), None, SECOND)).await;
    assert_eq!(answer.outcomes(), ["stored"; 3]);
    let codes = session_reference::Entity::find().all(collector.db.db.reader()).await.unwrap();
    assert_eq!(codes.len(), 1);
    assert_eq!(codes.first().map(|code| code.session), Some(collector.rows().await.session().id));
}
