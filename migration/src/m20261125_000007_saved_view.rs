//! Selections of sessions that somebody keeps under a name.

use sea_orm_migration::prelude::*;

use crate::columns::{Dialect, int, ms, text};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261125_000007_saved_view"
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
            .keyed_table("saved_view")
            .col(int("site"))
            .col(dialect.uuid("id"))
            .col(text("name"))
            // As it stands in the list's address, so that it can be read when queries can say more than today.
            .col(text("query"))
            .col(ms("created_at"))
            .primary_key(Index::create().col("site").col("id"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("saved_view").to_owned()).await
    }
}
