//! What the sessions that began on a UTC day come to, without any of them.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session_sketch")]
pub struct Model {
    /// Site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// Days since the epoch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// How often sessions of this day had been erased when it was made.
    pub erased: i32,
    /// How many sessions it counts.
    pub sessions: i32,
    /// A sketch of their durations in milliseconds.
    pub durations: Vec<u8>,
    /// A sketch of their page views.
    pub pages: Vec<u8>,
    /// A sketch of their events.
    pub events: Vec<u8>,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
