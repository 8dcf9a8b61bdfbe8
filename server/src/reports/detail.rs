//! One session with its timeline: its row, its page views and its events, and what is usual for its pages, each by key.

use std::collections::HashSet;

use app::models::{
    ids::{SessionId, SiteId},
    source::Campaign,
    timeline::SessionDetail,
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::{sites, timeline, usual};
use crate::store::{
    database::Database,
    deletions,
    entities::{event, page_view, session, site},
    reading::{self, Rules, convert},
    references,
    scan::{Scan, Scanned, What},
};

/// From how many events on they are scanned.
const MANY: i32 = 500;

/// The session, `None` when this site has no such session. One whose moment to be deleted has come is as good as gone.
pub(super) async fn session(
    db: &Database,
    site: SiteId,
    id: SessionId,
    now_ms: i64,
) -> Result<Option<SessionDetail>, DbErr> {
    let database = db;
    let db = reading::snapshot(database).await?;
    let Some(of_site) = site::Entity::find_by_id(site.0).one(&db).await? else { return Ok(None) };
    let Some(row) = session::Entity::find_by_id((site.0, id.0)).one(&db).await? else { return Ok(None) };
    let deletes_at_ms = deletions::moment_of(&db, site, id).await?;
    if deletes_at_ms.is_some_and(|moment| moment <= now_ms) {
        return Ok(None);
    }
    let rules = Rules::of(&of_site);
    let referrer = row.referrer.clone().map(convert::host);
    let campaign = campaign(&row);
    let has_many = row.events > MANY;
    let Some(session) = reading::shown(&db, site, vec![row], rules, now_ms).await?.pop() else { return Ok(None) };
    let views = page_views(site, id).all(&db).await?;
    let events =
        if has_many { of_known(scanned(database, site, id).await?, &views) } else { events(site, id).all(&db).await? };
    let references = references::of_session(&db, site, id, now_ms).await?;
    let mut timeline = timeline::items(&session, views, events, rules.zone, now_ms);
    usual::add(&db, site, &mut timeline, now_ms).await?;
    Ok(Some(SessionDetail {
        now_ms,
        site: sites::shown(of_site),
        session,
        referrer,
        campaign,
        references,
        deletes_at_ms,
        timeline,
    }))
}

fn page_views(site: SiteId, id: SessionId) -> Select<page_view::Entity> {
    use page_view::{Column, Entity};
    Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Session.eq(id.0))
}

fn events(site: SiteId, id: SessionId) -> Select<event::Entity> {
    use event::{Column, Entity};
    Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Session.eq(id.0))
}

/// The same for a session with many: past the ORM, which takes eight times as long for a row (docs/adr/0008).
async fn scanned(db: &Database, site: SiteId, id: SessionId) -> Result<Vec<event::Model>, DbErr> {
    let after = Uuid::from_u128(id.0.as_u128().saturating_add(1));
    let scan = Scan { site: site.0, sessions: id.0..after, what: What::Steps };
    let (events, done) = db.scan(scan, Vec::new(), take).await;
    done?;
    Ok(events.into_iter().map(|event| event::Model { site: site.0, ..event }).collect())
}

fn take(events: &mut Vec<event::Model>, row: Scanned<'_>) {
    let Scanned::Happening { session, id, page_view, offset_ms, kind, name, target, props } = row else { return };
    let text = |text: Option<&str>| text.map(str::to_owned);
    events.push(event::Model {
        site: 0,
        session,
        id,
        page_view,
        offset_ms,
        kind: kind.to_owned(),
        name: text(name),
        target: text(target),
        props: text(props),
    });
}

/// What is scanned is as new as this moment: page views that have come since are not among the others yet.
fn of_known(events: Vec<event::Model>, views: &[page_view::Model]) -> Vec<event::Model> {
    let known: HashSet<Uuid> = views.iter().map(|view| view.id).collect();
    events.into_iter().filter(|event| known.contains(&event.page_view)).collect()
}

fn campaign(row: &session::Model) -> Campaign {
    Campaign {
        source: row.campaign_source.clone(),
        medium: row.campaign_medium.clone(),
        name: row.campaign_name.clone(),
        term: row.campaign_term.clone(),
        content: row.campaign_content.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::reading::plan::plan;
    use sea_orm::QueryTrait;

    const SITE: SiteId = SiteId(1);
    const ID: SessionId = SessionId(Uuid::from_u128(1));

    #[tokio::test]
    async fn everything_of_a_session_is_found_by_its_key() {
        let row = plan(session::Entity::find_by_id((SITE.0, ID.0)).as_query()).await;
        assert_eq!(row, ["SEARCH session USING PRIMARY KEY (site=? AND id=?)"]);
        let views = plan(page_views(SITE, ID).as_query()).await;
        assert_eq!(views, ["SEARCH page_view USING PRIMARY KEY (site=? AND session=?)"]);
        let events = plan(events(SITE, ID).as_query()).await;
        assert_eq!(events, ["SEARCH event USING PRIMARY KEY (site=? AND session=?)"]);
    }
}
