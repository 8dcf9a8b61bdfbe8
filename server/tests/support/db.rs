//! A database of its own for each test: a file (in memory every connection would see another one), or a database of the
//! PostgreSQL that `PULSE_TEST_POSTGRES` names (scripts/postgres.sh), reached through the PgBouncer in front of it if
//! `PULSE_TEST_POOLER` names one.

use std::{path::Path, process::Command, sync::Arc};

use app::models::ids::SiteId;
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use server::store::{database::Database, entities::site};
use tempfile::TempDir;
use uuid::Uuid;

/// A database that goes with its folder.
pub struct TestDb {
    /// Open, its schema up to date, with the first site and nothing recorded.
    pub db: Database,
    url: String,
    folder: Arc<TempDir>,
}

/// The site that is there from the start.
pub const FIRST_SITE: SiteId = SiteId(1);

/// The address of the PostgreSQL to test on, if it is that.
pub fn postgres() -> Option<String> {
    std::env::var("PULSE_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

impl TestDb {
    /// A new one.
    pub async fn fresh() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let url = match postgres() {
            Some(server) => empty_copy(&server).await,
            None => Database::embedded_url(folder.path()),
        };
        let db = Database::open(&url).await.unwrap();
        Self { db, url, folder }
    }

    /// The same database once more, as another node opens it.
    pub async fn again(&self) -> Self {
        let db = Database::open(&self.url).await.unwrap();
        Self { db, url: self.url.clone(), folder: self.folder.clone() }
    }

    /// Everything that is at rest, by name: the files, the write-ahead log included, or a dump, in which bytes stand as
    /// hexadecimal digits.
    pub fn at_rest(&self) -> Vec<(String, Vec<u8>)> {
        if postgres().is_some() {
            let dump = Command::new("pg_dump").arg("--inserts").arg(&self.url).output().unwrap();
            assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
            return vec![("the dump".into(), dump.stdout)];
        }
        files(self.folder.path())
    }

    /// Closes every connection and opens it again.
    pub async fn reopened(self) -> Self {
        let Self { db, url, folder } = self;
        db.close().await.unwrap();
        let db = Database::open(&url).await.unwrap();
        Self { db, url, folder }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder that the database lies in.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Adds a site with a time zone.
    pub async fn site(&self, name: &str, time_zone: &str) -> SiteId {
        let row = site::ActiveModel {
            name: Set(name.into()),
            time_zone: Set(time_zone.into()),
            hosts: Set(String::new()),
            created_at: Set(0),
            ..Default::default()
        };
        let tx = self.db.begin().await.unwrap();
        let added = site::Entity::insert(row).exec(&*tx).await.unwrap().last_insert_id;
        tx.commit().await.unwrap();
        SiteId(added)
    }

    /// Has the first site keep its sessions for so many days, and those of machines for so many.
    pub async fn keep(&self, days: i32, machines_days: i32) {
        let tx = self.db.begin().await.unwrap();
        let row = site::ActiveModel {
            id: Set(FIRST_SITE.0),
            retention_days: Set(days),
            bot_retention_days: Set(machines_days),
            ..Default::default()
        };
        site::Entity::update(row).exec(&*tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Gives a site another time zone.
    pub async fn set_time_zone(&self, site: SiteId, time_zone: &str) {
        let tx = self.db.begin().await.unwrap();
        let row = site::ActiveModel { id: Set(site.0), time_zone: Set(time_zone.into()), ..Default::default() };
        site::Entity::update(row).exec(&*tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Says above which duration, pages and events the sessions of a site are outstanding.
    pub async fn set_outstanding(&self, site: SiteId, (duration_ms, pages, events): (i64, i64, i64)) {
        let tx = self.db.begin().await.unwrap();
        let row = site::ActiveModel {
            id: Set(site.0),
            outstanding_duration_ms: Set(Some(duration_ms)),
            outstanding_pages: Set(Some(pages)),
            outstanding_events: Set(Some(events)),
            ..Default::default()
        };
        site::Entity::update(row).exec(&*tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// The files of a folder, byte by byte.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("the folder");
    entries
        .map(|entry| entry.expect("a file").path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("bytes")))
        .collect()
}

/// A connection to PostgreSQL itself.
pub async fn admin() -> sea_orm::DatabaseConnection {
    let server = postgres().expect("scripts/postgres.sh starts one");
    sea_orm::Database::connect(at(&server, "postgres")).await.unwrap()
}

/// The address of a database in which there is nothing yet, not even a schema, and the folder that it goes with.
pub async fn nothing_yet() -> (String, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = if postgres().is_some() { without_schema().await } else { Database::embedded_url(folder.path()) };
    (url, folder)
}

/// An empty database without a schema, for PostgreSQL alone.
pub async fn without_schema() -> String {
    let server = postgres().expect("scripts/postgres.sh starts one");
    let admin = admin().await;
    let name = format!("test_{}", Uuid::new_v4().simple());
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    at(&server, &name)
}

/// A new database in which the schema is up to date. Copied from a template that the first test makes.
async fn empty_copy(server: &str) -> String {
    let admin = admin().await;
    let run = async |sql: String| admin.execute_unprepared(&sql).await.unwrap().rows_affected();
    let lock = self::admin().await;
    lock.execute_unprepared("BEGIN; SELECT pg_advisory_xact_lock(1)").await.unwrap();
    if run("SELECT FROM pg_database WHERE datname = 'template'".into()).await == 0 {
        run("CREATE DATABASE making".into()).await;
        Database::open(&at(server, "making")).await.unwrap().close().await.unwrap();
        run("ALTER DATABASE making RENAME TO template".into()).await;
    }
    lock.close().await.unwrap();
    let name = format!("test_{}", Uuid::new_v4().simple());
    run(format!("CREATE DATABASE {name} TEMPLATE template STRATEGY file_copy")).await;
    admin.close().await.unwrap();
    at(&std::env::var("PULSE_TEST_POOLER").unwrap_or(server.into()), &name)
}

fn at(server: &str, database: &str) -> String {
    server.replacen("/?", &format!("/{database}?"), 1)
}
