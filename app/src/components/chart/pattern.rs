//! The hatchings of hidden time, one a hue, shared by all drawings of a document.

use leptos::prelude::*;

use super::hue::HUES;

/// The pattern that fills hidden time on a page of this hue, as a `fill`.
pub fn hatch(hue: usize) -> String {
    format!("url(#hatch-{hue})")
}

/// The definitions. The frame holds them once, before the first drawing.
#[component]
pub fn Hatchings() -> impl IntoView {
    let patterns: Vec<_> = (0..HUES)
        .map(|hue| {
            view! {
                <pattern id=format!("hatch-{hue}") class=format!("hatch page-hue-{hue}") width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="hatch-ground" width="4" height="4"/>
                    <rect class="hatch-line" width="1.5" height="4"/>
                </pattern>
            }
        })
        .collect();
    view! { <svg class="hatchings" width="0" height="0" aria-hidden="true" focusable="false"><defs>{patterns}</defs></svg> }
}
