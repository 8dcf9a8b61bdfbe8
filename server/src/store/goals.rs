//! Goals of a site.

use app::models::{
    goal::{Aim, Goal, MOST_GOALS},
    ids::{GoalId, SiteId},
    view::ViewName,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{
    database::Database,
    entities::goal::{ActiveModel, Column, Entity, Model},
    query_text,
};

/// What became of a goal that was to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It is there.
    Goal(GoalId),
    /// It is not: another has its name.
    NameTaken,
    /// It is not: the site has as many as it may have.
    Full,
}

/// The goals of a site, in order of their names, whatever their case.
///
/// # Errors
/// When the database fails.
pub async fn of_site(db: &impl ConnectionTrait, site: SiteId) -> Result<Vec<Goal>, DbErr> {
    let rows = Entity::find().filter(Column::Site.eq(site.0)).all(db).await?;
    let mut goals: Vec<Goal> = rows.into_iter().filter_map(goal).collect();
    goals.sort_by_cached_key(|goal| (goal.name.to_lowercase(), goal.id));
    Ok(goals)
}

/// A goal; `None` when the site has none of this id.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &impl ConnectionTrait, site: SiteId, id: GoalId) -> Result<Option<Goal>, DbErr> {
    let row = Entity::find_by_id((site.0, id.0)).one(db).await?;
    Ok(row.and_then(goal))
}

/// Makes a goal. Looked up within the writing transaction, so that of two requests with the same name one is told.
///
/// # Errors
/// When the database fails; then nothing is changed.
pub async fn make(db: &Database, site: SiteId, name: &ViewName, aim: &Aim, now_ms: i64) -> Result<Made, DbErr> {
    let tx = db.begin().await?;
    let goals = of_site(&*tx, site).await?;
    let name = name.as_str();
    if goals.iter().any(|goal| goal.name.to_lowercase() == name.to_lowercase()) {
        return Ok(Made::NameTaken);
    }
    if goals.len() >= MOST_GOALS {
        return Ok(Made::Full);
    }
    let id = Uuid::new_v4();
    let row = ActiveModel {
        site: Set(site.0),
        id: Set(id),
        name: Set(name.to_owned()),
        aim: Set(aim.text(site)),
        created_at: Set(now_ms),
    };
    Entity::insert(row).exec_without_returning(&*tx).await?;
    tx.commit().await?;
    Ok(Made::Goal(GoalId(id)))
}

/// Deletes a goal; one that is gone already is no error.
///
/// # Errors
/// When the database fails; then nothing is changed.
pub async fn delete(db: &Database, site: SiteId, id: GoalId) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    Entity::delete_many().filter(Column::Site.eq(site.0)).filter(Column::Id.eq(id.0)).exec(&*tx).await?;
    tx.commit().await
}

/// A row as the goal that it is; one whose aim is not understood any more is none.
fn goal(row: Model) -> Option<Goal> {
    let aim = Aim::of_query(query_text::read(SiteId(row.site), &row.aim))?;
    Some(Goal { id: GoalId(row.id), name: row.name, aim })
}
