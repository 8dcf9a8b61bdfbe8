//! The list of sessions: which ones, in which order, page by page, with what they come to and how they are spread.

mod arrivals;
mod density_button;
mod empty;
mod export;
mod facets;
mod head;
mod histogram;
mod list;
mod overview;
mod paging;
mod property_facets;
mod row;
mod shortcuts;
mod summary;

use leptos::prelude::*;
use leptos_meta::Title;

use self::{
    empty::PastTheEnd,
    facets::{FacetData, FacetsPart},
    list::SessionList,
    overview::{OverviewData, OverviewPart},
    shortcuts::Shortcuts,
};
use crate::{
    api::{refuse, sessions::list_sessions, site::Frame},
    components::notice::ErrorNotice,
    models::{
        error::AppError,
        kept::Kept,
        query::{Cursor, SessionPage, SessionQuery},
        time::LocalTime,
    },
    pages::narrowing::{IgnoredParameters, ProblemNote, Toolbar},
    state::{
        frame::FrameData,
        kept::use_kept,
        live::Live,
        route::{use_session_query, use_site_id},
        way_back::WayBack,
    },
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
            Ok::<_, AppError>((query, page))
        },
    );
    let site = use_site_id();
    let kept = use_kept(site);
    let top = Memo::new(move |_| query.with(|query| query.as_ref().map(|(query, _)| query.at_top())));
    let overview = OverviewData::new(top, live);
    let facets = FacetData::new(top, live);
    overview.follow(top, live, move || facets.answer.refetch());
    let way_back = expect_context::<WayBack>();
    Effect::new(move |stands: Option<bool>| {
        // Once: what comes later moves nothing. All of the page is shown at once, when the last answer is there.
        let is_there = page.with(Option::is_some)
            && kept.with(Option::is_some)
            && overview.answer.with(Option::is_some)
            && facets.answer.with(Option::is_some);
        let stood = stands == Some(true);
        if is_there
            && !stood
            && let Some((list, _)) = query.get_untracked()
        {
            way_back.stand_again(&list);
        }
        is_there || stood
    });
    view! {
        <Title text="Sessions"/>
        <IgnoredParameters ignored=Signal::derive(move || query.get().map(|(_, ignored)| ignored).unwrap_or_default())/>
        <ProblemNote/>
        <Transition fallback=|| view! { <p class="loading">"Loading sessions…"</p> }>
            // Each part shows as soon as it is there. What narrows the list stands beside it but comes after it, so
            // that the way to the list is short by keyboard and on a phone.
            {move || Suspend::new(async move { view! { <OverviewPart answer=overview.answer.await data=overview/> } })}
            <div class="explorer">
                <section class="list" id="list" tabindex="-1" aria-label="Sessions">
                    {move || Suspend::new(async move {
                        let frame = frame.0.await;
                        let kept = kept.await;
                        match (page.await, frame) {
                            (Ok((query, page)), Ok(frame)) => view! { <Sessions query page frame kept/> }.into_any(),
                            (Err(error), _) | (_, Err(error)) => view! { <ErrorNotice error back="/"/> }.into_any(),
                        }
                    })}
                </section>
                {move || Suspend::new(async move { view! { <FacetsPart answer=facets.answer.await data=facets/> } })}
            </div>
        </Transition>
    }
}

/// The list under its toolbar, or what stands in its place when the address leads past its end.
#[component]
fn Sessions(query: SessionQuery, page: SessionPage, frame: Frame, kept: Kept) -> impl IntoView {
    let now = local_now(&page);
    // Made anew with every answer, so that what was opened closes once something was chosen.
    let toolbar = {
        let query = query.clone();
        move || {
            let keys = view! { <Shortcuts/> }.into_any();
            view! { <Toolbar query=query.clone() now kept=kept.clone() keys/> }
        }
    };
    let list = if page.sessions.is_empty() && query.cursor != Cursor::Top {
        view! { <PastTheEnd query/> }.into_any()
    } else {
        view! { <SessionList query page frame/> }.into_any()
    };
    view! { {toolbar}{list} }.into_any()
}

/// The server's clock in the site's time zone, as far as the sessions tell it: without any, in UTC. It only decides
/// which months are offered.
fn local_now(page: &SessionPage) -> LocalTime {
    let offset_s = page.sessions.first().map_or(0, |session| session.started.offset_s);
    LocalTime { ms: page.now_ms, offset_s }
}
