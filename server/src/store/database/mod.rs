//! Which database it is: the only module that knows. Everything else speaks SeaORM.

use std::{ops::Deref, path::Path, str::FromStr, sync::Arc, time::Duration};

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, Database as SeaDatabase, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteAutoVacuum, SqliteConnectOptions},
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use ingest::IngestConnection;

pub(super) mod ingest;
mod prepared;
mod texts;

/// How many readers work at the same time.
const READERS: u32 = 4;
/// How long a connection waits for another's lock before it gives up.
const BUSY: Duration = Duration::from_secs(10);

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

/// The database: connections that write, one at a time, and others that read, so that a slow report never holds up
/// collection.
#[derive(Clone, Debug)]
pub struct Database {
    url: Arc<str>,
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    /// Whose turn it is to write. SQLite lets who waits for its lock try again now and then, so that one who writes all
    /// the time would keep the others out.
    turn: Arc<Mutex<()>>,
}

/// A transaction that may write; nobody else does meanwhile.
pub struct Writing {
    tx: DatabaseTransaction,
    _turn: OwnedMutexGuard<()>,
}

impl Writing {
    /// Commits: from here on everything is on disk.
    ///
    /// # Errors
    /// When the database fails; then nothing is changed.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.tx.commit().await
    }
}

impl Deref for Writing {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.tx
    }
}

impl Database {
    /// Opens the database at `url`, and brings its schema up to date.
    pub async fn open(url: &str) -> Result<Self, DbErr> {
        let writer = SeaDatabase::connect(options(url, 1)).await?;
        Migrator::up(&writer, None).await?;
        let reader = SeaDatabase::connect(options(url, READERS)).await?;
        Ok(Self { url: url.into(), writer, reader, turn: Arc::default() })
    }

    /// The address of the embedded database in a data folder.
    pub fn embedded_url(data: &Path) -> String {
        format!("sqlite://{}?mode=rwc", data.join("pulse.db").display())
    }

    /// Connections for reading.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// A connection for collection.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn ingest(&self) -> anyhow::Result<IngestConnection> {
        let file = SqliteConnectOptions::from_str(&self.url)?;
        let connection = rusqlite::Connection::open(file.get_filename())?;
        connection.busy_timeout(BUSY)?;
        for (name, value) in PRAGMAS {
            connection.pragma_update(None, name, value)?;
        }
        Ok(IngestConnection::new(connection, self.turn.clone()))
    }

    /// Begins a transaction that may write. It takes the write lock at once: a transaction that reads first and
    /// writes later fails on SQLite whenever another wrote in between, whatever the timeout.
    pub async fn begin(&self) -> Result<Writing, DbErr> {
        let turn = self.turn.clone().lock_owned().await;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Writing { tx: self.writer.begin_with_options(options).await?, _turn: turn })
    }

    /// Moves what the write-ahead log holds into the database file and empties it, so that deleted keys and salts
    /// do not stay readable there.
    pub async fn checkpoint(&self) -> Result<(), DbErr> {
        use sea_orm::ConnectionTrait;
        let _turn = self.turn.lock().await;
        self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.map(drop)
    }

    /// Closes every connection.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        self.writer.close().await
    }
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            // Takes effect in a new file alone: pages that are not needed any more can be given back.
            let sqlite = sqlite.busy_timeout(BUSY).foreign_keys(false).auto_vacuum(SqliteAutoVacuum::Incremental);
            PRAGMAS.iter().fold(sqlite, |sqlite, &(name, value)| sqlite.pragma(name, value))
        });
    options
}
