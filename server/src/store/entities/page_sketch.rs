//! How long a page was looked at in the sessions that began on a UTC day, without any of them.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "page_sketch")]
pub struct Model {
    /// Site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// Path.
    #[sea_orm(primary_key, auto_increment = false)]
    pub path: String,
    /// Days since the epoch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// How many page views it counts.
    pub views: i32,
    /// A sketch of their active times in milliseconds.
    pub active: Vec<u8>,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
