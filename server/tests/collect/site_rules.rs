//! What a site says of its sessions and referrers.

use server::{
    changes::Changes,
    store::sites::{self, Settings},
    tasks::close_sessions::close_sessions,
};

use crate::support::{
    collector::{Collector, NOON, Rows},
    db::FIRST_SITE,
    journey::{Journey, MINUTE, SECOND},
};

const ADDRESS: &str = "203.0.113.9";

async fn recorded(settings: Settings, journey: Journey) -> Rows {
    let collector = Collector::at(NOON).await;
    sites::set(&collector.db.db, FIRST_SITE.0, settings).await.unwrap();
    for answer in collector.plays(&journey, ADDRESS).await {
        assert_eq!(answer.outcomes(), ["stored"], "{answer:?}");
    }
    collector.rows().await
}

fn waits_between_two_pages(minutes: i64) -> Journey {
    Journey::of_family(1).opens("/").waits(minutes * MINUTE).opens("/later")
}

#[tokio::test]
async fn sessions_are_over_after_as_many_minutes_as_the_site_says() {
    let idle = |minutes| Settings { idle_minutes: Some(minutes), ..Settings::default() };
    for (limit, waited, sessions) in [(30, 29, 1), (30, 31, 2), (60, 45, 1), (60, 61, 2), (5, 4, 1), (5, 6, 2)] {
        let rows = recorded(idle(limit), waits_between_two_pages(waited)).await;
        assert_eq!(rows.sessions.len(), sessions, "a limit of {limit} minutes, {waited} waited");
    }
}

#[tokio::test]
async fn a_session_is_as_long_as_the_site_says_at_the_most() {
    let hour = Settings { longest_hours: Some(1), ..Settings::default() };
    let reads = |journey: Journey| journey.waits(20 * MINUTE).opens("/next");
    let journey = (0..4).fold(Journey::of_family(1).opens("/"), |journey, _| reads(journey));
    assert_eq!(recorded(hour, journey.clone()).await.sessions.len(), 2, "after an hour begins another");
    assert_eq!(recorded(Settings::default(), journey).await.sessions.len(), 1);
}

#[tokio::test]
async fn sessions_of_a_patient_site_are_closed_when_they_are_over_and_not_before() {
    let collector = Collector::at(NOON).await;
    let patient = Settings { idle_minutes: Some(120), ..Settings::default() };
    sites::set(&collector.db.db, FIRST_SITE.0, patient).await.unwrap();
    collector.plays(&Journey::of_family(1).opens("/"), ADDRESS).await;
    for (later, is_over) in [(119 * MINUTE, false), (2 * MINUTE, true)] {
        collector.clock.advance(later);
        close_sessions(collector.db.db.clone(), collector.clock.now_ms(), Changes::default()).await.unwrap();
        assert_eq!(collector.rows().await.session().ended_at.is_some(), is_over);
    }
}

#[tokio::test]
async fn who_comes_back_from_paying_has_resumed() {
    let settings = Settings { passed_referrers: Some(vec!["pay.example".into()]), ..Settings::default() };
    let rows = recorded(settings, Journey::of_family(1).comes_from("https://www.pay.example/done", "/thanks")).await;
    assert_eq!((&*rows.session().channel, rows.session().referrer.as_deref()), ("resumed", None));
}

#[tokio::test]
async fn referrer_spam_is_marked_and_kept_apart() {
    let from =
        |host: &str| Journey::of_family(1).comes_from(&format!("https://{host}/"), "/").waits(SECOND).opens("/b");
    let settings = |spam: &[&str]| Settings {
        spam_referrers: Some(spam.iter().map(|&host| host.into()).collect()),
        ..Settings::default()
    };
    for (host, named, marked) in [
        ("semalt.com", &[][..], true),
        ("semalt.com", &["!semalt.com"], false),
        ("cheap.example", &[], false),
        ("cheap.example", &["cheap.example"], true),
    ] {
        let rows = recorded(settings(named), from(host)).await;
        assert_eq!(rows.session().bot.as_deref(), marked.then_some("referrer spam"), "{host}, {named:?}");
        assert_eq!(rows.session().source, host);
    }
}

#[tokio::test]
async fn a_session_is_spam_whichever_of_its_pages_arrives_first() {
    let journey = Journey::of_family(1).comes_from("https://semalt.com/", "/").waits(SECOND).opens("/b");
    let reports = journey.reports();
    let collector = Collector::at(NOON).await;
    collector.clock.advance(5 * SECOND);
    for report in reports.iter().rev() {
        collector.deliver(&journey, report, NOON, ADDRESS).await;
    }
    assert_eq!(collector.rows().await.session().bot.as_deref(), Some("referrer spam"));
}
