//! The head of a column: where the list can be ordered by it, a link that does so.

use leptos::prelude::*;

use crate::{
    format::order_words,
    models::query::{SessionQuery, SortKey},
};

/// The cell. A second click turns the order round.
#[component]
pub(super) fn Head(
    /// The class of the column's cells.
    class: &'static str,
    /// The column's name.
    name: &'static str,
    /// What the list is ordered by then.
    key: Option<SortKey>,
    /// What was asked for.
    query: SessionQuery,
) -> impl IntoView {
    let Some(key) = key else {
        return view! { <th class=class role="columnheader" scope="col">{name}</th> }.into_any();
    };
    let next = query.sort.toggled(key);
    let (way, arrow) = match (query.sort.key == key, query.sort.ascending) {
        (true, false) => (Some("descending"), Some("↓")),
        (true, true) => (Some("ascending"), Some("↑")),
        (false, _) => (None, None),
    };
    let arrow = arrow.map(|arrow| view! { <span class="sort-arrow" aria-hidden="true">{arrow}</span> });
    view! {
        <th class=class role="columnheader" scope="col" aria-sort=way>
            <a class="sort" href=query.sorted(next).href() title=order_words(next)>{name}{arrow}</a>
        </th>
    }
    .into_any()
}
