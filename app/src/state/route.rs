//! The address as data: which site, which sessions, which session.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};

use crate::{
    format::{Ignored, read_query},
    models::{
        ids::{SessionId, SiteId},
        query::{SessionQuery, Tab},
        shown::Chosen,
    },
};

/// The site of the address; `None` when that part is not a number.
pub fn use_site_id() -> Memo<Option<SiteId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get_str("site").and_then(|text| text.parse().ok())))
}

/// The session of the address; `None` when that part is not an id.
pub fn use_session_id() -> Memo<Option<SessionId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get_str("session").and_then(|text| text.parse().ok())))
}

/// The query of the address, and what of it could not be understood.
pub fn use_session_query() -> Memo<Option<(SessionQuery, Vec<Ignored>)>> {
    let site = use_site_id();
    let (query, path) = (use_query_map(), use_location().pathname);
    Memo::new(move |_| {
        let site = site.get()?;
        query.with(|query| {
            let params: Vec<(&str, &str)> = query.into_iter().map(|(name, value)| (name.as_ref(), value)).collect();
            let (selection, ignored) = read_query(site, &params);
            let tab = path.with(|path| Tab::read(path, &params));
            Some((SessionQuery { tab, ..selection }, ignored))
        })
    })
}

/// What the address asks of a session's timeline.
pub fn use_chosen() -> Memo<Chosen> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| Chosen::from_params(query.into_iter().map(|(name, value)| (name.as_ref(), value))))
    })
}
