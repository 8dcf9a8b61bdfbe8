//! Why a form did nothing: its answer says so in the address, so that forms work without scripts.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::format::{goal_problem, view_problem};

/// Says why a view or a goal was not made or deleted, from `?view_problem=` and `?goal_problem=`.
#[component]
pub(in crate::pages) fn ProblemNote() -> impl IntoView {
    let address = use_query_map();
    let problem = Memo::new(move |_| {
        address.with(|query| {
            let of = |name| query.get_str(name).unwrap_or_default();
            let view = of("view_problem").parse().ok().map(view_problem);
            view.or_else(|| of("goal_problem").parse().ok().map(goal_problem))
        })
    });
    move || problem.get().map(|words| view! { <p class="ignored" role="alert">{words}</p> })
}
