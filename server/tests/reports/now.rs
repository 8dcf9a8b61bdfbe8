//! What goes on now is a window of five minutes that moves with the clock: neither midnight nor a change of the clocks
//! empties it, and nobody is counted twice on either side of them.

use std::collections::BTreeSet;

use app::{
    models::{
        query::{Dimension, Period, SessionQuery},
        session::SessionState,
    },
    services::Sessions,
};
use chrono::DateTime;
use rstest::rstest;
use server::reports::SessionReports;

use crate::support::{
    collector::{Collector, NOON},
    db::FIRST_SITE,
    journey::{Journey, MINUTE, SECOND},
};

/// From four minutes before the moment to seven after it, how many sessions go on.
const EXPECTED: [u64; 12] = [1, 1, 2, 2, 2, 3, 2, 2, 2, 2, 2, 0];

#[rstest]
#[case::midnight_of_greenwich_where_salts_change_too("UTC", "2026-11-03T00:00:00Z")]
#[case::midnight("Europe/Berlin", "2026-11-03T00:00:00+01:00")]
#[case::midnight_in_nepal("Asia/Kathmandu", "2026-11-03T00:00:00+05:45")]
#[case::from_two_to_three_o_clock("Europe/Berlin", "2026-03-29T03:00:00+02:00")]
#[case::from_three_back_to_two_o_clock("Europe/Berlin", "2026-10-25T02:00:00+01:00")]
#[case::midnight_for_the_second_time("America/Havana", "2026-11-01T00:00:00-05:00")]
#[tokio::test]
async fn the_window_rolls_over(#[case] zone: &str, #[case] moment: &str) {
    let moment = DateTime::parse_from_rfc3339(moment).unwrap().timestamp_millis();
    let collector = Collector::at(moment - 4 * MINUTE).await;
    collector.db.set_time_zone(FIRST_SITE, zone).await;
    let reports = SessionReports::new(collector.db.db.clone(), collector.clock.clone());
    // Who falls silent, who is there on both sides, who comes afterwards.
    let visits = [
        (moment - 4 * MINUTE, Journey::of_family(1).opens("/silent"), "203.0.113.1"),
        (moment - 2 * MINUTE, Journey::of_family(2).opens("/both").reads(3 * MINUTE), "203.0.113.2"),
        (moment + MINUTE, Journey::of_family(3).opens("/after"), "203.0.113.3"),
    ];
    for expected in EXPECTED {
        let now = collector.clock.now_ms();
        for (start, visit, address) in &visits {
            for report in visit.reports().iter().filter(|report| start + report.made_at == now) {
                assert_eq!(collector.deliver(visit, report, *start, address).await.outcomes(), ["stored"]);
            }
        }
        assert_eq!(counted(&reports).await, expected, "{} minutes after", (now - moment) / MINUTE);
        collector.clock.advance(MINUTE);
    }
    assert_eq!(collector.rows().await.sessions.len(), visits.len(), "nobody became somebody else");
}

#[tokio::test]
async fn the_pages_that_are_open_now_have_the_sessions_that_are_on_them() {
    let collector = Collector::at(NOON).await;
    let visits = [
        Journey::of_family(1).opens("/lamps").waits(SECOND).opens("/pricing").reads(SECOND),
        Journey::of_family(2).opens("/pricing"),
        Journey::of_family(3).opens("/lamps"),
        Journey::of_family(4).opens("/pricing").waits(SECOND).leaves(),
    ];
    for (visit, address) in visits.iter().zip(["203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4"]) {
        collector.plays(visit, address).await;
    }
    let reports = SessionReports::new(collector.db.db.clone(), collector.clock.clone());
    let now = SessionQuery::newest(FIRST_SITE).in_period(Period::Now);
    let pages = reports.facet(&now, Dimension::Exit, "").await.unwrap().values;
    let pages: Vec<_> = pages.iter().map(|page| (page.value.as_str(), page.sessions)).collect();
    assert_eq!(pages, [("/pricing", 2), ("/lamps", 1)]);
    for (page, sessions) in pages {
        let on_it = reports.list(&now.including(Dimension::Exit, page)).await.unwrap().sessions;
        assert_eq!((on_it.len() as u64, on_it[0].last_page.as_str()), (sessions, page));
    }
}

/// How many go on now: the list, the figures, the histogram and the pages that are open say the same.
async fn counted(reports: &SessionReports) -> u64 {
    let now = SessionQuery::newest(FIRST_SITE).in_period(Period::Now);
    let list = reports.list(&now).await.unwrap().sessions;
    assert!(list.iter().all(|session| session.state == SessionState::Now));
    let listed = list.iter().map(|session| session.id).collect::<BTreeSet<_>>().len();
    assert_eq!(list.len(), listed, "each once");
    let overview = reports.overview(&now).await.unwrap();
    let in_bars: u64 = overview.histogram.iter().map(|bar| bar.sessions()).sum();
    let pages = reports.facet(&now, Dimension::Exit, "").await.unwrap();
    let on_pages: u64 = pages.values.iter().map(|value| value.sessions).sum();
    let counts = [listed as u64, overview.summary.sessions, in_bars, on_pages];
    assert!(counts.iter().all(|count| count == &counts[0]), "{counts:?}");
    counts[0]
}
