//! A goal of a site.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "goal")]
pub struct Model {
    /// The site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// Its id, random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name; no two of a site are the same but for their case.
    pub name: String,
    /// What reaches it: one condition as it stands in the list's address.
    pub aim: String,
    /// When it was made.
    pub created_at: i64,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
