//! Sessions are kept for as long as their site says, and then leave no row.

use app::models::ids::SessionId;
use sea_orm::{EntityTrait, PaginatorTrait};
use server::{
    store::{
        entities::{erased_day, event, open_page_view, page_view, session, session_reference},
        erasure::erase,
    },
    tasks::{forget_sessions::forget_sessions, tidy::tidy},
};

use crate::support::{
    collector::{CHROME, Collector, NOON},
    db::FIRST_SITE,
    journey::{HOUR, Journey, SECOND},
};

const DAY: i64 = 24 * HOUR;
const ROBOT: &str = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

async fn visit(collector: &Collector, family: u128, user_agent: &str) {
    let visit = Journey::of_family(family).opens("/").reads(SECOND).sees_code(&format!("K7F-{family:04}"));
    let address = format!("203.0.113.{}", family % 250);
    let answer = collector.post(&address, user_agent, visit.body(visit.reports(), None, SECOND)).await;
    assert_eq!(answer.outcomes(), ["stored"; 3]);
}

async fn people(collector: &Collector, many: u128) {
    for family in 0..many {
        visit(collector, family, CHROME).await;
    }
}

async fn tidied(collector: &Collector) -> Vec<Option<String>> {
    forget_sessions(collector.db.db.clone(), collector.clock.now_ms()).await.unwrap();
    collector.rows().await.sessions.into_iter().map(|session| session.bot).collect()
}

#[tokio::test]
async fn people_are_kept_for_180_days_and_machines_for_seven() {
    let collector = Collector::at(NOON).await;
    visit(&collector, 1, CHROME).await;
    visit(&collector, 2, ROBOT).await;
    collector.clock.advance(7 * DAY - SECOND);
    assert_eq!(tidied(&collector).await.len(), 2);
    collector.clock.advance(2 * SECOND);
    assert_eq!(tidied(&collector).await, [None]);
    collector.clock.advance(173 * DAY);
    assert_eq!(tidied(&collector).await.len(), 0);
}

#[tokio::test]
async fn what_is_too_old_leaves_no_row_and_what_is_not_stays_whole() {
    let collector = Collector::at(NOON).await;
    collector.db.keep(1, 1).await;
    // More than one step.
    people(&collector, 230).await;
    collector.clock.advance(DAY);
    visit(&collector, 999, CHROME).await;
    assert_eq!(tidied(&collector).await.len(), 1);
    let reader = collector.db.db.reader();
    assert_eq!(page_view::Entity::find().count(reader).await.unwrap(), 1);
    assert_eq!(open_page_view::Entity::find().count(reader).await.unwrap(), 1);
    assert_eq!(session_reference::Entity::find().count(reader).await.unwrap(), 1);
    assert_eq!(event::Entity::find().count(reader).await.unwrap(), 0);
    assert_eq!(session::Entity::find().count(reader).await.unwrap(), 1);
}

#[tokio::test]
async fn that_sessions_of_a_day_were_erased_is_known_for_800_days() {
    let collector = Collector::at(NOON).await;
    visit(&collector, 1, CHROME).await;
    let erased = SessionId(collector.rows().await.sessions[0].id);
    erase(&collector.db.db, FIRST_SITE, &[erased]).await.unwrap();
    for (days, known) in [(800, 1), (1, 0)] {
        collector.clock.advance(days * DAY);
        tidy(collector.db.db.clone(), collector.clock.now_ms()).await.unwrap();
        let rows = erased_day::Entity::find().count(collector.db.db.reader()).await.unwrap();
        assert_eq!(rows, known, "after {days} more days");
    }
}

/// PostgreSQL gives room back by itself.
mod embedded {
    use super::*;

    #[tokio::test]
    async fn the_file_shrinks_when_most_of_it_is_forgotten() {
        let collector = Collector::at(NOON).await;
        collector.db.keep(1, 1).await;
        people(&collector, 400).await;
        let size = |folder: &std::path::Path| std::fs::metadata(folder.join("pulse.db")).unwrap().len();
        collector.db.db.checkpoint().await.unwrap();
        let full = size(collector.db.folder());
        collector.clock.advance(2 * DAY);
        assert_eq!(tidied(&collector).await.len(), 0);
        collector.db.db.checkpoint().await.unwrap();
        let empty = size(collector.db.folder());
        assert!(empty * 10 < full * 9, "from {full} to {empty} bytes");
    }
}
