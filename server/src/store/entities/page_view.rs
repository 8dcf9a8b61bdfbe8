//! One look at one page.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "page_view")]
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
    /// When it began.
    pub started_at: i64,
    /// Host.
    pub host: String,
    /// Path, scrubbed.
    pub path: String,
    /// Allow-listed part of the query.
    pub query: Option<String>,
    /// Title, scrubbed.
    pub title: Option<String>,
    /// Began in a tab that woke after the limit.
    pub resumed: bool,
    /// Text form of `Channel`.
    pub channel: String,
    /// Name of the source.
    pub source: String,
    /// Host that linked here.
    pub referrer: Option<String>,
    /// `Campaign` as JSON.
    pub campaign: Option<String>,
    /// Open time.
    pub open_ms: Option<i64>,
    /// Visible time.
    pub visible_ms: Option<i64>,
    /// Active time.
    pub active_ms: Option<i64>,
    /// `Spans` as JSON.
    pub spans: Option<String>,
    /// Text form of `PageState`.
    pub state: String,
    /// How far down it was seen, in percent of its height.
    pub scroll: Option<i32>,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
