//! What [`super::lazy`] gives, for the static demo: there all pages are in one file.

use leptos::prelude::*;

use super::{
    account::{SetUpPage, SignInPage},
    installation::InstallationPage,
    session::SessionPage,
    tab_pages::TabPages,
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

/// The tabs beside the list.
pub fn tabs() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <TabPages/> }.into_any()
}

/// Signing in.
pub fn sign_in() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <SignInPage/> }.into_any()
}

/// The first start.
pub fn set_up() -> impl Fn() -> AnyView + Clone + Send {
    || view! { <SetUpPage/> }.into_any()
}
