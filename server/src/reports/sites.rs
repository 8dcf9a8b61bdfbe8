//! The sites.

use app::models::{ids::SiteId, privacy::PrivacyTerms, site::Site};
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

/// What a site has decided about the data of its visitors; `own_host` is the one that Pulse is reached under.
pub(super) async fn privacy(db: &Database, id: SiteId, own_host: Option<&str>) -> Result<Option<PrivacyTerms>, DbErr> {
    let terms = |row: site::Model| PrivacyTerms {
        days: figure(row.retention_days),
        machine_days: figure(row.bot_retention_days),
        idle_minutes: figure(row.idle_minutes),
        shares_origin: own_host.is_some_and(|own| sites::hosts(&row.hosts).any(|host| host == own)),
    };
    Ok(sites::get(db, id.0).await?.map(terms))
}

fn figure(stored: i32) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}

/// What the dashboard knows of a site.
pub(super) fn shown(row: site::Model) -> Site {
    Site { id: SiteId(row.id), name: row.name, time_zone: row.time_zone }
}
