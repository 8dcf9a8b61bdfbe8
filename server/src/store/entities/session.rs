//! A session with everything that the list filters and sorts by.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// The site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: i32,
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Start of the earliest page view.
    pub started_at: i64,
    /// Last sign of life by the server's clock.
    pub received_at: i64,
    /// Last change by the server's clock.
    pub changed_at: i64,
    /// When it was closed.
    pub ended_at: Option<i64>,
    /// All its pages were reported hidden or left.
    pub away: bool,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Text form of `Device`.
    pub device: String,
    /// Operating system family.
    pub os: Option<String>,
    /// Browser family.
    pub browser: Option<String>,
    /// Why it is taken for a machine.
    pub bot: Option<String>,
    /// Path of the earliest page view.
    pub entry: String,
    /// Path of the page view with the latest activity.
    pub last_page: String,
    /// Page views.
    pub pages: i32,
    /// Distinct paths.
    pub distinct_pages: i32,
    /// Events.
    pub events: i32,
    /// Clicks.
    pub clicks: i32,
    /// Events that make it more than a bounce.
    pub engagements: i32,
    /// Start to last active moment or event.
    pub duration_ms: i64,
    /// Visible time.
    pub visible_ms: Option<i64>,
    /// Active time.
    pub active_ms: Option<i64>,
    /// Page views without a time.
    pub unmeasured_pages: i32,
    /// Perhaps several people.
    pub overlapping: bool,
    /// Text form of `Channel`.
    pub channel: String,
    /// Name of the source.
    pub source: String,
    /// Host that linked to the first page.
    pub referrer: Option<String>,
    /// Campaign of the first page.
    pub campaign_source: Option<String>,
    /// Campaign of the first page.
    pub campaign_medium: Option<String>,
    /// Campaign of the first page.
    pub campaign_name: Option<String>,
    /// Campaign of the first page.
    pub campaign_term: Option<String>,
    /// Campaign of the first page.
    pub campaign_content: Option<String>,
    /// Text form of its signs, but for those that other columns say.
    pub signs: Option<String>,
    /// Whether `bot` is what the owner says: collection leaves it as it is.
    pub verdict_by_hand: bool,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
