//! The statements of one ingest transaction: find, lock, save. What they mean is decided in `collect`.
//!
//! They run on a connection of their own that is called in the writer's thread, because a trip to another thread for each
//! statement costs more than the statement (docs/adr/0006).

use std::{collections::HashMap, sync::Arc};

use rusqlite::Connection;
use sea_orm::EntityTrait;
use tokio::sync::{Mutex, OwnedMutexGuard};
use uuid::Uuid;

use super::{
    prepared::{all, model, put},
    texts::Texts,
};
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
