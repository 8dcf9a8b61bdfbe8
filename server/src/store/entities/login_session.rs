//! A signed-in browser.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_session")]
pub struct Model {
    /// The cookie's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// What the session holds, JSON.
    pub data: String,
    /// When it ends.
    pub expires_at: i64,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
