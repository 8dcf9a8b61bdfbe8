//! What [`super::lazy`] gives, for the static demo: there all pages are in one file.

use leptos::prelude::*;

use super::{
    account::{SetUpPage, SignInPage},
    event_list::EventListPage,
    event_report::EventReportPage,
    installation::InstallationPage,
    page_list::PageListPage,
    page_report::PageReportPage,
    path_flow::PathsPage,
    session::SessionPage,
};

/// The page of a session.
pub fn session() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <SessionPage/> }.into_any()
}

/// It is there already.
#[expect(clippy::unused_async, reason = "its twin loads")]
pub async fn preload_session() {}

/// The page Installation.
pub fn installation() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <InstallationPage/> }.into_any()
}

/// The tab Pages.
pub fn pages() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <PageListPage/> }.into_any()
}

/// The report of a page.
pub fn page() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <PageReportPage/> }.into_any()
}

/// The tab Events.
pub fn events() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <EventListPage/> }.into_any()
}

/// The report of an event.
pub fn event() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <EventReportPage/> }.into_any()
}

/// The tab Paths.
pub fn paths() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <PathsPage/> }.into_any()
}

/// Signing in.
pub fn sign_in() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <SignInPage/> }.into_any()
}

/// The first start.
pub fn set_up() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <SetUpPage/> }.into_any()
}
