//! When the sessions of a site are over, and which referrers it knows better than the lists.

use sea_orm_migration::prelude::*;

use crate::columns::{int, text};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261125_000005_site_rules"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            int("idle_minutes").default(30).to_owned(),
            int("longest_hours").default(24).to_owned(),
            // Hosts, one a line: those that visitors only come back from, and those that are spam.
            text("passed_referrers").default("").to_owned(),
            text("spam_referrers").default("").to_owned(),
        ];
        // One after the other: SQLite adds one column at a time.
        for column in columns {
            manager.alter_table(Table::alter().table("site").add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["spam_referrers", "passed_referrers", "longest_hours", "idle_minutes"] {
            manager.alter_table(Table::alter().table("site").drop_column(name).to_owned()).await?;
        }
        Ok(())
    }
}
