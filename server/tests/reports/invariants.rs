//! What holds between the reports whatever arrived: the list, the session's page and the live stream tell the same, and
//! their figures add up.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use app::{
    models::{
        ids::{SessionId, SiteId},
        query::{Cursor, Machines, PAGE_SIZE, Period, Place, Recent, SessionPage, SessionQuery},
        session::{LONGEST_MS, Session, SessionState},
        timeline::{PageTime, TimelineEvent},
    },
    services::Sessions,
};
use proptest::{prelude::*, test_runner::TestRunner};
use server::{
    clock::Clock,
    live::feed::{Feed, News, Start},
    reports::SessionReports,
};
use uuid::Uuid;

use super::detail::pages;
use crate::support::{
    builders::{a_page, a_session, store},
    collector::{Collector, NOON},
    db::{FIRST_SITE, TestDb},
    generated::{any_disturbed, run},
    journey::{HOUR, MINUTE},
};

fn reports_of(collector: &Collector) -> SessionReports {
    SessionReports::new(collector.db.db.clone(), collector.clock.clone())
}

/// Everything that a site has, machines too.
fn all(site: SiteId) -> SessionQuery {
    SessionQuery { period: Period::Last(Recent::Quarter), machines: Machines::Shown, ..SessionQuery::newest(site) }
}

/// The pages from this one on, as far as `next` leads.
async fn read_on(
    reports: &SessionReports,
    first: SessionQuery,
    next: impl Fn(&SessionPage) -> Option<SessionQuery>,
) -> Vec<SessionPage> {
    let mut pages = vec![reports.list(&first).await.unwrap()];
    while let Some(query) = pages.last().and_then(&next) {
        pages.push(reports.list(&query).await.unwrap());
    }
    pages
}

/// Every session that the list shows.
async fn listed(reports: &SessionReports) -> Vec<Session> {
    let pages = read_on(reports, all(FIRST_SITE), |page| page.below.clone()).await;
    pages.into_iter().flat_map(|page| page.sessions).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_session_is_listed_once_with_the_figures_of_its_timeline(disturbed in any_disturbed()) {
        run(async {
            let collector = Collector::at(NOON).await;
            disturbed.arrive(&collector).await;
            let rows = collector.rows().await;
            let reports = reports_of(&collector);
            let sessions = listed(&reports).await;

            let mut ids: Vec<Uuid> = sessions.iter().map(|session| session.id.0).collect();
            ids.sort();
            assert_eq!(ids, rows.sessions.iter().map(|row| row.id).collect::<Vec<_>>());
            assert!(sessions.len() <= rows.page_views.len(), "each session has a page view at least");
            for session in &sessions {
                let detail = reports.detail(FIRST_SITE, session.id).await.unwrap().unwrap();
                assert_eq!(&detail.session, session);
                let pages = pages(&detail);
                let events: Vec<&TimelineEvent> = pages.iter().flat_map(|page| &page.events).collect();
                let unmeasured = pages.iter().filter(|page| page.time.open_ms().is_none()).count();
                let clicks = events.iter().filter(|event| event.kind.is_click()).count();
                let counted = [session.pages, session.events, session.clicks, session.unmeasured_pages];
                let there = [pages.len(), events.len(), clicks, unmeasured];
                assert_eq!(counted.map(|count| count as usize), there, "{session:?}");
                assert_eq!((session.started.ms, &session.entry), (pages[0].at.ms, &pages[0].path));

                let stored = rows.page_views.iter().filter(|row| row.session == session.id.0).map(|row| row.id);
                assert_eq!(pages.iter().map(|page| page.id.0).collect::<BTreeSet<_>>(), stored.collect::<BTreeSet<_>>());
                let stored = rows.events.iter().filter(|row| row.session == session.id.0).map(|row| row.id);
                assert_eq!(events.iter().filter_map(|event| Some(event.id?.0)).collect::<BTreeSet<_>>(), stored.collect::<BTreeSet<_>>());
            }
        });
    }

    #[test]
    fn the_times_of_the_pages_add_up_to_those_of_their_session(disturbed in any_disturbed()) {
        run(async {
            let collector = Collector::at(NOON).await;
            disturbed.arrive(&collector).await;
            let reports = reports_of(&collector);
            for row in collector.rows().await.sessions {
                let detail = reports.detail(FIRST_SITE, SessionId(row.id)).await.unwrap().unwrap();
                let (mut all_visible, mut all_active): (Option<u64>, Option<u64>) = (None, None);
                for page in pages(&detail) {
                    if let PageTime::Measured { open_ms, visible_ms, active_ms } = page.time {
                        assert!(active_ms <= visible_ms && visible_ms <= open_ms, "{page:?}");
                        all_visible = Some(all_visible.unwrap_or(0) + visible_ms);
                        all_active = Some(all_active.unwrap_or(0) + active_ms);
                    }
                }
                let session = &detail.session;
                assert_eq!((session.active_ms, row.visible_ms), (all_active, all_visible.map(u64::cast_signed)));
                assert!(session.overlapping || all_active.unwrap_or(0) <= session.duration_ms, "{session:?}");
            }
        });
    }

    #[test]
    fn who_watches_has_the_sessions_that_the_list_shows(
        disturbed in any_disturbed(),
        looks in prop::collection::vec(any::<bool>(), 1..16),
    ) {
        run(async {
            let collector = Collector::at(NOON).await;
            let reports = reports_of(&collector);
            let mut feed = Feed::open(&collector.db.db, FIRST_SITE, Start::Now, NOON - 1).await.unwrap();
            let mut got: BTreeMap<SessionId, Session> = BTreeMap::new();
            for (arrival, look) in disturbed.arrivals.iter().zip(looks.iter().cycle()) {
                disturbed.deliver(arrival, &collector).await;
                if *look {
                    watch(&mut feed, &collector, &mut got).await;
                }
            }
            watch(&mut feed, &collector, &mut got).await;
            assert_same(&got, listed(&reports).await, collector.clock.now_ms());

            collector.clock.advance(2 * HOUR);
            collector.closes_sessions().await;
            watch(&mut feed, &collector, &mut got).await;
            assert_same(&got, listed(&reports).await, collector.clock.now_ms());
        });
    }
}

