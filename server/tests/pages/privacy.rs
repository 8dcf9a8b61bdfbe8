//! What visitors are told.

use std::collections::BTreeSet;

use app::models::stored::{OF_OWNERS, OF_VISITORS};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use server::store::sites::{self, Settings};

use crate::support::{db::TestDb, test_app::TestApp};

/// Every column of the schema, as table and name.
async fn columns(db: &TestDb) -> BTreeSet<(String, String)> {
    let reader = db.db.reader();
    let text = match reader.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT t.name AS \"of\", c.name AS \"name\" FROM sqlite_schema t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT table_name AS \"of\", column_name AS \"name\" FROM information_schema.columns \
             WHERE table_schema = 'public'"
        }
    };
    let rows = reader.query_all_raw(Statement::from_string(reader.get_database_backend(), text)).await.unwrap();
    rows.iter().map(|row| (row.try_get("", "of").unwrap(), row.try_get("", "name").unwrap())).collect()
}

#[tokio::test]
async fn every_column_that_holds_something_of_visitors_is_explained() {
    let mut stored = columns(&TestDb::fresh().await).await;
    stored.retain(|(table, _)| !OF_OWNERS.contains(&table.as_str()));
    let explained: BTreeSet<(String, String)> = OF_VISITORS
        .iter()
        .flat_map(|table| table.fields.iter().map(|field| (table.name.to_owned(), field.name.to_owned())))
        .collect();
    assert_eq!(stored, explained);
}

#[tokio::test]
async fn the_page_is_open_to_everybody_and_names_every_field() {
    let app = TestApp::new().await;
    app.owner().await;
    let answer = app.browser().get("/privacy").await;
    assert_eq!(answer.status, 200);
    for table in OF_VISITORS {
        assert!(answer.body.contains(table.title), "{}", table.title);
        assert!(table.fields.iter().all(|field| answer.body.contains(field.meaning)), "{}", table.name);
    }
    for part in ["access_log off", "pulse.optOut()", "Each site decides for how long"] {
        assert!(answer.body.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_visitor_reads_what_the_site_has_decided() {
    let app = TestApp::behind_tls().await;
    let settings = Settings {
        name: Some("a secret project".into()),
        hosts: Some(vec!["shop.example".into(), "pulse.example".into()]),
        retention_days: Some(30),
        idle_minutes: Some(45),
        ..Settings::default()
    };
    sites::set(&app.db.db, 1, settings).await.unwrap();
    let page = app.browser().get("/privacy?site=1").await.body;
    for part in ["keeps sessions for 30 days", "machines for 7 days", "after 45 minutes", "Do not record my visits"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("secret project"), "the site's name is not told");
    assert!(!page.contains(".wasm"), "visitors load no application");
    let unknown = app.browser().get("/privacy?site=99").await;
    assert!(unknown.status == 200 && unknown.body.contains("Each site decides"), "{}", unknown.body);
}

#[tokio::test]
async fn a_browser_that_asks_not_to_be_recorded_is_told_that_it_is_not() {
    let app = TestApp::new().await;
    let request = axum::http::Request::get("/privacy").header("sec-gpc", "1");
    let page = app.browser().send(request, axum::body::Body::empty()).await.body;
    assert!(page.contains("Your browser asks not to be recorded"), "{page}");
}
