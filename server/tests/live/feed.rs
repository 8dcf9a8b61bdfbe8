//! What a viewer is sent, message by message, whatever the order in which changes become visible.

use std::{cell::Cell, collections::BTreeMap};

use app::models::{
    ids::{SessionId, SiteId},
    session::{NOW_MS, Session, SessionState},
};
use proptest::{prelude::*, test_runner::TestRunner};
use server::live::feed::{Feed, LATE_MS, LONGEST_AWAY_MS, MOST_BEHIND, MOST_SENT, Message, News, Start};

use crate::support::{
    builders::{Rows, a_page, a_session, store},
    db::{FIRST_SITE, TestDb},
};

const NOON: i64 = 1_774_000_800_000;

async fn opened(test: &TestDb, start: Start) -> Feed {
    Feed::open(&test.db, FIRST_SITE, start, NOON).await.unwrap()
}

fn sessions(message: &Message) -> &[Session] {
    match &message.news {
        News::Sessions(update) => &update.sessions,
        News::Reset(_) => panic!("a reset"),
    }
}

/// The sessions of the next message, none when there is nothing to say.
async fn sent(feed: &mut Feed, test: &TestDb, now: i64) -> Vec<SessionId> {
    let message = feed.read(&test.db, now).await.unwrap();
    message.iter().flat_map(sessions).map(|session| session.id).collect()
}

/// A session that changed at `ms`.
fn changed(ms: i64) -> Rows {
    a_session(ms - 1_000).page(a_page("/")).received(ms).build()
}

/// The same session after another page view.
fn again(rows: &Rows, ms: i64) -> Rows {
    let more = a_session(rows.session.started_at).id(rows.id()).page(a_page("/")).page(a_page("/more").after(500));
    more.received(ms).build()
}

#[tokio::test]
async fn what_was_there_is_not_news_and_a_new_session_is_sent_once_with_its_strip() {
    let test = TestDb::fresh().await;
    store(&test.db, [changed(NOON - 10), changed(NOON)]).await.unwrap();
    let mut feed = opened(&test, Start::Now).await;
    assert_eq!(feed.read(&test.db, NOON).await.unwrap(), None);

    store(&test.db, [changed(NOON + 50)]).await.unwrap();
    let message = feed.read(&test.db, NOON + 60).await.unwrap().unwrap();
    let [session] = sessions(&message) else { panic!("one session") };
    assert_eq!((session.changed_ms, session.state, session.strip.views.len()), (NOON + 50, SessionState::Now, 1));
    assert_eq!((message.id, message.more), (NOON + 50, false));
    assert_eq!(feed.read(&test.db, NOON + 70).await.unwrap(), None);
}

#[tokio::test]
async fn a_session_that_changed_thrice_is_sent_once_in_its_newest_state() {
    let test = TestDb::fresh().await;
    let mut feed = opened(&test, Start::Now).await;
    let first = changed(NOON + 1);
    let last = again(&first, NOON + 3);
    for version in [first.clone(), again(&first, NOON + 2), last.clone()] {
        store(&test.db, [version]).await.unwrap();
    }
    let message = feed.read(&test.db, NOON + 5).await.unwrap().unwrap();
    let shown: Vec<_> =
        sessions(&message).iter().map(|session| (session.id, session.changed_ms, session.pages)).collect();
    assert_eq!(shown, [(first.id(), NOON + 3, 2)]);
}

#[tokio::test]
async fn changes_of_one_millisecond_that_are_committed_one_by_one_all_arrive() {
    let test = TestDb::fresh().await;
    let mut feed = opened(&test, Start::Now).await;
    for _ in 0..5 {
        let rows = changed(NOON + 7);
        let id = rows.id();
        store(&test.db, [rows]).await.unwrap();
        assert_eq!(sent(&mut feed, &test, NOON + 7).await, [id]);
    }
    assert_eq!(sent(&mut feed, &test, NOON + 8).await, []);
}

#[tokio::test]
async fn a_change_that_waited_for_its_commit_arrives_after_later_ones() {
    let test = TestDb::fresh().await;
    let mut feed = opened(&test, Start::Now).await;
    let (late, early) = (changed(NOON + 500), changed(NOON + LATE_MS + 500));
    store(&test.db, [early.clone()]).await.unwrap();
    assert_eq!(sent(&mut feed, &test, NOON + LATE_MS + 600).await, [early.id()]);
    store(&test.db, [late.clone()]).await.unwrap();
    let message = feed.read(&test.db, NOON + LATE_MS + 700).await.unwrap().unwrap();
    assert_eq!(sessions(&message)[0].id, late.id());
    assert_eq!(message.id, NOON + LATE_MS + 500, "a stream never goes back");
}

