//! The statements of one ingest transaction: find, lock, save. What they mean is decided in `collect`.
//!
//! They run on a connection of their own that is called in the writer's thread, because a trip to another thread for each
//! statement costs more than the statement (docs/adr/0006).

use std::{collections::HashMap, sync::Arc};

use rusqlite::Connection;
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, Iterable,
    sea_query::{Expr, ExprTrait, OnConflict, Order, Query},
};
use tokio::sync::{Mutex, OwnedMutexGuard};
use uuid::Uuid;

use super::prepared::{IfKnown, SOME, all, delete_text, insert_text, model, put, select_text};
use crate::store::{
    entities::{event, open_page_view, open_session, page_view, session, session_reference},
    ingest::{Changeset, EventCount, Result},
};

/// Pages that are given back at a time: four megabytes.
const PAGES_AT_ONCE: u32 = 1_000;

/// The connection of the writer.
pub struct IngestConnection {
    connection: Connection,
    texts: Texts,
    turn: Arc<Mutex<()>>,
}

impl IngestConnection {
    /// `turn` is held while anybody writes: SQLite would let who waits try again and again instead of queueing.
    pub(super) fn new(connection: Connection, turn: Arc<Mutex<()>>) -> Self {
        connection.set_prepared_statement_cache_capacity(64);
        Self { connection, texts: Texts::new(), turn }
    }

    /// Begins a transaction that holds the write lock from its beginning. Waits for its turn, so not to be called where
    /// tasks run.
    ///
    /// # Errors
    /// When the database fails.
    pub fn begin(&mut self) -> Result<Ingest<'_>> {
        let turn = self.turn.clone().blocking_lock_owned();
        let tx = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        Ok(Ingest { tx, texts: &self.texts, _turn: turn })
    }

    /// Gives unused pages back to the disk, some at a time, while they are more than a tenth of the file: what is
    /// deleted each day makes room for what comes the next. Whether there may be more to give.
    ///
    /// # Errors
    /// When the database fails.
    pub fn gives_room_back(&mut self) -> Result<bool> {
        let _turn = self.turn.clone().blocking_lock_owned();
        let count = |pragma| self.connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
        if count("freelist_count")? * 10 <= count("page_count")? {
            return Ok(false);
        }
        let before = count("freelist_count")?;
        // Read to its end: each row is a page.
        let mut vacuum = self.connection.prepare(&format!("PRAGMA incremental_vacuum({PAGES_AT_ONCE})"))?;
        let mut pages = vacuum.query(())?;
        while pages.next()?.is_some() {}
        // A file that was made without this ability gives nothing.
        Ok(count("freelist_count")? < before)
    }
}

/// A transaction that holds the write lock from its beginning; dropped, it changes nothing.
pub struct Ingest<'a> {
    tx: rusqlite::Transaction<'a>,
    texts: &'a Texts,
    _turn: OwnedMutexGuard<()>,
}

