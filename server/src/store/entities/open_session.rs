//! Which session a visitor's key leads to, only while that session is open.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "open_session")]
pub struct Model {
    /// The site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// The visitor's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: Vec<u8>,
    /// The open session.
    pub session: Uuid,
    /// When to look whether it is over.
    pub check_at: i64,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
