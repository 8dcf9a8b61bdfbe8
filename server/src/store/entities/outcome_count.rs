//! How many messages had which outcome in an hour.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outcome_count")]
pub struct Model {
    /// The site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// Hours since the epoch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hour: i32,
    /// Text form of the outcome.
    #[sea_orm(primary_key, auto_increment = false)]
    pub outcome: String,
    /// How many.
    pub count: i64,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
