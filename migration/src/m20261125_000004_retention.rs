//! How long the sessions of a site are kept.

use sea_orm_migration::prelude::*;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261125_000004_retention"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One after the other: SQLite adds one column at a time.
        for (name, days) in [("retention_days", 180), ("bot_retention_days", 7)] {
            let column = ColumnDef::new(name).integer().not_null().default(days).to_owned();
            manager.alter_table(Table::alter().table("site").add_column(column).to_owned()).await?;
        }
        // Machines go sooner than people, and are few among them.
        let machines = Index::create()
            .name("session_bot")
            .table("session")
            .col("site")
            .col("id")
            .and_where(Expr::col("bot").is_not_null())
            .to_owned();
        manager.create_index(machines).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("session_bot").table("session").to_owned()).await?;
        for name in ["retention_days", "bot_retention_days"] {
            manager.alter_table(Table::alter().table("site").drop_column(name).to_owned()).await?;
        }
        Ok(())
    }
}
