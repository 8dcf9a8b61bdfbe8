//! What the shades and marks of the ribbon mean.

use leptos::prelude::*;

use super::{
    marks::MarkKind,
    pattern::hatch,
    shapes::{MarkSize, mark_class, mark_lines},
};

/// A line below the ribbon.
#[component]
pub fn Legend() -> impl IntoView {
    let shade = |class: &'static str, fill: Option<String>, words: &'static str| {
        view! {
            <li><svg width="14" height="10" aria-hidden="true" focusable="false"><rect class=class fill=fill x="1" y="1" width="12" height="8"/></svg>{words}</li>
        }
    };
    let mark = |kind: MarkKind, words: &'static str| {
        view! {
            <li><svg class=mark_class(kind) width="12" height="10" viewBox="-6 -1 12 10" aria-hidden="true" focusable="false"><path d=mark_lines(kind, MarkSize::Large)/></svg>{words}</li>
        }
    };
    view! {
        <ul class="legend page-hue-0" role="list">
            {shade("strip-block active", None, "active")}
            {shade("strip-block idle", None, "visible, no sign of life")}
            {shade("strip-block hidden", Some(hatch(0)), "in the background")}
            {shade("strip-block unknown", None, "not measured")}
            {mark(MarkKind::Click, "click")}
            {mark(MarkKind::Event, "other event")}
            {mark(MarkKind::Friction, "problem")}
            {mark(MarkKind::Error, "script error, page not found")}
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_of_the_ribbon_is_named() {
        let html = Owner::new().with(|| view! { <Legend/> }.to_html());
        for (kind, words) in [
            (MarkKind::Click, "click"),
            (MarkKind::Event, "other event"),
            (MarkKind::Friction, "problem"),
            (MarkKind::Error, "script error, page not found"),
        ] {
            let lines = mark_lines(kind, MarkSize::Large);
            let item = html.split("<li>").find(|item| item.contains(lines)).unwrap_or_default();
            assert!(item.contains(mark_class(kind)) && item.contains(&format!(">{words}<")), "{item} in {html}");
        }
    }
}
