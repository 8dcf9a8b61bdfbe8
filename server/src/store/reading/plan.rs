//! How SQLite would run a query: tests hold fast beside each that a page costs the same however much is stored.

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
