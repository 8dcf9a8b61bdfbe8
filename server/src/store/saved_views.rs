//! Selections of sessions that somebody keeps under a name.

use app::models::{
    ids::{SiteId, ViewId},
    view::{MOST_VIEWS, ViewName},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set, sea_query::Expr};
use uuid::Uuid;

use super::{
    database::Database,
    entities::saved_view::{ActiveModel, Column, Entity, Model},
};

/// What became of a view that was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is kept; one of the same name was replaced.
    Kept,
    /// It is not: the site has as many as it may have.
    Full,
}

/// The views of a site, in order of their names, whatever their case.
///
/// # Errors
/// When the database fails.
pub async fn of_site(db: &Database, site: SiteId) -> Result<Vec<Model>, DbErr> {
    let mut views = all(db.reader(), site).await?;
    // Here and not by the database: each orders texts its own way.
    views.sort_by_cached_key(|view| (view.name.to_lowercase(), view.id));
    Ok(views)
}

/// Saves a query under a name. Looked up within the writing transaction, so that of two requests with the same name the
/// later one replaces what the earlier one saved.
///
/// # Errors
/// When the database fails; then nothing is changed.
pub async fn save(db: &Database, site: SiteId, name: &ViewName, query: String, now_ms: i64) -> Result<Saved, DbErr> {
    let tx = db.begin().await?;
    let views = all(&*tx, site).await?;
    let name = name.as_str();
    if let Some(same) = views.iter().find(|view| view.name.to_lowercase() == name.to_lowercase()) {
        Entity::update_many()
            .col_expr(Column::Name, Expr::value(name.to_owned()))
            .col_expr(Column::Query, Expr::value(query))
            .filter(Column::Site.eq(site.0))
            .filter(Column::Id.eq(same.id))
            .exec(&*tx)
            .await?;
    } else if views.len() < MOST_VIEWS {
        let row = ActiveModel {
            site: Set(site.0),
            id: Set(Uuid::new_v4()),
            name: Set(name.to_owned()),
            query: Set(query),
            created_at: Set(now_ms),
        };
        Entity::insert(row).exec_without_returning(&*tx).await?;
    } else {
        // Dropped, it changes nothing.
        return Ok(Saved::Full);
    }
    tx.commit().await?;
    Ok(Saved::Kept)
}

/// Deletes a view; one that is gone already is no error.
///
/// # Errors
/// When the database fails; then nothing is changed.
pub async fn delete(db: &Database, site: SiteId, id: ViewId) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    Entity::delete_many().filter(Column::Site.eq(site.0)).filter(Column::Id.eq(id.0)).exec(&*tx).await?;
    tx.commit().await
}

async fn all(db: &impl ConnectionTrait, site: SiteId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Site.eq(site.0)).all(db).await
}
