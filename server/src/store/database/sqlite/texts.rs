//! The texts of the ingest transaction's statements, made by SeaORM's builder from the entities.

use sea_orm::{
    ColumnTrait, Condition, DbBackend, Iterable,
    sea_query::{Expr, ExprTrait, OnConflict, Order, Query},
};

use super::prepared::{SOME, delete_text, insert_text, select_text};
use crate::store::{
    database::IfKnown,
    entities::{deleted_session, event, open_page_view, open_session, page_view, session, session_reference},
};

/// The texts of all statements, each made once.
pub(super) struct Texts {
    pub(super) known_view: String,
    pub(super) lock_key: String,
    pub(super) find_key: String,
    pub(super) session: String,
    pub(super) page_views: String,
    pub(super) event_counts: String,
    pub(super) known_event: String,
    pub(super) sessions_before: String,
    pub(super) machines_before: String,
    pub(super) put_session: String,
    pub(super) put_page_view: String,
    pub(super) put_event: String,
    pub(super) put_open_page_view: String,
    pub(super) put_open_session: String,
    pub(super) put_reference: String,
    pub(super) delete_event: String,
    pub(super) delete_events: String,
    pub(super) delete_page_views: String,
    pub(super) delete_open_page_view: String,
    pub(super) delete_references: String,
    pub(super) delete_deletion: String,
    pub(super) delete_session: String,
    pub(super) delete_key: String,
    pub(super) delete_keys_of: String,
}

impl Texts {
    /// Makes them.
    pub(super) fn new() -> Self {
        Self {
            known_view: select_text::<open_page_view::Entity>(&[
                open_page_view::Column::Site,
                open_page_view::Column::Id,
            ]),
            lock_key: lock_key(),
            find_key: select_text::<open_session::Entity>(&[open_session::Column::Site, open_session::Column::Key]),
            session: select_text::<session::Entity>(&[session::Column::Site, session::Column::Id]),
            page_views: select_text::<page_view::Entity>(&[page_view::Column::Site, page_view::Column::Session]),
            event_counts: event_counts(),
            known_event: select_text::<event::Entity>(&event_key()),
            sessions_before: sessions_before(&Condition::all()),
            machines_before: sessions_before(&Condition::all().add(session::Column::Bot.is_not_null())),
            put_session: insert_text::<session::Entity>(IfKnown::Replace),
            put_page_view: insert_text::<page_view::Entity>(IfKnown::Replace),
            put_event: insert_text::<event::Entity>(IfKnown::Keep),
            put_open_page_view: insert_text::<open_page_view::Entity>(IfKnown::Keep),
            put_open_session: insert_text::<open_session::Entity>(IfKnown::Replace),
            put_reference: insert_text::<session_reference::Entity>(IfKnown::Replace),
            delete_event: delete_text::<event::Entity>(&event_key()),
            delete_events: delete_text::<event::Entity>(&[event::Column::Site, event::Column::Session]),
            delete_page_views: delete_text::<page_view::Entity>(&[page_view::Column::Site, page_view::Column::Session]),
            delete_open_page_view: delete_text::<open_page_view::Entity>(&[
                open_page_view::Column::Site,
                open_page_view::Column::Id,
            ]),
            delete_references: delete_text::<session_reference::Entity>(&[
                session_reference::Column::Site,
                session_reference::Column::Session,
            ]),
            delete_deletion: delete_text::<deleted_session::Entity>(&[
                deleted_session::Column::Site,
                deleted_session::Column::Session,
            ]),
            delete_session: delete_text::<session::Entity>(&[session::Column::Site, session::Column::Id]),
            delete_keys_of: delete_text::<open_session::Entity>(&[
                open_session::Column::Site,
                open_session::Column::Session,
            ]),
            delete_key: delete_text::<open_session::Entity>(&[open_session::Column::Site, open_session::Column::Key]),
        }
    }
}

fn event_key() -> [event::Column; 3] {
    [event::Column::Site, event::Column::Session, event::Column::Id]
}

fn sessions_before(which: &Condition) -> String {
    use session::Column;
    let mut select = Query::select();
    select
        .column(Column::Id)
        .from(session::Entity)
        .and_where(Column::Site.eq(SOME))
        .and_where(Column::Id.lt(SOME))
        .cond_where(which.clone())
        .order_by(Column::Id, Order::Asc)
        .limit(1);
    DbBackend::Sqlite.build(&select).sql
}

/// Makes the row of a key, or changes nothing, and returns it.
fn lock_key() -> String {
    let key = [open_session::Column::Site, open_session::Column::Key];
    let mut insert = Query::insert();
    insert.into_table(open_session::Entity).columns(open_session::Column::iter());
    insert.values_panic(open_session::Column::iter().map(|_| SOME.into()));
    // Without an update the row is not returned.
    let unchanged = Expr::col((open_session::Entity, open_session::Column::Site));
    insert.on_conflict(OnConflict::columns(key).value(open_session::Column::Site, unchanged).to_owned());
    insert.returning(Query::returning().columns(open_session::Column::iter()));
    DbBackend::Sqlite.build(&insert).sql
}

fn event_counts() -> String {
    let mut select = Query::select();
    select
        .columns([event::Column::PageView, event::Column::Kind])
        .expr(Expr::col(event::Column::Id).count())
        .expr(Expr::col(event::Column::OffsetMs).max())
        .from(event::Entity)
        .and_where(Expr::col(event::Column::Site).eq(SOME))
        .and_where(Expr::col(event::Column::Session).eq(SOME))
        .group_by_col(event::Column::PageView)
        .group_by_col(event::Column::Kind);
    DbBackend::Sqlite.build(&select).sql
}
