//! What lets the tables be distributed by site.

use sea_orm::{ConnectionTrait, Statement};

use crate::support::{collector::Collector, collector::NOON};

/// Tables that belong to the installation and not to a site: small, and the same on every shard.
const OF_THE_INSTALLATION: [&str; 5] = ["account", "login_session", "salt", "seaql_migrations", "site"];

#[tokio::test]
#[ignore = "needs PostgreSQL: scripts/postgres.sh"]
async fn every_key_and_unique_index_of_a_sites_table_begins_with_the_site() {
    let collector = Collector::at(NOON).await;
    let reader = collector.db.db.reader();
    let keys = "SELECT t.relname AS name, coalesce(a.attname, 'none') AS first FROM pg_class t \
                LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique \
                LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0] \
                WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace";
    let rows = reader.query_all_raw(Statement::from_string(sea_orm::DbBackend::Postgres, keys)).await.unwrap();
    let keys: Vec<(String, String)> =
        rows.iter().map(|row| (row.try_get("", "name").unwrap(), row.try_get("", "first").unwrap())).collect();
    let of_a_site: Vec<_> = keys.iter().filter(|(table, _)| !OF_THE_INSTALLATION.contains(&table.as_str())).collect();
    assert!(of_a_site.len() >= 7, "{keys:?}");
    for (table, first) in of_a_site {
        assert_eq!(first, "site", "{table}");
    }
}
