//! The strips of the sessions on a page: two queries by key, which give a row a session, and one more for each with
//! very many events. Their lines are put in order here: the database would sort, and bring up, each of the 1,000 page views
//! that a session can have.

use std::collections::HashMap;

use app::models::{
    ids::SiteId,
    strip::{MAX_VIEWS, Strip, StripMark, StripView},
};
use sea_orm::{
    ConnectionTrait, DbErr, FromQueryResult,
    sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use super::{convert, thin::thin};
use crate::store::entities::{event, page_view, session};

/// So many events of a session are read at the most, whichever: their ids are random, so that they lie all over it. It is
/// many times what a strip shows.
const MOST_READ: u32 = 1_000;

/// Strips by session.
pub(crate) struct Strips(HashMap<Uuid, Drawing>);

struct Drawing {
    started_at: i64,
    strip: Strip,
    /// When the first page view began that the strip has no room for, in milliseconds since the session started.
    until_ms: Option<u64>,
}

/// All page views or all marks of a session in one row, a line each: rows cost more than what they hold.
#[derive(FromQueryResult)]
struct Lines {
    session: Uuid,
    text: String,
}

impl Strips {
    /// Reads those of these sessions of one site.
    pub(crate) async fn read(
        db: &impl ConnectionTrait,
        site: SiteId,
        sessions: &[session::Model],
    ) -> Result<Self, DbErr> {
        let of = |row: &session::Model| {
            (row.id, Drawing { started_at: row.started_at, strip: Strip::default(), until_ms: None })
        };
        let mut strips = Self(sessions.iter().map(of).collect());
        let with_views = sessions.iter().filter(|row| row.pages > 0).map(|row| row.id);
        for row in rows(db, &views(site, with_views)).await? {
            strips.add_views(&row);
        }
        let with_events = sessions.iter().filter(|row| row.events > 0);
        let (busy, others): (Vec<_>, Vec<_>) =
            with_events.partition(|row| i64::from(row.events) > i64::from(MOST_READ));
        for row in rows(db, &marks(site, others.iter().map(|row| row.id))).await? {
            strips.add_marks(&row);
        }
        for session in busy {
            for row in rows(db, &some_marks(site, session.id)).await? {
                strips.add_marks(&row);
            }
        }
        Ok(strips)
    }

    /// Takes the strip of a session out.
    pub(crate) fn take(&mut self, session: Uuid) -> Strip {
        self.0.remove(&session).map(|drawing| drawing.strip).unwrap_or_default()
    }

    fn add_views(&mut self, lines: &Lines) {
        let Some(drawing) = self.0.get_mut(&lines.session) else { return };
        let started_at = drawing.started_at;
        let since_start = |ms: i64| convert::length(ms.saturating_sub(started_at));
        let mut views: Vec<(i64, &str, &str, &str)> = lines
            .text
            .split('\n')
            .filter_map(|line| {
                // Only a path can have a space in it.
                let mut parts = line.splitn(4, ' ');
                let began = parts.next()?.parse().ok()?;
                let (open, spans, path) = (parts.next()?, parts.next()?, parts.next()?);
                Some((began, path, open, spans))
            })
            .collect();
        views.sort_unstable();
        let until_ms = views.get(MAX_VIEWS).map(|&(began, ..)| since_start(began));
        let view = |&(began, path, open, spans): &(i64, &str, &str, &str)| {
            let open_ms = open.parse().ok().map(convert::length);
            let spans = Some(spans).filter(|spans| !spans.is_empty());
            let spans = convert::spans(spans, open_ms, lines.session);
            StripView { path: path.to_owned(), from_ms: since_start(began), open_ms, spans }
        };
        drawing.strip.views = views.iter().take(MAX_VIEWS).map(view).collect();
        drawing.until_ms = until_ms;
    }

    fn add_marks(&mut self, lines: &Lines) {
        let Some(Drawing { started_at, strip, until_ms }) = self.0.get_mut(&lines.session) else { return };
        let mut marks: Vec<StripMark> = lines
            .text
            .split('\n')
            .filter_map(|line| {
                let (at, kind) = line.split_once(' ')?;
                let at: i64 = at.parse().ok()?;
                let at_ms = convert::length(at.saturating_sub(*started_at));
                Some(StripMark { at_ms, kind: convert::event_kind(kind, lines.session) })
            })
            // A mark beyond the page views would stand over nothing.
            .filter(|mark| until_ms.is_none_or(|until| mark.at_ms < until))
            .collect();
        marks.sort_unstable_by_key(|mark| (mark.at_ms, mark.kind));
        strip.marks = thin(marks);
    }
}

async fn rows<T: FromQueryResult>(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<T>, DbErr> {
    T::find_by_statement(db.get_database_backend().build(query)).all(db).await
}

/// The page views of each session.
pub(crate) fn views(site: SiteId, sessions: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    use page_view::{Column, Entity};
    let what = "string_agg(CAST(started_at AS text) || ' ' || COALESCE(CAST(open_ms AS text), '') || ' ' || \
                COALESCE(spans, '') || ' ' || path, '\n')";
    Query::select()
        .column(Column::Session)
        .expr_as(Expr::cust(what), TEXT)
        .from(Entity)
        .and_where(Expr::col(Column::Site).eq(site.0))
        .and_where(Expr::col(Column::Session).is_in(sessions))
        .group_by_col(Column::Session)
        .take()
}

/// The events of each session.
pub(crate) fn marks(site: SiteId, sessions: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    use event::{Column, Entity};
    events(site, sessions)
        .column((Entity, Column::Session))
        .expr_as(Expr::cust(format!("string_agg({MARK}, '\n')")), TEXT)
        .group_by_col((Entity, Column::Session))
        .take()
}

/// Some events of a session that has very many.
fn some_marks(site: SiteId, session: Uuid) -> SelectStatement {
    use event::{Column, Entity};
    let some = events(site, [session])
        .column((Entity, Column::Session))
        .expr_as(Expr::cust(MARK), "mark")
        .limit(MOST_READ.into())
        .take();
    Query::select()
        .column(Column::Session)
        .expr_as(Expr::cust("string_agg(mark, '\n')"), TEXT)
        .from_subquery(some, "marks")
        .group_by_col(Column::Session)
        .take()
}

/// The events of sessions. An event knows only how long its page view had been there, so that each looks its page view
/// up.
fn events(site: SiteId, sessions: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    use event::{Column, Entity};
    let its_page_view = Condition::all()
        .add(Expr::col((page_view::Entity, page_view::Column::Site)).equals((Entity, Column::Site)))
        .add(Expr::col((page_view::Entity, page_view::Column::Session)).equals((Entity, Column::Session)))
        .add(Expr::col((page_view::Entity, page_view::Column::Id)).equals((Entity, Column::PageView)));
    Query::select()
        .from(Entity)
        .inner_join(page_view::Entity, its_page_view)
        .and_where(Expr::col((Entity, Column::Site)).eq(site.0))
        .and_where(Expr::col((Entity, Column::Session)).is_in(sessions))
        .take()
}

const MARK: &str = "CAST(started_at + offset_ms AS text) || ' ' || kind";
const TEXT: &str = "text";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::reading::plan::plan;

    #[tokio::test]
    async fn strips_are_read_by_the_keys_of_the_sessions_shown() {
        let shown = (1..=50).map(Uuid::from_u128);
        let views = plan(&views(SiteId(1), shown.clone())).await;
        assert_eq!(views, ["SEARCH page_view USING PRIMARY KEY (site=? AND session=?)"]);
        let marks = plan(&marks(SiteId(1), shown)).await;
        let expected = [
            "SEARCH event USING PRIMARY KEY (site=? AND session=?)",
            "SEARCH page_view USING PRIMARY KEY (site=? AND session=? AND id=?)",
        ];
        assert_eq!(marks, expected);
        let some = plan(&some_marks(SiteId(1), Uuid::nil())).await;
        // The last two lines are of the thousand at most that were read.
        let expected = [
            "CO-ROUTINE marks",
            "SEARCH event USING PRIMARY KEY (site=? AND session=?)",
            "SEARCH page_view USING PRIMARY KEY (site=? AND session=? AND id=?)",
            "SCAN marks",
            "USE TEMP B-TREE FOR GROUP BY",
        ];
        assert_eq!(some, expected);
    }
}
