//! What makes a session worth a look, from what visitors do. The rules' limits are in `server/src/collect/signs.rs`.

use app::models::event::EventKind;

use crate::support::{
    collector::{Collector, NOON},
    journey::{Journey, MINUTE, SECOND},
};

const ADDRESS: &str = "203.0.113.9";

/// The signs of the session that a visit becomes, each report in a request of its own.
async fn signs_of(visit: &Journey) -> String {
    let collector = Collector::at(NOON).await;
    for answer in collector.plays(visit, ADDRESS).await {
        assert_eq!(answer.outcomes(), ["stored"]);
    }
    signs(&collector).await
}

async fn signs(collector: &Collector) -> String {
    collector.rows().await.session().signs.clone().expect("signs are worked out")
}

#[tokio::test]
async fn a_visitor_who_reads_clicks_and_sends_a_form_has_no_sign() {
    let visit = Journey::of_family(1)
        .comes_from("https://www.google.com/", "/")
        .reads(4 * SECOND)
        .does(EventKind::Click)
        .opens("/signup")
        .reads(20 * SECOND)
        .does(EventKind::FormStart)
        .reads(20 * SECOND)
        .does(EventKind::Form)
        .does(EventKind::Custom)
        .leaves();
    assert_eq!(signs_of(&visit).await, "");
}

#[tokio::test]
async fn a_visitor_who_clicks_four_times_in_anger_has_one_rage_click() {
    let calm = Journey::of_family(1).opens("/checkout").reads(10 * SECOND);
    let clicks = (0..4).fold(calm, |visit, _| visit.does(EventKind::Click).waits(200));
    assert_eq!(signs_of(&clicks).await, "", "clicks alone are none: the browser knows where they were");
    // The browser tells a burst once.
    let angry = clicks.does(EventKind::RageClick);
    assert_eq!(signs_of(&angry).await, "rage_click:1");
    let again = angry.reads(5 * SECOND).does(EventKind::RageClick).opens("/cart").does(EventKind::RageClick);
    assert_eq!(signs_of(&again).await, "rage_click:3");
}

#[tokio::test]
async fn dead_clicks_errors_and_pages_not_found_are_counted() {
    let visit = Journey::of_family(1)
        .opens("/old")
        .does(EventKind::NotFound)
        .reads(5 * SECOND)
        .opens("/")
        .does(EventKind::Error)
        .does(EventKind::Error)
        .reads(5 * SECOND)
        .does(EventKind::DeadClick);
    assert_eq!(signs_of(&visit).await, "dead_click:1,error:2,not_found:1");
}

#[tokio::test]
async fn the_same_rage_click_told_twice_is_one() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").does(EventKind::RageClick);
    for report in visit.reports().iter().chain(&visit.reports()[1..]) {
        collector.deliver(&visit, report, NOON, ADDRESS).await;
    }
    assert_eq!(signs(&collector).await, "rage_click:1");
}

#[tokio::test]
async fn a_form_that_was_begun_is_left_until_it_is_sent() {
    let begun = Journey::of_family(1).opens("/contact").reads(5 * SECOND).does(EventKind::FormStart);
    assert_eq!(signs_of(&begun).await, "form_left:1");
    let sent = begun.clone().reads(MINUTE).does(EventKind::Form);
    assert_eq!(signs_of(&sent).await, "");
    let another = sent.opens("/signup").reads(5 * SECOND).does(EventKind::FormStart).leaves();
    assert_eq!(signs_of(&another).await, "form_left:1");
}

#[tokio::test]
async fn a_form_that_is_told_as_an_event_of_the_sites_own_is_not_left() {
    let sent = Journey::of_family(1)
        .opens("/signup")
        .reads(5 * SECOND)
        .does(EventKind::FormStart)
        .reads(MINUTE)
        .does(EventKind::Custom);
    assert_eq!(signs_of(&sent).await, "");
}

#[tokio::test]
async fn a_page_that_is_come_back_to_three_times_is_worth_a_look() {
    let opens = |visit: Journey, path| visit.opens(path).reads(10 * SECOND);
    let twice = ["/", "/a", "/", "/b", "/"].into_iter().fold(Journey::of_family(1), opens);
    assert_eq!(signs_of(&twice).await, "");
    let three_times = ["/", "/c", "/"].into_iter().fold(twice, opens);
    assert_eq!(signs_of(&three_times).await, "returns:3", "the page opened again on itself is no return");
}

#[tokio::test]
async fn pages_faster_than_one_a_second_are_suspicious_and_one_that_is_read_disproves_it() {
    let fast = Journey::of_family(1).opens("/").waits(900).opens("/a").waits(900).opens("/b");
    assert_eq!(signs_of(&fast).await, "fast:3");
    assert_eq!(signs_of(&fast.reads(20 * SECOND).opens("/c")).await, "");
    let a_second_each = Journey::of_family(1).opens("/").waits(SECOND).opens("/a").waits(SECOND).opens("/b");
    assert_eq!(signs_of(&a_second_each).await, "");
}

#[tokio::test]
async fn a_page_that_arrives_late_takes_its_share_in_every_sign() {
    let collector = Collector::at(NOON).await;
    let visit =
        Journey::of_family(1).opens("/").waits(5 * SECOND).opens("/a").waits(500).opens("/b").waits(500).opens("/c");
    let views: Vec<_> = visit.reports().iter().filter(|report| report.is_view()).collect();
    collector.clock.advance(6 * SECOND);
    for late in [1, 2, 3] {
        collector.deliver(&visit, views[late], NOON, ADDRESS).await;
    }
    assert_eq!(signs(&collector).await, "fast:3");
    collector.deliver(&visit, views[0], NOON, ADDRESS).await;
    assert_eq!(signs(&collector).await, "");
}

#[tokio::test]
async fn a_page_that_was_never_active_is_suspicious_until_somebody_is_there() {
    let still = Journey::of_family(1).opens("/").looks_away(MINUTE);
    assert_eq!(signs_of(&still).await, "inactive:1");
    assert_eq!(signs_of(&still.clone().does(EventKind::Click)).await, "");
    assert_eq!(signs_of(&still.reads(SECOND)).await, "");
    assert_eq!(signs_of(&Journey::of_family(1).opens("/")).await, "", "what was not measured says nothing");
}

#[tokio::test]
async fn a_session_has_its_signs_when_it_is_over_and_after_a_restart() {
    let collector = Collector::at(NOON).await;
    let visit = Journey::of_family(1).opens("/").does(EventKind::Error).reads(10 * SECOND);
    collector.plays(&visit, ADDRESS).await;
    let collector = collector.restarted().await;
    collector.plays(&Journey::of_family(2).opens("/a").does(EventKind::RageClick), ADDRESS).await;
    collector.clock.advance(40 * MINUTE);
    collector.closes_sessions().await;
    assert!(collector.rows().await.session().ended_at.is_some());
    assert_eq!(signs(&collector).await, "rage_click:1,error:1");
}
