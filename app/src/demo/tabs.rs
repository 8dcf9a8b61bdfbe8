//! What the demo's sessions did, all of them together.

use super::{
    data, goals,
    script::OFFSET_S,
    sessions::{chosen, is_in, of_site},
    site::load_site,
};
use crate::models::{
    error::AppError,
    events::{EventReport, EventTable},
    goal::Aim,
    pages::{PageReport, PageTable},
    paths::PathFlow,
    query::{Period, SessionQuery, Tab},
    select,
    session::LONGEST_MS,
    stretch::Stretch,
    time::LocalTime,
    timeline::SessionDetail,
};

fn now() -> LocalTime {
    LocalTime { ms: data::now_ms(), offset_s: OFFSET_S }
}

/// What `work` makes of the selected sessions, in the order of their ids, and of what reaches the goal.
async fn of_chosen<T>(
    query: &SessionQuery,
    work: impl Fn(&[&SessionDetail], Option<&Aim>) -> T,
) -> Result<T, AppError> {
    load_site(query.site).await?;
    let sessions = of_site(query.site);
    let mut chosen = chosen(query, &sessions, is_in(query.period));
    chosen.sort_by_key(|detail| detail.session.id);
    Ok(work(&chosen, goals::aim(query).as_ref()))
}

/// A page of the table of pages.
pub async fn load_pages(query: SessionQuery) -> Result<PageTable, AppError> {
    let shown = if let Tab::Pages(shown) = &query.tab { shown.clone() } else { Default::default() };
    of_chosen(&query, |sessions, aim| PageTable::of(now(), sessions.len() as u64, select::pages(sessions, aim), &shown))
        .await
}

/// The report of one page.
pub async fn load_page(query: SessionQuery) -> Result<PageReport, AppError> {
    let Tab::Page(shown) = &query.tab else { return Err(AppError::NotFound) };
    of_chosen(&query, |sessions, aim| select::page_report(&shown.of, sessions, aim, now())).await
}

/// A page of the table of events.
pub async fn load_events(query: SessionQuery) -> Result<EventTable, AppError> {
    let shown = if let Tab::Events(shown) = &query.tab { shown.clone() } else { Default::default() };
    of_chosen(&query, |sessions, aim| {
        let rows = select::events(sessions, aim, stretch(query.period));
        EventTable::of(now(), sessions.len() as u64, rows, &shown)
    })
    .await
}

/// The report of one event.
pub async fn load_event(query: SessionQuery) -> Result<EventReport, AppError> {
    let Tab::Event(shown) = &query.tab else { return Err(AppError::NotFound) };
    of_chosen(&query, |sessions, aim| select::event_report(&shown.of, sessions, aim, stretch(query.period), now()))
        .await
}

/// The paths of the selected sessions.
pub async fn load_paths(query: SessionQuery) -> Result<PathFlow, AppError> {
    let shown = if let Tab::Paths(shown) = &query.tab { shown.clone() } else { Default::default() };
    of_chosen(&query, |sessions, aim| select::paths(sessions, &shown.anchor, aim, now())).await
}

/// The stretch of time of a period; what goes on now can have begun as long ago as sessions may last.
fn stretch(period: Period) -> (i64, i64) {
    let now = data::now_ms();
    Stretch::of(period, OFFSET_S, now).map_or((now - LONGEST_MS, now), |stretch| (stretch.from, stretch.to))
}
