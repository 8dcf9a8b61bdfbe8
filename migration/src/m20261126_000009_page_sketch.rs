//! How long the pages of a site were looked at, by path and day.

use sea_orm_migration::prelude::*;

use crate::columns::{Dialect, bytes, int, text};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261126_000009_page_sketch"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The day comes last: who asks for a path asks for all its days, which lie together.
        let table = Dialect::of(manager)
            .keyed_table("page_sketch")
            .col(int("site"))
            .col(text("path"))
            .col(int("day"))
            .col(int("views"))
            .col(bytes("active"))
            .primary_key(Index::create().col("site").col("path").col("day"))
            .to_owned();
        manager.create_table(table).await?;
        // Days that are not known are looked at again, this time with their pages.
        manager.exec_stmt(Query::delete().from_table("session_sketch").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("page_sketch").to_owned()).await
    }
}
