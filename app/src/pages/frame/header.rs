//! The header: which site, which page, and who is looking.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{live_state::LiveBadge, theme_button::ThemeButton};
use crate::{
    api::site::Frame,
    components::logo::Logo,
    models::{
        account::Viewer,
        events::EventsShown,
        ids::SiteId,
        pages::PagesShown,
        paths::PathsShown,
        query::{SessionQuery, Tab, installation_href},
        site::Site,
    },
    state::{
        frame::{FrameData, site_in},
        route::use_session_query,
    },
};

/// The header of a site's pages.
#[component]
pub(super) fn Header(
    /// What the frame knows.
    frame: FrameData,
    /// The site of the address.
    site: Memo<Option<SiteId>>,
) -> impl IntoView {
    view! {
        <Suspense>
            {move || Suspend::new(async move { view! { <Bar frame=frame.0.await.ok() site/> } })}
        </Suspense>
    }
}

/// The header once it is known who is looking; without that, what needs nobody.
#[component]
fn Bar(frame: Option<Frame>, site: Memo<Option<SiteId>>) -> impl IntoView {
    let home = move || site.get().map_or_else(|| "/".to_owned(), |site| SessionQuery::newest(site).href());
    let viewer = frame.as_ref().map(|frame| frame.viewer.clone());
    view! {
        {viewer.clone().map(|viewer| view! { <DemoBanner viewer/> })}
        <header class="top">
            <a class="brand" href=home><Logo/><span class="brand-name">"Pulse"</span></a>
            // Made anew for every site, so that the list of sites closes once one was chosen.
            {frame.map(|frame| move || view! { <SiteName frame=frame.clone() current=site.get()/> })}
            <Tabs site/>
            <div class="top-end">
                <LiveBadge/>
                <ThemeButton/>
                {viewer.map(|viewer| view! { <SignOut viewer/> })}
            </div>
        </header>
    }
}

/// The pages of the site.
#[component]
fn Tabs(site: Memo<Option<SiteId>>) -> impl IntoView {
    let path = use_location().pathname;
    let query = use_session_query();
    // Which page it is, by what stands behind the site in its path: a session belongs to the sessions.
    let here = Memo::new(move |_| path.with(|path| path.split('/').nth(3).unwrap_or_default().to_owned()));
    let current = move |part: &'static str| here.with(|here| here == part).then_some("true");
    let to = move |tab: Tab| {
        let selection = query.with(|query| query.as_ref().map(|(query, _)| query.on(tab)));
        selection.map_or_else(|| "/".to_owned(), |selection| selection.href())
    };
    let installation = move || site.get().map_or_else(|| "/".to_owned(), installation_href);
    let tabs = [
        ("sessions", "Sessions", Tab::Sessions),
        ("pages", "Pages", Tab::Pages(PagesShown::default())),
        ("events", "Events", Tab::Events(EventsShown::default())),
        ("paths", "Paths", Tab::Paths(PathsShown::default())),
    ];
    let tabs = tabs.map(|(part, words, tab)| {
        view! { <a class="tab" href=move || to(tab.clone()) aria-current=move || current(part)>{words}</a> }
    });
    view! {
        <nav class="tabs" aria-label="Pages of this site">
            {tabs.into_iter().collect_view()}
            <a class="tab" href=installation aria-current=move || current("installation")>"Installation"</a>
        </nav>
    }
}

/// Demo mode is open to whoever reaches it, and says so.
#[component]
fn DemoBanner(viewer: Viewer) -> impl IntoView {
    (viewer == Viewer::Demo)
        .then(|| view! { <p class="banner" role="note"><strong>"Demo mode"</strong>": no sign-in, reachable from this machine only."</p> })
}

/// The site's name; with several sites, a list that opens.
#[component]
fn SiteName(frame: Frame, current: Option<SiteId>) -> impl IntoView {
    let name = current.and_then(|id| site_in(&frame, id)).map(|site| site.name.clone()).unwrap_or_default();
    if frame.sites.len() < 2 {
        return view! { <span class="site-name">{name}</span> }.into_any();
    }
    let links = frame.sites.into_iter().map(|Site { id, name, .. }| {
        let current = (current == Some(id)).then_some("true");
        view! { <li><a href=SessionQuery::newest(id).href() aria-current=current>{name}</a></li> }
    });
    view! {
        <details class="switcher">
            <summary class="site-name">{name}</summary>
            <ul class="switcher-list" role="list">{links.collect::<Vec<_>>()}</ul>
        </details>
    }
    .into_any()
}

/// A form, so that it works without scripts.
#[component]
fn SignOut(viewer: Viewer) -> impl IntoView {
    match viewer {
        Viewer::Demo => ().into_any(),
        Viewer::Account { name, .. } => view! {
            <form method="post" action="/auth/logout">
                <button class="button quiet" title=format!("Signed in as {name}")>"Sign out"</button>
            </form>
        }
        .into_any(),
    }
}
