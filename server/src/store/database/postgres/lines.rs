//! The lines of strips from PostgreSQL, all in one statement.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement};
use uuid::Uuid;

use crate::store::lines::{Lines, MOST_READ};

/// Session by session, so that the page views of one are put beside its events once, in a table of hashes: asked for all
/// together, each event looks its page view up by the key, which takes three times as long.
const LINES: &str = r"
    SELECT
        session,
        (
            SELECT string_agg(
                started_at::text || ' ' || COALESCE(open_ms::text, '') || ' ' || COALESCE(spans, '') || ' ' || path, E'\n'
            )
            FROM page_view
            WHERE page_view.site = $1 AND page_view.session = shown.session
        ) AS views,
        (
            SELECT string_agg((started_at + offset_ms)::text || ' ' || kind, E'\n')
            FROM (
                SELECT page_view, offset_ms, kind FROM event
                WHERE event.site = $1 AND event.session = shown.session ORDER BY event.id LIMIT $3
            ) AS happened
            JOIN page_view ON page_view.id = happened.page_view
            WHERE page_view.site = $1 AND page_view.session = shown.session
        ) AS marks
    FROM unnest($2) AS shown (session)";

/// The lines of these sessions of a site, a row each.
pub(in crate::store::database) async fn lines(
    db: &impl ConnectionTrait,
    site: i32,
    sessions: impl Iterator<Item = Uuid>,
) -> Result<Vec<Lines>, DbErr> {
    let sessions: Vec<Uuid> = sessions.collect();
    let values = [site.into(), sessions.into(), i64::from(MOST_READ).into()];
    Lines::find_by_statement(Statement::from_sql_and_values(DbBackend::Postgres, LINES, values)).all(db).await
}
