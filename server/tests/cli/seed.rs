//! `pulse seed`.

use std::process::{Command, Output};

use app::{
    models::{ids::SiteId, query::SessionQuery, session::Limits, timeline::TimelineItem},
    services::Sessions,
};
use sea_orm::EntityTrait;
use server::{
    clock::Clock,
    reports::SessionReports,
    seed::{self, Made, Plan},
    store::entities::{event, page_view, session},
};
use tempfile::TempDir;

use crate::support::{collector::NOON, db::TestDb};

fn seed(data: &TempDir, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pulse"));
    let Output { status, stdout, stderr } =
        command.env_clear().env("PULSE_DATA", data.path()).arg("seed").args(arguments).output().unwrap();
    let said = if status.success() { stdout } else { stderr };
    (status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn an_empty_database_is_filled_and_another_one_only_on_demand() {
    let data = tempfile::tempdir().unwrap();
    let few = ["--sessions", "40", "--days", "3", "--seed", "5", "--until", "2026-11-25T12:00:00Z"];
    let (done, said) = seed(&data, &few);
    assert!(done && said.starts_with("40 sessions made, with "), "{said}");
    let (done, refused) = seed(&data, &few);
    assert!(!done && refused.contains("there are sessions already"), "{refused}");
    let (done, said) = seed(&data, &["--sessions", "7", "--days", "3", "--seed", "6", "--add"]);
    assert!(done && said.starts_with("7 sessions made"), "{said}");

    let other = tempfile::tempdir().unwrap();
    let again = seed(&other, &few);
    assert_eq!(again.1.split(' ').collect::<Vec<_>>()[0], "40");
}

#[test]
fn what_cannot_be_made_is_refused() {
    let data = tempfile::tempdir().unwrap();
    for (arguments, expected) in [
        (&["--sessions", "0"][..], "--sessions"),
        (&["--days", "200"], "--keep-days 200"),
        (&["--site", "7"], "there is no such site"),
        (&["--until", "yesterday"], "yesterday"),
    ] {
        let (done, said) = seed(&data, arguments);
        assert!(!done && said.contains(expected), "{arguments:?}: {said}");
    }
}

#[tokio::test]
async fn what_is_stored_is_what_was_made_and_the_dashboard_agrees_with_itself() {
    let test = TestDb::fresh().await;
    let plan = Plan {
        site: SiteId(1),
        sessions: 620,
        days: 3,
        events: 10,
        seed: 9,
        end_ms: NOON,
        limits: Limits::default(),
        machine_days: 7,
    };
    let made = seed::fill(&test.db, plan).await.unwrap();
    let stored = Made {
        sessions: session::Entity::find().all(test.db.reader()).await.unwrap().len() as u64,
        page_views: page_view::Entity::find().all(test.db.reader()).await.unwrap().len() as u64,
        events: event::Entity::find().all(test.db.reader()).await.unwrap().len() as u64,
    };
    assert_eq!((made, made.sessions), (stored, 620));

    let reports = SessionReports::new(test.db.clone(), Clock::set_to(NOON));
    let page = reports.list(&SessionQuery::newest(SiteId(1))).await.unwrap();
    assert_eq!(page.sessions.len(), 50);
    for session in page.sessions {
        let detail = reports.detail(SiteId(1), session.id).await.unwrap().unwrap();
        assert_eq!(detail.session, session);
        let pages = detail.timeline.iter().filter_map(|item| match item {
            TimelineItem::Page(page) => Some(page),
            TimelineItem::Gap { .. } => None,
        });
        let (pages, events) = pages.fold((0, 0), |(pages, events), page| (pages + 1, events + page.events.len()));
        assert_eq!((session.pages, session.events as usize), (pages, events));
    }
}
