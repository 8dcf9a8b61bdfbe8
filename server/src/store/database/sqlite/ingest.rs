//! The statements of one ingest transaction: find, lock, save. What they mean is decided in `collect`.
//!
//! They run on a connection of their own that is called in the writer's thread, because a trip to another thread for each
//! statement costs more than the statement (docs/adr/0006).

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

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
    ingest::{Changeset, EventCount, Ingest, IngestConnection, Result},
    session_time::day_of,
};

/// Says that a session of a day is gone.
const ERASED: &str = "INSERT INTO erased_day (site, day, times) VALUES (?1, ?2, 1) \
                      ON CONFLICT (site, day) DO UPDATE SET times = times + 1";
/// Pages that are given back at a time: four megabytes.
const PAGES_AT_ONCE: u32 = 1_000;

/// The connection of the writer.
pub(in crate::store::database) struct SqliteConnection {
    connection: Connection,
    texts: Texts,
    turn: Arc<Mutex<()>>,
}

impl SqliteConnection {
    /// `turn` is held while anybody writes: SQLite would let who waits try again and again instead of queueing.
    pub(in crate::store::database) fn new(connection: Connection, turn: Arc<Mutex<()>>) -> Self {
        connection.set_prepared_statement_cache_capacity(64);
        Self { connection, texts: Texts::new(), turn }
    }
}

impl IngestConnection for SqliteConnection {
    /// One lock for all sites: SQLite has no other.
    fn begin(&mut self, _sites: &BTreeSet<i32>) -> Result<Box<dyn Ingest + '_>> {
        let turn = self.turn.clone().blocking_lock_owned();
        let tx = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        Ok(Box::new(SqliteIngest { tx, texts: &self.texts, _turn: turn }))
    }

    /// While unused pages are more than a tenth of the file: what is deleted each day makes room for what comes the
    /// next.
    fn gives_room_back(&mut self) -> Result<bool> {
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

/// A transaction that holds the write lock.
struct SqliteIngest<'a> {
    tx: rusqlite::Transaction<'a>,
    texts: &'a Texts,
    _turn: OwnedMutexGuard<()>,
}

impl SqliteIngest<'_> {
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

    fn ids(&self, text: &str, site: i32, before: Uuid, most: usize) -> Result<Vec<Uuid>> {
        self.tx
            .prepare_cached(text)?
            .query_map((site, before, i64::try_from(most).unwrap_or(i64::MAX)), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()
            .map_err(Into::into)
    }
}

