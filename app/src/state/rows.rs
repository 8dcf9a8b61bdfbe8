//! The rows of the list while they change under the reader.

use leptos::prelude::*;

use super::live::merge;
use crate::models::{
    ids::{SessionId, SiteId},
    live::LiveUpdate,
    query::{Cursor, Period, Place, SessionPage, SessionQuery, Sort},
    session::Session,
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
}

impl Rows {
    /// The rows of a page as the server answered it.
    pub fn new(query: &SessionQuery, page: SessionPage) -> Self {
        // What is narrowed or ordered otherwise only the server can tell: there sessions change in their places alone.
        let takes_new =
            query.sort == Sort::default() && !query.is_narrowed() && matches!(query.period, Period::Last(_));
        let newest_of = (takes_new && page.above.is_none()).then_some(query.site);
        let rows = page.sessions.into_iter().map(|session| row(session, false)).collect();
        Self {
            rows: RwSignal::new(rows),
            waiting: RwSignal::new(Vec::new()),
            below: RwSignal::new(page.below),
            query: StoredValue::new(query.clone()),
            newest_of,
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
        let Arranged { shown, waiting } = arrange(&held, &waited, &self.meant(update), self.newest_of, may_move);
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

    /// Without the machines, where those are left out of the list.
    fn meant(&self, update: &LiveUpdate) -> LiveUpdate {
        let hides_machines = self.query.with_value(SessionQuery::hides_machines);
        let mut meant = update.clone();
        meant.sessions.retain(|session| !hides_machines || session.bot.is_none());
        meant
    }
}

fn row(session: Session, fresh: bool) -> Row {
    Row { id: session.id, session: ArcRwSignal::new(session), fresh }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{models::samples, state::live::MOST_ROWS};

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
