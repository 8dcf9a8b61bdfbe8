//! What one ingest transaction finds and changes. What it means is decided in `collect`, how it is done by the module of
//! each database.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{DbErr, sqlx};
use uuid::Uuid;

use super::entities::{event, open_page_view, open_session, page_view, session, session_reference};

/// Why a statement of collection failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite says so.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL says so, or the way to it.
    #[error(transparent)]
    Postgres(#[from] sqlx::Error),
    /// A row is not what its table promises.
    #[error("a row cannot be read: {0}")]
    Unreadable(DbErr),
    /// No answer came in time; whether it was done is not known.
    #[error("the database did not answer in time")]
    Timeout,
}

impl Error {
    /// Whether the rows are at fault, and others may do better; else it is the database, or the way to it.
    pub fn is_about_the_rows(&self) -> bool {
        match self {
            Self::Sqlite(error) => {
                use rusqlite::ErrorCode::{ConstraintViolation, TooBig, TypeMismatch};
                error.sqlite_error_code().is_none_or(|code| matches!(code, ConstraintViolation | TooBig | TypeMismatch))
            }
            // Classes 21 to 23 of SQLSTATE: cardinality, data, constraints.
            Self::Postgres(sqlx::Error::Database(error)) => {
                error.code().is_some_and(|code| ["21", "22", "23"].iter().any(|class| code.starts_with(class)))
            }
            Self::Postgres(error) => matches!(error, sqlx::Error::Encode(_) | sqlx::Error::ColumnDecode { .. }),
            Self::Unreadable(_) => true,
            Self::Timeout => false,
        }
    }
}

/// What a statement of collection comes to.
pub type Result<T> = std::result::Result<T, Error>;

/// The connection of one who writes sessions. Its calls wait, so they are not to be made where tasks run.
pub trait IngestConnection: Send {
    /// Begins a transaction that holds the lock of these sites from its beginning, and waits for it: nobody else changes
    /// sessions of theirs meanwhile, on whatever node.
    ///
    /// # Errors
    /// When the database fails.
    fn begin(&mut self, sites: &BTreeSet<i32>) -> Result<Box<dyn Ingest + '_>>;

    /// Gives room that is not used any more back to the disk, some at a time; whether there may be more to give.
    ///
    /// # Errors
    /// When the database fails.
    fn gives_room_back(&mut self) -> Result<bool>;
}

/// A transaction that holds its sites' lock; dropped, it changes nothing. Every call fails when the database does, and
/// then the transaction is of no more use.
pub trait Ingest {
    /// Which of these page views are known, and their sessions.
    fn known_views(&mut self, site: i32, ids: &[Uuid]) -> Result<HashMap<Uuid, Uuid>>;

    /// Makes the rows of these keys that are missing, and returns all as they stand.
    fn lock_keys(&mut self, proposals: &[open_session::Model]) -> Result<Vec<open_session::Model>>;

    /// The rows of these keys, as far as there are any.
    fn find_keys(&mut self, site: i32, keys: &[Vec<u8>]) -> Result<Vec<open_session::Model>>;

    /// These sessions.
    fn sessions(&mut self, site: i32, ids: &[Uuid]) -> Result<Vec<session::Model>>;

    /// All page views of these sessions.
    fn page_views(&mut self, site: i32, sessions: &[Uuid]) -> Result<Vec<page_view::Model>>;

    /// How many events of which kind these sessions have on which page view.
    fn event_counts(&mut self, site: i32, sessions: &[Uuid]) -> Result<Vec<EventCount>>;

    /// Which of these events, each named with its session, are there already.
    fn known_events(&mut self, site: i32, named: &[(Uuid, Uuid)]) -> Result<Vec<(Uuid, Uuid)>>;

    /// Writes what has changed, each table in the order of its key.
    fn save(&mut self, changes: Changeset) -> Result<()>;

    /// Deletes every row of a session but the keys that lead to it: those of an old one are gone by themselves.
    fn erase(&mut self, site: i32, session: Uuid) -> Result<()>;

    /// Deletes the keys that lead to these sessions.
    fn drop_keys_of(&mut self, site: i32, sessions: &[Uuid]) -> Result<()>;

    /// Sessions with lesser ids than this one, the least first.
    fn sessions_before(&mut self, site: i32, id: Uuid, most: usize) -> Result<Vec<Uuid>>;

    /// The same of those that are taken for machines.
    fn machines_before(&mut self, site: i32, id: Uuid, most: usize) -> Result<Vec<Uuid>>;

    /// Commits: from here on everything is on disk.
    fn commit(self: Box<Self>) -> Result<()>;
}

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
    /// Sessions to erase, by site and id, with the keys that lead to them.
    pub erased: Vec<(i32, Uuid)>,
}

impl Changeset {
    /// Each table's rows in the order of its key, in which they go to disk the fastest, and each key once: PostgreSQL
    /// takes no key twice in a statement.
    pub(super) fn in_order(mut self) -> Self {
        self.sessions.sort_by_key(|row| (row.site, row.id));
        self.page_views.sort_by_key(|row| (row.site, row.session, row.id));
        self.events.sort_by_key(|row| (row.site, row.session, row.id));
        self.open_page_views.sort_by_key(|row| (row.site, row.id));
        self.open_sessions.sort_by(|a, b| (a.site, &a.key).cmp(&(b.site, &b.key)));
        // The sort keeps the order of equals, so that the last one is kept, as if one had been written after the other.
        self.references.reverse();
        self.references.sort_by(|a, b| (a.site, &a.code).cmp(&(b.site, &b.code)));
        self.references.dedup_by(|a, b| (a.site, &a.code) == (b.site, &b.code));
        self
    }
}
