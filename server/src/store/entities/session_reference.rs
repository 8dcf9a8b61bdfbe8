//! Which session a code that a page shows its visitor leads to.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session_reference")]
pub struct Model {
    /// The site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// The code, without its dash.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// The session.
    pub session: Uuid,
    /// When it was last given.
    pub given_at: i64,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
