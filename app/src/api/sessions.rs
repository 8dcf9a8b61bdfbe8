//! The sessions of a site.

#![expect(
    missing_docs,
    reason = "the server macro makes a type with undocumented fields of every function's arguments"
)]

use leptos::prelude::*;

use super::json::Json;
use crate::models::{
    error::AppError,
    facet::{EventFacets, Facet},
    goal::Goal,
    ids::{SessionId, SiteId},
    overview::Overview,
    query::{Dimension, Neighbours, SessionPage, SessionQuery},
    timeline::SessionDetail,
};

/// A page of the list.
#[server(prefix = "/api", endpoint = "sessions", input = Json, output = Json)]
pub async fn list_sessions(query: SessionQuery) -> Result<SessionPage, AppError> {
    use super::guard;
    guard::site(query.site).await?;
    guard::services()?.sessions.list(&query).await.map_err(|_| guard::refuse(AppError::Unavailable))
}

/// What the selected sessions come to.
#[server(prefix = "/api", endpoint = "overview", input = Json, output = Json)]
pub async fn load_overview(query: SessionQuery) -> Result<Overview, AppError> {
    use super::guard;
    guard::site(query.site).await?;
    guard::services()?.sessions.overview(&query).await.map_err(|_| guard::refuse(AppError::Unavailable))
}

/// How the selected sessions are spread over a dimension; with `part`, over those values that contain it.
#[server(prefix = "/api", endpoint = "facet", input = Json, output = Json)]
pub async fn load_facet(query: SessionQuery, dimension: Dimension, part: String) -> Result<Facet, AppError> {
    use super::guard;
    guard::site(query.site).await?;
    let facet = guard::services()?.sessions.facet(&query, dimension, &part).await;
    facet.map_err(|why| guard::refuse(why.into()))
}

/// How the selected sessions are spread over the properties of the events that they are narrowed by.
#[server(prefix = "/api", endpoint = "property_facets", input = Json, output = Json)]
pub async fn load_property_facets(query: SessionQuery) -> Result<Vec<EventFacets>, AppError> {
    use super::guard;
    guard::site(query.site).await?;
    let facets = guard::services()?.sessions.property_facets(&query).await;
    facets.map_err(|why| guard::refuse(why.into()))
}

/// One session with its timeline, whatever the list selects, its neighbours in the list that it was opened from, and the
/// goal that the list is counted for.
#[server(prefix = "/api", endpoint = "session", input = Json, output = Json)]
pub async fn load_session(
    list: SessionQuery,
    id: SessionId,
) -> Result<(SessionDetail, Neighbours, Option<Goal>), AppError> {
    use super::guard;
    guard::site(list.site).await?;
    let crate::services::Services { sessions, goals, grouping, .. } = guard::services()?;
    let found = sessions.detail(list.site, id).await.map_err(|_| guard::refuse(AppError::Unavailable))?;
    let detail = found.ok_or_else(|| guard::refuse(AppError::NotFound))?;
    // Without them and the goal the session is whole; why they are not there has been logged.
    let beside = sessions.neighbours(&list, id).await.unwrap_or_default();
    let goals = if list.goal.is_some() { goals.list(list.site).await.unwrap_or_default() } else { Vec::new() };
    let goal = match goals.into_iter().find(|goal| list.goal == Some(goal.id)) {
        Some(goal) => Some(grouping.rules(list.site).await.unwrap_or_default().goal_on(goal, &detail)),
        None => None,
    };
    Ok((detail, beside, goal))
}

/// The session that somebody names by its id or by a code that its visitor was shown; `None` when this site has none.
#[server(prefix = "/api", endpoint = "find", input = Json, output = Json)]
pub async fn find_session(site: SiteId, typed: String) -> Result<Option<SessionId>, AppError> {
    use super::guard;
    use crate::models::reference::Sought;
    guard::site(site).await?;
    let Some(sought) = Sought::parse(&typed) else { return Ok(None) };
    guard::services()?.sessions.find(site, &sought).await.map_err(|_| guard::refuse(AppError::Unavailable))
}
