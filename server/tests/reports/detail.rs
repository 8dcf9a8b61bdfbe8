//! One session with everything that happened in it.

use app::{
    models::{
        event::{EventKind, PropValue, Props},
        ids::{EventId, PageViewId, SessionId},
        session::NOW_MS,
        source::{Arrival, Campaign, Channel, Source},
        timeline::{PageState, PageTime, SessionDetail, TimelineItem, TimelinePage, Unmeasured},
    },
    services::Sessions,
};
use proptest::{prelude::*, test_runner::TestRunner};
use rstest::rstest;
use server::{clock::Clock, reports::SessionReports};
use uuid::Uuid;

use crate::support::{
    builders::{PageBuilder, Rows, a_page, a_session, an_event, store},
    db::{FIRST_SITE, TestDb},
};

const NOON: i64 = 1_774_000_800_000;
const MINUTE: i64 = 60_000;

async fn detail_of(rows: Rows) -> SessionDetail {
    let test = TestDb::fresh().await;
    let id = rows.id();
    store(&test.db, [rows]).await.unwrap();
    detail(&test, id).await.unwrap()
}

async fn detail(test: &TestDb, id: SessionId) -> Option<SessionDetail> {
    SessionReports::new(test.db.clone(), Clock::set_to(NOON)).detail(FIRST_SITE, id).await.unwrap()
}

pub(super) fn pages(detail: &SessionDetail) -> Vec<&TimelinePage> {
    detail
        .timeline
        .iter()
        .filter_map(|item| match item {
            TimelineItem::Page(page) => Some(page.as_ref()),
            TimelineItem::Gap { .. } => None,
        })
        .collect()
}

/// A page view's place and the places of its events, in milliseconds.
fn any_page() -> impl Strategy<Value = (i64, Vec<i64>)> {
    (0..3_600_000i64, prop::collection::vec(0..600_000i64, 0..8))
}

#[test]
fn every_page_view_and_event_is_there_once_and_in_order() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let test = runtime.block_on(TestDb::fresh());
    let sessions = prop::collection::vec(any_page(), 1..12);
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() });
    let outcome = runner.run(&sessions, |generated| {
        let pages_of = generated.iter().map(|(after, events)| {
            let events = events.iter().map(|&at| an_event(EventKind::Click).at(at));
            a_page("/").after(*after).events(events)
        });
        let rows = a_session(NOON - 120 * MINUTE).pages(pages_of).build();
        let mut expected: Vec<_> = rows.page_views.iter().map(|view| (view.started_at, PageViewId(view.id))).collect();
        expected.sort();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(started_at, page)| {
                let on_it = rows.events.iter().filter(|event| event.page_view == page.0);
                let mut events: Vec<_> = on_it.map(|event| (started_at + event.offset_ms, EventId(event.id))).collect();
                events.sort();
                (started_at, page, events)
            })
            .collect();

        let id = rows.id();
        let found = runtime.block_on(async {
            store(&test.db, [rows]).await.unwrap();
            detail(&test, id).await.unwrap()
        });
        let shown: Vec<_> = pages(&found)
            .into_iter()
            .map(|page| {
                let events = page.events.iter().filter_map(|event| Some((event.at.ms, event.id?))).collect();
                (page.at.ms, page.id, events)
            })
            .collect();
        prop_assert_eq!(shown, expected);
        Ok(())
    });
    outcome.unwrap();
}

#[tokio::test]
async fn the_largest_session_is_shown_whole() {
    let largest = (0..1_000).map(|at| {
        let events = (0..10).map(|event| an_event(EventKind::Click).at(event));
        a_page(&format!("/{}", at % 40)).after(at * 1_000).events(events)
    });
    let detail = detail_of(a_session(NOON - 20 * MINUTE).pages(largest).build()).await;
    let pages = pages(&detail);
    assert_eq!(pages.len(), 1_000);
    assert_eq!(pages.iter().map(|page| page.events.len()).sum::<usize>(), 10_000);
    assert!(pages.iter().zip(1..).all(|(page, number)| page.number == number));
}

