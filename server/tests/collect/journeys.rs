//! What a visit becomes.

use app::models::{event::EventKind, session::IDLE_LIMIT_MS};
use axum::http::Request;
use server::{changes::Changes, tasks};

use crate::support::{
    collector::{CHROME, Collector, NOON},
    journey::{HOUR, Journey, MINUTE, SECOND},
};

const ADDRESS: &str = "203.0.113.9";

#[tokio::test]
async fn a_visitor_who_opens_three_pages_is_one_session_with_all_figures() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1)
        .comes_from("https://www.google.com/", "/")
        .reads(4 * SECOND)
        .opens("/pricing")
        .looks_away(MINUTE)
        .reads(10 * SECOND)
        .does(EventKind::Outbound)
        .opens("/signup")
        .reads(6 * SECOND)
        .does(EventKind::Form)
        .does(EventKind::Custom)
        .leaves();
    for answer in collector.plays(&visit, ADDRESS).await {
        assert_eq!(answer.status, 202);
    }

    let rows = collector.rows().await;
    let session = rows.session();
    assert_eq!((session.entry.as_str(), session.last_page.as_str()), ("/", "/signup"));
    assert_eq!((session.pages, session.events, session.clicks), (3, 3, 1));
    assert_eq!((session.channel.as_str(), session.source.as_str()), ("search", "Google"));
    assert_eq!(session.active_ms, Some(20 * SECOND));
    assert_eq!(session.duration_ms, 4 * SECOND + MINUTE + 10 * SECOND + 6 * SECOND);
    assert_eq!(
        (session.device.as_str(), session.os.as_deref(), session.browser.as_deref()),
        ("desktop", Some("Linux"), Some("Chrome"))
    );
    assert!(!session.overlapping && session.away && session.ended_at.is_none());
    assert_eq!(session.unmeasured_pages, 0);
}

#[tokio::test]
async fn a_browser_that_calls_itself_chrome_is_known_by_its_hint() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/");
    let request = Request::post("/api/collect")
        .header("user-agent", CHROME)
        .header("sec-ch-ua", r#""Chromium";v="153", "Brave";v="153", "Not;A=Brand";v="24""#);
    assert_eq!(collector.send(request, visit.body(visit.reports(), None, 0)).await.status, 202);
    assert_eq!(collector.rows().await.session().browser.as_deref(), Some("Brave"));
}

#[tokio::test]
async fn a_page_left_for_the_one_before_after_four_seconds_is_a_quick_back() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").reads(9 * SECOND).opens("/faq").reads(4 * SECOND).opens("/");
    collector.plays(&visit.clone().reads(SECOND), ADDRESS).await;
    let rows = collector.rows().await;
    let quick_backs: Vec<_> = rows.events.iter().map(|event| (event.kind.as_str(), event.offset_ms)).collect();
    assert_eq!(quick_backs, [("quick_back", 4 * SECOND)]);
    assert_eq!((rows.session().events, rows.session().clicks, rows.session().engagements), (1, 0, 0));
}

#[tokio::test]
async fn a_longer_look_another_way_on_and_a_reload_are_no_quick_backs() {
    for (family, visit) in (1..).zip([
        Journey::default().opens("/").reads(SECOND).opens("/faq").reads(6 * SECOND).opens("/"),
        Journey::default().opens("/").reads(SECOND).opens("/faq").reads(SECOND).opens("/contact"),
        Journey::default().opens("/").reads(SECOND).opens("/").reads(SECOND).opens("/"),
        Journey::default().opens("/").reads(SECOND).opens("/faq").reads(SECOND),
    ]) {
        let collector = Collector::at(NOON + family).await;
        collector.plays(&visit, ADDRESS).await;
        assert_eq!(collector.rows().await.events, [], "visit {family}");
    }
}

#[tokio::test]
async fn a_quick_back_that_a_late_page_view_disproves_is_gone() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").opens("/faq").waits(SECOND).opens("/prices").waits(SECOND).opens("/");
    let views: Vec<_> = visit.reports().iter().filter(|report| report.is_view()).collect();
    collector.clock.advance(3 * SECOND);
    for late in [0, 1, 3] {
        collector.deliver(&visit, views[late], NOON, ADDRESS).await;
    }
    assert_eq!(collector.rows().await.session().events, 1);
    collector.deliver(&visit, views[2], NOON, ADDRESS).await;
    let rows = collector.rows().await;
    assert_eq!((rows.session().events, rows.events.len()), (0, 0));
}

#[tokio::test]
async fn how_far_down_a_page_was_seen_is_that_of_its_last_report() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").reads(SECOND).scrolls_to(80).reads(SECOND).opens("/faq").reads(SECOND);
    collector.plays(&visit, ADDRESS).await;
    let rows = collector.rows().await;
    let seen: Vec<_> = rows.page_views.iter().map(|view| (view.path.as_str(), view.scroll)).collect();
    assert_eq!(seen, [("/", Some(80)), ("/faq", None)]);
}

