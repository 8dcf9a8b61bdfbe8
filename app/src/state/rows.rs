//! The rows of the list while they change under the reader.

use leptos::prelude::*;

use super::live::{MOST_ROWS, merge};
use crate::{
    format::reached_words,
    models::{
        ids::{SessionId, SiteId},
        live::LiveUpdate,
        query::{Cursor, Period, Place, SessionPage, SessionQuery, Sort},
        session::{Session, SessionState},
    },
};

/// A row: its session changes in place, so that the row's link keeps the focus.
#[derive(Clone)]
pub struct Row {
    /// The session's id.
    pub id: SessionId,
    /// The session as it is known.
    pub session: ArcRwSignal<Session>,
    /// Whether it arrived while somebody was looking.
    pub fresh: bool,
    /// That it reached the goal that is asked for, as the page was answered. The stream knows of no goals: what comes by it
    /// has its mark when the page is loaded again.
    pub reached: Option<String>,
}

/// The rows of one page of the list, and above them the sessions that wait to be shown.
#[derive(Clone, Copy)]
pub struct Rows {
    rows: RwSignal<Vec<Row>>,
    waiting: RwSignal<Vec<Session>>,
    below: RwSignal<Option<SessionQuery>>,
    query: StoredValue<SessionQuery>,
    /// The site, if this is the page that its new sessions arrive on.
    newest_of: Option<SiteId>,
    /// The site and the moment, if these were all its sessions that went on then: they come and go.
    all_now: Option<(SiteId, i64)>,
}

impl Rows {
    /// The rows of a page as the server answered it.
    pub fn new(query: &SessionQuery, page: SessionPage) -> Self {
        // What is narrowed or ordered otherwise only the server can tell: there sessions change in their places alone.
        let is_newest = query.sort == Sort::default() && !query.is_narrowed() && page.above.is_none();
        let newest_of = (is_newest && matches!(query.period, Period::Last(_))).then_some(query.site);
        let is_all_now = is_newest && query.period == Period::Now && page.below.is_none();
        let all_now = is_all_now.then_some((query.site, page.now_ms));
        let goal = page.goal;
        let reached =
            |session: &Session| goal.as_ref().and_then(|goal| Some(reached_words(&goal.name, goal.of(session.id)?)));
        let rows = page.sessions.into_iter().map(|session| Row { reached: reached(&session), ..row(session, false) });
        Self {
            rows: RwSignal::new(rows.collect()),
            waiting: RwSignal::new(Vec::new()),
            below: RwSignal::new(page.below),
            query: StoredValue::new(query.clone()),
            newest_of,
            all_now,
        }
    }

    /// The rows in order.
    pub fn get(&self) -> Vec<Row> {
        self.rows.get()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.with(Vec::is_empty)
    }

    /// How many sessions wait to be shown.
    pub fn waiting(&self) -> usize {
        self.waiting.with(Vec::len)
    }

    /// The page of the list that these rows are.
    pub fn list(&self) -> SessionQuery {
        self.query.get_value()
    }

    /// The address of one of its sessions.
    pub fn session_href(&self, id: SessionId) -> String {
        self.query.with_value(|query| query.session_href(id))
    }

    /// The page below these rows.
    pub fn below(&self) -> Option<SessionQuery> {
        self.below.get()
    }

    /// Takes what the live stream brought. Rows change in their places; unless they may move, new sessions wait.
    pub fn apply(&self, update: &LiveUpdate, may_move: bool) {
        let rows = self.rows.get_untracked();
        let held: Vec<_> = rows.iter().map(|row| row.session.get_untracked()).collect();
        let waited = self.waiting.get_untracked();
        let meant = self.meant(update, &held);
        let Arranged { shown, waiting } = match self.all_now {
            Some(_) => arrange_now(&held, &waited, &meant, may_move),
            None => arrange(&held, &waited, &meant, self.newest_of, may_move),
        };
        if waiting != waited {
            self.waiting.set(waiting);
        }
        let same = shown.len() == held.len() && shown.iter().zip(&held).all(|(new, old)| new.id == old.id);
        for new in &shown {
            if let Some(row) = rows.iter().find(|row| row.id == new.id)
                && row.session.with_untracked(|old| old != new)
            {
                row.session.set(new.clone());
            }
        }
        if same {
            return;
        }
        if let Some(last) = shown.last()
            && !held.is_empty()
            && self.all_now.is_none()
            && !held.iter().all(|old| old.id >= last.id)
        {
            // Rows went off the end: the next page begins after the last one that is left.
            let cursor = Cursor::Below(Place { value: None, id: last.id });
            self.below.set(Some(SessionQuery { cursor, ..self.query.get_value() }));
        }
        let find = |session: Session| {
            rows.iter().find(|row| row.id == session.id).cloned().unwrap_or_else(|| row(session, true))
        };
        self.rows.set(shown.into_iter().map(find).collect());
    }

