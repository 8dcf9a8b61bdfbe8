//! Sites and accounts, sessions with their page views and events, and what is kept only while a session is open.

use sea_orm_migration::prelude::*;

use crate::columns::{Dialect, bytes, flag, int, ms, ms_or_unknown, text, text_or_unknown};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_000001_first_schema"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Without this a change that fails halfway leaves half a schema behind on SQLite.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let dialect = Dialect::of(manager);
        for table in [site(), account(), login_session(&dialect), salt()] {
            manager.create_table(table).await?;
        }
        for table in [session(&dialect), page_view(&dialect), event(&dialect)] {
            manager.create_table(table).await?;
        }
        for table in [open_session(&dialect), open_page_view(&dialect), outcome_count(&dialect)] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        manager.exec_stmt(first_site()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "outcome_count",
            "open_page_view",
            "open_session",
            "event",
            "page_view",
            "session",
            "salt",
            "login_session",
            "account",
            "site",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn site() -> TableCreateStatement {
    Table::create()
        .table("site")
        .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
        .col(text("name"))
        .col(text("time_zone"))
        // The hosts that may send, one a line; empty means any.
        .col(text("hosts"))
        .col(ms("created_at"))
        .to_owned()
}

/// One site exists from the start; its hosts are learned from nobody, so it takes any until its owner names them.
fn first_site() -> InsertStatement {
    Query::insert()
        .into_table("site")
        .columns(["name", "time_zone", "hosts", "created_at"])
        .values_panic(["My site".into(), "UTC".into(), "".into(), 0i64.into()])
        .to_owned()
}

fn account() -> TableCreateStatement {
    Table::create()
        .table("account")
        .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
        .col(text("name").unique_key())
        .col(text("password_hash"))
        .col(ms("created_at"))
        .to_owned()
}

fn login_session(dialect: &Dialect) -> TableCreateStatement {
    dialect
        .keyed_table("login_session")
        .col(text("id").primary_key())
        .col(text("data"))
        .col(ms("expires_at"))
        .to_owned()
}

/// The random salt of each UTC day, in days since the epoch.
fn salt() -> TableCreateStatement {
    Table::create()
        .table("salt")
        .col(ColumnDef::new("day").integer().not_null().primary_key())
        .col(bytes("salt"))
        .to_owned()
}

fn session(dialect: &Dialect) -> TableCreateStatement {
    dialect
        .keyed_table("session")
        .col(int("site"))
        .col(dialect.uuid("id"))
        .col(ms("started_at"))
        // The last sign of life, by the server's clock: decides whether the session goes on.
        .col(ms("received_at"))
        .col(ms("changed_at"))
        .col(ms_or_unknown("ended_at"))
        // All its pages were reported hidden or left.
        .col(flag("away"))
        .col(text_or_unknown("country"))
        .col(text("device"))
        .col(text_or_unknown("os"))
        .col(text_or_unknown("browser"))
        .col(text_or_unknown("bot"))
        .col(text("entry"))
        .col(text("last_page"))
        .col(int("pages"))
        .col(int("distinct_pages"))
        .col(int("events"))
        .col(int("clicks"))
        // Events that make a session more than a bounce.
        .col(int("engagements"))
        .col(ms("duration_ms"))
        .col(ms_or_unknown("visible_ms"))
        .col(ms_or_unknown("active_ms"))
        .col(int("unmeasured_pages"))
        .col(flag("overlapping"))
        .col(text("channel"))
        .col(text("source"))
        .col(text_or_unknown("referrer"))
        .col(text_or_unknown("campaign_source"))
        .col(text_or_unknown("campaign_medium"))
        .col(text_or_unknown("campaign_name"))
        .col(text_or_unknown("campaign_term"))
        .col(text_or_unknown("campaign_content"))
        .primary_key(Index::create().col("site").col("id"))
        .to_owned()
}

fn page_view(dialect: &Dialect) -> TableCreateStatement {
    dialect
        .keyed_table("page_view")
        .col(int("site"))
        .col(dialect.uuid("session"))
        .col(dialect.uuid("id"))
        .col(ms("started_at"))
        .col(text("host"))
        .col(text("path"))
        .col(text_or_unknown("query"))
        .col(text_or_unknown("title"))
        .col(flag("resumed"))
        .col(text("channel"))
        .col(text("source"))
        .col(text_or_unknown("referrer"))
        .col(text_or_unknown("campaign"))
        .col(ms_or_unknown("open_ms"))
        .col(ms_or_unknown("visible_ms"))
        .col(ms_or_unknown("active_ms"))
        .col(text_or_unknown("spans"))
        .col(text("state"))
        .primary_key(Index::create().col("site").col("session").col("id"))
        .to_owned()
}

fn event(dialect: &Dialect) -> TableCreateStatement {
    dialect
        .keyed_table("event")
        .col(int("site"))
        .col(dialect.uuid("session"))
        .col(dialect.uuid("id"))
        .col(dialect.uuid("page_view"))
        // Since its page view began: a page view whose beginning becomes known better takes its events along.
        .col(ms("offset_ms"))
        .col(text("kind"))
        .col(text_or_unknown("name"))
        .col(text_or_unknown("target"))
        .col(text_or_unknown("props"))
        .primary_key(Index::create().col("site").col("session").col("id"))
        .to_owned()
}

/// Which session a visitor's key leads to, only while that session is open.
fn open_session(dialect: &Dialect) -> TableCreateStatement {
    dialect
        .keyed_table("open_session")
        .col(int("site"))
        .col(bytes("key"))
        .col(dialect.uuid("session"))
        // When to look whether the session is over.
        .col(ms("check_at"))
        .primary_key(Index::create().col("site").col("key"))
        .to_owned()
}

/// Which session a page view belongs to; kept until a day after that session.
fn open_page_view(dialect: &Dialect) -> TableCreateStatement {
    dialect
        .keyed_table("open_page_view")
        .col(int("site"))
        .col(dialect.uuid("id"))
        .col(dialect.uuid("session"))
        .primary_key(Index::create().col("site").col("id"))
        .to_owned()
}

/// How many messages had which outcome, by site and hour since the epoch.
fn outcome_count(dialect: &Dialect) -> TableCreateStatement {
    dialect
        .keyed_table("outcome_count")
        .col(int("site"))
        .col(int("hour"))
        .col(text("outcome"))
        .col(ColumnDef::new("count").big_integer().not_null())
        .primary_key(Index::create().col("site").col("hour").col("outcome"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        // The live stream resumes with "what changed since".
        Index::create().name("session_changed").table("session").col("site").col("changed_at").to_owned(),
        Index::create().name("open_session_check").table("open_session").col("check_at").to_owned(),
        Index::create().name("login_session_expires").table("login_session").col("expires_at").to_owned(),
    ]
}
