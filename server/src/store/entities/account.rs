//! Somebody who may sign in.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// Its name, unique.
    pub name: String,
    /// argon2id, PHC string format.
    pub password_hash: String,
    /// When it was made.
    pub created_at: i64,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
