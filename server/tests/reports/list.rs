//! The list: its pages, their order, what each row shows.

use std::collections::HashSet;

use app::{
    models::{
        event::EventKind,
        ids::{SessionId, SiteId},
        query::{Cursor, PAGE_SIZE, Place, SessionPage, SessionQuery},
        session::Device,
        source::{Channel, Source},
        strip::{MAX_MARKS, MAX_VIEWS},
    },
    services::{Sessions, Unavailable},
};
use rstest::rstest;
use server::{clock::Clock, reports::SessionReports};
use uuid::Uuid;

use crate::support::{
    builders::{a_page, a_session, an_event, store},
    db::{FIRST_SITE, TestDb},
};

const NOON: i64 = 1_774_000_800_000;
const MINUTE: i64 = 60_000;

fn reports(test: &TestDb) -> SessionReports {
    SessionReports::new(test.db.clone(), Clock::set_to(NOON))
}

fn ids(page: &SessionPage) -> Vec<SessionId> {
    page.sessions.iter().map(|session| session.id).collect()
}

fn beside(id: SessionId) -> Place {
    Place { value: None, id }
}

async fn page_at(reports: &SessionReports, cursor: Cursor) -> SessionPage {
    reports.list(&SessionQuery { cursor, ..SessionQuery::newest(FIRST_SITE) }).await.unwrap()
}

/// All pages from the newest to the oldest.
async fn all_pages(reports: &SessionReports) -> Vec<SessionPage> {
    let mut pages = vec![page_at(reports, Cursor::Top).await];
    while let Some(older) = pages.last().and_then(|page| page.below.clone()) {
        pages.push(reports.list(&older).await.unwrap());
    }
    pages
}

#[rstest]
#[case::none(0, 1)]
#[case::one(1, 1)]
#[case::exactly_a_page(50, 1)]
#[case::one_more(51, 2)]
#[case::two_pages_and_a_half(125, 3)]
#[tokio::test]
async fn paging_back_in_time_visits_every_session_once_and_the_way_back_shows_the_same_pages(
    #[case] sessions: i64,
    #[case] expected_pages: usize,
) {
    let test = TestDb::fresh().await;
    // Two start in the same millisecond each time: only the random part of their ids tells them apart.
    let rows: Vec<_> = (0..sessions).map(|at| a_session(NOON - at / 2 * MINUTE).page(a_page("/")).build()).collect();
    let mut newest_first: Vec<_> = rows.iter().map(|rows| rows.id()).collect();
    newest_first.sort_by_key(|&id| std::cmp::Reverse(id));
    store(&test.db, rows).await.unwrap();
    let reports = reports(&test);

    let pages = all_pages(&reports).await;
    assert_eq!(pages.len(), expected_pages);
    assert_eq!(pages.iter().flat_map(ids).collect::<Vec<_>>(), newest_first);
    assert!(pages.iter().all(|page| page.sessions.len() as u64 <= PAGE_SIZE));
    assert_eq!(pages[0].above, None);

    let mut page = pages.last().unwrap().clone();
    for expected in pages.iter().rev().skip(1) {
        page = reports.list(page.above.as_ref().unwrap()).await.unwrap();
        assert_eq!(ids(&page), ids(expected));
    }
    assert_eq!(page.above, None);
}

#[tokio::test]
async fn a_newest_page_with_two_sessions_is_filled_up() {
    let test = TestDb::fresh().await;
    let rows: Vec<_> = (0..60).map(|at| a_session(NOON - at * MINUTE).page(a_page("/")).build()).collect();
    let third = rows[2].id();
    store(&test.db, rows).await.unwrap();

    let page = page_at(&reports(&test), Cursor::Above(beside(third))).await;
    assert_eq!(page.sessions.len(), 50);
    assert_eq!(page.above, None);
    assert!(page.below.is_some());
}