impl Ingest<'_> {
    /// Which of these page views are known, and their sessions.
    pub fn known_views(&self, site: i32, ids: &[Uuid]) -> Result<HashMap<Uuid, Uuid>> {
        let mut known = HashMap::new();
        for id in ids {
            let found = all::<open_page_view::Entity>(&self.tx, &self.texts.known_view, &[&site, id])?;
            known.extend(found.into_iter().map(|row| (row.id, row.session)));
        }
        Ok(known)
    }

    /// Locks the rows of these keys, makes those that are missing, and returns all as they stand.
    pub fn lock_keys(&self, proposals: &[open_session::Model]) -> Result<Vec<open_session::Model>> {
        let mut lock = self.tx.prepare_cached(&self.texts.lock_key)?;
        proposals
            .iter()
            .map(|row| lock.query_row((row.site, &row.key, row.session, row.check_at), model::<open_session::Entity>))
            .collect()
    }

    /// The rows of these keys, as far as there are any.
    pub fn find_keys(&self, site: i32, keys: &[Vec<u8>]) -> Result<Vec<open_session::Model>> {
        self.each::<open_session::Entity, _>(&self.texts.find_key, site, keys)
    }

    /// These sessions.
    pub fn sessions(&self, site: i32, ids: &[Uuid]) -> Result<Vec<session::Model>> {
        self.each::<session::Entity, _>(&self.texts.session, site, ids)
    }

    /// All page views of these sessions.
    pub fn page_views(&self, site: i32, sessions: &[Uuid]) -> Result<Vec<page_view::Model>> {
        self.each::<page_view::Entity, _>(&self.texts.page_views, site, sessions)
    }

    /// How many events of which kind these sessions have on which page view.
    pub fn event_counts(&self, site: i32, sessions: &[Uuid]) -> Result<Vec<EventCount>> {
        let mut statement = self.tx.prepare_cached(&self.texts.event_counts)?;
        let mut counts = Vec::new();
        for &session in sessions {
            let rows = statement.query_map((site, session), |row| {
                let (page_view, kind, count, last_ms) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                Ok(EventCount { session, page_view, kind, count, last_ms })
            })?;
            for count in rows {
                counts.push(count?);
            }
        }
        Ok(counts)
    }

    /// Which of these events a session has already.
    pub fn known_events(&self, site: i32, session: Uuid, ids: &[Uuid]) -> Result<Vec<Uuid>> {
        let mut statement = self.tx.prepare_cached(&self.texts.known_event)?;
        let mut known = Vec::new();
        for id in ids {
            if statement.exists((site, session, id))? {
                known.push(*id);
            }
        }
        Ok(known)
    }

    fn each<E, K: rusqlite::ToSql>(&self, text: &str, site: i32, keys: &[K]) -> Result<Vec<E::Model>>
    where
        E: EntityTrait,
        E::ActiveModel: sea_orm::TryIntoModel<E::Model>,
    {
        let mut found = Vec::with_capacity(keys.len());
        for key in keys {
            found.extend(all::<E>(&self.tx, text, &[&site, key])?);
        }
        Ok(found)
    }

    /// Writes what has changed, each table in the order of its key.
    pub fn save(&self, mut changes: Changeset) -> Result<()> {
        let Texts { put_session, put_page_view, put_event, put_open_page_view, put_open_session, .. } = self.texts;
        changes.sessions.sort_by_key(|row| (row.site, row.id));
        put::<session::Entity>(&self.tx, put_session, &changes.sessions)?;
        changes.page_views.sort_by_key(|row| (row.site, row.session, row.id));
        put::<page_view::Entity>(&self.tx, put_page_view, &changes.page_views)?;
        for key in changes.outdated_events {
            self.tx.prepare_cached(&self.texts.delete_event)?.execute(key)?;
        }
        changes.events.sort_by_key(|row| (row.site, row.session, row.id));
        put::<event::Entity>(&self.tx, put_event, &changes.events)?;
        changes.open_page_views.sort_by_key(|row| (row.site, row.id));
        put::<open_page_view::Entity>(&self.tx, put_open_page_view, &changes.open_page_views)?;
        changes.open_sessions.sort_by(|a, b| (a.site, &a.key).cmp(&(b.site, &b.key)));
        put::<open_session::Entity>(&self.tx, put_open_session, &changes.open_sessions)?;
        changes.references.sort_by(|a, b| (a.site, &a.code).cmp(&(b.site, &b.code)));
        put::<session_reference::Entity>(&self.tx, &self.texts.put_reference, &changes.references)?;
        for key in changes.dropped_keys {
            self.tx.prepare_cached(&self.texts.delete_key)?.execute(key)?;
        }
        changes.erased.iter().try_for_each(|&(site, session)| self.erase(site, session))
    }

    /// Deletes every row of a session. Keys that lead to it go when they are looked at next.
    pub(in crate::store) fn erase(&self, site: i32, session: Uuid) -> Result<()> {
        for page_view in self.page_views(site, &[session])? {
            self.tx.prepare_cached(&self.texts.delete_open_page_view)?.execute((site, page_view.id))?;
        }
        let Texts { delete_events, delete_page_views, delete_references, delete_session, .. } = self.texts;
        for text in [delete_events, delete_page_views, delete_references, delete_session] {
            self.tx.prepare_cached(text)?.execute((site, session))?;
        }
        Ok(())
    }

    /// Sessions with lesser ids than this one, the least first.
    pub(in crate::store) fn sessions_before(&self, site: i32, id: Uuid, most: usize) -> Result<Vec<Uuid>> {
        self.ids(&self.texts.sessions_before, site, id, most)
    }

    /// The same of those that are taken for machines.
    pub(in crate::store) fn machines_before(&self, site: i32, id: Uuid, most: usize) -> Result<Vec<Uuid>> {
        self.ids(&self.texts.machines_before, site, id, most)
    }

    fn ids(&self, text: &str, site: i32, before: Uuid, most: usize) -> Result<Vec<Uuid>> {
        self.tx
            .prepare_cached(text)?
            .query_map((site, before, i64::try_from(most).unwrap_or(i64::MAX)), |row| row.get(0))?
            .collect()
    }

    /// Commits: from here on everything is on disk.
    pub fn commit(self) -> Result<()> {
        self.tx.commit()
    }
}