    /// Shows those that wait.
    pub fn show_waiting(&self) {
        self.apply(&LiveUpdate { now_ms: 0, sessions: Vec::new() }, true);
    }

    /// Without the machines, where those are left out of the list, but a row says when its session became one; and without
    /// what is older than a list of what goes on now: who went on then may not any more.
    fn meant(&self, update: &LiveUpdate, held: &[Session]) -> LiveUpdate {
        let hides_machines = self.query.with_value(SessionQuery::hides_machines);
        let mut meant = update.clone();
        let comes =
            |session: &Session| self.all_now.is_none_or(|(site, since)| session.site == site && update.now_ms >= since);
        let is_held = |session: &Session| held.iter().any(|old| old.id == session.id);
        meant
            .sessions
            .retain(|session| comes(session) && (!hides_machines || session.bot.is_none() || is_held(session)));
        meant
    }
}

fn row(session: Session, fresh: bool) -> Row {
    Row { id: session.id, session: ArcRwSignal::new(session), fresh, reached: None }
}

/// The sessions of a list: those in its rows, and those that wait above them.
#[derive(Debug, PartialEq)]
struct Arranged {
    shown: Vec<Session>,
    waiting: Vec<Session>,
}

/// A list after an update. While its rows may not move, each keeps its place, and what is new waits; where there is no
/// row, none can move.
fn arrange(
    shown: &[Session],
    waiting: &[Session],
    update: &LiveUpdate,
    newest_of: Option<SiteId>,
    may_move: bool,
) -> Arranged {
    let mut held = [waiting, shown].concat();
    if newest_of.is_some() {
        held.sort_by_key(|session| std::cmp::Reverse(session.id));
    }
    let all = merge(&held, update, newest_of);
    if may_move || shown.is_empty() {
        return Arranged { shown: all, waiting: Vec::new() };
    }
    let is_new = |session: &Session| shown.iter().all(|old| old.id != session.id);
    Arranged { shown: merge(shown, update, None), waiting: all.into_iter().filter(is_new).collect() }
}