#[tokio::test]
async fn sessions_that_arrive_while_somebody_reads_do_not_move_the_pages() {
    let test = TestDb::fresh().await;
    let stored =
        |from: i64| (from..from + 80).map(|at| a_session(NOON - 200 * MINUTE + at * MINUTE).page(a_page("/")).build());
    store(&test.db, stored(0)).await.unwrap();
    let reports = reports(&test);
    let first = page_at(&reports, Cursor::Top).await;

    store(&test.db, stored(80)).await.unwrap();
    let second = reports.list(first.below.as_ref().unwrap()).await.unwrap();
    assert_eq!(second.sessions.len(), 30);
    let back = reports.list(second.above.as_ref().unwrap()).await.unwrap();
    assert_eq!(ids(&back), ids(&first));
    assert!(back.above.is_some(), "the new sessions are one page further");
}

#[tokio::test]
async fn beyond_the_oldest_session_there_is_an_empty_page_that_leads_back() {
    let test = TestDb::fresh().await;
    let nobody = page_at(&reports(&test), Cursor::Below(beside(SessionId(Uuid::nil())))).await;
    assert_eq!((nobody.sessions.len(), nobody.above, nobody.below), (0, None, None));

    store(&test.db, [a_session(NOON).page(a_page("/")).build()]).await.unwrap();
    let page = page_at(&reports(&test), Cursor::Below(beside(SessionId(Uuid::nil())))).await;
    assert_eq!((page.sessions.len(), page.above, page.below), (0, Some(SessionQuery::newest(FIRST_SITE)), None));
}

#[tokio::test]
async fn another_sites_sessions_stay_its_own_even_with_the_same_ids() {
    let test = TestDb::fresh().await;
    let other = test.site("blog.example", "UTC").await;
    let shop = a_session(NOON).page(a_page("/shop").event(an_event(EventKind::Click))).build();
    let mut blog =
        a_session(NOON).on(other).id(shop.id()).page(a_page("/blog").event(an_event(EventKind::Form))).build();
    blog.page_views[0].id = shop.page_views[0].id;
    blog.events[0].page_view = shop.page_views[0].id;
    let elsewhere = (0..80).map(|at| a_session(NOON - at * MINUTE).on(other).page(a_page("/blog")).build());
    store(&test.db, elsewhere.chain([shop, blog])).await.unwrap();

    let page = page_at(&reports(&test), Cursor::Top).await;
    let [session] = page.sessions.as_slice() else { panic!("{} sessions", page.sessions.len()) };
    assert_eq!((session.site, session.entry.as_str()), (FIRST_SITE, "/shop"));
    assert_eq!(session.strip.views.iter().map(|view| view.path.as_str()).collect::<Vec<_>>(), ["/shop"]);
    assert_eq!(session.strip.marks.iter().map(|mark| mark.kind).collect::<Vec<_>>(), [EventKind::Click]);
    assert_eq!((page.above, page.below), (None, None));
}

#[tokio::test]
async fn a_row_shows_what_the_session_holds() {
    let test = TestDb::fresh().await;
    let rows = a_session(NOON - 10 * MINUTE)
        .from(Channel::Search, "Google", Some("www.google.com"))
        .with(Some("DE"), Device::Phone, "iOS", "Safari")
        .page(a_page("/").measured(20_000, 5_000, 0).event(an_event(EventKind::Click).at(9_000)))
        .page(a_page("/pricing").after(25_000).measured(30_000, 0, 60_000).event(an_event(EventKind::Custom).at(4_000)))
        .page(a_page("/").after(40_000))
        .build();
    let id = rows.id();
    store(&test.db, [rows]).await.unwrap();

    let page = page_at(&reports(&test), Cursor::Top).await;
    let session = &page.sessions[0];
    assert_eq!(page.now_ms, NOON);
    assert_eq!((session.id, session.changed_ms), (id, NOON - 10 * MINUTE + 55_000));
    assert_eq!(session.source, Source { channel: Channel::Search, name: "Google".into() });
    assert_eq!((session.country.map(|country| country.code()), session.device), (Some("DE".into()), Device::Phone));
    assert_eq!((session.os.as_deref(), session.browser.as_deref()), (Some("iOS"), Some("Safari")));
    assert_eq!((session.entry.as_str(), session.last_page.as_str()), ("/", "/pricing"));
    assert_eq!((session.pages, session.events, session.clicks, session.unmeasured_pages), (3, 2, 1, 1));
    assert_eq!((session.duration_ms, session.active_ms), (55_000, Some(50_000)));
}

