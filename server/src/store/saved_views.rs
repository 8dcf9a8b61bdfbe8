//! Selections of sessions under a name: those that somebody saved, and those that every site has from its start. Of these
//! only what was dismissed is stored.

use app::models::{
    ids::{SiteId, ViewId},
    starting_view::StartingView,
    view::{MOST_VIEWS, ViewName},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, OnConflict},
};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{
    database::Database,
    entities::{
        dismissed_view,
        saved_view::{ActiveModel, Column, Entity, Model},
    },
};

/// What became of a view that was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is kept; one of the same name was replaced.
    Kept,
    /// It is not: the site has as many as it may have.
    Full,
}

/// The views that somebody saved, in order of their names, whatever their case.
///
/// # Errors
/// When the database fails.
pub async fn of_site(db: &Database, site: SiteId) -> Result<Vec<Model>, DbErr> {
    let mut views = all(db.reader(), site).await?;
    // Here and not by the database: each orders texts its own way.
    views.sort_by_cached_key(|view| (view.name.to_lowercase(), view.id));
    Ok(views)
}

/// The views of the start that a site still has. One whose name was taken by a saved view before there were any is not
/// shown beside it.
///
/// # Errors
/// When the database fails.
pub async fn starting(db: &Database, site: SiteId, saved: &[Model]) -> Result<Vec<StartingView>, DbErr> {
    use dismissed_view::{Column, Entity};
    let rows = Entity::find().filter(Column::Site.eq(site.0)).all(db.reader()).await?;
    let is_dismissed = |view: StartingView| rows.iter().any(|row| row.view == view.as_ref());
    let is_taken = |view: StartingView| saved.iter().any(|row| StartingView::named(&row.name) == Some(view));
    Ok(StartingView::iter().filter(|&view| !is_dismissed(view) && !is_taken(view)).collect())
}

/// Saves a query under a name. Looked up within the writing transaction, so that of two requests with the same name the
/// later one replaces what the earlier one saved. A view of the start of that name is replaced for good.
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
    if let Some(view) = StartingView::named(name) {
        dismiss(&*tx, site, view).await?;
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
    match StartingView::of(id) {
        Some(view) => dismiss(&*tx, site, view).await?,
        None => {
            Entity::delete_many().filter(Column::Site.eq(site.0)).filter(Column::Id.eq(id.0)).exec(&*tx).await?;
        }
    }
    tx.commit().await
}

/// Notes that a site has a view of the start no longer, however often.
async fn dismiss(tx: &impl ConnectionTrait, site: SiteId, view: StartingView) -> Result<(), DbErr> {
    use dismissed_view::{ActiveModel, Column, Entity};
    let row = ActiveModel { site: Set(site.0), view: Set(view.as_ref().to_owned()) };
    let once = OnConflict::columns([Column::Site, Column::View]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    Ok(())
}

async fn all(db: &impl ConnectionTrait, site: SiteId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Site.eq(site.0)).all(db).await
}
