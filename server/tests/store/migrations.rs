//! The schema is brought up to date wholly or not at all, and as often as one likes.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use server::store::{database::Database, sites};

use crate::support::db::nothing_yet;

async fn connect(url: &str) -> DatabaseConnection {
    sea_orm::Database::connect(url).await.unwrap()
}

async fn brought_up_to_date(url: &str) {
    let db = Database::open(url).await.unwrap();
    assert_eq!(sites::all(&db).await.unwrap().len(), 1, "the first site is made once");
    db.close().await.unwrap();
}

/// Every table and index, as the database describes them.
async fn schema(url: &str) -> Vec<String> {
    let connection = connect(url).await;
    let backend = connection.get_database_backend();
    let text = match backend {
        DbBackend::Sqlite => {
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS part FROM sqlite_master ORDER BY type, name"
        }
        _ => {
            "SELECT concat_ws(' ', table_name, column_name, ordinal_position, data_type, is_nullable, column_default) \
             AS part FROM information_schema.columns WHERE table_schema = 'public' \
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
        }
    };
    let rows = connection.query_all_raw(Statement::from_string(backend, text)).await.unwrap();
    connection.close().await.unwrap();
    rows.iter().map(|row| row.try_get("", "part").unwrap()).collect()
}

/// Has the database refuse to note a step as done, which is the last statement of the step.
async fn refuse(connection: &DatabaseConnection, step: &str) {
    let rule = match connection.get_database_backend() {
        DbBackend::Sqlite => format!(
            "CREATE TRIGGER cut_off BEFORE INSERT ON seaql_migrations WHEN NEW.version = '{step}' \
             BEGIN SELECT RAISE(ABORT, 'cut off'); END"
        ),
        _ => format!("ALTER TABLE seaql_migrations ADD CONSTRAINT cut_off CHECK (version <> '{step}')"),
    };
    connection.execute_unprepared(&rule).await.unwrap();
}

async fn allow(connection: &DatabaseConnection) {
    let rule = match connection.get_database_backend() {
        DbBackend::Sqlite => "DROP TRIGGER cut_off",
        _ => "ALTER TABLE seaql_migrations DROP CONSTRAINT cut_off",
    };
    connection.execute_unprepared(rule).await.unwrap();
}

#[tokio::test]
async fn a_step_that_was_cut_off_leaves_nothing_behind_and_the_next_start_goes_on_from_there() {
    let (url, _folder) = nothing_yet().await;
    brought_up_to_date(&url).await;
    let whole = schema(&url).await;

    let mut steps = 0;
    for (done, step) in (0..).zip(Migrator::get_migration_files()) {
        let (url, _folder) = nothing_yet().await;
        let connection = connect(&url).await;
        Migrator::install(&connection).await.unwrap();
        Migrator::up(&connection, Some(done)).await.unwrap();
        let before = schema(&url).await;

        refuse(&connection, step.name()).await;
        assert!(Database::open(&url).await.is_err(), "{} was cut off", step.name());
        allow(&connection).await;
        assert_eq!(schema(&url).await, before, "{} left something behind", step.name());

        connection.close().await.unwrap();
        brought_up_to_date(&url).await;
        assert_eq!(schema(&url).await, whole, "after {}", step.name());
        steps += 1;
    }
    assert!(steps >= 4, "every step was cut off");
}

#[tokio::test]
async fn twenty_databases_that_are_opened_again_and_again_have_one_schema() {
    let mut schemas = Vec::new();
    for _ in 0..20 {
        let (url, _folder) = nothing_yet().await;
        for _ in 0..3 {
            brought_up_to_date(&url).await;
        }
        schemas.push(schema(&url).await);
    }
    schemas.dedup();
    assert_eq!(schemas.len(), 1, "{schemas:#?}");
}
