//! What one ingest transaction finds and changes. What it means is decided in `collect`, how it is done by the database's
//! own module.

use uuid::Uuid;

use super::entities::{event, open_page_view, open_session, page_view, session, session_reference};

pub use super::database::ingest::{Ingest, IngestConnection};

/// What a statement of collection comes to.
pub type Result<T> = rusqlite::Result<T>;

/// The counts of one kind of event on one page view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventCount {
    /// The session.
    pub session: Uuid,
    /// The page view.
    pub page_view: Uuid,
    /// Text form of `EventKind`.
    pub kind: String,
    /// How many.
    pub count: i64,
    /// The latest, since the page view began.
    pub last_ms: i64,
}

/// What a group of batches changes.
#[derive(Debug, Default)]
pub struct Changeset {
    /// Sessions, new and changed.
    pub sessions: Vec<session::Model>,
    /// Page views, new and changed.
    pub page_views: Vec<page_view::Model>,
    /// Events that hold no longer, by site, session and id.
    pub outdated_events: Vec<(i32, Uuid, Uuid)>,
    /// New events.
    pub events: Vec<event::Model>,
    /// New page views' sessions.
    pub open_page_views: Vec<open_page_view::Model>,
    /// Keys that lead to another session now.
    pub open_sessions: Vec<open_session::Model>,
    /// Keys that lead nowhere.
    pub dropped_keys: Vec<(i32, Vec<u8>)>,
    /// Codes that were given.
    pub references: Vec<session_reference::Model>,
    /// Sessions to erase, by site and id.
    pub erased: Vec<(i32, Uuid)>,
}
