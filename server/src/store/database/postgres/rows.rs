//! Entities in and out of statements: rows as one array a column, and back.

use sea_orm::{
    ColumnTrait, ColumnType, EntityTrait, FromQueryResult, Iterable, ModelTrait, QueryResult, Value,
    sqlx::{
        self, Encode, Postgres, Type,
        postgres::{PgArguments, PgHasArrayType, PgRow},
    },
};
use uuid::Uuid;

/// The values of the rows, column by column.
pub(super) fn arrays<E: EntityTrait>(rows: &[E::Model]) -> sqlx::Result<PgArguments> {
    let mut arguments = PgArguments::default();
    for column in E::Column::iter() {
        let values = rows.iter().map(|row| row.get(column));
        match column.def().get_column_type() {
            ColumnType::Boolean => add::<bool>(&mut arguments, values),
            ColumnType::Integer => add::<i32>(&mut arguments, values),
            ColumnType::BigInteger => add::<i64>(&mut arguments, values),
            ColumnType::Uuid => add::<Uuid>(&mut arguments, values),
            ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => {
                add::<Vec<u8>>(&mut arguments, values)
            }
            _ => add::<String>(&mut arguments, values),
        }?;
    }
    Ok(arguments)
}

fn add<T>(arguments: &mut PgArguments, values: impl Iterator<Item = Value>) -> sqlx::Result<()>
where
    T: for<'a> Encode<'a, Postgres> + Type<Postgres> + PgHasArrayType,
    Option<T>: sea_orm::sea_query::ValueType,
{
    let values: Result<Vec<Option<T>>, _> =
        values.map(<Option<T> as sea_orm::sea_query::ValueType>::try_from).collect();
    let values = values.map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::Arguments::add(arguments, values).map_err(sqlx::Error::Encode)
}

/// The rows of a result.
pub(super) fn models<M: FromQueryResult>(rows: Vec<PgRow>) -> Result<Vec<M>, sea_orm::DbErr> {
    rows.into_iter().map(|row| M::from_query_result(&QueryResult::from(row), "")).collect()
}
