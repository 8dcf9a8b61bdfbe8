//! The server under load, and what can befall it: it is killed, told to stop, its disk is full, its database is gone, its
//! clock is set back. What it answered 202 is there afterwards, once.

use std::{
    collections::HashSet,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use app::models::event::EventKind;
use sea_orm::ConnectionTrait;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::support::{
    collector::{CHROME, Collector, NOON, Rows},
    db::TestDb,
    journey::{HOUR, Journey, SECOND},
    process::{Running, post},
};

/// Answers to wait for before something happens.
const ANSWERS: usize = 400;
/// Browsers that send at once.
const BROWSERS: u64 = 8;

/// Visitors who send page views, and what of it was answered 202.
#[derive(Clone, Default)]
struct Load {
    families: Arc<AtomicU64>,
    answered: Arc<Mutex<HashSet<Uuid>>>,
}

impl Load {
    /// Begins to send, until the server is gone or takes nothing more.
    fn on(&self, server: &Running) -> JoinSet<()> {
        let mut browsers = JoinSet::new();
        for _ in 0..BROWSERS {
            browsers.spawn(browse(self.clone(), server.address.clone()));
        }
        browsers
    }

    fn answered(&self) -> HashSet<Uuid> {
        self.answered.lock().unwrap().clone()
    }

    async fn until(&self, answers: usize) {
        while self.answered.lock().unwrap().len() < answers {
            tokio::task::yield_now().await;
        }
    }

    /// Everything that was answered is stored, and nothing twice: ids are keys, and no session has more pages than rows.
    async fn is_stored_in(&self, test: &TestDb) {
        let rows = Rows::of(&test.db).await;
        let stored: HashSet<Uuid> = rows.page_views.iter().map(|row| row.id).collect();
        let answered = self.answered();
        assert_eq!(answered.difference(&stored).count(), 0, "of {} that were answered", answered.len());
        let pages: i32 = rows.sessions.iter().map(|session| session.pages).sum();
        assert_eq!(pages as usize, rows.page_views.len());
    }
}

async fn browse(load: Load, address: String) {
    loop {
        let family = load.families.fetch_add(1, Ordering::SeqCst);
        let visit = Journey::of_family(u128::from(family)).opens("/");
        // A browser of their own for a few visitors each: one session takes 1,000 page views, not more.
        let browser = format!("{CHROME} {}", family / 8);
        match post(&address, &[("user-agent", &browser)], &visit.body(visit.reports(), None, 0)).await {
            Some(202) => load.answered.lock().unwrap().extend(visit.ids()),
            Some(503) | None => return,
            Some(other) => panic!("answered {other}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_under_load_has_everything_that_it_answered_202() {
    // Two in each run of the tests; scripts/faults.sh asks for more.
    let rounds = std::env::var("PULSE_KILLS").ok().and_then(|many| many.parse().ok()).unwrap_or(2);
    let (test, load) = (TestDb::fresh().await, Load::default());
    for round in 1..=rounds {
        let server = Running::start(&test, &[], Stdio::null());
        let browsers = load.on(&server);
        load.until(round * ANSWERS).await;
        drop(server);
        browsers.join_all().await;
        load.is_stored_in(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_told_to_stop_under_load_ends_within_ten_seconds_and_has_everything_that_it_answered_202() {
    let (test, load) = (TestDb::fresh().await, Load::default());
    let mut server = Running::start(&test, &[], Stdio::null());
    let browsers = load.on(&server);
    load.until(ANSWERS).await;
    let asked = Instant::now();
    assert_eq!(server.terminate(), Some(0));
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    browsers.join_all().await;
    load.is_stored_in(&test).await;
}

/// PostgreSQL's disk is not ours.
mod embedded {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_disk_is_answered_503_and_costs_nothing_that_was_answered_202() {
        let (test, load) = (TestDb::fresh().await, Load::default());
        // No file may become larger than that, which is soon true of the write-ahead log.
        let server = Running::start_with_files_up_to(&test, 2_048);
        load.on(&server).join_all().await;
        assert!(!load.answered().is_empty());
        // It is still there. What is smaller than the group that found no room may still find some.
        let mut family = u128::MAX;
        let (status, body) = loop {
            let visit = Journey::of_family(family).opens("/");
            let body = visit.body(visit.reports(), None, 0);
            match post(&server.address, &[], &body).await {
                Some(202) => family -= 1,
                status => break (status, body),
            }
        };
        assert_eq!(status, Some(503));
        drop(server);

        load.is_stored_in(&test).await;
        let server = Running::start(&test, &[], Stdio::null());
        assert_eq!(post(&server.address, &[], &body).await, Some(202), "with room again");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: scripts/postgres.sh"]
async fn a_database_that_is_gone_for_a_while_is_answered_503_and_then_goes_on() {
    let collector = Collector::at(NOON).await;
    let visit = |family| Journey::of_family(family).opens("/");
    let send = async |family: u128| {
        let visit = visit(family);
        let address = format!("203.0.113.{family}");
        collector.post(&address, CHROME, visit.body(visit.reports(), None, SECOND)).await.status
    };
    assert_eq!(send(1).await, 202);
    let database = collector.db.url().rsplit_once("/test_").and_then(|(_, name)| name.split_once('?')).unwrap().0;
    let name = format!("test_{database}");
    let admin = crate::support::db::admin().await;
    admin.execute_unprepared(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await.unwrap();
    let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    admin.execute_unprepared(&cut).await.unwrap();
    for family in 2..6 {
        assert_eq!(send(family).await, 503);
    }
    admin.execute_unprepared(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await.unwrap();
    // The tracker sends again what was not answered 202; what was is a duplicate.
    for family in 1..6 {
        assert_eq!(send(family).await, 202);
    }
    let rows = collector.rows().await;
    assert_eq!((rows.sessions.len(), rows.page_views.len()), (5, 5));
}

#[tokio::test]
async fn a_clock_that_is_set_back_an_hour_loses_and_doubles_nothing() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").reads(40 * SECOND).does(EventKind::Click).opens("/next").reads(SECOND);
    let mut sent = 0;
    for (at, report) in visit.reports().iter().enumerate() {
        if at == visit.reports().len() / 2 {
            collector.clock.advance(-HOUR);
        }
        let now = if at < visit.reports().len() / 2 { 0 } else { -HOUR };
        collector.clock.advance(NOON + now + report.made_at - collector.clock.now_ms());
        for expected in ["stored", "duplicate"] {
            let body = visit.body(std::slice::from_ref(report), None, report.made_at);
            let answer = collector.post("203.0.113.9", CHROME, body).await;
            assert_eq!((answer.status, answer.outcomes()), (202, vec![expected]));
        }
        sent += 1;
    }
    let rows = collector.rows().await;
    let session = rows.session();
    assert_eq!((session.pages, session.clicks, sent), (2, 1, visit.reports().len()));
    assert_eq!(session.active_ms, Some(rows.page_views.iter().filter_map(|view| view.active_ms).sum()));
    assert!(session.duration_ms >= 0 && rows.page_views.iter().all(|view| view.started_at <= NOON + HOUR));
}
