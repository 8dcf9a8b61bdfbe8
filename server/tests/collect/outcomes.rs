//! Every message has one outcome, and the answer names it.

use app::models::event::EventKind;
use axum::http::Request;
use sea_orm::EntityTrait;
use server::store::entities::outcome_count;

use crate::support::{
    collector::{CHROME, Collector, NOON, Rows},
    journey::{Journey, SECOND},
};

const ADDRESS: &str = "203.0.113.9";

#[tokio::test]
async fn a_repeat_is_a_duplicate_and_changes_nothing() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").reads(SECOND).does(EventKind::Click);
    let body = visit.body(visit.reports(), None, SECOND);
    collector.clock.advance(SECOND);
    let first = collector.post(ADDRESS, CHROME, body.clone()).await;
    assert_eq!(first.outcomes(), ["stored", "stored", "stored"]);
    let rows = format!("{:?}", collector.rows().await);
    for _ in 0..5 {
        let repeat = collector.post(ADDRESS, CHROME, body.clone()).await;
        assert_eq!(repeat.outcomes(), ["duplicate", "duplicate", "duplicate"]);
        assert_eq!(repeat.session(), first.session());
    }
    assert_eq!(format!("{:?}", collector.rows().await), rows);
}

#[tokio::test]
async fn one_bad_message_does_not_cost_its_neighbours() {
    let collector = Collector::at(NOON).await;
    let page = r#""view":"1-2-3-4","url":"https://shop.example/","age":5"#;
    let script = r#""view":"1-2-3-5","url":"javascript:alert(1)","age":5"#;
    let body = format!(
        r#"{{"site":1,"messages":[{{{page}}},{{"dance":1}},{{{script}}},{{{page},"event":"click"}},
        {{{page},"id":"1-2-3-6","at":1,"event":"click","name":"x\u0000\ud800"}}]}}"#
    );
    let answer = collector.post(ADDRESS, CHROME, body).await;
    assert_eq!(answer.outcomes(), ["stored", "malformed", "invalid_url", "malformed", "stored"]);
    assert_eq!(collector.rows().await.session().events, 1);
}

#[tokio::test]
async fn kinds_that_the_script_tag_turns_off_are_not_stored() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1)
        .opens("/")
        .does(EventKind::Click)
        .does(EventKind::Outbound)
        .does(EventKind::Error)
        .opens("/docs")
        .waits(SECOND)
        .opens("/");
    let body = visit.body(visit.reports(), None, 2 * SECOND);
    let told = collector.post(ADDRESS, CHROME, body.clone()).await;
    assert!(!told.outcomes().contains(&"turned_off"));
    let kinds = |rows: Rows| -> Vec<String> { rows.events.into_iter().map(|event| event.kind).collect() };
    let all = kinds(collector.rows().await);
    assert!(
        ["click", "outbound", "error", "quick_back"].iter().all(|kind| all.iter().any(|known| known == kind)),
        "{all:?}"
    );

    let quiet = Collector::at(NOON).await;
    let body = body.replacen('{', r#"{"off":"outbound error quick_back","#, 1);
    let answer = quiet.post(ADDRESS, CHROME, body).await;
    assert_eq!(answer.outcomes().iter().filter(|outcome| **outcome == "turned_off").count(), 2);
    assert_eq!(kinds(quiet.rows().await), ["click"]);
}

