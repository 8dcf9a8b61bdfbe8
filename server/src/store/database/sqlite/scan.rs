//! Rows straight from SQLite, on a connection of its own that only reads.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, Row, Statement};
use sea_orm::{
    ColumnTrait, DbBackend, Iterable,
    sea_query::{Order, Query},
};
use uuid::Uuid;

use super::{
    BUSY,
    prepared::{SOME, model},
};
use crate::store::{
    entities::session,
    scan::{Scan, Scanned, What},
};

const PAGE_VIEWS: &str =
    "SELECT session, path, host, title FROM page_view WHERE site = ?1 AND session >= ?2 AND session < ?3";
const PATHS: &str = "SELECT session, path FROM page_view WHERE site = ?1 AND session >= ?2 AND session < ?3";
const TIMES: &str = "SELECT session, path, active_ms FROM page_view \
                     WHERE site = ?1 AND session >= ?2 AND session < ?3 AND active_ms IS NOT NULL";
const VIEWS: &str = "SELECT session, id, started_at, path, title, active_ms, scroll FROM page_view \
                     WHERE site = ?1 AND session >= ?2 AND session < ?3";
const HAPPENINGS: &str = "SELECT session, id, page_view, offset_ms, kind, name, target, props FROM event \
                          WHERE site = ?1 AND session >= ?2 AND session < ?3";
const DEPTHS: &str = "SELECT session, max(scroll) FROM page_view \
                      WHERE site = ?1 AND session >= ?2 AND session < ?3 AND scroll IS NOT NULL GROUP BY session";
const CODES: &str =
    "SELECT session, given_at FROM session_reference WHERE site = ?1 AND session >= ?2 AND session < ?3";
const EVENTS: &str = "SELECT session, kind, name, target FROM event WHERE site = ?1 AND session >= ?2 AND session < ?3";

/// Calls `take` for each row.
pub(super) fn scan(file: &Path, scan: &Scan, take: &mut dyn FnMut(Scanned<'_>)) -> rusqlite::Result<()> {
    let connection =
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    match scan.what {
        What::Sessions => each(connection.prepare(&sessions())?, scan, |row| {
            take(Scanned::Session(&model::<session::Entity>(row)?));
            Ok(())
        }),
        What::Texts => {
            each(connection.prepare(PAGE_VIEWS)?, scan, |row| {
                take(Scanned::PageView {
                    session: row.get(0)?,
                    path: text(row, 1)?,
                    host: text(row, 2)?,
                    title: maybe(row, 3)?,
                });
                Ok(())
            })?;
            each(connection.prepare(EVENTS)?, scan, |row| {
                take(Scanned::Event {
                    session: row.get(0)?,
                    kind: text(row, 1)?,
                    name: maybe(row, 2)?,
                    target: maybe(row, 3)?,
                });
                Ok(())
            })
        }
        What::Steps => {
            each(connection.prepare(VIEWS)?, scan, |row| {
                take(Scanned::View {
                    session: row.get(0)?,
                    id: row.get(1)?,
                    started_at: row.get(2)?,
                    path: text(row, 3)?,
                    title: maybe(row, 4)?,
                    active_ms: row.get(5)?,
                    scroll: row.get(6)?,
                });
                Ok(())
            })?;
            each(connection.prepare(HAPPENINGS)?, scan, |row| {
                take(Scanned::Happening {
                    session: row.get(0)?,
                    id: row.get(1)?,
                    page_view: row.get(2)?,
                    offset_ms: row.get(3)?,
                    kind: text(row, 4)?,
                    name: maybe(row, 5)?,
                    target: maybe(row, 6)?,
                    props: maybe(row, 7)?,
                });
                Ok(())
            })
        }
        What::Depths => each(connection.prepare(DEPTHS)?, scan, |row| {
            take(Scanned::Depth { session: row.get(0)?, scroll: row.get(1)? });
            Ok(())
        }),
        What::Codes => each(connection.prepare(CODES)?, scan, |row| {
            take(Scanned::Code { session: row.get(0)?, given_at: row.get(1)? });
            Ok(())
        }),
        What::Paths => each(connection.prepare(PATHS)?, scan, |row| {
            take(Scanned::Path { session: row.get(0)?, path: text(row, 1)? });
            Ok(())
        }),
        What::Times => each(connection.prepare(TIMES)?, scan, |row| {
            take(Scanned::Time { session: row.get(0)?, path: text(row, 1)?, active_ms: row.get(2)? });
            Ok(())
        }),
    }
}

fn each(
    mut statement: Statement<'_>,
    scan: &Scan,
    mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let Scan { site, sessions, .. } = scan;
    let mut rows = statement.query((site, sessions.start, sessions.end))?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

fn text<'a>(row: &'a Row<'_>, at: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(at)?.as_str()?)
}

fn maybe<'a>(row: &'a Row<'_>, at: usize) -> rusqlite::Result<Option<&'a str>> {
    Ok(row.get_ref(at)?.as_str_or_null()?)
}

fn sessions() -> String {
    use session::Column;
    let mut select = Query::select();
    select.columns(Column::iter()).from(session::Entity).and_where(Column::Site.eq(SOME));
    select
        .and_where(Column::Id.gte(Uuid::nil()))
        .and_where(Column::Id.lt(Uuid::nil()))
        .order_by(Column::Id, Order::Asc);
    DbBackend::Sqlite.build(&select).sql
}