#[tokio::test]
async fn a_visitor_waits_31_minutes_and_opens_another_page_in_a_new_session() {
    let collector = Collector::at(NOON).await;
    collector
        .plays(&Journey::of_family(1).opens("/").reads(20 * SECOND).waits(31 * MINUTE).opens("/pricing"), ADDRESS)
        .await;
    let rows = collector.rows().await;
    let ends: Vec<_> =
        rows.sessions.iter().map(|session| (session.entry.as_str(), session.ended_at.is_some())).collect();
    assert_eq!(ends, [("/", true), ("/pricing", false)]);
}

#[tokio::test]
async fn midnight_a_restart_and_a_changed_address_do_not_cut_a_session() {
    let two_before_midnight = NOON + 11 * HOUR + 58 * MINUTE;
    let collector = Collector::at(two_before_midnight).await;
    let evening = Journey::of_family(1).opens("/").reads(MINUTE);
    let answers = collector.plays(&evening, ADDRESS).await;
    collector.clock.advance(3 * MINUTE);
    let collector = collector.restarted().await;
    let night = Journey::of_family(2).opens("/after-midnight");
    collector.plays(&night, ADDRESS).await;

    // The same page goes on sending from another network: the session it was told counts.
    let moved = Journey::of_family(3).opens("/on-the-train");
    let body = moved.body(moved.reports(), answers[0].session().as_deref(), 0);
    collector.post("198.51.100.4", CHROME, body).await;
    // And the next page from there, which knows nothing, is still found.
    collector.plays(&Journey::of_family(4).opens("/still-on-the-train"), "198.51.100.4").await;

    let rows = collector.rows().await;
    assert_eq!(rows.session().pages, 4);
}

#[tokio::test]
async fn two_visitors_are_two_sessions() {
    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).opens("/"), ADDRESS).await;
    collector.plays(&Journey::of_family(2).opens("/"), "203.0.113.10").await;
    let body = Journey::of_family(3).opens("/");
    collector.post(ADDRESS, "Mozilla/5.0 Firefox/132.0", body.body(body.reports(), None, 0)).await;
    assert_eq!(collector.rows().await.sessions.len(), 3);
}

#[tokio::test]
async fn two_people_who_read_at_the_same_time_overlap_and_one_who_follows_a_link_does_not() {
    let collector = Collector::at(NOON).await;
    let start = NOON;
    let first = Journey::of_family(1).opens("/a").reads(MINUTE);
    let second = Journey::of_family(2).opens("/b").reads(MINUTE);
    for (one, other) in first.reports().iter().zip(second.reports()) {
        collector.clock.advance(start + one.made_at - collector.clock.now_ms());
        collector.deliver(&first, one, start, ADDRESS).await;
        collector.deliver(&second, other, start, ADDRESS).await;
    }
    assert!(collector.rows().await.session().overlapping);

    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).opens("/a").reads(MINUTE).opens("/b").reads(MINUTE), ADDRESS).await;
    assert!(!collector.rows().await.session().overlapping);
}

#[tokio::test]
async fn a_leave_hours_later_is_refused_and_a_late_time_report_of_a_known_page_is_kept_for_it() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").waits(221 * MINUTE).leaves();
    let answers = collector.plays(&visit, ADDRESS).await;
    assert_eq!(answers[1].outcomes(), ["stored"]);
    assert_eq!(collector.rows().await.session().received_at, NOON, "a closed session does not come alive");

    let unknown = Journey::of_family(2).opens("/").waits(221 * MINUTE).leaves();
    collector.clock.advance(HOUR);
    let start = collector.clock.now_ms() - 221 * MINUTE;
    let answer = collector.deliver(&unknown, &unknown.reports()[1], start, "203.0.113.77").await;
    assert_eq!(answer.outcomes(), ["too_late"]);
}

#[tokio::test]
async fn a_session_is_closed_and_its_key_forgotten_within_two_minutes_of_its_end() {
    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).opens("/").waits(10 * MINUTE).reads(SECOND), ADDRESS).await;
    let keys = |collector: &Collector| {
        let reader = collector.db.db.reader().clone();
        async move {
            use sea_orm::EntityTrait;
            server::store::entities::open_session::Entity::find().all(&reader).await.expect("keys").len()
        }
    };
    for (later, open) in [(IDLE_LIMIT_MS - MINUTE, 1), (MINUTE + 1, 0)] {
        collector.clock.advance(later);
        tasks::close_sessions::close_sessions(collector.db.db.clone(), collector.clock.now_ms(), Changes::default())
            .await
            .unwrap();
        assert_eq!(keys(&collector).await, open);
    }
    assert!(collector.rows().await.session().ended_at.is_some());
}
