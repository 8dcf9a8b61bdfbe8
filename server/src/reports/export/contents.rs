//! What a file says of sessions beyond what the list shows: read for some at a time, by their keys.

use std::collections::HashMap;

use app::models::{
    ids::{SessionId, SiteId},
    session::Session,
    timeline::TimelineItem,
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::columns::Origin;
use crate::{
    reports::timeline,
    store::{
        database::Database,
        entities::{event, page_view, session},
        reading::{self, Zone, convert},
    },
};

/// Where these sessions came from.
pub(super) async fn origins(db: &Database, site: SiteId, sessions: &[Session]) -> Result<HashMap<Uuid, Origin>, DbErr> {
    let db = reading::snapshot(db).await?;
    let rows: Vec<(Uuid, Option<String>, Option<String>)> =
        origins_of(site, ids(sessions)).into_tuple().all(&db).await?;
    let origin = |(id, referrer, campaign): (Uuid, Option<String>, Option<String>)| {
        (id, Origin { referrer: referrer.map(convert::host), campaign })
    };
    Ok(rows.into_iter().map(origin).collect())
}

/// The timelines of these sessions, in their order, as the page of each shows them: of all in two queries.
pub(super) async fn timelines(
    db: &Database,
    site: SiteId,
    sessions: &[Session],
    zone: Zone,
    now_ms: i64,
) -> Result<Vec<Vec<TimelineItem>>, DbErr> {
    let db = reading::snapshot(db).await?;
    let mut views = by_session(page_views(site, ids(sessions)).all(&db).await?, |view| view.session);
    let mut events = by_session(events(site, ids(sessions)).all(&db).await?, |event| event.session);
    let arranged = |session: &Session| {
        let SessionId(id) = session.id;
        let (views, events) = (views.remove(&id).unwrap_or_default(), events.remove(&id).unwrap_or_default());
        timeline::items(session, views, events, zone, now_ms)
    };
    Ok(sessions.iter().map(arranged).collect())
}

fn ids(sessions: &[Session]) -> Vec<Uuid> {
    sessions.iter().map(|session| session.id.0).collect()
}

fn origins_of(site: SiteId, sessions: Vec<Uuid>) -> Select<session::Entity> {
    use session::{Column, Entity};
    let of = Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Id.is_in(sessions));
    of.select_only().columns([Column::Id, Column::Referrer, Column::CampaignName])
}

fn page_views(site: SiteId, sessions: Vec<Uuid>) -> Select<page_view::Entity> {
    use page_view::{Column, Entity};
    Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Session.is_in(sessions))
}

fn events(site: SiteId, sessions: Vec<Uuid>) -> Select<event::Entity> {
    use event::{Column, Entity};
    Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Session.is_in(sessions))
}

fn by_session<T>(rows: Vec<T>, session: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Vec<T>> {
    let mut all: HashMap<Uuid, Vec<T>> = HashMap::new();
    for row in rows {
        all.entry(session(&row)).or_default().push(row);
    }
    all
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryTrait;

    use super::*;
    use crate::store::reading::plan::plan;

    #[tokio::test]
    async fn what_is_written_together_is_found_by_key() {
        let sessions: Vec<Uuid> = (1..=50).map(Uuid::from_u128).collect();
        let origins = plan(origins_of(SiteId(1), sessions.clone()).as_query()).await;
        assert_eq!(origins, ["SEARCH session USING PRIMARY KEY (site=? AND id=?)"]);
        let views = plan(page_views(SiteId(1), sessions.clone()).as_query()).await;
        assert_eq!(views, ["SEARCH page_view USING PRIMARY KEY (site=? AND session=?)"]);
        let events = plan(events(SiteId(1), sessions).as_query()).await;
        assert_eq!(events, ["SEARCH event USING PRIMARY KEY (site=? AND session=?)"]);
    }
}
