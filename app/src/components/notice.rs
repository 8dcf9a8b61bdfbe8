//! Sentences that stand in the place of data: errors, empty lists, what was ignored.

use leptos::prelude::*;
use leptos_router::{hooks::use_location, location::Url};

use crate::models::error::AppError;

/// A heading, a sentence, and what to do next.
#[component]
pub fn Notice(
    /// What it is about.
    title: &'static str,
    /// What happened and what was kept.
    #[prop(into)]
    text: String,
    /// What to do next: links and forms.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="notice">
            <h1>{title}</h1>
            <p>{text}</p>
            <p class="notice-next">{children()}</p>
        </section>
    }
}

/// What a server function answered instead of data, with the next step.
#[component]
pub fn ErrorNotice(
    /// What it answered.
    error: AppError,
    /// The page to go back to.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let location = use_location();
    let here = move || format!("{}{}", location.pathname.get(), with_mark(&location.search.get()));
    let text = error.to_string();
    match error {
        AppError::NotSignedIn => {
            // Another document of the server's: the sign-in form needs no scripts and sets a cookie.
            let href = move || format!("/login?next={}", Url::escape(&here()));
            view! { <Notice title="Signed out" text><a class="button primary" rel="external" href=href>"Sign in"</a></Notice> }.into_any()
        }
        AppError::NotFound => {
            view! { <Notice title="Not found" text><a class="button" href=back>"Back to the list"</a></Notice> }.into_any()
        }
        AppError::Invalid(_) => {
            view! { <Notice title="Not understood" text><a class="button" href=back>"Back to the list"</a></Notice> }.into_any()
        }
        AppError::Unavailable | AppError::TooSlow | AppError::Unreachable => {
            view! { <Notice title="No answer" text><a class="button primary" rel="external" href=here>"Try again"</a></Notice> }.into_any()
        }
    }
}

/// The router's search string has no question mark on the server and may have one in the browser.
fn with_mark(search: &str) -> String {
    match search.trim_start_matches('?') {
        "" => String::new(),
        search => format!("?{search}"),
    }
}
