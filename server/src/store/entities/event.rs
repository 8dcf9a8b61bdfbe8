//! Anything else that happened on a page.

use sea_orm::{
    Condition,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::page_view;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// The site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// The session.
    #[sea_orm(primary_key, auto_increment = false)]
    pub session: Uuid,
    /// Its id, made in the browser.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The page view that it happened on.
    pub page_view: Uuid,
    /// Since its page view began.
    pub offset_ms: i64,
    /// Text form of `EventKind`.
    pub kind: String,
    /// Name, scrubbed.
    pub name: Option<String>,
    /// Where a link leads, scrubbed.
    pub target: Option<String>,
    /// `Props` as JSON.
    pub props: Option<String>,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What joins an event to its page view, which alone knows when it began.
pub fn its_page_view() -> Condition {
    let same = |of_page_view, of_event| Expr::col((page_view::Entity, of_page_view)).equals((Entity, of_event));
    Condition::all()
        .add(same(page_view::Column::Site, Column::Site))
        .add(same(page_view::Column::Session, Column::Session))
        .add(same(page_view::Column::Id, Column::PageView))
}
