//! The random salt of a UTC day.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "salt")]
pub struct Model {
    /// Days since the epoch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// 32 random bytes.
    pub salt: Vec<u8>,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
