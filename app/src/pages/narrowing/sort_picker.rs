//! In which order the list is. The heads of the columns say it too, where there is room for them.

use leptos::prelude::*;
use strum::IntoEnumIterator;

use crate::{
    format::order_words,
    models::query::{SessionQuery, Sort, SortKey},
};

/// A list that opens: the order that there is, then those that a click leads to.
#[component]
pub(super) fn SortPicker(
    /// What was asked for.
    query: SessionQuery,
) -> impl IntoView {
    let choice = |sort: Sort| {
        let current = (query.sort == sort).then_some("true");
        view! { <li><a href=query.sorted(sort).href() aria-current=current>{order_words(sort)}</a></li> }
    };
    let orders = std::iter::once(query.sort).chain(SortKey::iter().map(|key| query.sort.toggled(key)));
    view! {
        <details class="picker order">
            <summary class="button quiet"><span class="visually-hidden">"Order: "</span><span class="picker-label">{order_words(query.sort)}</span></summary>
            <div class="panel"><ul class="choices" role="list">{orders.map(choice).collect_view()}</ul></div>
        </details>
    }
    .into_any()
}
