//! Transactions of whoever writes, side by side, and the largest one that there is.

use app::models::event::EventKind;
use futures::future::{join, join_all};
use sea_orm::{EntityTrait, PaginatorTrait, Set};
use server::store::{
    database::Database,
    entities::{event, page_view, session, site},
};

use crate::support::{
    builders::{a_page, a_session, an_event, store},
    collector::NOON,
    db::{FIRST_SITE, TestDb},
};

const TURNS: i32 = 10;

async fn keeps_for(db: &Database) -> i32 {
    site::Entity::find_by_id(FIRST_SITE.0).one(db.reader()).await.unwrap().unwrap().retention_days
}

/// Reads first and then writes what it has worked out from that.
async fn one_day_longer(db: &Database) {
    let tx = db.begin().await.unwrap();
    let row = site::Entity::find_by_id(FIRST_SITE.0).one(&*tx).await.unwrap().unwrap();
    let longer =
        site::ActiveModel { id: Set(row.id), retention_days: Set(row.retention_days + 1), ..Default::default() };
    site::Entity::update(longer).exec(&*tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn transactions_that_read_before_they_write_wait_for_each_other_and_for_collection() {
    let test = TestDb::fresh().await;
    let before = keeps_for(&test.db).await;
    // Two that queue within one process, and one that knows nothing of them.
    let other = test.again().await;
    let writers = join_all([&test.db, &test.db, &other.db].map(async |db| {
        for _ in 0..TURNS {
            one_day_longer(db).await;
        }
    }));
    let collecting = async {
        for turn in 0..i64::from(TURNS) {
            store(&test.db, [a_session(NOON + turn).page(a_page("/")).build()]).await.unwrap();
        }
    };
    join(writers, collecting).await;
    assert_eq!(keeps_for(&test.db).await, before + 3 * TURNS, "no change is lost");
    assert_eq!(session::Entity::find().count(test.db.reader()).await.unwrap(), 10);
}

#[tokio::test]
async fn a_group_of_512_requests_with_50_events_each_is_stored_in_one_transaction() {
    let test = TestDb::fresh().await;
    let sessions = (0..512).map(|at| {
        let events = (0..50).map(|event| an_event(EventKind::Click).at(event));
        a_session(NOON + at).page(a_page("/").events(events)).build()
    });
    // More values than either database takes in one statement.
    store(&test.db, sessions).await.unwrap();
    let reader = test.db.reader();
    assert_eq!(event::Entity::find().count(reader).await.unwrap(), 25_600);
    assert_eq!(page_view::Entity::find().count(reader).await.unwrap(), 512);
    assert_eq!(session::Entity::find().count(reader).await.unwrap(), 512);
}
