//! The codes that pages show their visitors.

use sea_orm_migration::prelude::*;

use crate::columns::{Dialect, int, ms, text};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261125_000003_session_reference"
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
            .keyed_table("session_reference")
            .col(int("site"))
            .col(text("code"))
            .col(dialect.uuid("session"))
            .col(ms("given_at"))
            .primary_key(Index::create().col("site").col("code"))
            .to_owned();
        manager.create_table(table).await?;
        // A session shows its codes, and takes them along when it is erased.
        let by_session = Index::create()
            .name("session_reference_session")
            .table("session_reference")
            .col("site")
            .col("session")
            .to_owned();
        manager.create_index(by_session).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("session_reference").to_owned()).await
    }
}
