//! To newer and older sessions. Pages are found by key: the hundredth costs what the first costs.

use leptos::prelude::*;

use crate::{
    components::icon::{BACK_LINES, Icon, ON_LINES},
    models::query::SessionQuery,
};

/// The links below the list.
#[component]
pub(super) fn Paging(
    /// The page before.
    newer: Option<SessionQuery>,
    /// The page after.
    #[prop(into)]
    older: Signal<Option<SessionQuery>>,
) -> impl IntoView {
    view! {
        <nav class="paging" aria-label="Pages of the list">
            {newer.map(|newer| view! { <a class="button" rel="prev" href=newer.href()><Icon lines=BACK_LINES/>"Newer"</a> })}
            {move || older.get().map(|older| view! { <a class="button older" rel="next" href=older.href()>"Older"<Icon lines=ON_LINES/></a> })}
        </nav>
    }
}