impl Ingest for SqliteIngest<'_> {
    fn known_views(&mut self, site: i32, ids: &[Uuid]) -> Result<HashMap<Uuid, Uuid>> {
        let mut known = HashMap::new();
        for id in ids {
            let found = all::<open_page_view::Entity>(&self.tx, &self.texts.known_view, &[&site, id])?;
            known.extend(found.into_iter().map(|row| (row.id, row.session)));
        }
        Ok(known)
    }

    fn lock_keys(&mut self, proposals: &[open_session::Model]) -> Result<Vec<open_session::Model>> {
        let mut lock = self.tx.prepare_cached(&self.texts.lock_key)?;
        proposals
            .iter()
            .map(|row| lock.query_row((row.site, &row.key, row.session, row.check_at), model::<open_session::Entity>))
            .collect::<rusqlite::Result<_>>()
            .map_err(Into::into)
    }

    fn find_keys(&mut self, site: i32, keys: &[Vec<u8>]) -> Result<Vec<open_session::Model>> {
        self.each::<open_session::Entity, _>(&self.texts.find_key, site, keys)
    }

    fn sessions(&mut self, site: i32, ids: &[Uuid]) -> Result<Vec<session::Model>> {
        self.each::<session::Entity, _>(&self.texts.session, site, ids)
    }

    fn page_views(&mut self, site: i32, sessions: &[Uuid]) -> Result<Vec<page_view::Model>> {
        self.each::<page_view::Entity, _>(&self.texts.page_views, site, sessions)
    }

    fn event_counts(&mut self, site: i32, sessions: &[Uuid]) -> Result<Vec<EventCount>> {
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

    fn known_events(&mut self, site: i32, named: &[(Uuid, Uuid)]) -> Result<Vec<(Uuid, Uuid)>> {
        let mut statement = self.tx.prepare_cached(&self.texts.known_event)?;
        let mut known = Vec::new();
        for (session, id) in named {
            if statement.exists((site, session, id))? {
                known.push((*session, *id));
            }
        }
        Ok(known)
    }

    fn save(&mut self, changes: Changeset) -> Result<()> {
        let Texts { put_session, put_page_view, put_event, put_open_page_view, put_open_session, .. } = self.texts;
        let changes = changes.in_order();
        put::<session::Entity>(&self.tx, put_session, &changes.sessions)?;
        put::<page_view::Entity>(&self.tx, put_page_view, &changes.page_views)?;
        for key in changes.outdated_events {
            self.tx.prepare_cached(&self.texts.delete_event)?.execute(key)?;
        }
        put::<event::Entity>(&self.tx, put_event, &changes.events)?;
        put::<open_page_view::Entity>(&self.tx, put_open_page_view, &changes.open_page_views)?;
        put::<open_session::Entity>(&self.tx, put_open_session, &changes.open_sessions)?;
        put::<session_reference::Entity>(&self.tx, &self.texts.put_reference, &changes.references)?;
        for key in changes.dropped_keys {
            self.tx.prepare_cached(&self.texts.delete_key)?.execute(key)?;
        }
        for (site, session) in changes.erased {
            self.erase(site, session)?;
            self.drop_keys_of(site, &[session])?;
        }
        Ok(())
    }

    fn erase(&mut self, site: i32, session: Uuid) -> Result<()> {
        for page_view in self.page_views(site, &[session])? {
            self.tx.prepare_cached(&self.texts.delete_open_page_view)?.execute((site, page_view.id))?;
        }
        let Texts { delete_events, delete_page_views, delete_references, delete_deletion, delete_session, .. } =
            self.texts;
        for text in [delete_events, delete_page_views, delete_references, delete_deletion, delete_session] {
            self.tx.prepare_cached(text)?.execute((site, session))?;
        }
        self.tx.prepare_cached(ERASED)?.execute((site, day_of(session)))?;
        Ok(())
    }

    fn drop_keys_of(&mut self, site: i32, sessions: &[Uuid]) -> Result<()> {
        for session in sessions {
            self.tx.prepare_cached(&self.texts.delete_keys_of)?.execute((site, session))?;
        }
        Ok(())
    }

    fn sessions_before(&mut self, site: i32, id: Uuid, most: usize) -> Result<Vec<Uuid>> {
        self.ids(&self.texts.sessions_before, site, id, most)
    }

    fn machines_before(&mut self, site: i32, id: Uuid, most: usize) -> Result<Vec<Uuid>> {
        self.ids(&self.texts.machines_before, site, id, most)
    }

    fn commit(self: Box<Self>) -> Result<()> {
        Ok(self.tx.commit()?)
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, TransactionTrait, TryGetable};

    use crate::store::database::{
        Database, Engine, READERS,
        sqlite::{BUSY, PRAGMAS},
    };

    /// What a connection answers that was told this.
    fn number(told: &str) -> i64 {
        match told {
            "on" => 1,
            "full" | "memory" => 2,
            number => number.parse().unwrap(),
        }
    }

    /// What every connection answers to which pragma, but for `journal_mode`, whose answer is a word.
    fn expected() -> Vec<(&'static str, i64)> {
        let told = PRAGMAS.into_iter().filter(|(name, _)| *name != "journal_mode");
        let beside = [("busy_timeout", i64::try_from(BUSY.as_millis()).unwrap()), ("auto_vacuum", 2)];
        told.map(|(name, value)| (name, number(value))).chain(beside).collect()
    }

    async fn read<T: TryGetable>(connection: &DatabaseTransaction, pragma: &str) -> T {
        let text = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {pragma}"));
        connection.query_one_raw(text).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    #[tokio::test]
    async fn every_connection_has_the_pragmas_that_it_was_told() {
        let folder = tempfile::tempdir().unwrap();
        let db = Database::open(&Database::embedded_url(folder.path())).await.unwrap();
        // All at once, so that each is a connection of its own.
        let mut pooled = vec![db.writer.begin().await.unwrap()];
        for _ in 0..READERS {
            pooled.push(db.reader.begin().await.unwrap());
        }
        for connection in &pooled {
            assert_eq!(read::<String>(connection, "journal_mode").await, "wal");
            for (pragma, answer) in expected() {
                assert_eq!(read::<i64>(connection, pragma).await, answer, "{pragma}");
            }
        }
        drop(pooled);

        let Engine::Sqlite(engine) = &db.engine else { panic!("it is the embedded one") };
        let ingest = engine.ingest().unwrap().connection;
        let mode: String = ingest.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
        for (pragma, answer) in expected() {
            let read: i64 = ingest.pragma_query_value(None, pragma, |row| row.get(0)).unwrap();
            assert_eq!(read, answer, "{pragma}");
        }
    }
}
