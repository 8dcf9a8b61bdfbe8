//! The rows of the list while they change under the reader.

use leptos::prelude::*;

use super::live::merge;
use crate::models::{
    ids::{SessionId, SiteId},
    live::LiveUpdate,
    query::{Cursor, SessionPage, SessionQuery},
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

/// The rows of one page of the list.
#[derive(Clone, Copy)]
pub struct Rows {
    rows: RwSignal<Vec<Row>>,
    older: RwSignal<Option<SessionQuery>>,
    /// The site, if this is the page that its new sessions arrive on.
    newest_of: Option<SiteId>,
}

impl Rows {
    /// The rows of a page as the server answered it.
    pub fn new(query: &SessionQuery, page: SessionPage) -> Self {
        let newest_of = (query.cursor == Cursor::Newest || page.newer.is_none()).then_some(query.site);
        let rows = page.sessions.into_iter().map(|session| row(session, false)).collect();
        Self { rows: RwSignal::new(rows), older: RwSignal::new(page.older), newest_of }
    }

    /// The rows in order.
    pub fn get(&self) -> Vec<Row> {
        self.rows.get()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.with(Vec::is_empty)
    }

    /// The page after these rows.
    pub fn older(&self) -> Option<SessionQuery> {
        self.older.get()
    }

    /// Takes what the live stream brought.
    pub fn apply(&self, update: &LiveUpdate) {
        let rows = self.rows.get_untracked();
        let held: Vec<_> = rows.iter().map(|row| row.session.get_untracked()).collect();
        let merged = merge(&held, update, self.newest_of);
        let same = merged.len() == held.len() && merged.iter().zip(&held).all(|(new, old)| new.id == old.id);
        for new in &merged {
            if let Some(row) = rows.iter().find(|row| row.id == new.id)
                && row.session.with_untracked(|old| old != new)
            {
                row.session.set(new.clone());
            }
        }
        if same {
            return;
        }
        if let Some(last) = merged.last()
            && !held.is_empty()
            && !held.iter().all(|old| old.id >= last.id)
        {
            // Rows went off the end: the next page begins after the last one that is left.
            self.older.set(Some(SessionQuery { site: last.site, cursor: Cursor::Before(last.id) }));
        }
        let find = |session: Session| {
            rows.iter().find(|row| row.id == session.id).cloned().unwrap_or_else(|| row(session, true))
        };
        self.rows.set(merged.into_iter().map(find).collect());
    }
}

fn row(session: Session, fresh: bool) -> Row {
    Row { id: session.id, session: ArcRwSignal::new(session), fresh }
}
