//! Rules that would be worth it, as links that show their preview.

use leptos::prelude::*;

use crate::{
    format::count,
    models::{
        ids::SiteId,
        path_rule::{Suggestion, preview_href},
    },
};

/// The list; nothing where there is none.
pub(super) fn suggested(site: SiteId, suggestions: Vec<Suggestion>) -> Option<AnyView> {
    if suggestions.is_empty() {
        return None;
    }
    let line = |Suggestion { rule, paths, views }: Suggestion| {
        let of = format!("{}, {}", count(paths, "path", "paths"), count(views, "page view", "page views"));
        view! {
            <li><a class="path" href=preview_href(site, rule.as_str())>{rule.to_string()}</a>" "<span class="muted">{of}</span></li>
        }
    };
    let lines: Vec<_> = suggestions.into_iter().map(line).collect();
    Some(
        view! {
            <section>
                <h2>"Suggestions"</h2>
                <p class="muted">"Many paths of the last 30 days have these shapes. Each link shows what a rule would join."</p>
                <ul class="prose suggestions">{lines}</ul>
            </section>
        }
        .into_any(),
    )
}
