//! The line below every page.

use leptos::prelude::*;

/// Names the source of the country data, as its licence (CC BY 4.0) asks.
#[component]
pub(super) fn Footer() -> impl IntoView {
    view! {
        <footer class="footer">
            <p><a href="https://db-ip.com" rel="noopener noreferrer">"IP to country by DB-IP"</a></p>
        </footer>
    }
}
