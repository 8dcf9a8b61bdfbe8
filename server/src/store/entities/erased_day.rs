//! How often sessions that began on a UTC day were erased or judged by hand.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erased_day")]
pub struct Model {
    /// Site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// Days since the epoch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// How often.
    pub times: i32,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
