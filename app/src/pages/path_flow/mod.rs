//! The tab Paths: how people move, step by step from a start, or back from what they came to.

mod choices;
mod layout;
mod links;
mod picture;
mod steps;

use leptos::prelude::*;

use self::{choices::choices, picture::picture, steps::steps};
use super::narrowing::{TabAnswer, tab_page};
use crate::{
    api::tabs::load_paths,
    format::{anchor_words, count},
    models::{
        paths::{Anchor, PathFlow, PathsShown},
        query::{SessionQuery, Tab},
        time::LocalTime,
    },
};

impl TabAnswer for PathFlow {
    fn now(&self) -> LocalTime {
        self.now
    }
}

/// The page at `/sites/{site}/paths`.
#[component]
pub fn PathsPage() -> impl IntoView {
    tab_page("Paths", load_paths, show)
}

fn show(query: SessionQuery, flow: PathFlow) -> AnyView {
    let anchor = &flow.anchor;
    let started = flow.steps.first().map_or(0, |step| step.sessions);
    let of = format!(
        "{}: {} of {}",
        anchor_words(anchor),
        crate::format::thousands(started),
        count(flow.sessions, "session", "sessions")
    );
    let content = if started == 0 {
        nothing(&query, anchor, flow.sessions)
    } else {
        view! {
            <div class="flow">
                {steps(&query, &flow)}
                {picture(&query, &flow)}
            </div>
        }
        .into_any()
    };
    view! {
        <div class="list-head"><h1>"Paths"</h1><p class="muted">{of}</p></div>
        {choices(&query, anchor)}
        {content}
    }
    .into_any()
}

/// What to do when no session has what paths are counted from.
fn nothing(query: &SessionQuery, anchor: &Anchor, sessions: u64) -> AnyView {
    let words = match anchor {
        _ if sessions == 0 => "No session fits the conditions in this period.",
        Anchor::Start | Anchor::End => "No session of these viewed a page.",
        Anchor::After(_) | Anchor::Before(_) => "No session of these viewed this page.",
        Anchor::Goal if query.goal.is_none() => "Choose a goal first: it is in the line above, under Goal.",
        Anchor::Goal => "No session of these reached the goal.",
    };
    let (href, link) = if *anchor == Anchor::Start {
        (query.list_href(), "To the sessions")
    } else {
        (query.on(Tab::Paths(PathsShown::default())).href(), "Paths from the beginning")
    };
    view! { <section class="notice"><h2>"No paths"</h2><p>{words}</p><p class="notice-next"><a class="button" href=href>{link}</a></p></section> }
        .into_any()
}
