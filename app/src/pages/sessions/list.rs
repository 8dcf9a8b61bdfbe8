//! The table of sessions, kept up to date while somebody looks.

use leptos::prelude::*;

use super::{empty::NoSessions, paging::Paging, row::SessionRow};
use crate::{
    api::site::Frame,
    models::{
        ids::SiteId,
        query::{SessionPage, SessionQuery},
    },
    pages::find::FindForm,
    state::{frame::site_in, live::Live, rows::Rows},
};

/// The columns: the class of their cells and their names.
const COLUMNS: [(&str, &str); 9] = [
    ("cell-start", "Start"),
    ("cell-strip", "Session"),
    ("cell-visitor", "Visitor"),
    ("cell-path", "Entry → exit"),
    ("cell-source", "Source"),
    ("cell-figure pages", "Pages"),
    ("cell-figure events", "Events"),
    ("cell-figure active", "Active"),
    ("cell-figure whole", "Duration"),
];

/// The list with its paging, or how to begin while there is no session.
#[component]
pub(super) fn SessionList(
    /// What was asked for.
    query: SessionQuery,
    /// What was answered.
    page: SessionPage,
    /// What the frame knows.
    frame: Frame,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (site, now_ms, newer) = (query.site, page.now_ms, page.newer.clone());
    live.answered_at(now_ms);
    let rows = Rows::new(&query, page);
    Effect::new(move |_| live.update.with(|update| update.iter().for_each(|update| rows.apply(update))));
    let is_empty = Memo::new(move |_| rows.is_empty());
    let time_zone = site_in(&frame, site).map(|site| site.time_zone.clone()).unwrap_or_default();
    move || {
        if is_empty.get() {
            view! { <NoSessions frame=frame.clone() site/> }.into_any()
        } else {
            view! { <Table site rows now_ms newer=newer.clone() time_zone=time_zone.clone()/> }.into_any()
        }
    }
}

/// The rows under their head. On a phone the style sheet makes cards of them; the roles keep them a table for screen
/// readers then.
#[component]
fn Table(site: SiteId, rows: Rows, now_ms: i64, newer: Option<SessionQuery>, time_zone: String) -> impl IntoView {
    let head: Vec<_> = COLUMNS
        .iter()
        .map(|&(class, name)| view! { <th class=class role="columnheader" scope="col">{name}</th> })
        .collect();
    view! {
        <div class="list-head">
            <h1>"Sessions"</h1>
            <p class="muted">{format!("Newest first, times in {time_zone}")}</p>
            <FindForm site/>
        </div>
        <table class="sessions" role="table">
            <thead role="rowgroup"><tr role="row">{head}</tr></thead>
            <tbody role="rowgroup">
                <For each=move || rows.get() key=|row| row.id let:row><SessionRow row now_ms/></For>
            </tbody>
        </table>
        <Paging newer older=Signal::derive(move || rows.older())/>
    }
}
