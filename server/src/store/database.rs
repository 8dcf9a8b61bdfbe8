//! Which database it is: the only module that knows. Everything else speaks SeaORM.

use std::{path::Path, sync::Arc, time::Duration};

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, Database as SeaDatabase, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use super::insert_text::InsertTexts;

/// How many readers work at the same time.
const READERS: u32 = 4;
/// How long a connection waits for another's lock before it gives up.
const BUSY: Duration = Duration::from_secs(10);

/// The database: one connection that writes, several that read, so that a slow report never holds up collection.
#[derive(Clone, Debug)]
pub struct Database {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    insert_texts: Arc<InsertTexts>,
}

impl Database {
    /// Opens the database at `url`, and brings its schema up to date.
    pub async fn open(url: &str) -> Result<Self, DbErr> {
        let writer = SeaDatabase::connect(options(url, 1)).await?;
        Migrator::up(&writer, None).await?;
        let reader = SeaDatabase::connect(options(url, READERS)).await?;
        Ok(Self { writer, reader, insert_texts: Arc::default() })
    }

    /// The address of the embedded database in a data folder.
    pub fn embedded_url(data: &Path) -> String {
        format!("sqlite://{}?mode=rwc", data.join("pulse.db").display())
    }

    /// Connections for reading.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The texts of insert statements for this database.
    pub fn insert_texts(&self) -> Arc<InsertTexts> {
        self.insert_texts.clone()
    }

    /// Begins a transaction that may write. It takes the write lock at once: a transaction that reads first and
    /// writes later fails on SQLite whenever another wrote in between, whatever the timeout.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// Moves what the write-ahead log holds into the database file and empties it, so that deleted keys and salts
    /// do not stay readable there.
    pub async fn checkpoint(&self) -> Result<(), DbErr> {
        use sea_orm::ConnectionTrait;
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
            sqlite
                .busy_timeout(BUSY)
                .foreign_keys(false)
                .pragma("journal_mode", "wal")
                // FULL: what was answered 202 survives a power cut.
                .pragma("synchronous", "full")
                // Visitor keys and salts leave no trace in freed pages.
                .pragma("secure_delete", "on")
                .pragma("journal_size_limit", "67108864")
                // Pages that follow random keys come back before the log is copied; measured against 1,000.
                .pragma("wal_autocheckpoint", "4000")
                .pragma("cache_size", "-16384")
                .pragma("temp_store", "memory")
                // Every statement of an ingest transaction at every length, see `chunks`.
                .statement_cache_capacity(512)
        });
    options
}
