//! The embedded database.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database as SeaDatabase, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteAutoVacuum, SqliteConnectOptions},
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use ingest::SqliteConnection;
pub(super) use lines::lines;

use crate::store::scan::{Scan, Scanned};

mod backup;
mod ingest;
mod lines;
mod prepared;
mod scan;
mod texts;

/// How long a connection waits for another's lock before it gives up.
const BUSY: Duration = Duration::from_secs(10);

/// Twice what a log grows to between two checkpoints, in bytes.
const LONG_LOG: u64 = 2 * 4_000 * 4_120;

/// What every connection is told.
const PRAGMAS: [(&str, &str); 7] = [
    ("journal_mode", "wal"),
    // FULL: what was answered 202 survives a power cut.
    ("synchronous", "full"),
    // Visitor keys and salts leave no trace in freed pages.
    ("secure_delete", "on"),
    ("journal_size_limit", "67108864"),
    // Pages that follow random keys come back before the log is copied; measured against 1,000.
    ("wal_autocheckpoint", "4000"),
    ("cache_size", "-16384"),
    ("temp_store", "memory"),
];

/// A file, and whose turn it is to write. SQLite lets who waits for its lock try again now and then, so that one who
/// writes all the time would keep the others out.
#[derive(Clone, Debug)]
pub(super) struct Sqlite {
    url: Arc<str>,
    turn: Arc<Mutex<()>>,
}

impl Sqlite {
    pub(super) fn at(url: &str) -> Self {
        Self { url: url.into(), turn: Arc::default() }
    }

    pub(super) fn url_in(folder: &Path) -> String {
        format!("sqlite://{}?mode=rwc", folder.join("pulse.db").display())
    }

    /// The connection that writes. It alone makes a file and says how: asking for this takes the write lock each time.
    pub(super) async fn writer(&self) -> Result<DatabaseConnection, DbErr> {
        // Takes effect in a new file alone: pages that are not needed any more can be given back.
        self.connect(1, |sqlite| sqlite.auto_vacuum(SqliteAutoVacuum::Incremental)).await
    }

    /// Connections that read.
    pub(super) async fn readers(&self, connections: u32) -> Result<DatabaseConnection, DbErr> {
        self.connect(connections, |sqlite| sqlite).await
    }

    async fn connect(
        &self,
        connections: u32,
        with: fn(SqliteConnectOptions) -> SqliteConnectOptions,
    ) -> Result<DatabaseConnection, DbErr> {
        let mut options = ConnectOptions::new(&*self.url);
        options
            .max_connections(connections)
            .min_connections(1)
            .sqlx_logging(false)
            .record_stmt_in_spans(false)
            .map_sqlx_sqlite_opts(move |sqlite| {
                let sqlite = with(sqlite).busy_timeout(BUSY).foreign_keys(false);
                PRAGMAS.iter().fold(sqlite, |sqlite, &(name, value)| sqlite.pragma(name, value))
            });
        SeaDatabase::connect(options).await
    }

    fn file(&self) -> Result<PathBuf, DbErr> {
        let options = SqliteConnectOptions::from_str(&self.url).map_err(|error| DbErr::Custom(error.to_string()))?;
        Ok(options.get_filename().to_owned())
    }

    pub(super) fn is_there(&self) -> Result<bool, DbErr> {
        Ok(self.file()?.exists())
    }

    pub(super) fn back_up(&self, to: &Path) -> anyhow::Result<()> {
        backup::write(&self.file()?, to)
    }

    pub(super) fn scan(&self, scan: &Scan, take: &mut dyn FnMut(Scanned<'_>)) -> Result<(), DbErr> {
        scan::scan(&self.file()?, scan, take).map_err(|error| DbErr::Custom(error.to_string()))
    }

    /// A connection for collection.
    pub(super) fn ingest(&self) -> anyhow::Result<SqliteConnection> {
        let connection = rusqlite::Connection::open(self.file()?)?;
        connection.busy_timeout(BUSY)?;
        for (name, value) in PRAGMAS {
            connection.pragma_update(None, name, value)?;
        }
        Ok(SqliteConnection::new(connection, self.turn.clone()))
    }

    /// Takes the write lock at once: a transaction that reads first and writes later fails whenever another wrote in
    /// between, whatever the timeout.
    pub(super) async fn begin(
        &self,
        writer: &DatabaseConnection,
    ) -> Result<(DatabaseTransaction, OwnedMutexGuard<()>), DbErr> {
        let turn = self.turn.clone().lock_owned().await;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok((writer.begin_with_options(options).await?, turn))
    }

    /// Whether the write-ahead log has outgrown what each commit tries to keep it at: readers that follow each other
    /// without a gap keep it from beginning anew.
    pub(super) fn has_long_log(&self) -> Result<bool, DbErr> {
        let mut log = self.file()?.into_os_string();
        log.push("-wal");
        // Without a log there is no file.
        Ok(std::fs::metadata(log).is_ok_and(|log| log.len() > LONG_LOG))
    }

    /// Moves what the write-ahead log holds into the database file and empties it, so that deleted keys and salts
    /// do not stay readable there.
    pub(super) async fn checkpoint(&self, writer: &DatabaseConnection) -> Result<(), DbErr> {
        let _turn = self.turn.lock().await;
        let text = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
        let done = writer.query_one_raw(text).await?;
        // Not an error of SQLite's: somebody reads what stands there.
        match done.map(|row| row.try_get_by_index::<i32>(0)).transpose()? {
            Some(0) => Ok(()),
            _ => Err(DbErr::Custom("the write-ahead log is being read, so it was not emptied".into())),
        }
    }
}
