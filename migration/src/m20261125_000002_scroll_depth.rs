//! How far down each page was seen.

use sea_orm_migration::prelude::*;

use crate::columns::int_or_unknown;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261125_000002_scroll_depth"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // In percent of the page's height; unknown of pages from before this change.
        manager.alter_table(Table::alter().table("page_view").add_column(int_or_unknown("scroll")).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("page_view").drop_column("scroll").to_owned()).await
    }
}
