//! The texts of the ingest transaction's statements, made from the entities. Rows go in as one array a column: the text
//! stays the same however many they are, so that it is prepared once.

use std::sync::Arc;

use sea_orm::{
    ColumnTrait, ColumnType, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn,
    sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr},
};

use crate::store::{
    database::IfKnown,
    entities::{event, open_page_view, open_session, page_view, session, session_reference},
};

/// A text that is made once.
#[derive(Clone)]
pub(super) struct Text(Arc<str>);

impl Text {
    /// As the driver takes it. No value is ever a part of it.
    pub(super) fn sql(&self) -> SqlStr {
        AssertSqlSafe(self.0.clone()).into_sql_str()
    }
}

/// The texts that name every column of a table.
pub(super) struct Texts {
    pub(super) known_views: Text,
    pub(super) find_keys: Text,
    pub(super) sessions: Text,
    pub(super) page_views: Text,
    pub(super) add_keys: Text,
    pub(super) put_sessions: Text,
    pub(super) put_page_views: Text,
    pub(super) put_events: Text,
    pub(super) put_open_page_views: Text,
    pub(super) put_open_sessions: Text,
    pub(super) put_references: Text,
}

impl Texts {
    /// Makes them.
    pub(super) fn new() -> Self {
        let new_keys = insert::<open_session::Entity>(IfKnown::Keep);
        Self {
            known_views: Text(select::<open_page_view::Entity>(open_page_view::Column::Id).into()),
            find_keys: Text(select::<open_session::Entity>(open_session::Column::Key).into()),
            sessions: Text(select::<session::Entity>(session::Column::Id).into()),
            page_views: Text(select::<page_view::Entity>(page_view::Column::Session).into()),
            add_keys: Text(format!("{new_keys} RETURNING {}", columns::<open_session::Entity>()).into()),
            put_sessions: Text(insert::<session::Entity>(IfKnown::Replace).into()),
            put_page_views: Text(insert::<page_view::Entity>(IfKnown::Replace).into()),
            put_events: Text(insert::<event::Entity>(IfKnown::Keep).into()),
            put_open_page_views: Text(insert::<open_page_view::Entity>(IfKnown::Keep).into()),
            put_open_sessions: Text(insert::<open_session::Entity>(IfKnown::Replace).into()),
            put_references: Text(insert::<session_reference::Entity>(IfKnown::Replace).into()),
        }
    }
}

/// Each value is looked up by key, one after the other. With `= ANY($2)` the plan that is made while a table is nearly
/// empty, and kept, looks through all keys of the site; `OFFSET 0` keeps the planner from turning this into that.
fn select<E: EntityTrait>(by: E::Column) -> String {
    let (names, table) = (columns::<E>(), quoted(E::default().table_name()));
    let (by, of) = (quoted(by.as_str()), type_name(by.def().get_column_type()));
    format!(
        "SELECT found.* FROM unnest($2::{of}[]) AS wanted(value) CROSS JOIN LATERAL \
         (SELECT {names} FROM {table} WHERE \"site\" = $1 AND {by} = wanted.value OFFSET 0) AS found"
    )
}

fn insert<E: EntityTrait>(if_known: IfKnown) -> String {
    let (table, names) = (quoted(E::default().table_name()), columns::<E>());
    let arrays = list((1..).zip(E::Column::iter()).map(|(place, column)| {
        let of = type_name(column.def().get_column_type());
        format!("${place}::{of}[]")
    }));
    let is_key = |column: &E::Column| E::PrimaryKey::iter().any(|key| key.into_column().as_str() == column.as_str());
    let key = list(E::Column::iter().filter(is_key).map(|column| quoted(column.as_str())));
    let known = match if_known {
        IfKnown::Keep => "NOTHING".to_owned(),
        IfKnown::Replace => {
            let others = E::Column::iter().filter(|column| !is_key(column)).map(|column| quoted(column.as_str()));
            format!("UPDATE SET {}", list(others.map(|name| format!("{name} = excluded.{name}"))))
        }
    };
    format!("INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}) ON CONFLICT ({key}) DO {known}")
}

fn columns<E: EntityTrait>() -> String {
    list(E::Column::iter().map(|column| quoted(column.as_str())))
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn list(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn type_name(of: &ColumnType) -> &'static str {
    match of {
        ColumnType::Boolean => "boolean",
        ColumnType::Integer => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::Uuid => "uuid",
        ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => "bytea",
        // A new kind of column is added here and in `rows`; the tests of collection fail without.
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_in_as_one_array_a_column() {
        assert_eq!(
            insert::<open_session::Entity>(IfKnown::Replace),
            "INSERT INTO \"open_session\" (\"site\", \"key\", \"session\", \"check_at\") \
             SELECT * FROM unnest($1::integer[], $2::bytea[], $3::uuid[], $4::bigint[]) \
             ON CONFLICT (\"site\", \"key\") DO UPDATE SET \"session\" = excluded.\"session\", \
             \"check_at\" = excluded.\"check_at\""
        );
    }

    #[test]
    fn only_the_named_columns_are_read_so_that_a_newer_schema_does_no_harm() {
        assert_eq!(
            select::<open_page_view::Entity>(open_page_view::Column::Id),
            "SELECT found.* FROM unnest($2::uuid[]) AS wanted(value) CROSS JOIN LATERAL \
             (SELECT \"site\", \"id\", \"session\" FROM \"open_page_view\" \
             WHERE \"site\" = $1 AND \"id\" = wanted.value OFFSET 0) AS found"
        );
    }
}
