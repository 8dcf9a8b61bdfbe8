//! What a tab reads: the sessions that its query selects, with what happened in them, and the clock that it shows.

use app::models::{query::SessionQuery, time::LocalTime};
use sea_orm::DbErr;

use super::{
    index::{Needs, Selection, SessionIndex},
    period::Stretch,
};
use crate::store::{database::Database, reading::Rules};

/// Sessions with what happened in them.
pub(super) struct Selected {
    /// The sessions.
    pub(super) selection: Selection,
    /// The server's clock in the site's time zone.
    pub(super) now: LocalTime,
}

impl Selected {
    /// Reads what the query selects.
    pub(super) async fn read(
        db: &Database,
        index: &SessionIndex,
        query: &SessionQuery,
        now_ms: i64,
    ) -> Result<Self, DbErr> {
        let rules = Rules::read(db.reader(), query.site).await?;
        let stretch = Stretch::of(query.period, rules.zone, now_ms);
        let selection = index.select(db, query, stretch, Needs::of(query).and_steps(), rules, now_ms).await?;
        Ok(Self { selection, now: rules.zone.local(now_ms) })
    }
}
