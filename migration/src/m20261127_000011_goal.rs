//! Goals of a site.

use sea_orm_migration::prelude::*;

use crate::columns::{Dialect, int, ms, text};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261127_000011_goal"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let dialect = Dialect::of(manager);
        let table = dialect
            .keyed_table("goal")
            .col(int("site"))
            .col(dialect.uuid("id"))
            .col(text("name"))
            // One condition as it stands in the list's address, so that it can be read when goals can say more than today.
            .col(text("aim"))
            .col(ms("created_at"))
            .primary_key(Index::create().col("site").col("id"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("goal").to_owned()).await
    }
}
