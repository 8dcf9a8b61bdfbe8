//! Ids come back as they were stored, whatever their digits look like.

use std::collections::BTreeSet;

use app::models::ids::SessionId;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use server::store::database::Database;
use uuid::Uuid;

use crate::support::{
    builders::{a_page, a_session, store},
    collector::{CHROME, Collector, NOON},
    db::TestDb,
};

/// Ids that a database could take for numbers, by their hexadecimal digits or by their bytes; in order.
const LIKE_NUMBERS: [Uuid; 6] = [
    Uuid::from_u128(0x0000_0000_0000_0000_0000_0000_0000_1e10),
    Uuid::from_u128(0x1234_5678_9012_3456_7890_1234_5678_9012),
    Uuid::from_u128(0x1234_5678_9012_3456_7890_1234_5678_e999),
    Uuid::from_bytes(*b"0000000000001e10"),
    Uuid::from_bytes(*b"1234567890123456"),
    Uuid::from_bytes(*b"12345678901e9999"),
];

/// How many rows of a table have an id, and how they hold it, asked as one would in an SQL shell.
async fn held(db: &Database, table: &str, id: Uuid) -> Vec<String> {
    let (reader, digits) = (db.reader(), id.simple());
    let backend = reader.get_database_backend();
    let text = match backend {
        DbBackend::Sqlite => {
            format!("SELECT typeof(id) || ' ' || lower(hex(id)) AS held FROM {table} WHERE id = x'{digits}'")
        }
        _ => format!(
            "SELECT pg_typeof(id)::text || ' ' || replace(id::text, '-', '') AS held FROM {table} WHERE id = '{digits}'"
        ),
    };
    let rows = reader.query_all_raw(Statement::from_string(backend, text)).await.unwrap();
    let kind = if backend == DbBackend::Sqlite { "blob " } else { "uuid " };
    let held = rows.iter().map(|row| row.try_get::<String>("", "held").unwrap());
    held.map(|held| held.strip_prefix(kind).unwrap_or(&held).to_owned()).collect()
}

async fn assert_held(db: &Database, table: &str) {
    for id in LIKE_NUMBERS {
        assert_eq!(held(db, table, id).await, [id.simple().to_string()], "{table}");
    }
}

#[tokio::test]
async fn an_id_that_looks_like_a_number_is_stored_as_it_was_sent_and_known_again() {
    let collector = Collector::at(NOON).await;
    let page = |id: Uuid| json!({"view": id.to_string(), "url": "https://shop.example/", "age": 5});
    let click = |id: Uuid| {
        let mut message = page(id);
        message["event"] = "click".into();
        message["id"] = id.to_string().into();
        message["at"] = 1.into();
        message
    };
    let messages: Vec<Value> = LIKE_NUMBERS.iter().flat_map(|&id| [page(id), click(id)]).collect();
    let body = json!({"site": 1, "messages": messages}).to_string();
    for expected in ["stored", "duplicate"] {
        let answer = collector.post("203.0.113.9", CHROME, body.clone()).await;
        assert_eq!(answer.outcomes(), [expected; 2 * LIKE_NUMBERS.len()]);
    }

    let rows = collector.rows().await;
    assert_eq!((rows.session().pages, rows.session().clicks), (6, 6));
    assert_eq!(rows.page_views.iter().map(|view| view.id).collect::<Vec<_>>(), LIKE_NUMBERS);
    let events: Vec<_> = rows.events.iter().map(|event| (event.id, event.page_view)).collect();
    assert_eq!(events, LIKE_NUMBERS.map(|id| (id, id)));
    for table in ["page_view", "event", "open_page_view"] {
        assert_held(&collector.db.db, table).await;
    }
}

#[tokio::test]
async fn a_session_whose_id_looks_like_a_number_is_found_by_it() {
    let test = TestDb::fresh().await;
    let sessions = LIKE_NUMBERS.map(|id| a_session(NOON).id(SessionId(id)).page(a_page("/")).build());
    store(&test.db, sessions).await.unwrap();
    assert_held(&test.db, "session").await;
    let db = test.db.clone();
    let known = tokio::task::spawn_blocking(move || {
        let mut connection = db.ingest().unwrap();
        let found = connection.begin(&BTreeSet::from([1])).unwrap().sessions(1, &LIKE_NUMBERS).unwrap();
        found.into_iter().map(|session| session.id).collect::<BTreeSet<_>>()
    });
    assert_eq!(known.await.unwrap(), BTreeSet::from(LIKE_NUMBERS));
}
