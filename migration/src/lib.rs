//! The history of the schema, one file a change. A change that has landed is never edited: add another.
//!
//! Rules: each change runs in one transaction; every table's key begins with the site; ids and times make new rows
//! go to the end of their table; times are integers, milliseconds since the epoch, UTC.

pub use sea_orm_migration::prelude::{MigratorTrait, SchemaManager};
use sea_orm_migration::{MigrationTrait, async_trait::async_trait};

mod columns;
mod m20261124_000001_first_schema;
mod m20261125_000002_scroll_depth;
mod m20261125_000003_session_reference;
mod m20261125_000004_retention;
mod m20261125_000005_site_rules;
mod m20261125_000006_session_signs;
mod m20261125_000007_saved_view;
mod m20261126_000008_session_sketch;
mod m20261126_000009_page_sketch;
mod m20261126_000010_deleted_session;
mod m20261127_000011_goal;
mod m20261127_000013_dismissed_view;
mod m20261130_000012_path_rule;

/// All changes, in order.
pub struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_first_schema::Migration),
            Box::new(m20261125_000002_scroll_depth::Migration),
            Box::new(m20261125_000003_session_reference::Migration),
            Box::new(m20261125_000004_retention::Migration),
            Box::new(m20261125_000005_site_rules::Migration),
            Box::new(m20261125_000006_session_signs::Migration),
            Box::new(m20261125_000007_saved_view::Migration),
            Box::new(m20261126_000008_session_sketch::Migration),
            Box::new(m20261126_000009_page_sketch::Migration),
            Box::new(m20261126_000010_deleted_session::Migration),
            Box::new(m20261127_000011_goal::Migration),
            Box::new(m20261127_000013_dismissed_view::Migration),
            Box::new(m20261130_000012_path_rule::Migration),
        ]
    }
}