#[tokio::test]
async fn a_timeline_tells_what_was_stored() {
    let props = Props::from([("plan".into(), PropValue::Text("pro".into())), ("seats".into(), PropValue::Number(3.0))]);
    let campaign = Campaign { source: Some("letter".into()), medium: Some("mail".into()), ..Campaign::default() };
    let test = TestDb::fresh().await;
    test.set_time_zone(FIRST_SITE, "Asia/Kathmandu").await;
    let rows = a_session(NOON - 20 * MINUTE)
        .from(Channel::Campaign, "letter", Some("mail.example"))
        .campaign(campaign.clone())
        .page(
            a_page("/pricing")
                .titled("Prices")
                .from(Channel::Campaign, "letter")
                .measured(20_000, 10_000, 5_000)
                .event(an_event(EventKind::Custom).at(7_000).named("plan chosen").props(&props))
                .event(an_event(EventKind::Outbound).at(19_000).named("Docs").to("https://docs.example/start")),
        )
        .page(a_page("/").after(3 * MINUTE).state(PageState::Hidden))
        .build();
    let id = rows.id();
    store(&test.db, [rows]).await.unwrap();
    let detail = detail(&test, id).await.unwrap();

    assert_eq!((detail.now_ms, detail.site.time_zone.as_str()), (NOON, "Asia/Kathmandu"));
    assert_eq!((detail.referrer.as_deref(), &detail.campaign), (Some("mail.example"), &campaign));
    assert_eq!(detail.session.pages, 2);
    assert!(matches!(
        detail.timeline.as_slice(),
        [TimelineItem::Page(_), TimelineItem::Gap { ms: 145_000 }, TimelineItem::Page(_)]
    ));
    let [prices, home] = pages(&detail)[..] else { panic!("two pages") };
    assert_eq!(
        (prices.title.as_deref(), prices.host.as_str(), prices.path.as_str()),
        (Some("Prices"), "shop.example", "/pricing")
    );
    assert_eq!((prices.at.ms, prices.at.offset_s), (NOON - 20 * MINUTE, 20_700));
    assert_eq!(prices.time, PageTime::Measured { open_ms: 35_000, visible_ms: 30_000, active_ms: 20_000 });
    assert_eq!(prices.spans.as_slice().len(), 3);
    assert_eq!((prices.state, home.state), (PageState::Left, PageState::Hidden));
    let [chosen, docs] = prices.events.as_slice() else { panic!("two events") };
    assert_eq!((chosen.kind, chosen.name.as_deref(), &chosen.props), (EventKind::Custom, Some("plan chosen"), &props));
    assert_eq!((docs.kind, docs.target.as_deref()), (EventKind::Outbound, Some("https://docs.example/start")));
    assert_eq!((docs.at.ms, docs.at.offset_s, docs.offset_ms), (NOON - 20 * MINUTE + 19_000, 20_700, 19_000));
}

#[rstest]
#[case::a_young_page(a_page("/"), NOON - 4_000, Unmeasured::NotYet)]
#[case::a_page_in_the_background(a_page("/").state(PageState::Hidden), NOON - 4_000, Unmeasured::NotYet)]
#[case::a_page_that_could_have_reported(a_page("/"), NOON - NOW_MS - 1, Unmeasured::LeftWithoutAWord)]
#[case::a_page_that_was_left(a_page("/").state(PageState::Left), NOON - 4_000, Unmeasured::LeftWithoutAWord)]
#[case::a_page_with_half_a_report(a_page("/").row(|view| view.open_ms = Some(5)), NOON - 4_000, Unmeasured::NotYet)]
#[tokio::test]
async fn time_that_was_not_measured_says_why(#[case] page: PageBuilder, #[case] start: i64, #[case] why: Unmeasured) {
    let detail = detail_of(a_session(start).received(NOON).page(page).build()).await;
    assert_eq!(pages(&detail)[0].time, PageTime::NotMeasured(why));
}

#[tokio::test]
async fn nothing_more_is_awaited_once_the_session_is_over() {
    let detail = detail_of(a_session(NOON - 4_000).ended(NOON).page(a_page("/")).build()).await;
    assert_eq!(pages(&detail)[0].time, PageTime::NotMeasured(Unmeasured::LeftWithoutAWord));
}

#[rstest]
#[case::a_link_within_the_site(Channel::Direct, "Direct", None)]
#[case::a_tab_that_woke(Channel::Resumed, "Resumed", None)]
#[case::another_newsletter(Channel::Campaign, "letter", Some("letter"))]
#[case::the_same_search_again(Channel::Search, "Google", None)]
#[case::another_search_engine(Channel::Search, "DuckDuckGo", Some("DuckDuckGo"))]
#[tokio::test]
async fn a_later_page_view_says_where_it_came_from_when_that_is_news(
    #[case] channel: Channel,
    #[case] source: &str,
    #[case] news: Option<&str>,
) {
    let detail = detail_of(
        a_session(NOON - MINUTE)
            .from(Channel::Search, "Google", None)
            .page(a_page("/later").after(10_000).from(channel, source))
            .page(a_page("/first").from(Channel::Search, "Google"))
            .build(),
    )
    .await;
    let arrived: Vec<_> = pages(&detail).into_iter().map(|page| page.arrived_from.clone()).collect();
    let news = news.map(|name| Arrival { source: Source { channel, name: name.into() }, campaign: None });
    assert_eq!(arrived, [None, news]);
}

