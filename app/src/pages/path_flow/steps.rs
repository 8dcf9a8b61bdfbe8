//! The steps as a table: whoever does not see the picture has everything here.

use leptos::prelude::*;

use super::links::Links;
use crate::{
    format::{count, thousands},
    models::{
        paths::{Anchor, FlowStep, PathFlow, PathsShown, STEPS, Spot},
        query::{SessionQuery, Tab},
    },
    pages::tables::{conversion_words, figure, linked, sessions, share},
};

/// What stands in a row's first cell.
struct Name {
    spot: Spot,
    view: AnyView,
    sessions: u64,
    conversions: Option<u64>,
}

/// The table, a part for each step.
pub(super) fn steps(query: &SessionQuery, flow: &PathFlow) -> AnyView {
    let links = Links { query, anchor: &flow.anchor, steps: &flow.steps };
    let started = flow.steps.first().map_or(0, |step| step.sessions);
    let has_goal = query.goal.is_some();
    let goal = has_goal.then(|| {
        view! { <th class="cell-number" role="columnheader" scope="col" title="Those that reached the goal, whenever">"Converted"</th> }
    });
    let ended = if flow.anchor.is_back() { "Began here" } else { "Ended here" };
    let parts: Vec<_> = flow.steps.iter().enumerate().map(|(at, step)| part(links, at, step, started)).collect();
    view! {
        <table class="tab-table steps" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th class="cell-wide" role="columnheader" scope="col">"Page"</th>
                    <th class="cell-number" role="columnheader" scope="col">"Sessions"</th>
                    <th class="cell-number" role="columnheader" scope="col" title="The share of all sessions of the first step">"Share"</th>
                    <th class="cell-number" role="columnheader" scope="col" title="No other page came in this direction">{ended}</th>
                    {goal}
                    <th class="cell-number" role="columnheader" scope="col"><span class="visually-hidden">"Narrow"</span></th>
                </tr>
            </thead>
            {parts}
        </table>
    }
    .into_any()
}

fn part(links: Links<'_>, at: usize, step: &FlowStep, started: u64) -> AnyView {
    let pages = (0..).zip(&step.pages).map(|(place, page)| Name {
        spot: Spot::Page(place),
        view: page_link(links, page.path.clone()),
        sessions: page.sessions,
        conversions: page.conversions,
    });
    let others = (step.others > 0).then(|| Name {
        spot: Spot::Others,
        view: view! { <span class="muted">{count(step.other_pages, "other page", "other pages")}</span> }.into_any(),
        sessions: step.others,
        conversions: None,
    });
    let rows: Vec<_> = pages.chain(others).map(|name| row(links, at, step, name, started)).collect();
    view! {
        <tbody role="rowgroup">
            <tr class="step-head" role="row">
                <th role="rowheader" scope="rowgroup" colspan="6">{head(links, at, step, started)}</th>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

/// What a step comes to: `Step 2 · 812 sessions, 64 % · 301 ended here`.
fn head(links: Links<'_>, at: usize, step: &FlowStep, started: u64) -> AnyView {
    let ended = step.ended(None);
    let words = if links.anchor.is_back() { "began here" } else { "ended here" };
    let went_on = step.sessions - ended;
    let rest = (went_on > 0 && at + 1 == usize::from(STEPS)).then(|| {
        view! { ", "<a href=links.took(at + 1).list_href()>{thousands(went_on)}</a>" went on" }
    });
    let ended = (ended > 0).then(|| {
        view! { " · "<a href=links.ended(at).list_href()>{thousands(ended)}</a>" "{words}", "{share(ended, step.sessions)} }
    });
    view! {
        <span class="step-name">{format!("Step {}", at + 1)}</span>
        <span class="step-figures">
            <a href=links.took(at).list_href()>{count(step.sessions, "session", "sessions")}</a>", "{share(step.sessions, started)}
            {ended}{rest}
        </span>
    }
    .into_any()
}

fn row(links: Links<'_>, at: usize, step: &FlowStep, name: Name, started: u64) -> AnyView {
    let Name { spot, view, sessions: number, conversions } = name;
    let here = links.row(at, spot);
    let ended = step.ended(Some(spot));
    let gone = here.of_these(links.is(at + 1, Spot::Nothing));
    let converted = links.query.goal.map(|_| match conversions {
        Some(conversions) => {
            let text = conversion_words(conversions, number);
            linked("Converted", text, conversions, &here.that_converted(Some(true)))
        }
        None => figure("Converted", String::new(), None),
    });
    let only = here.href();
    let label = format!("Only these paths, by step {}", at + 1);
    view! {
        <tr role="row">
            <th class="cell-wide" role="rowheader" scope="row">{view}</th>
            {sessions("Sessions", number, &here)}
            {linked("Share", share(number, started), number, &here)}
            {sessions(if links.anchor.is_back() { "Began here" } else { "Ended here" }, ended, &gone)}
            {converted}
            <td class="cell-number" role="cell"><a href=only aria-label=label>"only these"</a></td>
        </tr>
    }
    .into_any()
}

/// A page leads to the paths through it, in the same direction.
fn page_link(links: Links<'_>, path: String) -> AnyView {
    let of = path.clone();
    let anchor = if links.anchor.is_back() { Anchor::Before(of) } else { Anchor::After(of) };
    let href = links.query.on(Tab::Paths(PathsShown { anchor })).href();
    view! { <a class="path" href=href>{path}</a> }.into_any()
}
