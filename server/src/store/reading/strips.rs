//! The strips of the sessions on a page: two queries by key, each bounded for each session by the database, since one
//! session can have 1,000 page views and 10,000 events.

use std::collections::HashMap;

use app::models::{
    ids::SiteId,
    strip::{MAX_MARKS, MAX_VIEWS, Strip, StripMark, StripView},
};
use sea_orm::{
    ConnectionTrait, DbErr, FromQueryResult, Order,
    sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement, WindowStatement},
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

#[derive(FromQueryResult)]
struct ViewRow {
    session: Uuid,
    id: Uuid,
    started_at: i64,
    path: String,
    open_ms: Option<i64>,
    spans: Option<String>,
}

/// All marks of a session in one row: rows cost more than what they hold.
#[derive(FromQueryResult)]
struct MarksRow {
    session: Uuid,
    marks: String,
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
            strips.add_view(row);
        }
        let with_events = sessions.iter().filter(|row| row.events > 0).map(|row| row.id);
        for row in rows(db, &marks(site, with_events)).await? {
            strips.add_marks(row);
        }
        Ok(strips)
    }

    /// Takes the strip of a session out.
    pub(crate) fn take(&mut self, session: Uuid) -> Strip {
        self.0.remove(&session).map(|drawing| drawing.strip).unwrap_or_default()
    }

    fn add_view(&mut self, row: ViewRow) {
        let Some(Drawing { started_at, strip }) = self.0.get_mut(&row.session) else { return };
        let open_ms = row.open_ms.map(convert::length);
        strip.views.push(StripView {
            path: row.path,
            from_ms: convert::length(row.started_at.saturating_sub(*started_at)),
            open_ms,
            spans: convert::spans(row.spans.as_deref(), open_ms, row.id),
        });
    }

    fn add_marks(&mut self, row: MarksRow) {
        let Some(Drawing { started_at, strip }) = self.0.get_mut(&row.session) else { return };
        let mark = |mark: &str| {
            let (at, kind) = mark.split_once(' ')?;
            let at_ms = convert::length(at.parse::<i64>().ok()?.saturating_sub(*started_at));
            Some(StripMark { at_ms, kind: convert::event_kind(kind, row.session) })
        };
        strip.marks = row.marks.split(',').filter_map(mark).collect();
    }
}

async fn rows<T: FromQueryResult>(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<T>, DbErr> {
    T::find_by_statement(db.get_database_backend().build(query)).all(db).await
}

/// The first page views of each session, in order of their start.
pub(crate) fn views(site: SiteId, sessions: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    use page_view::{Column, Entity};
    let shown = [Column::Session, Column::Id, Column::StartedAt, Column::Path, Column::OpenMs, Column::Spans];
    let in_order = WindowStatement::partition_by(Column::Session)
        .order_by(Column::StartedAt, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .take();
    let ranked = Query::select()
        .columns(shown)
        .expr_window_as(Func::cust("row_number"), in_order, RANK)
        .from(Entity)
        .and_where(Expr::col(Column::Site).eq(site.0))
        .and_where(Expr::col(Column::Session).is_in(sessions))
        .take();
    first_of_each(ranked, MAX_VIEWS).columns(shown).order_by(RANK, Order::Asc).take()
}

/// The first events of each session, in the order in which they happened. An event knows only how long its page view
/// had been there, so that each looks its page view up.
pub(crate) fn marks(site: SiteId, sessions: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    use event::{Column, Entity};
    let started_at = Expr::col((page_view::Entity, page_view::Column::StartedAt));
    let at = started_at.add(Expr::col((Entity, Column::OffsetMs)));
    let in_order = WindowStatement::partition_by((Entity, Column::Session))
        .order_by_expr(at.clone(), Order::Asc)
        .order_by((Entity, Column::Id), Order::Asc)
        .take();
    let its_page_view = Condition::all()
        .add(Expr::col((page_view::Entity, page_view::Column::Site)).equals((Entity, Column::Site)))
        .add(Expr::col((page_view::Entity, page_view::Column::Session)).equals((Entity, Column::Session)))
        .add(Expr::col((page_view::Entity, page_view::Column::Id)).equals((Entity, Column::PageView)));
    let ranked = Query::select()
        .columns([Column::Session, Column::Kind].map(|column| (Entity, column)))
        .expr_as(at, AT)
        .expr_window_as(Func::cust("row_number"), in_order, RANK)
        .from(Entity)
        .inner_join(page_view::Entity, its_page_view)
        .and_where(Expr::col((Entity, Column::Site)).eq(site.0))
        .and_where(Expr::col((Entity, Column::Session)).is_in(sessions))
        .take();
    first_of_each(ranked, MAX_MARKS)
        .column(Column::Session)
        .expr_as(Expr::cust("string_agg(CAST(at AS text) || ' ' || kind, ',' ORDER BY rank)"), "marks")
        .group_by_col(Column::Session)
        .take()
}

const AT: &str = "at";
const RANK: &str = "rank";

fn first_of_each(ranked: SelectStatement, most: usize) -> SelectStatement {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Query::select().from_subquery(ranked, "ranked").and_where(Expr::col(RANK).lte(most)).take()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::reading::plan::{plan, reads_by_key_alone};

    #[tokio::test]
    async fn strips_are_read_by_the_keys_of_the_sessions_shown() {
        let shown = (1..=50).map(Uuid::from_u128);
        let views = plan(&views(SiteId(1), shown.clone())).await;
        assert!(reads_by_key_alone(&views, &["page_view"]), "{views:?}");
        let marks = plan(&marks(SiteId(1), shown)).await;
        assert!(reads_by_key_alone(&marks, &["event", "page_view"]), "{marks:?}");
    }
}
