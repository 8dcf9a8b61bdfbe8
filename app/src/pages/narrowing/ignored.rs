//! What of an address was not understood.

use leptos::prelude::*;

use crate::format::{Ignored, ignored_words};

/// Tells it.
#[component]
pub(in crate::pages) fn IgnoredParameters(
    /// What that is.
    ignored: Signal<Vec<Ignored>>,
) -> impl IntoView {
    move || {
        let sentences = ignored_words(&ignored.get());
        sentences.into_iter().map(|sentence| view! { <p class="ignored" role="status">{sentence}</p> }).collect_view()
    }
}
