//! The sites.

use app::models::{ids::SiteId, site::Site};
use sea_orm::DbErr;

use crate::store::{database::Database, entities::site, sites};

/// Every site, in order of its id.
pub(super) async fn all(db: &Database) -> Result<Vec<Site>, DbErr> {
    Ok(sites::all(db).await?.into_iter().map(shown).collect())
}

/// One site.
pub(super) async fn get(db: &Database, id: SiteId) -> Result<Option<Site>, DbErr> {
    Ok(sites::get(db, id.0).await?.map(shown))
}

/// What the dashboard knows of a site.
pub(super) fn shown(row: site::Model) -> Site {
    Site { id: SiteId(row.id), name: row.name, time_zone: row.time_zone }
}
