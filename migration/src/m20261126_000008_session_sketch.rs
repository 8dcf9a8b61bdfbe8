//! What the sessions of a day come to, and above which figures a session of a site is outstanding.

use sea_orm_migration::prelude::*;

use crate::columns::{Dialect, bytes, int, ms_or_unknown};

pub(crate) struct Migration;

const LIMITS: [&str; 3] = ["outstanding_duration_ms", "outstanding_pages", "outstanding_events"];

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261126_000008_session_sketch"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Dialect::of(manager)
            .keyed_table("session_sketch")
            .col(int("site"))
            .col(int("day"))
            .col(int("erased"))
            .col(int("sessions"))
            .col(bytes("durations"))
            .col(bytes("pages"))
            .col(bytes("events"))
            .primary_key(Index::create().col("site").col("day"))
            .to_owned();
        manager.create_table(table).await?;
        // One after the other: SQLite adds one column at a time.
        for name in LIMITS {
            let column = ms_or_unknown(name);
            manager.alter_table(Table::alter().table("site").add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in LIMITS {
            manager.alter_table(Table::alter().table("site").drop_column(name).to_owned()).await?;
        }
        manager.drop_table(Table::drop().table("session_sketch").to_owned()).await
    }
}
