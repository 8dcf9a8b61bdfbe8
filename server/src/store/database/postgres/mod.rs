//! PostgreSQL, which several nodes can share.
//!
//! Nodes take turns by advisory locks that end with their transaction: one for each site, which whoever changes sessions
//! of that site holds, and one for everything else (docs/adr/0007).

use std::{str::FromStr, sync::Arc, time::Duration};

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database as SeaDatabase, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, IsolationLevel, Statement, TransactionTrait, sqlx::postgres::PgConnectOptions,
};

use ingest::PostgresConnection;
pub(super) use lines::lines;
pub(super) use scan::scan;

mod ingest;
mod lines;
mod rows;
mod scan;
mod texts;

/// How long it is waited for a connection before a request fails.
const PATIENCE: Duration = Duration::from_secs(10);

/// Locks sites, in the order in which they are given. The first number stands for Pulse among other users of such locks.
const LOCK_SITES: &str = "SELECT pg_advisory_xact_lock(1349872755, site) FROM unnest($1::integer[]) AS site";
/// Locks everything that belongs to no site's sessions. No site has this number.
const LOCK_THE_REST: &str = "SELECT pg_advisory_xact_lock(1349872755, 0)";

/// Where it is.
#[derive(Clone, Debug)]
pub(super) struct Postgres {
    options: Arc<PgConnectOptions>,
}

impl Postgres {
    /// Whether the address is one of PostgreSQL's.
    pub(super) fn is_meant_by(url: &str) -> bool {
        url.starts_with("postgres://") || url.starts_with("postgresql://")
    }

    pub(super) fn at(url: &str) -> Result<Self, DbErr> {
        let options = PgConnectOptions::from_str(url).map_err(|error| DbErr::Custom(error.to_string()))?;
        Ok(Self { options: Arc::new(plain(options)) })
    }

    pub(super) async fn connect(&self, connections: u32) -> Result<DatabaseConnection, DbErr> {
        // The address is in the driver's options already; this one only says which driver.
        let mut options = ConnectOptions::new("postgres://");
        let whole = self.options.clone();
        options
            .max_connections(connections)
            .min_connections(1)
            .acquire_timeout(PATIENCE)
            .connect_timeout(PATIENCE)
            .sqlx_logging(false)
            .record_stmt_in_spans(false)
            .map_sqlx_postgres_opts(move |_| (*whole).clone());
        SeaDatabase::connect(options).await
    }

    /// Brings the schema up to date; of several nodes that start at once one does, and the others wait for it.
    pub(super) async fn migrate(&self, writer: &DatabaseConnection) -> Result<(), DbErr> {
        let tx = self.begin(writer).await?;
        Migrator::up(&tx, None).await?;
        tx.commit().await
    }

    /// A connection for collection.
    pub(super) fn ingest(&self) -> anyhow::Result<PostgresConnection> {
        Ok(PostgresConnection::new(self.options.clone())?)
    }

    /// Nobody else writes what belongs to no site meanwhile, on whatever node.
    pub(super) async fn begin(&self, writer: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
        let tx = writer.begin().await?;
        tx.execute_unprepared(LOCK_THE_REST).await?;
        Ok(tx)
    }

    /// Nobody else changes sessions of the site meanwhile, on whatever node.
    pub(super) async fn begin_on(&self, writer: &DatabaseConnection, site: i32) -> Result<DatabaseTransaction, DbErr> {
        let tx = writer.begin().await?;
        tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, LOCK_SITES, [vec![site].into()])).await?;
        Ok(tx)
    }

    pub(super) async fn snapshot(&self, reader: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
        reader.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await
    }
}

/// Without a setting that connection pools refuse and that matters for fractions alone, of which there are none.
fn plain(options: PgConnectOptions) -> PgConnectOptions {
    use sea_orm::sqlx::ConnectOptions as _;
    options.extra_float_digits(None).application_name("pulse").disable_statement_logging()
}