#[tokio::test]
async fn a_strip_draws_page_views_and_events_in_the_order_of_time() {
    let test = TestDb::fresh().await;
    let rows = a_session(NOON)
        .page(a_page("/b").after(60_000).measured(1_000, 2_000, 3_000).event(an_event(EventKind::Form).at(500)))
        .page(a_page("/a").event(an_event(EventKind::Outbound).at(70_000)).event(an_event(EventKind::Click).at(2_000)))
        .build();
    store(&test.db, [rows]).await.unwrap();

    let page = page_at(&reports(&test), Cursor::Top).await;
    let strip = &page.sessions[0].strip;
    let views: Vec<_> = strip.views.iter().map(|view| (view.path.as_str(), view.from_ms, view.open_ms)).collect();
    assert_eq!(views, [("/a", 0, None), ("/b", 60_000, Some(6_000))]);
    assert_eq!(strip.views[1].spans.stretches(6_000).map(|s| s.to - s.from).collect::<Vec<_>>(), [1_000, 2_000, 3_000]);
    let marks: Vec<_> = strip.marks.iter().map(|mark| (mark.at_ms, mark.kind)).collect();
    assert_eq!(marks, [(2_000, EventKind::Click), (60_500, EventKind::Form), (70_000, EventKind::Outbound)]);
}

#[tokio::test]
async fn strips_are_bounded_session_by_session_and_keep_the_first_pages() {
    let test = TestDb::fresh().await;
    let long = |start: i64| {
        let pages = (0..200).map(|at| {
            let events = (0..5).map(|event| an_event(EventKind::Click).at(event * 10));
            a_page(&format!("/{at}")).after(at * 1_000).events(events)
        });
        a_session(start).pages(pages).build()
    };
    let short = a_session(NOON).page(a_page("/").event(an_event(EventKind::Form))).build();
    store(&test.db, [long(NOON - MINUTE), short, long(NOON - 2 * MINUTE)]).await.unwrap();

    let page = page_at(&reports(&test), Cursor::Top).await;
    let sizes: Vec<_> = page.sessions.iter().map(|s| (s.strip.views.len(), s.strip.marks.len())).collect();
    assert_eq!(sizes, [(1, 1), (MAX_VIEWS, MAX_MARKS), (MAX_VIEWS, MAX_MARKS)]);
    let strip = &page.sessions[1].strip;
    assert_eq!(strip.views.last().map(|view| view.from_ms), Some(59_000));
    let marks: Vec<_> = strip.marks.iter().map(|mark| mark.at_ms).collect();
    assert_eq!(marks, (0..60).map(|at| at * 1_000).collect::<Vec<_>>(), "one of each page that is there");
    assert_eq!((page.sessions[1].pages, page.sessions[1].events), (200, 1_000), "the figures count all");
}

#[tokio::test]
async fn however_many_events_a_session_has_its_strip_shows_some_from_its_beginning_to_its_end() {
    let test = TestDb::fresh().await;
    let events = (0..3_000).map(|at| an_event(EventKind::Click).at(at * 1_000));
    let busy = a_session(NOON - 60 * MINUTE).page(a_page("/").measured(3_000_000, 0, 0).events(events)).build();
    let error = an_event(EventKind::Error).at(30_000);
    let clicks = (0..200).map(|at| an_event(EventKind::Click).at(at * 250));
    let odd = a_session(NOON - MINUTE).page(a_page("/").measured(60_000, 0, 0).events(clicks).event(error)).build();
    store(&test.db, [busy, odd]).await.unwrap();

    let page = page_at(&reports(&test), Cursor::Top).await;
    let [odd, busy] = page.sessions.as_slice() else { panic!("{} sessions", page.sessions.len()) };
    assert_eq!((odd.events, busy.events), (201, 3_000));
    let times: Vec<_> = busy.strip.marks.iter().map(|mark| mark.at_ms).collect();
    assert!((MAX_MARKS / 2..=MAX_MARKS).contains(&times.len()), "{times:?}");
    assert!(times.first().is_some_and(|first| *first < 300_000), "{times:?}");
    assert!(times.last().is_some_and(|last| *last > 2_700_000), "{times:?}");
    let errors = odd.strip.marks.iter().filter(|mark| mark.kind == EventKind::Error).count();
    assert_eq!(errors, 1, "what went wrong is shown among whatever else happened");
    assert!(odd.strip.marks.len() > MAX_MARKS / 2, "{}", odd.strip.marks.len());
}

