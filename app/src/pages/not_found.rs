//! The page for addresses that lead nowhere.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{logo::Logo, notice::Notice};

/// Says so, and leads to the list.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Title text="Not found"/>
        <header class="top"><a class="brand" href="/" rel="external"><Logo/>"Pulse"</a></header>
        <main class="content">
            <Notice title="Not found" text="There is no page at this address. It may have been mistyped, or the link is old.">
                <a class="button" href="/" rel="external">"Go to the sessions"</a>
            </Notice>
        </main>
    }
}