/// Takes everything that the stream has to say.
async fn watch(feed: &mut Feed, collector: &Collector, got: &mut BTreeMap<SessionId, Session>) {
    while let Some(message) = feed.read(&collector.db.db, collector.clock.now_ms()).await.unwrap() {
        let News::Sessions(update) = message.news else { panic!("a reset") };
        got.extend(update.sessions.into_iter().map(|session| (session.id, session)));
    }
}

/// Those that are shown as *now*. Nothing is sent when a session becomes older than one can be.
fn are_now<'a>(sessions: impl IntoIterator<Item = &'a Session>, now: i64) -> BTreeSet<SessionId> {
    let can_go_on = |session: &Session| now.saturating_sub(session.started.ms) <= LONGEST_MS;
    let are_now = sessions.into_iter().filter(|&session| session.state == SessionState::Now && can_go_on(session));
    are_now.map(|session| session.id).collect()
}

/// The same sessions with the same figures, and the same ones now.
fn assert_same(got: &BTreeMap<SessionId, Session>, listed: Vec<Session>, now: i64) {
    assert_eq!(are_now(got.values(), now), are_now(&listed, now));

    // Nothing is sent either when an open one is over by time alone.
    let stateless = |session: &Session| Session { state: SessionState::Closed, ..session.clone() };
    let listed: BTreeMap<SessionId, Session> = listed.iter().map(|session| (session.id, stateless(session))).collect();
    let got: BTreeMap<SessionId, Session> = got.iter().map(|(&id, session)| (id, stateless(session))).collect();
    assert_eq!(got, listed);
}

#[test]
fn from_any_session_on_the_older_ones_are_all_listed_once_and_the_newer_ones_are_all_found() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let test = runtime.block_on(TestDb::fresh());
    let reports = SessionReports::new(test.db.clone(), Clock::set_to(NOON));
    let site = Cell::new(100);
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() });
    let generated = (prop::collection::vec(0..60i64, 1..140), any::<prop::sample::Index>());
    let outcome = runner.run(&generated, |(minutes, from)| {
        site.set(site.get() + 1);
        let site = SiteId(site.get());
        let rows: Vec<_> =
            minutes.iter().map(|at| a_session(NOON - at * MINUTE).on(site).page(a_page("/")).build()).collect();
        let mut ids: Vec<SessionId> = rows.iter().map(|rows| rows.id()).collect();
        ids.sort_by_key(|&id| std::cmp::Reverse(id));
        let place = from.index(ids.len());
        let (older, newer) = runtime.block_on(async {
            store(&test.db, rows).await.unwrap();
            let at = |cursor| SessionQuery { cursor, ..all(site) };
            let older =
                read_on(&reports, at(Cursor::Below(Place { value: None, id: ids[place] })), |page| page.below.clone())
                    .await;
            (
                older,
                read_on(&reports, at(Cursor::Above(Place { value: None, id: ids[place] })), |page| page.above.clone())
                    .await,
            )
        });
        let ids_of = |pages: &[SessionPage]| {
            pages.iter().flat_map(|page| &page.sessions).map(|session| session.id).collect::<Vec<_>>()
        };
        // Whatever stretch of time a reader begins with, a longer one holds the same sessions and more.
        prop_assert_eq!(ids_of(&older), &ids[place + 1..]);
        let found: BTreeSet<SessionId> = ids_of(&newer).into_iter().collect();
        prop_assert!(ids[..place].iter().all(|id| found.contains(id)));
        prop_assert!(older.iter().chain(&newer).all(|page| page.sessions.len() as u64 <= PAGE_SIZE));
        Ok(())
    });
    outcome.unwrap();
}