#[tokio::test]
async fn damaged_rows_lose_the_damaged_part_alone() {
    let test = TestDb::fresh().await;
    let damaged = a_session(NOON)
        .page(
            a_page("/a")
                .measured(2_000, 0, 0)
                .row(|view| view.spans = Some("[[0,".into()))
                .event(an_event(EventKind::Click)),
        )
        .page(a_page("/b").after(5_000).measured(2_000, 0, 0).row(|view| view.open_ms = Some(-5)))
        .page(a_page("/c").after(6_000).event(an_event(EventKind::Click).row(|event| event.kind = "swipe".into())))
        .row(|session| {
            session.device = "watch".into();
            session.channel = "telepathy".into();
            session.source = "A medium".into();
            session.country = Some("Germany".into());
        })
        .build();
    let sound = a_session(NOON - MINUTE).page(a_page("/d").measured(1_000, 0, 0)).build();
    store(&test.db, [damaged, sound]).await.unwrap();

    let page = page_at(&reports(&test), Cursor::Top).await;
    let [damaged, sound] = page.sessions.as_slice() else { panic!("{} sessions", page.sessions.len()) };
    assert_eq!((damaged.device, damaged.country), (Device::Unknown, None));
    assert_eq!(damaged.source, Source { channel: Channel::Direct, name: "A medium".into() });
    let views: Vec<_> = damaged.strip.views.iter().map(|view| (view.path.as_str(), view.spans.is_empty())).collect();
    assert_eq!(views, [("/a", true), ("/b", false), ("/c", true)]);
    assert_eq!(
        damaged.strip.marks.iter().map(|mark| mark.kind).collect::<Vec<_>>(),
        [EventKind::Click, EventKind::Custom]
    );
    assert!(!sound.strip.views[0].spans.is_empty());
}

#[rstest]
#[case::a_site_in_nepal("Asia/Kathmandu", "2026-01-15T12:00:00Z", 20_700)]
#[case::the_last_second_of_winter_time("Europe/Berlin", "2026-03-29T00:59:59Z", 3_600)]
#[case::the_first_second_of_summer_time("Europe/Berlin", "2026-03-29T01:00:00Z", 7_200)]
#[case::the_last_second_of_summer_time("Europe/Berlin", "2026-10-25T00:59:59Z", 7_200)]
#[case::the_same_hour_once_more("Europe/Berlin", "2026-10-25T01:00:00Z", 3_600)]
#[case::a_zone_that_does_not_exist("Mars/Olympus", "2026-10-25T01:00:00Z", 0)]
#[tokio::test]
async fn a_session_starts_at_its_sites_time(#[case] zone: &str, #[case] start: &str, #[case] offset_s: i32) {
    let test = TestDb::fresh().await;
    test.set_time_zone(FIRST_SITE, zone).await;
    let ms = chrono::DateTime::parse_from_rfc3339(start).unwrap().timestamp_millis();
    store(&test.db, [a_session(ms).page(a_page("/")).build()]).await.unwrap();

    let soon_after = SessionReports::new(test.db.clone(), Clock::set_to(ms + MINUTE));
    let started = page_at(&soon_after, Cursor::Top).await.sessions[0].started;
    assert_eq!((started.ms, started.offset_s), (ms, offset_s));
}

#[tokio::test]
async fn without_its_database_the_list_says_that_it_cannot_answer() {
    let test = TestDb::fresh().await;
    let reports = reports(&test);
    test.db.clone().close().await.unwrap();
    assert_eq!(reports.list(&SessionQuery::newest(FIRST_SITE)).await, Err(Unavailable));
}

#[tokio::test]
async fn a_site_that_does_not_exist_has_no_sessions() {
    let test = TestDb::fresh().await;
    store(&test.db, [a_session(NOON).page(a_page("/")).build()]).await.unwrap();
    let page = reports(&test).list(&SessionQuery::newest(SiteId(77))).await.unwrap();
    assert_eq!(ids(&page).into_iter().collect::<HashSet<_>>(), HashSet::new());
}
