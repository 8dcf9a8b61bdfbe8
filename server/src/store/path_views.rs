//! How often which paths of a site were viewed, counted from the rows themselves.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use app::models::{ids::SiteId, path_rule::PathViews};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    database::Database,
    entities::session,
    scan::{Scan, Scanned, What},
    session_time::first_session_id,
};

/// What is known while rows are come by.
#[derive(Default)]
struct Counting {
    left_out: HashSet<Uuid>,
    views: HashMap<String, u64>,
}

impl Counting {
    fn take(&mut self, row: Scanned<'_>) {
        let Scanned::Path { session, path } = row else { return };
        if self.left_out.contains(&session) {
            return;
        }
        match self.views.get_mut(path) {
            Some(views) => *views += 1,
            None => drop(self.views.insert(path.to_owned(), 1)),
        }
    }
}

/// The paths that were viewed in sessions which began within a stretch of time, machines left out, with their page views;
/// in no order.
///
/// # Errors
/// When the database fails.
pub async fn of_site(db: &Database, site: SiteId, stretch: Range<i64>) -> Result<Vec<PathViews>, DbErr> {
    let sessions = first_session_id(stretch.start)..first_session_id(stretch.end);
    let left_out = machines(db.reader(), site, &sessions).await?;
    let counting = Counting { left_out, ..Counting::default() };
    let scan = Scan { site: site.0, sessions, what: What::Paths };
    let (counting, done) = db.scan(scan, counting, Counting::take).await;
    done?;
    Ok(counting.views.into_iter().map(|(path, views)| PathViews { path, views }).collect())
}

async fn machines(db: &impl ConnectionTrait, site: SiteId, sessions: &Range<Uuid>) -> Result<HashSet<Uuid>, DbErr> {
    use session::{Column, Entity};
    let within = Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Bot.is_not_null());
    let within = within.filter(Column::Id.gte(sessions.start)).filter(Column::Id.lt(sessions.end));
    let ids: Vec<Uuid> = within.select_only().column(Column::Id).into_tuple().all(db).await?;
    Ok(ids.into_iter().collect())
}
