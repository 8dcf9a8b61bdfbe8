//! A database of its own for each test, in a file: in memory every connection would see another one.

use app::models::ids::SiteId;
use sea_orm::{EntityTrait, Set};
use server::store::{database::Database, entities::site};
use tempfile::TempDir;

/// A database that goes with its folder.
pub struct TestDb {
    /// Open, its schema up to date, with the first site and nothing recorded.
    pub db: Database,
    folder: TempDir,
}

/// The site that is there from the start.
pub const FIRST_SITE: SiteId = SiteId(1);

impl TestDb {
    /// A new one.
    pub async fn fresh() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Database::open(&Database::embedded_url(folder.path())).await.unwrap();
        Self { db, folder }
    }

    /// Closes every connection and opens the file again.
    pub async fn reopened(self) -> Self {
        let Self { db, folder } = self;
        db.close().await.unwrap();
        let db = Database::open(&Database::embedded_url(folder.path())).await.unwrap();
        Self { db, folder }
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
}
