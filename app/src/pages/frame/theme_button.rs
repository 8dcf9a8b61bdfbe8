//! Light, dark, or as the system says.

use leptos::prelude::*;

use crate::{
    components::icon::{Icon, theme_lines},
    hooks::{Theme, use_hydrated, use_theme},
};

/// A button that goes through the three; absent without scripts, where the system decides.
#[component]
pub(super) fn ThemeButton() -> impl IntoView {
    let theme = use_theme();
    let hydrated = use_hydrated();
    let label = move || format!("Colours: {}. Change to {}", theme.get().name(), theme.get().next().name());
    let icon = move |which: Theme| view! { <span class="theme-icon" hidden=move || theme.get() != which><Icon lines=theme_lines(which)/></span> };
    view! {
        <button type="button" class="button quiet square" hidden=move || !hydrated.get() aria-label=label title=label
            on:click=move |_| theme.update(|theme| *theme = theme.next())>
            {icon(Theme::System)}{icon(Theme::Light)}{icon(Theme::Dark)}
        </button>
    }
}
