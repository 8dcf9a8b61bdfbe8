//! Rows one by one from PostgreSQL.

use futures::TryStreamExt;
use sea_orm::{
    ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder,
    sqlx::{self, Row, postgres::PgRow},
};
use uuid::Uuid;

use crate::store::{
    entities::session,
    scan::{Scan, Scanned, What},
};

const PAGE_VIEWS: &str =
    "SELECT session, path, host, title FROM page_view WHERE site = $1 AND session >= $2 AND session < $3";
const PATHS: &str = "SELECT session, path FROM page_view WHERE site = $1 AND session >= $2 AND session < $3";
const TIMES: &str = "SELECT session, path, active_ms FROM page_view \
                     WHERE site = $1 AND session >= $2 AND session < $3 AND active_ms IS NOT NULL";
const VIEWS: &str = "SELECT session, id, started_at, path, title, active_ms, scroll FROM page_view \
                     WHERE site = $1 AND session >= $2 AND session < $3";
const HAPPENINGS: &str = "SELECT session, id, page_view, offset_ms, kind, name, target, props FROM event \
                          WHERE site = $1 AND session >= $2 AND session < $3";
const DEPTHS: &str = "SELECT session, max(scroll) FROM page_view \
                      WHERE site = $1 AND session >= $2 AND session < $3 AND scroll IS NOT NULL GROUP BY session";
const CODES: &str =
    "SELECT session, given_at FROM session_reference WHERE site = $1 AND session >= $2 AND session < $3";
const EVENTS: &str = "SELECT session, kind, name, target FROM event WHERE site = $1 AND session >= $2 AND session < $3";

/// Calls `take` for each row.
pub(in crate::store::database) async fn scan(
    db: &DatabaseConnection,
    scan: &Scan,
    take: &mut (dyn FnMut(Scanned<'_>) + Send),
) -> Result<(), DbErr> {
    match scan.what {
        What::Sessions => {
            use session::{Column, Entity};
            let Scan { site, sessions, .. } = scan;
            let of_site = Entity::find().filter(Column::Site.eq(*site));
            let meant = of_site.filter(Column::Id.gte(sessions.start)).filter(Column::Id.lt(sessions.end));
            let mut rows = meant.order_by_asc(Column::Id).stream(db).await?;
            while let Some(row) = rows.try_next().await? {
                take(Scanned::Session(&row));
            }
            Ok(())
        }
        What::Texts => {
            each(db, PAGE_VIEWS, scan, |row| {
                take(Scanned::PageView {
                    session: row.try_get(0)?,
                    path: row.try_get(1)?,
                    host: row.try_get(2)?,
                    title: row.try_get(3)?,
                });
                Ok(())
            })
            .await?;
            each(db, EVENTS, scan, |row| {
                take(Scanned::Event {
                    session: row.try_get(0)?,
                    kind: row.try_get(1)?,
                    name: row.try_get(2)?,
                    target: row.try_get(3)?,
                });
                Ok(())
            })
            .await
        }
        What::Steps => {
            each(db, VIEWS, scan, |row| {
                take(Scanned::View {
                    session: row.try_get(0)?,
                    id: row.try_get(1)?,
                    started_at: row.try_get(2)?,
                    path: row.try_get(3)?,
                    title: row.try_get(4)?,
                    active_ms: row.try_get(5)?,
                    scroll: row.try_get(6)?,
                });
                Ok(())
            })
            .await?;
            each(db, HAPPENINGS, scan, |row| {
                take(Scanned::Happening {
                    session: row.try_get(0)?,
                    id: row.try_get(1)?,
                    page_view: row.try_get(2)?,
                    offset_ms: row.try_get(3)?,
                    kind: row.try_get(4)?,
                    name: row.try_get(5)?,
                    target: row.try_get(6)?,
                    props: row.try_get(7)?,
                });
                Ok(())
            })
            .await
        }
        What::Depths => {
            each(db, DEPTHS, scan, |row| {
                take(Scanned::Depth { session: row.try_get(0)?, scroll: row.try_get(1)? });
                Ok(())
            })
            .await
        }
        What::Codes => {
            each(db, CODES, scan, |row| {
                take(Scanned::Code { session: row.try_get(0)?, given_at: row.try_get(1)? });
                Ok(())
            })
            .await
        }
        What::Paths => {
            each(db, PATHS, scan, |row| {
                take(Scanned::Path { session: row.try_get(0)?, path: row.try_get(1)? });
                Ok(())
            })
            .await
        }
        What::Times => {
            each(db, TIMES, scan, |row| {
                take(Scanned::Time { session: row.try_get(0)?, path: row.try_get(1)?, active_ms: row.try_get(2)? });
                Ok(())
            })
            .await
        }
    }
}

async fn each(
    db: &DatabaseConnection,
    text: &'static str,
    scan: &Scan,
    mut take: impl FnMut(&PgRow) -> sqlx::Result<()>,
) -> Result<(), DbErr> {
    let failed = |error: sqlx::Error| DbErr::Custom(error.to_string());
    let (from, to): (Uuid, Uuid) = (scan.sessions.start, scan.sessions.end);
    let mut rows = sqlx::query(text).bind(scan.site).bind(from).bind(to).fetch(db.get_postgres_connection_pool());
    while let Some(row) = rows.try_next().await.map_err(failed)? {
        take(&row).map_err(failed)?;
    }
    Ok(())
}
