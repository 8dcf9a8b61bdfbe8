//! What both forms share: the card around them and the problem above them.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{components::logo::Logo, format::sign_in_problem, models::account::SignInProblem};

/// A parameter of the address, empty when it is absent.
pub(super) fn use_param(name: &'static str) -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get_str(name).unwrap_or_default().to_owned()))
}

/// A card in the middle of the page.
#[component]
pub(super) fn Card(
    /// The heading.
    title: &'static str,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <main class="account">
            <p class="brand"><Logo/>"Pulse"</p>
            <div class="card">
                <h1>{title}</h1>
                <Problem/>
                {children()}
            </div>
        </main>
    }
}

/// What went wrong the last time, from `?problem=`.
#[component]
fn Problem() -> impl IntoView {
    let problem = use_param("problem");
    move || {
        let problem: SignInProblem = problem.get().parse().ok()?;
        Some(view! { <p class="problem" role="alert">{sign_in_problem(problem)}</p> })
    }
}
