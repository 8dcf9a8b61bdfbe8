//! One line or two a row.

use leptos::prelude::*;

use crate::hooks::{Density, use_hydrated};

/// A button that is pressed in or not; absent without scripts, its place kept.
#[component]
pub(super) fn DensityButton() -> impl IntoView {
    let density = expect_context::<RwSignal<Density>>();
    let hydrated = use_hydrated();
    let pressed = move || if density.get() == Density::Dense { "true" } else { "false" };
    view! {
        <button type="button" class="button quiet small density" class:reserved=move || !hydrated.get() aria-pressed=pressed
            title="One line a session" on:click=move |_| density.update(|density| *density = density.other())>
            "Dense"
        </button>
    }
    .into_any()
}
