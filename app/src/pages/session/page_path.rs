//! The path between pages, in order.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{components::chart::hue::hue_class, models::timeline::SessionDetail};

/// An ordered list of the pages, repeated ones included.
#[component]
pub(super) fn PagePath(
    /// The session with its timeline.
    detail: Arc<SessionDetail>,
) -> impl IntoView {
    let steps: Vec<_> = detail
        .pages()
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
