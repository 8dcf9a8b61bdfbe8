//! From where paths are shown: links, and a form for those through a page.

use leptos::prelude::*;

use crate::{
    models::{
        paths::{Anchor, PathsShown, Way},
        query::{SessionQuery, Tab},
    },
    pages::narrowing::{action, kept},
};

/// The line of choices.
pub(super) fn choices(query: &SessionQuery, anchor: &Anchor) -> AnyView {
    let goal = query.goal.map(|_| (Anchor::Goal, "Back from the goal"));
    let ends = [(Anchor::Start, "From the beginning"), (Anchor::End, "Back from the end")];
    let links: Vec<_> = ends
        .into_iter()
        .chain(goal)
        .map(|(of, words)| {
            let current = (of == *anchor).then_some("true");
            let href = query.on(Tab::Paths(PathsShown { anchor: of })).href();
            view! { <li><a href=href aria-current=current>{words}</a></li> }
        })
        .collect();
    let option = |way: Way, words: &'static str| view! { <option value=way.as_ref().to_owned() selected=anchor.way() == way>{words}</option> };
    view! {
        <div class="flow-choices">
            <ul class="choices across" role="list" aria-label="Paths">{links}</ul>
            <form method="get" action=action(query) class="find" aria-label="Paths through a page">
                {kept(query, &["way", "of"])}
                <label>
                    <span class="visually-hidden">"Which way"</span>
                    <select name="way">{option(Way::After, "On from")}{option(Way::Before, "Back from")}</select>
                </label>
                <label>
                    <span class="visually-hidden">"Page"</span>
                    <input type="text" name="of" value=anchor.page().to_owned() placeholder="/a-page" required maxlength="500" autocomplete="off" autocapitalize="none" spellcheck="false"/>
                </label>
                <button class="button">"Show"</button>
            </form>
        </div>
    }
    .into_any()
}
