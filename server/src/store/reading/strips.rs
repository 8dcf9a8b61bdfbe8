//! The strips of the sessions on a page: two queries by key, which give a row a session. Their lines are put in order
//! here: the database would sort, and bring up, each of the 1,000 page views and 10,000 events that a session can have.

use std::collections::HashMap;

use app::models::{
    ids::SiteId,
    strip::{MAX_MARKS, MAX_VIEWS, Strip, StripMark, StripView},
};
use sea_orm::{
    ConnectionTrait, DbErr, FromQueryResult,
    sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use super::convert;
use crate::store::entities::{event, page_view, session};

/// Strips by session.
pub(crate) struct Strips(HashMap<Uuid, Drawing>);

struct Drawing {
    started_at: i64,
    strip: Strip,
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
        let of = |row: &session::Model| (row.id, Drawing { started_at: row.started_at, strip: Strip::default() });
        let mut strips = Self(sessions.iter().map(of).collect());
        let with_views = sessions.iter().filter(|row| row.pages > 0).map(|row| row.id);
        for row in rows(db, &views(site, with_views)).await? {
            strips.add_views(&row);
        }
        let with_events = sessions.iter().filter(|row| row.events > 0).map(|row| row.id);
        for row in rows(db, &marks(site, with_events)).await? {
            strips.add_marks(&row);
        }
        Ok(strips)
    }

    /// Takes the strip of a session out.
    pub(crate) fn take(&mut self, session: Uuid) -> Strip {
        self.0.remove(&session).map(|drawing| drawing.strip).unwrap_or_default()
    }

    fn add_views(&mut self, lines: &Lines) {
        let Some(Drawing { started_at, strip }) = self.0.get_mut(&lines.session) else { return };
        let mut views: Vec<StripView> = lines
            .text
            .split('\n')
            .filter_map(|line| {
                // Only a path can have a space in it.
                let mut parts = line.splitn(4, ' ');
                let began: i64 = parts.next()?.parse().ok()?;
                let open_ms = parts.next()?.parse().ok().map(convert::length);
                let spans = parts.next().filter(|spans| !spans.is_empty());
                let path = parts.next()?.to_owned();
                let from_ms = convert::length(began.saturating_sub(*started_at));
                Some(StripView { path, from_ms, open_ms, spans: convert::spans(spans, open_ms, lines.session) })
            })
            .collect();
        views.sort_by(|a, b| (a.from_ms, &a.path).cmp(&(b.from_ms, &b.path)));
        views.truncate(MAX_VIEWS);
        strip.views = views;
    }

    fn add_marks(&mut self, lines: &Lines) {
        let Some(Drawing { started_at, strip }) = self.0.get_mut(&lines.session) else { return };
        let mut marks: Vec<(i64, &str)> = lines
            .text
            .split('\n')
            .filter_map(|line| line.split_once(' ').and_then(|(at, kind)| Some((at.parse().ok()?, kind))))
            .collect();
        marks.sort_unstable();
        marks.truncate(MAX_MARKS);
        let mark = |(at, kind): (i64, &str)| StripMark {
            at_ms: convert::length(at.saturating_sub(*started_at)),
            kind: convert::event_kind(kind, lines.session),
        };
        strip.marks = marks.into_iter().map(mark).collect();
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

/// The events of each session. An event knows only how long its page view had been there, so that each looks its page
/// view up.
pub(crate) fn marks(site: SiteId, sessions: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    use event::{Column, Entity};
    let its_page_view = Condition::all()
        .add(Expr::col((page_view::Entity, page_view::Column::Site)).equals((Entity, Column::Site)))
        .add(Expr::col((page_view::Entity, page_view::Column::Session)).equals((Entity, Column::Session)))
        .add(Expr::col((page_view::Entity, page_view::Column::Id)).equals((Entity, Column::PageView)));
    Query::select()
        .column((Entity, Column::Session))
        .expr_as(Expr::cust("string_agg(CAST(started_at + offset_ms AS text) || ' ' || kind, '\n')"), TEXT)
        .from(Entity)
        .inner_join(page_view::Entity, its_page_view)
        .and_where(Expr::col((Entity, Column::Site)).eq(site.0))
        .and_where(Expr::col((Entity, Column::Session)).is_in(sessions))
        .group_by_col((Entity, Column::Session))
        .take()
}

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
    }
}
