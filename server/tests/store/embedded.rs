//! The write-ahead log of the embedded database.

use std::convert::Infallible;

use app::models::event::EventKind;
use sea_orm::{DatabaseTransaction, EntityTrait, PaginatorTrait};
use server::store::{database::Database, entities::session};

use crate::support::{
    builders::{a_page, a_session, an_event, store},
    collector::NOON,
    db::TestDb,
};

/// A page of the file as it stands in the log, with its head.
const PAGE: u64 = 4_096 + 24;
/// Twice the pages from which on each commit copies what the log holds into the file (`wal_autocheckpoint`).
const LIMIT: u64 = 2 * 4_000 * PAGE;
/// Events of one commit, each of which fills a page.
const EVENTS: u64 = 200;

fn size(test: &TestDb, file: &str) -> u64 {
    std::fs::metadata(test.folder().join(file)).unwrap().len()
}

fn log(test: &TestDb) -> u64 {
    size(test, "pulse.db-wal")
}

/// Stores a session in a commit of about a megabyte.
async fn store_a_lot(db: &Database, at: i64) {
    let large = "x".repeat(4_000);
    let events = (0..EVENTS).map(|_| an_event(EventKind::Custom).row(|event| event.props = Some(large.clone())));
    store(db, [a_session(NOON + at).page(a_page("/").events(events)).build()]).await.unwrap();
}

/// Begins to read: from here on the log must keep what stands there.
async fn reads(db: &Database) -> DatabaseTransaction {
    let reading = db.snapshot().await.unwrap();
    session::Entity::find().count(&reading).await.unwrap();
    reading
}

/// Reads again and again, so that there is no moment at which nobody does.
async fn always_reads(db: &Database) -> Infallible {
    let mut reading = reads(db).await;
    loop {
        let next = reads(db).await;
        reading.rollback().await.unwrap();
        reading = next;
    }
}

#[tokio::test]
async fn the_log_stays_bounded_however_often_somebody_reads_for_long() {
    let test = TestDb::fresh().await;
    let mut commits = 0..;
    let mut largest = 0;
    for _ in 0..7 {
        // What is read holds up the log for the time of eight commits, and then not for two.
        let reading = reads(&test.db).await;
        for at in commits.by_ref().take(8) {
            store_a_lot(&test.db, at).await;
            largest = largest.max(log(&test));
        }
        reading.rollback().await.unwrap();
        for at in commits.by_ref().take(2) {
            store_a_lot(&test.db, at).await;
            largest = largest.max(log(&test));
        }
    }
    assert!(largest < LIMIT, "{largest} bytes");
    test.db.checkpoint().await.unwrap();
    let stored = size(&test, "pulse.db");
    assert!(stored > LIMIT * 3 / 2, "it was of no use: {stored} bytes in all");
}

#[tokio::test]
async fn the_log_is_emptied_though_there_is_always_somebody_who_reads() {
    let test = TestDb::fresh().await;
    let storing = async {
        for at in 0..4 {
            store_a_lot(&test.db, at).await;
        }
        let full = log(&test);
        test.db.checkpoint().await.unwrap();
        (full, log(&test))
    };
    let (full, emptied) = tokio::select! {
        never = always_reads(&test.db) => match never {},
        sizes = storing => sizes,
    };
    assert!(full > 4 * EVENTS * PAGE, "{full} bytes");
    assert_eq!(emptied, 0);
}

#[tokio::test]
async fn a_log_that_grew_while_somebody_always_read_is_emptied_within_seconds() {
    let test = TestDb::fresh().await;
    let mut grown = false;
    for at in 0..60 {
        // Held while the next begins, so that no commit finds the log without a reader.
        let reading = reads(&test.db).await;
        store_a_lot(&test.db, at).await;
        let next = reads(&test.db).await;
        reading.rollback().await.unwrap();
        store_a_lot(&test.db, 1_000 + at).await;
        next.rollback().await.unwrap();
        grown = log(&test) > LIMIT;
        if grown {
            break;
        }
    }
    let before = log(&test);
    test.db.bound_log().await.unwrap();
    let after = log(&test);
    assert_eq!(after == 0, grown, "{before} bytes before, {after} after");
}
