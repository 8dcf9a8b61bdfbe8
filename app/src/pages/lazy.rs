//! Pages whose code browsers load when they are opened, each in a file of its own: whoever looks at the list loads nothing
//! of the other pages (docs/adr/0011).

use leptos::prelude::*;
use leptos_router::{Lazy, LazyRoute, lazy_route};

use super::{
    account::{SetUpPage, SignInPage},
    installation::InstallationPage,
    session::SessionPage,
    tab_pages::TabPages,
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

/// The tabs beside the list.
pub fn tabs() -> Lazy<impl LazyRoute> {
    Lazy::<Tabs>::new()
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

struct Tabs;

#[lazy_route]
impl LazyRoute for Tabs {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <TabPages/> }.into_any()
    }
}
