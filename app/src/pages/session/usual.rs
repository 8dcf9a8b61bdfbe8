//! How long a page view was compared with what is usual for its page.

use leptos::prelude::*;

use crate::{
    format::{usual_title, usual_words},
    models::timeline::{PageTime, Usual},
};

/// The comparison in words; nothing where there is no time to compare, or nothing to compare it with.
#[component]
pub(super) fn BesideUsual(
    /// The time of the page view.
    time: PageTime,
    /// What is usual for its page.
    usual: Option<Usual>,
) -> impl IntoView {
    let PageTime::Measured { active_ms, .. } = time else { return ().into_any() };
    let Some(usual) = usual else { return ().into_any() };
    let of = usual_title(usual);
    view! {
        <p class="page-beside" title=of.clone()>
            {usual_words(active_ms, usual)}<span class="visually-hidden">", "{of.clone()}</span>
        </p>
    }
    .into_any()
}
