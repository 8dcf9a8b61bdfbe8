//! What the selected sessions did, all of them together: the tabs beside the list.

#![expect(
    missing_docs,
    reason = "the server macro makes a type with undocumented fields of every function's arguments"
)]

use leptos::prelude::*;

use super::json::Json;
use crate::models::{
    error::AppError,
    events::{EventReport, EventTable},
    pages::{PageReport, PageTable},
    paths::PathFlow,
    query::SessionQuery,
};

/// A page of the table of pages.
#[server(prefix = "/api", endpoint = "pages", input = Json, output = Json)]
pub async fn load_pages(query: SessionQuery) -> Result<PageTable, AppError> {
    use super::guard;
    use crate::models::query::Tab;
    guard::site(query.site).await?;
    let shown = if let Tab::Pages(shown) = &query.tab { shown.clone() } else { Default::default() };
    guard::services()?.tabs.pages(&query, &shown).await.map_err(|_| guard::refuse(AppError::Unavailable))
}

/// The report of one page.
#[server(prefix = "/api", endpoint = "page", input = Json, output = Json)]
pub async fn load_page(query: SessionQuery) -> Result<PageReport, AppError> {
    use super::guard;
    use crate::models::query::Tab;
    guard::site(query.site).await?;
    let Tab::Page(shown) = &query.tab else { return Err(guard::refuse(AppError::NotFound)) };
    guard::services()?.tabs.page(&query, shown).await.map_err(|_| guard::refuse(AppError::Unavailable))
}

/// A page of the table of events.
#[server(prefix = "/api", endpoint = "events", input = Json, output = Json)]
pub async fn load_events(query: SessionQuery) -> Result<EventTable, AppError> {
    use super::guard;
    use crate::models::query::Tab;
    guard::site(query.site).await?;
    let shown = if let Tab::Events(shown) = &query.tab { shown.clone() } else { Default::default() };
    guard::services()?.tabs.events(&query, &shown).await.map_err(|_| guard::refuse(AppError::Unavailable))
}

/// The report of one event.
#[server(prefix = "/api", endpoint = "event", input = Json, output = Json)]
pub async fn load_event(query: SessionQuery) -> Result<EventReport, AppError> {
    use super::guard;
    use crate::models::query::Tab;
    guard::site(query.site).await?;
    let Tab::Event(shown) = &query.tab else { return Err(guard::refuse(AppError::NotFound)) };
    guard::services()?.tabs.event(&query, shown).await.map_err(|_| guard::refuse(AppError::Unavailable))
}

/// The paths of the selected sessions.
#[server(prefix = "/api", endpoint = "paths", input = Json, output = Json)]
pub async fn load_paths(query: SessionQuery) -> Result<PathFlow, AppError> {
    use super::guard;
    use crate::models::query::Tab;
    guard::site(query.site).await?;
    let shown = if let Tab::Paths(shown) = &query.tab { shown.clone() } else { Default::default() };
    guard::services()?.tabs.paths(&query, &shown).await.map_err(|_| guard::refuse(AppError::Unavailable))
}
