//! The list of sessions, newest first.

mod empty;
mod list;
mod paging;
mod row;

use leptos::prelude::*;
use leptos_meta::Title;

use self::{empty::PastTheEnd, list::SessionList};
use crate::{
    api::{refuse, sessions::list_sessions, site::Frame},
    components::notice::ErrorNotice,
    models::{
        error::AppError,
        query::{Cursor, SessionPage, SessionQuery},
    },
    state::{frame::FrameData, live::Live, route::use_session_query},
};

/// The page at `/sites/{site}/sessions`.
#[component]
pub fn SessionsPage() -> impl IntoView {
    let query = use_session_query();
    let live = expect_context::<Live>();
    let frame = expect_context::<FrameData>();
    let page = Resource::new(
        move || (query.get().map(|(query, _)| query), live.resets.get()),
        |(query, _)| async move {
            let query = query.ok_or_else(|| refuse(AppError::NotFound))?;
            let page = list_sessions(query.clone()).await?;
            Ok((query, page))
        },
    );
    view! {
        <Title text="Sessions"/>
        <IgnoredParameters ignored=Signal::derive(move || query.get().map(|(_, ignored)| ignored).unwrap_or_default())/>
        <Transition fallback=|| view! { <p class="loading">"Loading sessions…"</p> }>
            {move || Suspend::new(async move {
                let frame = frame.0.await;
                match (page.await, frame) {
                    (Ok((query, page)), Ok(frame)) => view! { <Sessions query page frame/> }.into_any(),
                    (Err(error), _) | (_, Err(error)) => view! { <ErrorNotice error back="/"/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// The list, or what stands in its place when the address leads past its end.
#[component]
fn Sessions(query: SessionQuery, page: SessionPage, frame: Frame) -> impl IntoView {
    if page.sessions.is_empty() && query.cursor != Cursor::Newest {
        return view! { <PastTheEnd query/> }.into_any();
    }
    view! { <SessionList query page frame/> }.into_any()
}

/// Names the parts of the address that were not understood.
#[component]
fn IgnoredParameters(ignored: Signal<Vec<String>>) -> impl IntoView {
    move || {
        let names = ignored.get();
        (!names.is_empty()).then(|| {
            view! { <p class="ignored" role="status">{format!("This part of the address was not understood and is ignored: {}.", names.join(", "))}</p> }
        })
    }
}
