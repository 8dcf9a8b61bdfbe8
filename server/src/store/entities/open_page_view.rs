//! Which session a page view belongs to.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "open_page_view")]
pub struct Model {
    /// The site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// The page view.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its session.
    pub session: Uuid,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