#[tokio::test]
async fn a_stream_that_broke_goes_on_from_its_last_message() {
    let test = TestDb::fresh().await;
    let mut feed = opened(&test, Start::Now).await;
    store(&test.db, [changed(NOON + 10)]).await.unwrap();
    let last = feed.read(&test.db, NOON + 20).await.unwrap().unwrap().id;
    drop(feed);

    let missed: Vec<_> = (1..4).map(|at| changed(NOON + 60_000 * at)).collect();
    store(&test.db, missed.clone()).await.unwrap();
    let now = NOON + 240_000;
    let mut feed = Feed::open(&test.db, FIRST_SITE, Start::Since(last), now).await.unwrap();
    let got = sent(&mut feed, &test, now).await;
    assert!(missed.iter().all(|rows| got.contains(&rows.id())), "{got:?}");
    assert_eq!(sent(&mut feed, &test, now).await, []);
}

#[tokio::test]
async fn a_long_backlog_goes_out_in_pieces_the_oldest_changes_first_and_each_newest_first() {
    let test = TestDb::fresh().await;
    let mut feed = opened(&test, Start::Now).await;
    let rows: Vec<_> = (0..250).map(|at| changed(NOON + 1 + at)).collect();
    store(&test.db, rows.clone()).await.unwrap();
    let mut pieces = Vec::new();
    while pieces.len() < 10 {
        let message = feed.read(&test.db, NOON + 300).await.unwrap().unwrap();
        pieces.push(sessions(&message).iter().map(|session| session.id).collect::<Vec<_>>());
        if !message.more {
            break;
        }
    }
    assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [MOST_SENT, MOST_SENT, 50]);
    let oldest_first: Vec<_> = pieces.iter().flat_map(|piece| piece.iter().rev().copied()).collect();
    assert_eq!(oldest_first, rows.iter().map(Rows::id).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_viewer_too_many_sessions_behind_starts_anew() {
    let test = TestDb::fresh().await;
    let mut feed = opened(&test, Start::Now).await;
    let many = (0..=MOST_BEHIND).map(|at| changed(NOON + 1 + i64::try_from(at).unwrap()));
    store(&test.db, many).await.unwrap();
    let now = NOON + 2_000;
    let message = feed.read(&test.db, now).await.unwrap().unwrap();
    assert!(matches!(&message.news, News::Reset(update) if update.now_ms == now && update.sessions.is_empty()));
    assert_eq!((message.id, message.more), (now, false));

    assert_eq!(feed.read(&test.db, now).await.unwrap(), None, "the list has them");
    let next = changed(now + 1);
    store(&test.db, [next.clone()]).await.unwrap();
    assert_eq!(sent(&mut feed, &test, now + 1).await, [next.id()]);
}

#[tokio::test]
async fn a_viewer_away_for_more_than_a_day_starts_anew_and_one_who_saw_nothing_for_that_long_does_not() {
    let test = TestDb::fresh().await;
    let mut back = opened(&test, Start::Since(NOON - LONGEST_AWAY_MS - 1)).await;
    assert!(matches!(back.read(&test.db, NOON).await.unwrap().unwrap().news, News::Reset(_)));

    let mut patient = opened(&test, Start::Now).await;
    let later = NOON + 2 * LONGEST_AWAY_MS;
    let rows = changed(later);
    store(&test.db, [rows.clone()]).await.unwrap();
    assert_eq!(sent(&mut patient, &test, later).await, [rows.id()]);
}

#[tokio::test]
async fn a_session_that_ceases_to_be_now_is_sent_again_although_nothing_was_stored() {
    let test = TestDb::fresh().await;
    let quiet = changed(NOON - 1_000);
    let left = a_session(NOON - 3_000).page(a_page("/")).received(NOON - 2_000).away().build();
    let closed = a_session(NOON - 5_000).page(a_page("/")).received(NOON - 4_000).ended(NOON - 3_500).build();
    store(&test.db, [quiet.clone(), left, closed]).await.unwrap();
    let mut feed = opened(&test, Start::Now).await;

    assert_eq!(sent(&mut feed, &test, NOON - 1_000 + NOW_MS).await, []);
    let message = feed.read(&test.db, NOON - 999 + NOW_MS).await.unwrap().unwrap();
    let shown: Vec<_> = sessions(&message).iter().map(|session| (session.id, session.state)).collect();
    assert_eq!(shown, [(quiet.id(), SessionState::Open)]);
    assert_eq!(sent(&mut feed, &test, NOON + NOW_MS).await, []);
}

#[tokio::test]
async fn a_stream_is_of_one_site() {
    let test = TestDb::fresh().await;
    let other = test.site("blog.example", "UTC").await;
    let mut feed = opened(&test, Start::Since(NOON - 60_000)).await;
    store(&test.db, [a_session(NOON).on(other).page(a_page("/")).build()]).await.unwrap();
    assert_eq!(sent(&mut feed, &test, NOON + 10).await, []);
}

/// What happens next to a site that somebody watches.
#[derive(Clone, Debug)]
enum Step {
    /// One of eight sessions changes; its commit comes so many milliseconds later.
    Change { session: usize, late: i64 },
    /// Time goes by.
    Wait(i64),
    /// The viewer's stream looks.
    Look,
    /// The viewer's connection breaks and comes back.
    Reconnect,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..8usize, prop_oneof![3 => Just(0), 1 => 0..LATE_MS]).prop_map(|(session, late)| Step::Change { session, late }),
        2 => prop_oneof![Just(0), 1..2_000i64].prop_map(Step::Wait),
        3 => Just(Step::Look),
        1 => Just(Step::Reconnect),
    ]
}

