//! Columns and table options that differ between databases, in one place.

use sea_orm_migration::prelude::*;

/// What every change needs to know of the database it runs on.
pub(crate) struct Dialect {
    sqlite: bool,
}

impl Dialect {
    pub(crate) fn of(manager: &SchemaManager<'_>) -> Self {
        Self { sqlite: manager.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Sqlite }
    }

    /// A UUID: 16 bytes on SQLite. Its `uuid` would be a column with numeric affinity, where an id of digits and
    /// one `e` can become a number.
    pub(crate) fn uuid(&self, name: impl IntoIden) -> ColumnDef {
        let mut column = ColumnDef::new(name);
        if self.sqlite {
            column.blob();
        } else {
            column.uuid();
        }
        column.not_null();
        column
    }

    /// Makes the key the table itself on SQLite, so that a row is found and added with one search.
    pub(crate) fn keyed_table(&self, name: impl IntoTableRef) -> TableCreateStatement {
        let mut table = Table::create();
        table.table(name);
        if self.sqlite {
            table.extra("WITHOUT ROWID");
        }
        table
    }
}

/// A moment or a length of time, in milliseconds.
pub(crate) fn ms(name: impl IntoIden) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.big_integer().not_null();
    column
}

/// A moment or a length of time that may be unknown.
pub(crate) fn ms_or_unknown(name: impl IntoIden) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.big_integer().null();
    column
}

/// A count, or the id of a site.
pub(crate) fn int(name: impl IntoIden) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.integer().not_null();
    column
}

/// A count that may be unknown.
pub(crate) fn int_or_unknown(name: impl IntoIden) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.integer().null();
    column
}

/// Yes or no.
pub(crate) fn flag(name: impl IntoIden) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.boolean().not_null();
    column
}

/// Text.
pub(crate) fn text(name: impl IntoIden) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.text().not_null();
    column
}

/// Text that may be unknown.
pub(crate) fn text_or_unknown(name: impl IntoIden) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.text().null();
    column
}

/// Bytes.
pub(crate) fn bytes(name: impl IntoIden) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.blob().not_null();
    column
}
