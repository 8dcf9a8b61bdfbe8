//! The texts of insert statements, each made once: a text of thousands of marks for every table and commit costs as much
//! as binding the values (4 % of the requests a second, measured side by side).

use std::{
    any::TypeId,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use sea_orm::{
    DbBackend, EntityTrait, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn, Statement, Value,
    sea_query::{OnConflict, Query},
};

/// What becomes of a row whose key is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IfKnown {
    /// It stays as it is.
    Keep,
    /// All its other columns are replaced.
    Replace,
}

/// Texts by table and number of rows.
#[derive(Debug, Default)]
pub struct InsertTexts(Mutex<HashMap<(TypeId, usize, IfKnown), Arc<str>>>);

impl InsertTexts {
    /// The statement that inserts these rows.
    pub fn insert<E: EntityTrait>(&self, backend: DbBackend, rows: &[E::Model], if_known: IfKnown) -> Statement {
        let values = rows.iter().flat_map(|row| E::Column::iter().map(|column| row.get(column)));
        Statement::from_sql_and_values(backend, &*self.text::<E>(backend, rows.len(), if_known), values)
    }

    fn text<E: EntityTrait>(&self, backend: DbBackend, rows: usize, if_known: IfKnown) -> Arc<str> {
        // A panic elsewhere leaves no half text behind.
        let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (TypeId::of::<E>(), rows, if_known);
        texts.entry(key).or_insert_with(|| text::<E>(backend, rows, if_known).into()).clone()
    }
}

fn text<E: EntityTrait>(backend: DbBackend, rows: usize, if_known: IfKnown) -> String {
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
    for _ in 0..rows {
        // Only their places count.
        insert.values_panic(E::Column::iter().map(|_| Value::Bool(None).into()));
    }
    backend.build(&insert).sql
}
