//! A condition in words. Its words open what it can be changed by; beside them stands the link without it.

use leptos::prelude::*;

use super::{condition_form::EditForm, make_goal::GoalOfCondition};
use crate::{
    components::icon::{CLOSE_LINES, Icon},
    format::filter_words,
    models::query::{Filter, SessionQuery},
};

/// A condition that can be changed.
#[component]
pub(super) fn Chip(
    /// What was asked for.
    query: SessionQuery,
    /// Which of its conditions this is.
    filter: Filter,
) -> impl IntoView {
    let words = filter_words(&filter);
    let without = query.without(&filter);
    view! {
        <li class="chip">
            <details class="picker">
                <summary class="chip-words"><span class="visually-hidden">"Change: "</span><span class="picker-label">{words.clone()}</span></summary>
                <div class="panel"><EditForm query=query.clone() filter=filter.clone()/><GoalOfCondition query filter/></div>
            </details>
            <Remove words without/>
        </li>
    }
    .into_any()
}

/// A condition that has a field of its own elsewhere.
#[component]
pub(super) fn PlainChip(
    /// What it says.
    words: String,
    /// What is left without it.
    without: SessionQuery,
) -> impl IntoView {
    view! { <li class="chip"><span class="chip-words"><span class="picker-label">{words.clone()}</span></span><Remove words without/></li> }
        .into_any()
}

#[component]
fn Remove(words: String, without: SessionQuery) -> impl IntoView {
    view! { <a class="chip-remove" href=without.href() aria-label=format!("Remove: {words}")><Icon lines=CLOSE_LINES/></a> }
        .into_any()
}
