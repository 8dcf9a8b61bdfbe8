//! Links to the parts of a long timeline, which need no script.

use leptos::prelude::*;

use crate::{
    format::{count, thousands},
    models::part::{AT_ONCE, Part, Places},
};

/// Links to all parts, each with the events that it holds; nothing where one part holds them all.
pub(super) fn part_links(places: &Places, label: &'static str) -> AnyView {
    let part = places.part();
    if part.last() == 1 {
        return ().into_any();
    }
    let links: Vec<_> = (1..=part.last())
        .map(|number| {
            let current = (number == part.number).then_some("true");
            let range = Part { number, ..part }.range();
            let words = format!("{}–{}", thousands(range.start as u64 + 1), thousands(range.end as u64));
            view! { <li><a href=places.part_href(number) aria-current=current>{words}</a></li> }
        })
        .collect();
    let words = format!("{}, {} at a time:", count(part.events as u64, "event", "events"), thousands(AT_ONCE as u64));
    view! {
        <nav class="shown" aria-label=label><ul role="list"><li class="shown-words">{words}</li>{links}</ul></nav>
    }
    .into_any()
}