/// A watched site: what is stored, what waits for its commit, what the viewer has got.
struct Watched {
    site: SiteId,
    now: i64,
    sessions: Vec<Rows>,
    waiting: Vec<(i64, usize, i64)>,
    stored: BTreeMap<SessionId, i64>,
    got: BTreeMap<SessionId, i64>,
}

impl Watched {
    fn of(site: SiteId, sessions: Vec<Rows>) -> Self {
        Self { site, now: NOON, sessions, waiting: Vec::new(), stored: BTreeMap::new(), got: BTreeMap::new() }
    }

    async fn commit_due(&mut self, test: &TestDb) {
        let (due, waiting) = std::mem::take(&mut self.waiting).into_iter().partition(|(at, ..)| *at <= self.now);
        self.waiting = waiting;
        let due: Vec<(i64, usize, i64)> = due;
        for (_, session, changed_at) in due {
            let rows = &mut self.sessions[session];
            // As the writer does: a session's last change never goes back.
            rows.session.changed_at = rows.session.changed_at.max(changed_at);
            store(&test.db, [rows.clone()]).await.unwrap();
            self.stored.insert(rows.id(), rows.session.changed_at);
        }
    }

    async fn look(&mut self, feed: &mut Feed, test: &TestDb) -> bool {
        let Some(message) = feed.read(&test.db, self.now).await.unwrap() else { return false };
        for session in sessions(&message) {
            assert_eq!(session.site, self.site);
            self.got.insert(session.id, session.changed_ms);
        }
        true
    }

    async fn run(&mut self, test: &TestDb, steps: Vec<Step>) {
        let mut feed = Feed::open(&test.db, self.site, Start::Now, self.now).await.unwrap();
        for step in steps {
            match step {
                Step::Change { session, late } => self.waiting.push((self.now + late, session, self.now)),
                Step::Wait(ms) => self.now += ms,
                Step::Look => drop(self.look(&mut feed, test).await),
                Step::Reconnect => {
                    feed = Feed::open(&test.db, self.site, Start::Since(feed.id()), self.now).await.unwrap();
                }
            }
            self.commit_due(test).await;
        }
        self.now += LATE_MS;
        self.commit_due(test).await;
        let mut looks = 0;
        while self.look(&mut feed, test).await {
            looks += 1;
            assert!(looks < 20, "a stream that never comes to rest");
        }
    }
}

#[test]
fn in_the_end_a_viewer_has_the_newest_version_of_every_session_that_changed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let test = runtime.block_on(TestDb::fresh());
    let site = Cell::new(100);
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, cases: 60, ..ProptestConfig::default() });
    let outcome = runner.run(&prop::collection::vec(any_step(), 1..30), |steps| {
        site.set(site.get() + 1);
        let sessions = (0..8).map(|_| a_session(NOON).on(SiteId(site.get())).page(a_page("/")).build()).collect();
        let mut watched = Watched::of(SiteId(site.get()), sessions);
        runtime.block_on(watched.run(&test, steps));
        prop_assert_eq!(watched.got, watched.stored);
        Ok(())
    });
    outcome.unwrap();
}
