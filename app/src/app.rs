//! The root component: every address and the page behind it.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::pages::{frame::SiteFrame, lazy, not_found::NotFoundPage, sessions::SessionsPage};

/// The dashboard. Also runs once when the server starts, to collect the routes: nothing here may need a request.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|page: String| if page.is_empty() { "Pulse".to_owned() } else { format!("{page} · Pulse") }/>
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/login") view=lazy::sign_in() ssr=SsrMode::Async/>
                <Route path=path!("/setup") view=lazy::set_up() ssr=SsrMode::Async/>
                <ParentRoute path=path!("/sites/:site") view=SiteFrame ssr=SsrMode::Async>
                    <Route path=path!("/sessions") view=SessionsPage ssr=SsrMode::Async/>
                    <Route path=path!("/installation") view=lazy::installation() ssr=SsrMode::Async/>
                    <Route path=path!("/sessions/:session") view=lazy::session() ssr=SsrMode::Async/>
                    <Route path=path!("/:tab/:part?") view=lazy::tabs() ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
