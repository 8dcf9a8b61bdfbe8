//! Which database it is: the only module that knows. Everything else speaks SeaORM.

use std::{ops::Deref, path::Path};

use migration::{Migrator, MigratorTrait, SchemaManager};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, TransactionTrait};
use tokio::sync::OwnedMutexGuard;

use super::{
    entities::session,
    ingest::IngestConnection,
    lines::Lines,
    scan::{Scan, Scanned},
};
use postgres::Postgres;
use sqlite::Sqlite;

mod postgres;
mod sqlite;

/// How many readers work at the same time.
const READERS: u32 = 4;
/// Connections that write what is not collected, on PostgreSQL.
const WRITERS: u32 = 2;

/// Where the history of the schema is.
const HISTORY: &str = "seaql_migrations";
/// Tables whose rows are not in a backup: keys, salts, and who is signed in.
const LEFT_OUT: [&str; 3] = ["login_session", "open_session", "salt"];

/// What becomes of a row whose key is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum IfKnown {
    /// It stays as it is.
    Keep,
    /// All its other columns are replaced.
    Replace,
}

/// The database: connections that write and others that read, so that a slow report never holds up collection.
#[derive(Clone, Debug)]
pub struct Database {
    engine: Engine,
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

#[derive(Clone, Debug)]
enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// A transaction that may write; nobody else does meanwhile, but for collection on PostgreSQL.
pub struct Writing {
    tx: DatabaseTransaction,
    _turn: Option<OwnedMutexGuard<()>>,
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

/// What the strips of these sessions of a site are drawn from. The page views of a session come with its events or before
/// them; what there is none of does not come.
///
/// # Errors
/// When the database fails.
pub(super) async fn lines(
    db: &impl ConnectionTrait,
    site: i32,
    sessions: &[session::Model],
) -> Result<Vec<Lines>, DbErr> {
    match db.get_database_backend() {
        _ if sessions.is_empty() => Ok(Vec::new()),
        DbBackend::Postgres => postgres::lines(db, site, sessions.iter().map(|row| row.id)).await,
        _ => sqlite::lines(db, site, sessions).await,
    }
}

impl Database {
    /// Opens the database at `url`, and brings its schema up to date.
    ///
    /// # Errors
    /// When it cannot be reached or brought up to date, or nothing is known of such an address.
    pub async fn open(url: &str) -> Result<Self, DbErr> {
        if Postgres::is_meant_by(url) {
            let engine = Postgres::at(url)?;
            let writer = engine.connect(WRITERS).await?;
            engine.migrate(&writer).await?;
            let reader = engine.connect(READERS).await?;
            Ok(Self { engine: Engine::Postgres(engine), writer, reader })
        } else {
            let engine = Sqlite::at(url);
            let writer = engine.writer().await?;
            Migrator::up(&writer, None).await?;
            let reader = engine.readers(READERS).await?;
            Ok(Self { engine: Engine::Sqlite(engine), writer, reader })
        }
    }

    /// Whether nothing was ever stored at `url`. Nothing is changed there, nor made.
    ///
    /// # Errors
    /// When it cannot be reached, or nothing is known of such an address.
    pub async fn is_empty(url: &str) -> Result<bool, DbErr> {
        let connection = if Postgres::is_meant_by(url) {
            Postgres::at(url)?.connect(1).await?
        } else {
            let engine = Sqlite::at(url);
            if !engine.is_there()? {
                return Ok(true);
            }
            engine.readers(1).await?
        };
        let has_history = SchemaManager::new(&connection).has_table(HISTORY).await?;
        connection.close().await?;
        Ok(!has_history)
    }

