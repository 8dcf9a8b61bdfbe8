//! One session: what it was in a sentence, its ribbon, the facts, the timeline.

mod alike;
mod event_line;
mod facts;
mod line_list;
mod lines;
mod page_path;
mod page_view;
mod shown_links;
mod timeline;
mod times;

use leptos::prelude::*;
use leptos_meta::Title;

use self::{facts::Facts, page_path::PagePath, timeline::Timeline};
use crate::{
    api::{refuse, sessions::load_session},
    components::{
        badge::{Signs, StateBadge},
        chart::{
            legend::Legend,
            strip::{SessionStrip, StripSize},
        },
        icon::{BACK_LINES, Icon},
        notice::ErrorNotice,
    },
    format::{clock, date, story},
    hooks::use_unfolded_target,
    models::{error::AppError, query::SessionQuery, shown::Chosen, timeline::SessionDetail},
    state::{
        live::Live,
        route::{use_chosen, use_session_id, use_site_id},
    },
};

/// The page at `/sites/{site}/sessions/{session}`.
#[component]
pub fn SessionPage() -> impl IntoView {
    let (site, id, chosen) = (use_site_id(), use_session_id(), use_chosen());
    use_unfolded_target();
    let live = expect_context::<Live>();
    let back = Memo::new(move |_| site.get().map_or_else(|| "/".to_owned(), |site| SessionQuery::newest(site).href()));
    let detail = Resource::new(
        move || (site.get(), id.get(), live.resets.get()),
        |(site, id, _)| async move {
            let (site, id) = site.zip(id).ok_or_else(|| refuse(AppError::NotFound))?;
            load_session(site, id).await
        },
    );
    // What is shown grows with the session.
    Effect::new(move |earlier: Option<()>| {
        let changed = live.update.with(|update| {
            update
                .as_ref()
                .is_some_and(|update| update.sessions.iter().any(|session| Some(session.id) == id.get_untracked()))
        });
        // The first run sees an update from before this page was loaded.
        if changed && earlier.is_some() {
            detail.refetch();
        }
    });
    view! {
        <a class="back" href=move || back.get()><Icon lines=BACK_LINES/>"All sessions"</a>
        <Transition fallback=|| view! { <p class="loading">"Loading the session…"</p> }>
            {move || {
                // Read here: what a component reads is not followed.
                let chosen = chosen.get();
                Suspend::new(async move {
                    match detail.await {
                        Ok(detail) => view! { <Detail detail chosen live/> }.into_any(),
                        Err(error) => view! { <Title text="Session"/><ErrorNotice error back=back.get_untracked()/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Detail(detail: SessionDetail, chosen: Chosen, live: Live) -> impl IntoView {
    live.answered_at(detail.now_ms);
    let session = detail.session.clone();
    let heading = format!("{}, {}", date(session.started, detail.now_ms), clock(session.started));
    view! {
        <Title text=format!("Session of {heading}")/>
        <header class="session-head">
            <h1>{heading}<StateBadge state=session.state/></h1>
            <p class="summary">{story(&detail)}</p>
            <p class="signs"><Signs session=session.clone()/></p>
        </header>
        <SessionStrip session=session.clone() size=StripSize::Ribbon/>
        <Legend/>
        <div class="session-body">
            <aside class="session-side" aria-label="Facts">
                <Facts detail=detail.clone()/>
                <PagePath timeline=detail.timeline.clone()/>
            </aside>
            <Timeline items=detail.timeline session chosen/>
        </div>
    }
}
