//! How SQLite would run a query: tests prove by it that a page costs the same however much is stored.

use sea_orm::{ConnectionTrait, DbBackend, Statement, StatementBuilder};

use crate::store::database::Database;

/// The lines of `EXPLAIN QUERY PLAN` on an empty database.
pub(crate) async fn plan(query: &impl StatementBuilder) -> Vec<String> {
    let data = tempfile::tempdir().unwrap();
    let db = Database::open(&Database::embedded_url(data.path())).await.unwrap();
    let Statement { sql, values, db_backend } = query.build(&DbBackend::Sqlite);
    let explain = Statement { sql: format!("EXPLAIN QUERY PLAN {sql}"), values, db_backend };
    let rows = db.reader().query_all_raw(explain).await.unwrap();
    let lines = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
    db.close().await.unwrap();
    lines
}

/// Whether every table is searched by its primary key, and none is read through.
pub(crate) fn reads_by_key_alone(plan: &[String], tables: &[&str]) -> bool {
    tables.iter().all(|table| {
        plan.iter().any(|line| line.starts_with(&format!("SEARCH {table} USING PRIMARY KEY (site=?")))
            && !plan.iter().any(|line| line.starts_with(&format!("SCAN {table}")))
    })
}
