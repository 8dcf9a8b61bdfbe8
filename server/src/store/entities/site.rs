//! A web site that is recorded.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Hosts that may send, one a line; empty means any.
    pub hosts: String,
    /// For how many days its sessions are kept.
    pub retention_days: i32,
    /// For how many days sessions that are taken for machines are kept.
    pub bot_retention_days: i32,
    /// After how many minutes without a sign of life its sessions are over.
    pub idle_minutes: i32,
    /// How many hours its sessions can be at the most.
    pub longest_hours: i32,
    /// Hosts that visitors only come back from, one a line.
    pub passed_referrers: String,
    /// Hosts whose visits are spam, one a line; `!` before one that is not, whatever the list says.
    pub spam_referrers: String,
    /// Above which duration in milliseconds a session is outstanding, if that is known.
    pub outstanding_duration_ms: Option<i64>,
    /// Above how many page views.
    pub outstanding_pages: Option<i64>,
    /// Above how many events.
    pub outstanding_events: Option<i64>,
    /// When it was added.
    pub created_at: i64,
}

/// None are followed: rows are joined by key where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