#[tokio::test]
async fn a_batch_that_is_refused_says_why_and_what_to_do() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/");
    let body = visit.body(visit.reports(), None, 0);
    let cases = [
        (400, "malformed", Request::post("/api/collect"), "{".to_owned()),
        (404, "unknown_site", Request::post("/api/collect"), body.replace(r#""site":1"#, r#""site":77"#)),
        (403, "opt_out", Request::post("/api/collect").header("sec-gpc", "1"), body.clone()),
        (403, "opt_out", Request::post("/api/collect").header("dnt", "1"), body.clone()),
    ];
    for (status, reason, request, body) in cases {
        let answer = collector.send(request.header("user-agent", CHROME), body).await;
        assert_eq!((answer.status, answer.body["refused"].as_str()), (status, Some(reason)));
        assert!(answer.body["message"].as_str().is_some_and(|message| message.ends_with('.')));
    }
    assert_eq!(collector.rows().await.sessions.len(), 0);
    let large = " ".repeat(65 * 1024) + &body;
    assert_eq!(collector.post(ADDRESS, CHROME, large).await.status, 413);
}

#[tokio::test]
async fn outcomes_are_counted_by_site_and_hour() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/");
    let body = visit.body(visit.reports(), None, 0);
    for _ in 0..3 {
        collector.post(ADDRESS, CHROME, body.clone()).await;
    }
    collector.send(Request::post("/api/collect").header("dnt", "1"), body).await;
    let db = collector.drained().await;
    let counts = outcome_count::Entity::find().all(db.db.reader()).await.unwrap();
    let named: Vec<_> =
        counts.iter().map(|row| (row.site, i64::from(row.hour) * 3_600_000, row.outcome.as_str(), row.count)).collect();
    assert_eq!(named, [(1, NOON, "duplicate", 2), (1, NOON, "opt_out", 1), (1, NOON, "stored", 1)]);
}

#[tokio::test]
async fn what_the_tracker_sends_is_taken() {
    let collector = Collector::at(NOON).await;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tracker/fixtures");
    let files = std::fs::read_dir(folder).expect("the tracker's fixtures").map(|entry| entry.expect("a file").path());
    // Their names say in which order they were sent.
    let files: std::collections::BTreeSet<_> = files.collect();
    for file in &files {
        let body = std::fs::read_to_string(file).expect("text");
        let answer = collector.post(ADDRESS, CHROME, body).await;
        assert_eq!(answer.status, 202, "{}: {:?}", file.display(), answer.body);
        assert!(
            answer.outcomes().iter().all(|outcome| matches!(*outcome, "stored" | "duplicate")),
            "{}: {:?}",
            file.display(),
            answer.body
        );
    }
    assert!(!files.is_empty(), "the tracker has fixtures");
}

/// Sends a journey's reports, fifty in a request; how many were refused because the session is full.
async fn refused_as_too_many(collector: &Collector, journey: &Journey) -> usize {
    let mut refused = 0;
    for reports in journey.reports().chunks(50) {
        let answer = collector.post(ADDRESS, CHROME, journey.body(reports, None, 0)).await;
        refused += answer.outcomes().iter().filter(|outcome| **outcome == "limit").count();
        collector.clock.advance(SECOND);
    }
    refused
}

#[tokio::test]
async fn a_session_takes_1000_page_views() {
    let collector = Collector::at(NOON).await;
    let many = (0..1_020).fold(Journey::of_family(1), |journey, page| journey.opens(&format!("/{page}")));
    // Of the last 20 page views each says that it began, and all but the last that it was left.
    assert_eq!(refused_as_too_many(&collector, &many).await, 20 + 19);
    assert_eq!(collector.rows().await.session().pages, 1_000);
}

#[tokio::test]
async fn a_session_takes_10000_events() {
    let collector = Collector::at(NOON).await;
    let many = (0..10_020).fold(Journey::of_family(1).opens("/"), |journey, _| journey.does(EventKind::Click));
    assert_eq!(refused_as_too_many(&collector, &many).await, 20);
    let before = collector.rows().await;
    assert_eq!(before.session().events, 10_000);
    // One more, on a page that was not heard of: nothing of it is stored, the page neither.
    let more = Journey::of_family(2).opens("/late").does(EventKind::Click);
    let answer = collector.deliver(&more, more.reports().last().unwrap(), NOON, "203.0.113.9").await;
    assert_eq!(answer.outcomes(), ["limit"]);
    let after = collector.rows().await;
    assert_eq!((after.page_views.len(), after.session()), (before.page_views.len(), before.session()));
}
