//! Pages whose code browsers load when they are opened, each in a file of its own: whoever looks at the list loads nothing
//! of the other pages (docs/adr/0011).

use leptos::prelude::*;
use leptos_router::{Lazy, LazyRoute, lazy_route};

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
pub fn session() -> Lazy<impl LazyRoute> {
    Lazy::<Session>::new()
}

/// Loads the code of a session's page, for whoever is about to open one.
pub async fn preload_session() {
    Session::preload().await;
}

/// The page Installation.
pub fn installation() -> Lazy<impl LazyRoute> {
    Lazy::<Installation>::new()
}

/// The tab Pages.
pub fn pages() -> Lazy<impl LazyRoute> {
    Lazy::<Pages>::new()
}

/// The report of a page.
pub fn page() -> Lazy<impl LazyRoute> {
    Lazy::<Page>::new()
}

/// The tab Events.
pub fn events() -> Lazy<impl LazyRoute> {
    Lazy::<Events>::new()
}

/// The report of an event.
pub fn event() -> Lazy<impl LazyRoute> {
    Lazy::<Event>::new()
}

/// The tab Paths.
pub fn paths() -> Lazy<impl LazyRoute> {
    Lazy::<Paths>::new()
}

/// Signing in.
pub fn sign_in() -> Lazy<impl LazyRoute> {
    Lazy::<SignIn>::new()
}

/// The first start.
pub fn set_up() -> Lazy<impl LazyRoute> {
    Lazy::<SetUp>::new()
}

struct Session;

#[lazy_route]
impl LazyRoute for Session {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <SessionPage/> }.into_any()
    }
}

struct Installation;

#[lazy_route]
impl LazyRoute for Installation {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <InstallationPage/> }.into_any()
    }
}

struct SignIn;

#[lazy_route]
impl LazyRoute for SignIn {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <SignInPage/> }.into_any()
    }
}

struct SetUp;

#[lazy_route]
impl LazyRoute for SetUp {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <SetUpPage/> }.into_any()
    }
}

struct Pages;

#[lazy_route]
impl LazyRoute for Pages {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <PageListPage/> }.into_any()
    }
}

struct Page;

#[lazy_route]
impl LazyRoute for Page {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <PageReportPage/> }.into_any()
    }
}

struct Events;

#[lazy_route]
impl LazyRoute for Events {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <EventListPage/> }.into_any()
    }
}

struct Event;

#[lazy_route]
impl LazyRoute for Event {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <EventReportPage/> }.into_any()
    }
}

struct Paths;

#[lazy_route]
impl LazyRoute for Paths {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <PathsPage/> }.into_any()
    }
}
