//! A selection of sessions that somebody keeps under a name.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_view")]
pub struct Model {
    /// The site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// Its id, random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name; no two of a site are the same but for their case.
    pub name: String,
    /// The query, as it stands behind the path in the list's address.
    pub query: String,
    /// When it was first saved.
    pub created_at: i64,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
