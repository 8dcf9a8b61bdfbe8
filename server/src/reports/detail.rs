//! One session with its timeline: its row, its page views and its events, and what is usual for its pages, each by key.

use app::models::{
    ids::{SessionId, SiteId},
    source::Campaign,
    timeline::SessionDetail,
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, Select};

use super::{sites, timeline, usual};
use crate::store::{
    database::Database,
    deletions,
    entities::{event, page_view, session, site},
    reading::{self, Rules, convert},
    references,
};

/// The session, `None` when this site has no such session. One whose moment to be deleted has come is as good as gone.
pub(super) async fn session(
    db: &Database,
    site: SiteId,
    id: SessionId,
    now_ms: i64,
) -> Result<Option<SessionDetail>, DbErr> {
    let db = reading::snapshot(db).await?;
    let Some(of_site) = site::Entity::find_by_id(site.0).one(&db).await? else { return Ok(None) };
    let Some(row) = session::Entity::find_by_id((site.0, id.0)).one(&db).await? else { return Ok(None) };
    let deletes_at_ms = deletions::moment_of(&db, site, id).await?;
    if deletes_at_ms.is_some_and(|moment| moment <= now_ms) {
        return Ok(None);
    }
    let rules = Rules::of(&of_site);
    let referrer = row.referrer.clone().map(convert::host);
    let campaign = campaign(&row);
    let Some(session) = reading::shown(&db, site, vec![row], rules, now_ms).await?.pop() else { return Ok(None) };
    let views = page_views(site, id).all(&db).await?;
    let events = events(site, id).all(&db).await?;
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
    use sea_orm::QueryTrait;
    use uuid::Uuid;

    use super::*;
    use crate::store::reading::plan::plan;

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
