//! Sessions that are about to be deleted, and what owners say of them.

use sea_orm_migration::prelude::*;

use crate::columns::{Dialect, flag, int, ms};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261126_000010_deleted_session"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let dialect = Dialect::of(manager);
        // A row waits for some seconds, in which it can be taken back. There are never many: none is searched by time.
        let table = dialect
            .keyed_table("deleted_session")
            .col(int("site"))
            .col(dialect.uuid("session"))
            .col(ms("delete_at"))
            .primary_key(Index::create().col("site").col("session"))
            .to_owned();
        manager.create_table(table).await?;
        // Whether `bot` is what the owner says, which collection leaves as it is.
        let by_hand = flag("verdict_by_hand").default(false).to_owned();
        manager.alter_table(Table::alter().table("session").add_column(by_hand).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("session").drop_column("verdict_by_hand").to_owned()).await?;
        manager.drop_table(Table::drop().table("deleted_session").to_owned()).await
    }
}