/// A list of all that goes on now after an update: what begins to comes, however long ago it began, what ceases to leaves.
/// While its rows may not move, none leaves, and what comes waits.
fn arrange_now(shown: &[Session], waiting: &[Session], update: &LiveUpdate, may_move: bool) -> Arranged {
    let goes_on = |session: &Session| session.state == SessionState::Now;
    let held = [waiting, shown].concat();
    let mut all = merge(&held, update, None);
    let is_new = |session: &&Session| held.iter().all(|old| old.id != session.id);
    all.extend(update.sessions.iter().filter(is_new).cloned());
    all.retain(goes_on);
    all.sort_by_key(|session| std::cmp::Reverse(session.id));
    all.truncate(MOST_ROWS);
    if may_move || shown.is_empty() {
        return Arranged { shown: all, waiting: Vec::new() };
    }
    all.retain(|session| shown.iter().all(|old| old.id != session.id));
    Arranged { shown: merge(shown, update, None), waiting: all }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::samples;

    const SITE: Option<SiteId> = Some(SiteId(1));

    fn session(id: u128, changed_ms: i64) -> Session {
        Session { changed_ms, ..samples::session(id) }
    }

    fn update(sessions: Vec<Session>) -> LiveUpdate {
        LiveUpdate { now_ms: 20, sessions }
    }

    fn ids(sessions: &[Session]) -> Vec<u128> {
        sessions.iter().map(|session| session.id.0.as_u128()).collect()
    }

    #[test]
    fn a_new_session_waits_unless_rows_may_move() {
        let shown = [session(5, 10), session(3, 10)];
        let update = update(vec![session(7, 20)]);
        let still = arrange(&shown, &[], &update, SITE, false);
        assert_eq!((ids(&still.shown), ids(&still.waiting)), (vec![5, 3], vec![7]));
        let moved = arrange(&shown, &[], &update, SITE, true);
        assert_eq!((ids(&moved.shown), ids(&moved.waiting)), (vec![7, 5, 3], vec![]));
    }

    #[test]
    fn the_first_session_of_an_empty_list_does_not_wait() {
        let first = arrange(&[], &[], &update(vec![session(7, 20)]), SITE, false);
        assert_eq!((ids(&first.shown), ids(&first.waiting)), (vec![7], vec![]));
    }

    #[test]
    fn what_waits_is_shown_with_what_comes_once_rows_may_move() {
        let shown = [session(5, 10)];
        let moved = arrange(&shown, &[session(7, 20)], &update(vec![session(9, 30)]), SITE, true);
        assert_eq!((ids(&moved.shown), ids(&moved.waiting)), (vec![9, 7, 5], vec![]));
        let asked = arrange(&shown, &[session(7, 20)], &update(vec![]), SITE, true);
        assert_eq!((ids(&asked.shown), ids(&asked.waiting)), (vec![7, 5], vec![]));
    }

    #[test]
    fn sessions_change_in_their_places_and_while_they_wait() {
        let changed = |id| Session { pages: 4, ..session(id, 20) };
        let shown = [session(5, 10), session(3, 10)];
        let after = arrange(&shown, &[session(7, 10)], &update(vec![changed(7), changed(3)]), SITE, false);
        let pages = |sessions: &[Session]| sessions.iter().map(|session| session.pages).collect::<Vec<_>>();
        assert_eq!((ids(&after.shown), pages(&after.shown)), (vec![5, 3], vec![1, 4]));
        assert_eq!((ids(&after.waiting), pages(&after.waiting)), (vec![7], vec![4]));
    }

    #[test]
    fn what_belongs_between_two_rows_waits_too_and_older_ones_stay_away() {
        let shown = [session(5, 10), session(3, 10)];
        let still = arrange(&shown, &[], &update(vec![session(4, 20), session(1, 20)]), SITE, false);
        assert_eq!((ids(&still.shown), ids(&still.waiting)), (vec![5, 3], vec![4]));
    }

    #[test]
    fn where_new_sessions_do_not_arrive_none_waits() {
        let still = arrange(&[session(3, 10), session(5, 10)], &[], &update(vec![session(7, 20)]), None, false);
        assert_eq!((ids(&still.shown), ids(&still.waiting)), (vec![3, 5], vec![]));
    }

    #[test]
    fn what_goes_on_now_comes_and_goes_once_rows_may_move() {
        let is = |id, state| Session { state, ..session(id, 20) };
        let shown = [is(5, SessionState::Now), is(3, SessionState::Now)];
        let news = [(9, SessionState::Open), (7, SessionState::Now), (5, SessionState::Open), (1, SessionState::Now)];
        let news = update(news.map(|(id, state)| is(id, state)).to_vec());
        let moved = arrange_now(&shown, &[is(8, SessionState::Now)], &news, true);
        assert_eq!((ids(&moved.shown), ids(&moved.waiting)), (vec![8, 7, 3, 1], vec![]));
        let still = arrange_now(&shown, &[is(8, SessionState::Now)], &news, false);
        assert_eq!((ids(&still.shown), ids(&still.waiting)), (vec![5, 3], vec![8, 7, 1]));
        assert_eq!(still.shown.first().map(|session| session.state), Some(SessionState::Open));
        let back = arrange_now(&moved.shown, &[], &update(vec![is(5, SessionState::Now)]), true);
        assert_eq!(ids(&back.shown), [8, 7, 5, 3, 1]);
        let gone = arrange_now(&[], &[is(8, SessionState::Now)], &update(vec![is(8, SessionState::Closed)]), false);
        assert_eq!((ids(&gone.shown), ids(&gone.waiting)), (vec![], vec![]));
    }

    #[test]
    fn who_went_on_before_the_list_was_read_does_not_come() {
        Owner::new().with(|| {
            let query = SessionQuery::newest(SiteId(1)).in_period(Period::Now);
            let page = SessionPage { now_ms: 30, sessions: Vec::new(), above: None, below: None, goal: None };
            let rows = Rows::new(&query, page);
            let session = Session { state: SessionState::Now, ..session(7, 10) };
            for (now_ms, shown) in [(29, 0), (30, 1)] {
                rows.apply(&LiveUpdate { now_ms, sessions: vec![session.clone()] }, true);
                assert_eq!(rows.rows.with_untracked(Vec::len), shown);
            }
        });
    }

    #[test]
    fn a_full_list_keeps_its_rows_until_they_may_move() {
        let most = MOST_ROWS as u128;
        let shown: Vec<_> = (1..=most).rev().map(|id| session(id, 10)).collect();
        let update = update(vec![Session { pages: 4, ..session(1, 20) }, session(1_000, 20)]);
        let still = arrange(&shown, &[], &update, SITE, false);
        assert_eq!((still.shown.len(), ids(&still.waiting)), (MOST_ROWS, vec![1_000]));
        assert_eq!(still.shown.last().map(|session| session.pages), Some(4));
        let moved = arrange(&still.shown, &still.waiting, &LiveUpdate { now_ms: 30, sessions: vec![] }, SITE, true);
        assert_eq!((moved.shown.len(), ids(&moved.shown)[0]), (MOST_ROWS, 1_000));
    }
}
