//! Rules that count paths of one shape as one page.

use sea_orm_migration::prelude::*;

use crate::columns::{Dialect, int, ms, text};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261130_000012_path_rule"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Dialect::of(manager)
            .keyed_table("path_rule")
            .col(int("site"))
            // A rule is its pattern: `/product/:id`.
            .col(text("pattern"))
            .col(ms("created_at"))
            .primary_key(Index::create().col("site").col("pattern"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("path_rule").to_owned()).await
    }
}
