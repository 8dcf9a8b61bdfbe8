//! Which of the views that every site has from its start were deleted.

use sea_orm_migration::prelude::*;

use crate::columns::{Dialect, int, text};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261127_000013_dismissed_view"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Dialect::of(manager)
            .keyed_table("dismissed_view")
            .col(int("site"))
            // The text form of `StartingView`.
            .col(text("view"))
            .primary_key(Index::create().col("site").col("view"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("dismissed_view").to_owned()).await
    }
}
