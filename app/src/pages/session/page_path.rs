//! The path between pages, in order.

use leptos::prelude::*;

use crate::{components::chart::hue::hue_class, models::timeline::TimelineItem};

/// An ordered list of the pages, repeated ones included.
#[component]
pub(super) fn PagePath(
    /// The timeline that holds them.
    timeline: Vec<TimelineItem>,
) -> impl IntoView {
    let steps: Vec<_> = timeline
        .into_iter()
        .filter_map(|item| match item {
            TimelineItem::Page(page) => Some(page),
            TimelineItem::Gap { .. } => None,
        })
        .map(|page| {
            view! {
                <li class="step">
                    <a href=format!("#{}", page.anchor()) rel="external">
                        <span class=format!("swatch {}", hue_class(&page.path)) aria-hidden="true"></span>
                        <span class="path">{page.path.clone()}</span>
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <h2 class="side-title">"Path"</h2>
        <ol class="page-path" role="list">{steps}</ol>
    }
}
