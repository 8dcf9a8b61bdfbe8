//! What makes sessions worth a look, and which days sessions were erased from.

use sea_orm_migration::prelude::*;

use crate::columns::{Dialect, int, text_or_unknown};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261125_000006_session_signs"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `rage_click:2,error:1`; unknown of sessions from before this change.
        manager.alter_table(Table::alter().table("session").add_column(text_or_unknown("signs")).to_owned()).await?;
        // How often sessions of a UTC day were erased: whoever holds a day in memory sees that it is another.
        let erased_day = Dialect::of(manager)
            .keyed_table("erased_day")
            .col(int("site"))
            .col(int("day"))
            .col(int("times"))
            .primary_key(Index::create().col("site").col("day"))
            .to_owned();
        manager.create_table(erased_day).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("erased_day").to_owned()).await?;
        manager.alter_table(Table::alter().table("session").drop_column("signs").to_owned()).await
    }
}
