//! The real binary is killed under load. What it answered 202 is there when it starts again.

use std::{
    collections::HashSet,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::task::JoinSet;
use uuid::Uuid;

use crate::support::{
    collector::Rows,
    db::TestDb,
    journey::Journey,
    process::{Running, post},
};

/// Answers to wait for before the kill.
const ANSWERS: usize = 400;
/// Browsers that send at once.
const BROWSERS: u64 = 8;

/// Sends page views until the server is gone; remembers those that were answered 202.
async fn browse(address: String, families: Arc<AtomicU64>, answered: Arc<Mutex<HashSet<Uuid>>>) {
    loop {
        let visit = Journey::of_family(u128::from(families.fetch_add(1, Ordering::SeqCst))).opens("/");
        let status = post(&address, &[], &visit.body(visit.reports(), None, 0)).await;
        match status {
            Some(202) => answered.lock().unwrap().extend(visit.ids()),
            Some(other) => panic!("answered {other}"),
            None => return,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_under_load_has_everything_that_it_answered_202() {
    let test = TestDb::fresh().await;
    let (families, answered) = (Arc::new(AtomicU64::new(1)), Arc::new(Mutex::new(HashSet::new())));
    for round in 1..=2 {
        let server = Running::start(&test, &[], Stdio::null());
        let mut browsers = JoinSet::new();
        for _ in 0..BROWSERS {
            browsers.spawn(browse(server.address.clone(), families.clone(), answered.clone()));
        }
        while answered.lock().unwrap().len() < round * ANSWERS {
            tokio::task::yield_now().await;
        }
        drop(server);
        browsers.join_all().await;

        let stored: HashSet<Uuid> = Rows::of(&test.db).await.page_views.iter().map(|row| row.id).collect();
        let answered = answered.lock().unwrap().clone();
        assert_eq!(answered.difference(&stored).count(), 0, "of {} that were answered", answered.len());
    }
}