    /// Writes a copy to a file that does not exist yet, without what leads from a browser to its session or into an
    /// account; whoever writes or reads meanwhile is not held up.
    ///
    /// # Errors
    /// When the file cannot be written, or the database is not the embedded one.
    pub async fn back_up(&self, to: &Path) -> anyhow::Result<()> {
        match &self.engine {
            Engine::Sqlite(engine) => {
                let (engine, to) = (engine.clone(), to.to_owned());
                tokio::task::spawn_blocking(move || engine.back_up(&to)).await?
            }
            Engine::Postgres(_) => anyhow::bail!(
                "PostgreSQL is backed up by its own tools. Leave out what leads from a browser to its session: pg_dump {}",
                LEFT_OUT.map(|table| format!("--exclude-table-data={table}")).join(" ")
            ),
        }
    }

    /// The address of the embedded database in a data folder.
    pub fn embedded_url(data: &Path) -> String {
        Sqlite::url_in(data)
    }

    /// Connections for reading.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Begins to read. What is read until it is dropped belongs to one moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        match &self.engine {
            Engine::Sqlite(_) => self.reader.begin().await,
            Engine::Postgres(engine) => engine.snapshot(&self.reader).await,
        }
    }

    /// A connection for whoever changes sessions.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn ingest(&self) -> anyhow::Result<Box<dyn IngestConnection>> {
        Ok(match &self.engine {
            Engine::Sqlite(engine) => Box::new(engine.ingest()?),
            Engine::Postgres(engine) => Box::new(engine.ingest()?),
        })
    }

    /// Begins a transaction that may write whatever belongs to no session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(&self) -> Result<Writing, DbErr> {
        Ok(match &self.engine {
            Engine::Sqlite(engine) => {
                let (tx, turn) = engine.begin(&self.writer).await?;
                Writing { tx, _turn: Some(turn) }
            }
            Engine::Postgres(engine) => Writing { tx: engine.begin(&self.writer).await?, _turn: None },
        })
    }

    /// Begins a transaction that may change sessions of a site; nobody else does meanwhile, on whatever node.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_on(&self, site: i32) -> Result<Writing, DbErr> {
        match &self.engine {
            Engine::Sqlite(_) => self.begin().await,
            Engine::Postgres(engine) => Ok(Writing { tx: engine.begin_on(&self.writer, site).await?, _turn: None }),
        }
    }

    /// Leaves no trace of deleted keys and salts in the write-ahead log of the embedded database. PostgreSQL's goes by
    /// its own rules (docs/scaling.md).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn checkpoint(&self) -> Result<(), DbErr> {
        match &self.engine {
            Engine::Sqlite(engine) => engine.checkpoint(&self.writer).await,
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// Keeps the write-ahead log of the embedded database from growing without end while somebody always reads.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bound_log(&self) -> Result<(), DbErr> {
        match &self.engine {
            Engine::Sqlite(engine) if engine.has_long_log()? => engine.checkpoint(&self.writer).await,
            Engine::Sqlite(_) | Engine::Postgres(_) => Ok(()),
        }
    }

    /// Has PostgreSQL look at how rows are spread, after many at once: until it does so by itself, which takes a minute,
    /// it reads tables through that it could search. The embedded database goes by its keys whatever they hold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn analyze(&self) -> Result<(), DbErr> {
        match &self.engine {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(_) => self.writer.execute_unprepared("ANALYZE").await.map(drop),
        }
    }

    /// Calls `take` for each row that the scan comes by, and gives back what it made of them; also after an error.
    pub async fn scan<T: Send + 'static>(
        &self,
        scan: Scan,
        mut made: T,
        take: fn(&mut T, Scanned<'_>),
    ) -> (T, Result<(), DbErr>) {
        match &self.engine {
            Engine::Sqlite(engine) => {
                let engine = engine.clone();
                let read = move || {
                    let done = engine.scan(&scan, &mut |row| take(&mut made, row));
                    (made, done)
                };
                // Only a panic in `take` ends it otherwise.
                match tokio::task::spawn_blocking(read).await {
                    Ok(read) => read,
                    Err(error) => std::panic::resume_unwind(error.into_panic()),
                }
            }
            Engine::Postgres(_) => {
                let done = postgres::scan(&self.reader, &scan, &mut |row| take(&mut made, row)).await;
                (made, done)
            }
        }
    }

    /// Closes every connection.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        self.writer.close().await
    }
}