/// The texts of all statements, each made once.
struct Texts {
    known_view: String,
    lock_key: String,
    find_key: String,
    session: String,
    page_views: String,
    event_counts: String,
    known_event: String,
    sessions_before: String,
    machines_before: String,
    put_session: String,
    put_page_view: String,
    put_event: String,
    put_open_page_view: String,
    put_open_session: String,
    put_reference: String,
    delete_event: String,
    delete_events: String,
    delete_page_views: String,
    delete_open_page_view: String,
    delete_references: String,
    delete_session: String,
    delete_key: String,
}

impl Texts {
    fn new() -> Self {
        Self {
            known_view: select_text::<open_page_view::Entity>(&[
                open_page_view::Column::Site,
                open_page_view::Column::Id,
            ]),
            lock_key: lock_key(),
            find_key: select_text::<open_session::Entity>(&[open_session::Column::Site, open_session::Column::Key]),
            session: select_text::<session::Entity>(&[session::Column::Site, session::Column::Id]),
            page_views: select_text::<page_view::Entity>(&[page_view::Column::Site, page_view::Column::Session]),
            event_counts: event_counts(),
            known_event: select_text::<event::Entity>(&event_key()),
            sessions_before: sessions_before(&Condition::all()),
            machines_before: sessions_before(&Condition::all().add(session::Column::Bot.is_not_null())),
            put_session: insert_text::<session::Entity>(IfKnown::Replace),
            put_page_view: insert_text::<page_view::Entity>(IfKnown::Replace),
            put_event: insert_text::<event::Entity>(IfKnown::Keep),
            put_open_page_view: insert_text::<open_page_view::Entity>(IfKnown::Keep),
            put_open_session: insert_text::<open_session::Entity>(IfKnown::Replace),
            put_reference: insert_text::<session_reference::Entity>(IfKnown::Replace),
            delete_event: delete_text::<event::Entity>(&event_key()),
            delete_events: delete_text::<event::Entity>(&[event::Column::Site, event::Column::Session]),
            delete_page_views: delete_text::<page_view::Entity>(&[page_view::Column::Site, page_view::Column::Session]),
            delete_open_page_view: delete_text::<open_page_view::Entity>(&[
                open_page_view::Column::Site,
                open_page_view::Column::Id,
            ]),
            delete_references: delete_text::<session_reference::Entity>(&[
                session_reference::Column::Site,
                session_reference::Column::Session,
            ]),
            delete_session: delete_text::<session::Entity>(&[session::Column::Site, session::Column::Id]),
            delete_key: delete_text::<open_session::Entity>(&[open_session::Column::Site, open_session::Column::Key]),
        }
    }
}

fn event_key() -> [event::Column; 3] {
    [event::Column::Site, event::Column::Session, event::Column::Id]
}

fn sessions_before(which: &Condition) -> String {
    use session::Column;
    let mut select = Query::select();
    select
        .column(Column::Id)
        .from(session::Entity)
        .and_where(Column::Site.eq(SOME))
        .and_where(Column::Id.lt(SOME))
        .cond_where(which.clone())
        .order_by(Column::Id, Order::Asc)
        .limit(1);
    DbBackend::Sqlite.build(&select).sql
}

/// Makes the row of a key, or changes nothing, and returns it.
fn lock_key() -> String {
    let key = [open_session::Column::Site, open_session::Column::Key];
    let mut insert = Query::insert();
    insert.into_table(open_session::Entity).columns(open_session::Column::iter());
    insert.values_panic(open_session::Column::iter().map(|_| SOME.into()));
    // Without an update the row is not returned.
    let unchanged = Expr::col((open_session::Entity, open_session::Column::Site));
    insert.on_conflict(OnConflict::columns(key).value(open_session::Column::Site, unchanged).to_owned());
    insert.returning(Query::returning().columns(open_session::Column::iter()));
    DbBackend::Sqlite.build(&insert).sql
}

fn event_counts() -> String {
    let mut select = Query::select();
    select
        .columns([event::Column::PageView, event::Column::Kind])
        .expr(Expr::col(event::Column::Id).count())
        .expr(Expr::col(event::Column::OffsetMs).max())
        .from(event::Entity)
        .and_where(Expr::col(event::Column::Site).eq(SOME))
        .and_where(Expr::col(event::Column::Session).eq(SOME))
        .group_by_col(event::Column::PageView)
        .group_by_col(event::Column::Kind);
    DbBackend::Sqlite.build(&select).sql
}
