//! What the shades and marks of the ribbon mean.

use leptos::prelude::*;

use super::pattern::hatch;

/// A line below the ribbon.
#[component]
pub fn Legend() -> impl IntoView {
    let shade = |class: &'static str, fill: Option<String>, words: &'static str| {
        view! {
            <li><svg width="14" height="10" aria-hidden="true" focusable="false"><rect class=class fill=fill x="1" y="1" width="12" height="8"/></svg>{words}</li>
        }
    };
    view! {
        <ul class="legend page-hue-0" role="list">
            {shade("strip-block active", None, "active")}
            {shade("strip-block idle", None, "visible, no sign of life")}
            {shade("strip-block hidden", Some(hatch(0)), "in the background")}
            {shade("strip-block unknown", None, "not measured")}
            <li><svg width="10" height="10" aria-hidden="true" focusable="false"><circle class="strip-event" cx="5" cy="5" r="2.5"/></svg>"event"</li>
            <li class="strip-friction"><svg width="12" height="10" aria-hidden="true" focusable="false"><path d="M1 9L6 1L11 9Z"/></svg>"problem"</li>
        </ul>
    }
}
