//! The sessions of the demo.

use super::{
    data,
    site::{SHOP, load_site},
};
use crate::models::{
    error::AppError,
    ids::{SessionId, SiteId},
    query::{Cursor, SessionPage, SessionQuery},
    reference::Sought,
    timeline::SessionDetail,
};

/// How many sessions a page of the demo's list has: few, so that paging shows.
const PAGE: usize = 10;

/// A page of the list.
pub async fn list_sessions(query: SessionQuery) -> Result<SessionPage, AppError> {
    load_site(query.site).await?;
    let mut all: Vec<_> =
        if query.site == SHOP { data::all().into_iter().map(|detail| detail.session).collect() } else { vec![] };
    all.sort_by_key(|session| std::cmp::Reverse(session.id));
    let from = match query.cursor {
        Cursor::Newest => 0,
        Cursor::Before(id) => all.partition_point(|session| session.id >= id),
        Cursor::After(id) => all.partition_point(|session| session.id > id).saturating_sub(PAGE),
    };
    let sessions: Vec<_> = all.iter().skip(from).take(PAGE).cloned().collect();
    let at = |cursor| SessionQuery { site: query.site, cursor };
    let newer = sessions.first().filter(|_| from > 0).map(|first| at(Cursor::After(first.id)));
    let older = sessions.last().filter(|_| from + PAGE < all.len()).map(|last| at(Cursor::Before(last.id)));
    Ok(SessionPage { now_ms: data::now_ms(), sessions, newer, older })
}

/// One session with its timeline.
pub async fn load_session(site: SiteId, id: SessionId) -> Result<SessionDetail, AppError> {
    load_site(site).await?;
    data::all().into_iter().find(|detail| detail.site.id == site && detail.session.id == id).ok_or(AppError::NotFound)
}

/// The session that somebody names; the demo's visitors were shown no codes.
pub async fn find_session(site: SiteId, typed: String) -> Result<Option<SessionId>, AppError> {
    load_site(site).await?;
    let is_sought = |id: &SessionId| Sought::parse(&typed) == Some(Sought::Session(*id));
    let of_site = data::all().into_iter().filter(|detail| detail.site.id == site);
    Ok(of_site.map(|detail| detail.session.id).find(is_sought))
}
