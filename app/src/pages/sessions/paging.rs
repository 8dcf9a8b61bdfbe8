//! To newer and older sessions. Pages are found by key: the hundredth costs what the first costs.

use leptos::prelude::*;

use crate::{
    components::icon::{BACK_LINES, Icon, ON_LINES},
    models::query::SessionQuery,
};

/// The links below the list.
#[component]
pub(super) fn Paging(
    /// The page above.
    above: Option<SessionQuery>,
    /// The page below.
    #[prop(into)]
    below: Signal<Option<SessionQuery>>,
    /// Whether the newest come first: then the links say so.
    by_time: bool,
) -> impl IntoView {
    let (up, down) = if by_time { ("Newer", "Older") } else { ("Previous", "Next") };
    view! {
        <nav class="paging" aria-label="Pages of the list">
            {above.map(|above| view! { <a class="button" rel="prev" href=above.href()><Icon lines=BACK_LINES/>{up}</a> })}
            {move || below.get().map(|below| view! { <a class="button older" rel="next" href=below.href()>{down}<Icon lines=ON_LINES/></a> })}
        </nav>
    }
}
