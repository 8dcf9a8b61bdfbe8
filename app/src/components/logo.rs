//! The mark: a strip with an event above it.

use leptos::prelude::*;

/// The logo's drawing, 20 px square.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <rect class="logo-long" x="1" y="7" width="8" height="9" rx="1.5"/>
            <rect class="logo-pale" x="10" y="7" width="3" height="9" rx="1.5"/>
            <rect class="logo-short" x="14" y="7" width="5" height="9" rx="1.5"/>
            <circle class="logo-mark" cx="5" cy="3.5" r="1.75"/>
        </svg>
    }
}