#[rstest]
#[case::the_first_page_again("letter", Some("winter"), None)]
#[case::another_campaign_of_the_same_source("letter", Some("spring"), Some(Some("spring")))]
#[case::the_same_source_without_one("letter", None, None)]
#[case::another_source("poster", Some("winter"), Some(Some("winter")))]
#[case::another_source_without_one("poster", None, Some(None))]
#[tokio::test]
async fn a_later_page_view_names_its_campaign_when_that_is_news(
    #[case] source: &str,
    #[case] campaign: Option<&str>,
    #[case] news: Option<Option<&str>>,
) {
    let of_campaign = |page: PageBuilder, name: Option<&str>| {
        let campaign = Campaign { name: name.map(Into::into), ..Campaign::default() };
        page.row(|view| view.campaign = serde_json::to_string(&campaign).ok())
    };
    let detail = detail_of(
        a_session(NOON - MINUTE)
            .from(Channel::Campaign, "letter", None)
            .page(of_campaign(a_page("/later").after(10_000).from(Channel::Campaign, source), campaign))
            .page(of_campaign(a_page("/first").from(Channel::Campaign, "letter"), Some("winter")))
            .build(),
    )
    .await;
    let arrived: Vec<_> = pages(&detail).into_iter().map(|page| page.arrived_from.clone()).collect();
    let news = news.map(|campaign| Arrival {
        source: Source { channel: Channel::Campaign, name: source.into() },
        campaign: campaign.map(Into::into),
    });
    assert_eq!(arrived, [None, news]);
}

#[tokio::test]
async fn a_first_page_view_says_nothing_even_when_the_sessions_source_was_decided_otherwise() {
    let rows = a_session(NOON - MINUTE)
        .from(Channel::Resumed, "Resumed", None)
        .page(a_page("/").from(Channel::Search, "Google"))
        .build();
    assert_eq!(pages(&detail_of(rows).await)[0].arrived_from, None);
}

#[tokio::test]
async fn damage_takes_away_what_is_damaged_and_nothing_else() {
    let damaged_event = an_event(EventKind::Custom).named("kept").row(|event| event.props = Some("{\"plan\":".into()));
    let lost_event = an_event(EventKind::Click).row(|event| event.name = Some("of no page".into()));
    let mut rows = a_session(NOON - MINUTE)
        .page(a_page("/a").measured(5_000, 0, 0).event(damaged_event).row(|view| {
            view.spans = Some("not JSON".into());
            view.campaign = Some("not JSON either".into());
        }))
        .page(a_page("/b").after(10_000).row(|view| view.state = "asleep".into()).event(lost_event))
        .build();
    rows.events[1].page_view = Uuid::from_u128(7);
    let detail = detail_of(rows).await;

    let [a, b] = pages(&detail)[..] else { panic!("two pages") };
    assert!(a.spans.is_empty());
    assert_eq!(a.time, PageTime::Measured { open_ms: 5_000, visible_ms: 5_000, active_ms: 5_000 });
    assert_eq!((a.events[0].name.as_deref(), a.events[0].props.len()), (Some("kept"), 0));
    assert_eq!((b.state, b.events.len()), (PageState::Left, 0));
}

#[tokio::test]
async fn a_session_of_another_site_or_of_nobody_is_not_found() {
    let test = TestDb::fresh().await;
    let other = test.site("blog.example", "UTC").await;
    let rows = a_session(NOON).on(other).page(a_page("/")).build();
    let id = rows.id();
    store(&test.db, [rows]).await.unwrap();
    assert_eq!(detail(&test, id).await, None);
    assert_eq!(detail(&test, SessionId(Uuid::nil())).await, None);
    let of_its_own = SessionReports::new(test.db.clone(), Clock::set_to(NOON)).detail(other, id).await.unwrap();
    assert_eq!(of_its_own.map(|detail| detail.session.id), Some(id));
}
