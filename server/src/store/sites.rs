//! Sites.

use sea_orm::{DbErr, EntityTrait, QueryOrder};

use super::{database::Database, entities::site};

/// Every site, in order of its id.
///
/// # Errors
/// When the database fails.
pub async fn all(db: &Database) -> Result<Vec<site::Model>, DbErr> {
    site::Entity::find().order_by_asc(site::Column::Id).all(db.reader()).await
}

/// One site.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Database, id: i32) -> Result<Option<site::Model>, DbErr> {
    site::Entity::find_by_id(id).one(db.reader()).await
}
