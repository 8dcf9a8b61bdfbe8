//! How long the pages of a site were looked at, by path and day.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};

use super::entities::page_sketch::{Column, Entity, Model};

/// Rows of a statement at the most: their values stay far below what a statement may bind.
const ROWS: usize = 64;

/// Puts what is known of a day in the place of what was. Rows that are the same are left alone: most are, as a day is
/// worked out again and again while its sessions close.
///
/// # Errors
/// When the database fails.
pub(crate) async fn replace(db: &impl ConnectionTrait, site: i32, day: i32, rows: Vec<Model>) -> Result<(), DbErr> {
    let known = Entity::find().filter(Column::Site.eq(site)).filter(Column::Day.eq(day)).all(db).await?;
    let mut known: HashMap<String, Model> = known.into_iter().map(|row| (row.path.clone(), row)).collect();
    let changed: Vec<Model> = rows.into_iter().filter(|row| known.remove(&row.path).as_ref() != Some(row)).collect();
    for rows in changed.chunks(ROWS) {
        let key = [Column::Site, Column::Path, Column::Day];
        let in_its_place = OnConflict::columns(key).update_columns([Column::Views, Column::Active]).to_owned();
        Entity::insert_many(rows.iter().cloned().map(IntoActiveModel::into_active_model))
            .on_conflict(in_its_place)
            .exec_without_returning(db)
            .await?;
    }
    let gone: Vec<String> = known.into_keys().collect();
    for paths in gone.chunks(ROWS) {
        let of_day = Entity::delete_many().filter(Column::Site.eq(site)).filter(Column::Day.eq(day));
        of_day.filter(Column::Path.is_in(paths.iter().map(String::as_str))).exec(db).await?;
    }
    Ok(())
}

/// Forgets all days of a site before this one.
///
/// # Errors
/// When the database fails.
pub(crate) async fn forget_before(db: &impl ConnectionTrait, site: i32, day: i32) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Site.eq(site)).filter(Column::Day.lt(day)).exec(db).await?;
    Ok(())
}
