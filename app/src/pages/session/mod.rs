//! One session: what it was in a sentence, its ribbon, the facts, the timeline.

mod alike;
mod care;
mod context;
mod event_line;
mod excerpt;
mod facts;
mod goal;
mod line_list;
mod lines;
mod page_path;
mod page_view;
mod part_links;
mod shown_links;
mod timeline;
mod times;
mod usual;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;

use self::{
    care::{Care, Deletion},
    context::{Way, back_href, use_list, use_list_keys},
    facts::Facts,
    goal::{Mark, goal_line},
    page_path::PagePath,
    timeline::Timeline,
};
use crate::{
    api::{refuse, sessions::load_session},
    components::{
        badge::{Signs, StateBadge},
        chart::{legend::Legend, ribbon::SessionRibbon},
        notice::ErrorNotice,
    },
    format::{clock, date, story},
    hooks::use_unfolded_target,
    models::{error::AppError, goal::Goal, part::Places, shown::Chosen, timeline::SessionDetail},
    state::{
        live::Live,
        route::{use_chosen, use_session_id},
    },
};

/// The page at `/sites/{site}/sessions/{session}`.
#[component]
pub fn SessionPage() -> impl IntoView {
    let (list, id, chosen) = (use_list(), use_session_id(), use_chosen());
    use_unfolded_target();
    let live = expect_context::<Live>();
    let detail = Resource::new(
        move || (list.get(), id.get(), live.resets.get()),
        |(list, id, _)| async move {
            let (list, id) = list.zip(id).ok_or_else(|| refuse(AppError::NotFound))?;
            load_session(list, id).await
        },
    );
    let again = Callback::new(move |()| detail.refetch());
    use_list_keys();
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
        <Transition fallback=move || view! { <Way list/><p class="loading">"Loading the session…"</p> }>
            {move || {
                // Read here: what a component reads is not followed.
                let chosen = chosen.get();
                Suspend::new(async move {
                    match detail.await {
                        Ok((detail, beside, goal)) => {
                            view! { <Way list beside chosen=chosen.clone()/><Detail detail goal chosen live again/> }.into_any()
                        }
                        Err(error) => {
                            let back = back_href(list.get_untracked().as_ref());
                            view! { <Way list/><Title text="Session"/><ErrorNotice error back/> }.into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Detail(detail: SessionDetail, goal: Option<Goal>, chosen: Chosen, live: Live, again: Callback<()>) -> impl IntoView {
    live.answered_at(detail.now_ms);
    let detail = Arc::new(detail);
    let session = detail.session.clone();
    let places = Arc::new(Places::of(&detail, &chosen));
    let mark = goal.as_ref().and_then(|goal| Mark::of(&detail, goal));
    let goal = goal.map(|goal| goal_line(&detail, &goal, mark.as_ref(), &places));
    let heading = format!("{}, {}", date(session.started, detail.now_ms), clock(session.started));
    view! {
        <Title text=format!("Session of {heading}")/>
        <Deletion detail=detail.clone() again/>
        <header class="session-head">
            <h1>{heading}<StateBadge state=session.state/></h1>
            <p class="summary">{story(&detail)}</p>
            <p class="signs"><Signs session=session.clone()/></p>
            {goal}
        </header>
        <SessionRibbon detail=detail.clone() places=places.clone()/>
        <Legend/>
        <div class="session-body">
            <aside class="session-side" aria-label="Facts">
                <Facts detail=detail.clone()/>
                <PagePath detail=detail.clone()/>
                <Care detail=detail.clone()/>
            </aside>
            <Timeline detail chosen places mark/>
        </div>
    }
}
