//! The lines of strips from SQLite: two queries by key, which give a row a session, and one more for each with very many
//! events.

use sea_orm::{
    ConnectionTrait, DbErr, FromQueryResult,
    sea_query::{Expr, ExprTrait, Keyword, Query, SelectStatement},
};
use uuid::Uuid;

use crate::store::{
    entities::{event, page_view, session},
    lines::{Lines, MOST_READ},
};

/// The lines of these sessions of a site: first the page views of all, then their events.
pub(in crate::store::database) async fn lines(
    db: &impl ConnectionTrait,
    site: i32,
    sessions: &[session::Model],
) -> Result<Vec<Lines>, DbErr> {
    let with_views = sessions.iter().filter(|row| row.pages > 0).map(|row| row.id);
    let mut lines = read(db, &views(site, with_views)).await?;
    let with_events = sessions.iter().filter(|row| row.events > 0);
    let (busy, others): (Vec<_>, Vec<_>) = with_events.partition(|row| i64::from(row.events) > i64::from(MOST_READ));
    lines.append(&mut read(db, &marks(site, others.iter().map(|row| row.id))).await?);
    for session in busy {
        lines.append(&mut read(db, &some_marks(site, session.id)).await?);
    }
    Ok(lines)
}

async fn read(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<Lines>, DbErr> {
    Lines::find_by_statement(db.get_database_backend().build(query)).all(db).await
}

/// The page views of each session.
fn views(site: i32, sessions: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    use page_view::{Column, Entity};
    let what = "string_agg(CAST(started_at AS text) || ' ' || COALESCE(CAST(open_ms AS text), '') || ' ' || \
                COALESCE(spans, '') || ' ' || path, '\n')";
    Query::select()
        .column(Column::Session)
        .expr_as(Expr::cust(what), VIEWS)
        .expr_as(Keyword::Null, MARKS)
        .from(Entity)
        .and_where(Expr::col(Column::Site).eq(site))
        .and_where(Expr::col(Column::Session).is_in(sessions))
        .group_by_col(Column::Session)
        .take()
}

/// The events of each session.
fn marks(site: i32, sessions: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    use event::{Column, Entity};
    events(site, sessions)
        .column((Entity, Column::Session))
        .expr_as(Expr::cust(format!("string_agg({MARK}, '\n')")), MARKS)
        .expr_as(Keyword::Null, VIEWS)
        .group_by_col((Entity, Column::Session))
        .take()
}

/// Some events of a session that has very many.
fn some_marks(site: i32, session: Uuid) -> SelectStatement {
    use event::{Column, Entity};
    let some = events(site, [session])
        .column((Entity, Column::Session))
        .expr_as(Expr::cust(MARK), "mark")
        .limit(MOST_READ.into())
        .take();
    Query::select()
        .column(Column::Session)
        .expr_as(Expr::cust("string_agg(mark, '\n')"), MARKS)
        .expr_as(Keyword::Null, VIEWS)
        .from_subquery(some, "some")
        .group_by_col(Column::Session)
        .take()
}

/// The events of sessions. An event knows only how long its page view had been there, so that each looks its page view
/// up.
fn events(site: i32, sessions: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    use event::{Column, Entity};
    Query::select()
        .from(Entity)
        .inner_join(page_view::Entity, event::its_page_view())
        .and_where(Expr::col((Entity, Column::Site)).eq(site))
        .and_where(Expr::col((Entity, Column::Session)).is_in(sessions))
        .take()
}

const MARK: &str = "CAST(started_at + offset_ms AS text) || ' ' || kind";
const VIEWS: &str = "views";
const MARKS: &str = "marks";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::reading::plan::plan;

    #[tokio::test]
    async fn strips_are_read_by_the_keys_of_the_sessions_shown() {
        let shown = (1..=50).map(Uuid::from_u128);
        let views = plan(&views(1, shown.clone())).await;
        assert_eq!(views, ["SEARCH page_view USING PRIMARY KEY (site=? AND session=?)"]);
        let marks = plan(&marks(1, shown)).await;
        let expected = [
            "SEARCH event USING PRIMARY KEY (site=? AND session=?)",
            "SEARCH page_view USING PRIMARY KEY (site=? AND session=? AND id=?)",
        ];
        assert_eq!(marks, expected);
        let some = plan(&some_marks(1, Uuid::nil())).await;
        // The last two lines are of the thousand at most that were read.
        let expected = [
            "CO-ROUTINE some",
            "SEARCH event USING PRIMARY KEY (site=? AND session=?)",
            "SEARCH page_view USING PRIMARY KEY (site=? AND session=? AND id=?)",
            "SCAN some",
            "USE TEMP B-TREE FOR GROUP BY",
        ];
        assert_eq!(some, expected);
    }
}
