//! Which sessions of a page of the list reached the goal that is asked for, and when. Read by their keys for those that are
//! shown: what is held in memory does not know when something happened.

use std::collections::HashMap;

use app::models::{
    event::{EventKind, Props},
    goal::{Aim, Goal, GoalMarks},
    ids::{SessionId, SiteId},
    path_rule::PathRules,
    query::{Dimension, Filter, TextTest},
    session::Session,
    time::LocalTime,
    timeline::TimelineEvent,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
};
use uuid::Uuid;

use crate::store::{
    entities::{event, page_view},
    path_rules,
};

/// The marks of these sessions of a site.
pub(super) async fn of_sessions(
    db: &impl ConnectionTrait,
    site: SiteId,
    goal: Goal,
    sessions: &[Session],
) -> Result<GoalMarks, DbErr> {
    let ids: Vec<Uuid> = sessions.iter().map(|session| session.id.0).collect();
    let first = match goal.aim.filter() {
        Filter::Text { dimension: Dimension::Page, .. } => by_pages(db, site, &goal.aim, &ids).await?,
        _ => by_events(db, site, &goal.aim, &ids).await?,
    };
    Ok(GoalMarks { reached: sessions.iter().filter_map(|session| first.after(session)).collect(), name: goal.name })
}

async fn by_pages(db: &impl ConnectionTrait, site: SiteId, aim: &Aim, ids: &[Uuid]) -> Result<First, DbErr> {
    let rules = path_rules::of_site(db, site).await?;
    let aim = rules.aim(aim);
    let mut first = First::default();
    let viewed: Vec<(Uuid, String, i64)> = views(site, ids, &aim, &rules).into_tuple().all(db).await?;
    for (session, path, at) in viewed {
        if aim.is_page(rules.group(&path)) {
            first.take(session, at);
        }
    }
    Ok(first)
}

async fn by_events(db: &impl ConnectionTrait, site: SiteId, aim: &Aim, ids: &[Uuid]) -> Result<First, DbErr> {
    let mut first = First::default();
    for happened in events(site, ids, aim).into_model::<Happened>().all(db).await? {
        let (session, at) = (happened.session, happened.at);
        if aim.is_event(&happened.event()) {
            first.take(session, at);
        }
    }
    Ok(first)
}

/// The first moment that reached the goal, session by session.
#[derive(Default)]
struct First(HashMap<Uuid, i64>);

impl First {
    fn take(&mut self, session: Uuid, at: i64) {
        let first = self.0.entry(session).or_insert(at);
        *first = at.min(*first);
    }

    /// How long after its start a session reached it.
    fn after(&self, session: &Session) -> Option<(SessionId, u64)> {
        let at = self.0.get(&session.id.0)?;
        Some((session.id, u64::try_from(at.saturating_sub(session.started.ms)).unwrap_or_default()))
    }
}

/// When each session viewed each page first: those pages that reach the aim, where paths alone tell which they are.
fn views(site: SiteId, ids: &[Uuid], aim: &Aim, rules: &PathRules) -> Select<page_view::Entity> {
    use page_view::{Column, Entity};
    let of_sessions = Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Session.is_in(ids.iter().copied()));
    let those = match aim.filter() {
        Filter::Text { test: TextTest::Is, values, .. } if rules.is_empty() => {
            of_sessions.filter(Column::Path.is_in(values))
        }
        _ => of_sessions,
    };
    let by_page = those.select_only().column(Column::Session).column(Column::Path);
    by_page.column_as(Column::StartedAt.min(), "at").group_by(Column::Session).group_by(Column::Path)
}

/// The first of events that are alike.
#[derive(Debug, FromQueryResult)]
struct Happened {
    session: Uuid,
    kind: String,
    name: Option<String>,
    /// Only where they decide.
    props: Option<String>,
    at: i64,
}

impl Happened {
    /// As much of it as decides whether it reaches a goal.
    fn event(self) -> TimelineEvent {
        let props = self.props.and_then(|props| serde_json::from_str::<Props>(&props).ok());
        TimelineEvent {
            id: None,
            number: 0,
            at: LocalTime { ms: 0, offset_s: 0 },
            offset_ms: 0,
            // A kind that is none is shown as what the site named itself.
            kind: self.kind.parse().unwrap_or(EventKind::Custom),
            name: self.name,
            target: None,
            props: props.unwrap_or_default(),
        }
    }
}

/// The events that may reach an aim. Those that are alike are one row, as a session can have thousands of them; one whose
/// page view is gone is shown nowhere.
fn events(site: SiteId, ids: &[Uuid], aim: &Aim) -> Select<event::Entity> {
    use event::{Column, Entity};
    use sea_orm::sea_query::{Expr, ExprTrait};
    let of_sessions = Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Session.is_in(ids.iter().copied()));
    let (those, also) = match aim.filter() {
        Filter::Property { property, .. } => {
            let named = Condition::all().add(Column::Name.eq(&*property.event));
            // What has no name goes by its kind.
            let is_kind = property.event == EventKind::Custom.as_ref();
            (if is_kind { Condition::all() } else { named }, Some(Column::Props))
        }
        // What the site named goes by its name, all else by its kind.
        Filter::Text { test: TextTest::Is, values, .. } => {
            (Condition::any().add(Column::Name.is_in(values)).add(Column::Kind.is_in(values)), None)
        }
        _ => (Condition::all(), None),
    };
    let mut happened = of_sessions.filter(those).select_only();
    QuerySelect::query(&mut happened).inner_join(page_view::Entity, event::its_page_view());
    let began = Expr::col((page_view::Entity, page_view::Column::StartedAt));
    let alike = [Column::Session, Column::Kind, Column::Name].into_iter().chain(also);
    let grouped = alike.fold(happened, |select, column| select.column(column).group_by(column));
    grouped.column_as(began.add(Expr::col((Entity, Column::OffsetMs))).min(), "at")
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryTrait;

    use super::*;
    use crate::store::reading::plan::plan;

    const SITE: SiteId = SiteId(1);
    const IDS: [Uuid; 50] = [Uuid::from_u128(1); 50];

    fn aim(text: &str) -> Aim {
        serde_json::from_value(text.into()).unwrap()
    }

    #[tokio::test]
    async fn what_happened_in_the_sessions_is_found_by_their_keys() {
        for address in ["?page=/cart", "?page.contains=cart"] {
            let views = plan(views(SITE, &IDS, &aim(address), &PathRules::default()).as_query()).await;
            let by_key = "SEARCH page_view USING PRIMARY KEY (site=? AND session=?)";
            assert_eq!(views.first().unwrap(), by_key, "{address}");
        }
        for address in ["?event=order", "?event.contains=order", "?property=order%3Dplan%3Dpro"] {
            let events = plan(events(SITE, &IDS, &aim(address)).as_query()).await;
            let by_keys = [
                "SEARCH event USING PRIMARY KEY (site=? AND session=?)",
                "SEARCH page_view USING PRIMARY KEY (site=? AND session=? AND id=?)",
            ];
            assert_eq!(events.get(..2).unwrap(), by_keys, "{address}");
        }
    }
}
