//! Entities in and out of prepared statements, where a statement is called thousands of times a second: the texts are
//! made by SeaORM's builder once, values and rows go straight to SQLite and back.

use rusqlite::{
    Connection, Row, ToSql,
    types::{FromSqlError, ToSqlOutput, Type, ValueRef},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ColumnType, DbBackend, EntityTrait, IdenStatic, Iterable, ModelTrait,
    PrimaryKeyToColumn, TryIntoModel, Value,
    sea_query::{OnConflict, Query},
};
use uuid::Uuid;

use crate::store::database::IfKnown;

/// The text that inserts a row of all columns, for [`put`].
pub(super) fn insert_text<E: EntityTrait>(if_known: IfKnown) -> String {
    let key: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
    let is_key = |column: &E::Column| key.iter().any(|part| part.as_str() == column.as_str());
    let on_conflict = match if_known {
        IfKnown::Keep => OnConflict::columns(key.iter().copied()).do_nothing().to_owned(),
        IfKnown::Replace => {
            let rest = E::Column::iter().filter(|column| !is_key(column));
            OnConflict::columns(key.iter().copied()).update_columns(rest).to_owned()
        }
    };
    let mut insert = Query::insert();
    insert.into_table(E::default()).columns(E::Column::iter()).on_conflict(on_conflict);
    insert.values_panic(E::Column::iter().map(|_| SOME.into()));
    DbBackend::Sqlite.build(&insert).sql
}

/// Stands for a value in a text: only its place counts.
pub(super) const SOME: i32 = 0;

/// The text that selects all columns of the rows with certain values in these columns, for [`all`].
pub(super) fn select_text<E: EntityTrait>(by: &[E::Column]) -> String {
    let mut select = Query::select();
    select.columns(E::Column::iter()).from(E::default());
    for column in by {
        select.and_where(column.eq(SOME));
    }
    DbBackend::Sqlite.build(&select).sql
}

/// The text that deletes the rows with certain values in these columns.
pub(super) fn delete_text<E: EntityTrait>(by: &[E::Column]) -> String {
    let mut delete = Query::delete();
    delete.from_table(E::default());
    for column in by {
        delete.and_where(column.eq(SOME));
    }
    DbBackend::Sqlite.build(&delete).sql
}

/// Inserts rows, one after the other, with a text of [`insert_text`].
pub(super) fn put<E: EntityTrait>(connection: &Connection, text: &str, rows: &[E::Model]) -> rusqlite::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut statement = connection.prepare_cached(text)?;
    for row in rows {
        for (place, column) in (1..).zip(E::Column::iter()) {
            statement.raw_bind_parameter(place, Bound(row.get(column)))?;
        }
        statement.raw_execute()?;
    }
    Ok(())
}

/// Reads the rows that a text of [`select_text`] finds.
pub(super) fn all<E>(connection: &Connection, text: &str, by: &[&dyn ToSql]) -> rusqlite::Result<Vec<E::Model>>
where
    E: EntityTrait,
    E::ActiveModel: TryIntoModel<E::Model>,
{
    connection.prepare_cached(text)?.query_map(by, model::<E>)?.collect()
}

/// A row of all columns, in their order.
pub(super) fn model<E>(row: &Row<'_>) -> rusqlite::Result<E::Model>
where
    E: EntityTrait,
    E::ActiveModel: TryIntoModel<E::Model>,
{
    let mut active = <E::ActiveModel as ActiveModelTrait>::default();
    for (place, column) in E::Column::iter().enumerate() {
        let stored = row.get_ref(place)?;
        let value = value(stored, column.def().get_column_type())
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(place, stored.data_type(), error.into()))?;
        active.try_set(column, value).map_err(|error| unreadable(place, stored.data_type(), error))?;
    }
    active.try_into_model().map_err(|error| unreadable(0, Type::Null, error))
}

fn unreadable(place: usize, of: Type, error: sea_orm::DbErr) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(place, of, error.into())
}

/// What a column holds, as SeaORM takes it.
fn value(stored: ValueRef<'_>, column: &ColumnType) -> Result<Value, FromSqlError> {
    let some = stored != ValueRef::Null;
    let small = |number: i64| i32::try_from(number).map_err(|_| FromSqlError::OutOfRange(number));
    Ok(match column {
        ColumnType::Boolean => Value::Bool(stored.as_i64_or_null()?.map(|number| number != 0)),
        ColumnType::Integer => Value::Int(stored.as_i64_or_null()?.map(small).transpose()?),
        ColumnType::BigInteger => Value::BigInt(stored.as_i64_or_null()?),
        ColumnType::Uuid => {
            let id = |bytes: &[u8]| Uuid::from_slice(bytes).map_err(|error| FromSqlError::Other(error.into()));
            Value::Uuid(stored.as_blob_or_null()?.map(id).transpose()?)
        }
        ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => {
            Value::Bytes(stored.as_blob_or_null()?.map(<[u8]>::to_vec))
        }
        ColumnType::String(_) | ColumnType::Text => Value::String(stored.as_str_or_null()?.map(str::to_owned)),
        _ if some => return Err(FromSqlError::InvalidType),
        _ => Value::String(None),
    })
}

/// A value of SeaORM's on its way into a statement.
struct Bound(Value);

impl ToSql for Bound {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let bound = match &self.0 {
            Value::Bool(Some(value)) => ValueRef::Integer(i64::from(*value)),
            Value::Int(Some(value)) => ValueRef::Integer(i64::from(*value)),
            Value::BigInt(Some(value)) => ValueRef::Integer(*value),
            Value::String(Some(text)) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(Some(bytes)) => ValueRef::Blob(bytes),
            Value::Uuid(Some(id)) => ValueRef::Blob(id.as_bytes()),
            Value::Bool(None)
            | Value::Int(None)
            | Value::BigInt(None)
            | Value::String(None)
            | Value::Bytes(None)
            | Value::Uuid(None) => ValueRef::Null,
            other => {
                // No entity has another kind of column; a new one is added here and in `value`.
                return Err(rusqlite::Error::ToSqlConversionFailure(format!("{other:?} has no place").into()));
            }
        };
        Ok(ToSqlOutput::Borrowed(bound))
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;
    use crate::store::entities::{event, open_page_view, open_session, page_view, session, session_reference};

    fn supported<E: EntityTrait>() {
        for column in E::Column::iter() {
            let found = value(ValueRef::Null, column.def().get_column_type());
            assert!(
                !matches!(found, Ok(Value::String(None)) if !is_text(column.def().get_column_type())),
                "{column:?}"
            );
        }
    }

    fn is_text(column: &ColumnType) -> bool {
        matches!(column, ColumnType::String(_) | ColumnType::Text)
    }

    #[test]
    fn every_column_of_an_ingested_table_can_be_bound_and_read() {
        supported::<session::Entity>();
        supported::<page_view::Entity>();
        supported::<event::Entity>();
        supported::<open_page_view::Entity>();
        supported::<open_session::Entity>();
        supported::<session_reference::Entity>();
    }
}
