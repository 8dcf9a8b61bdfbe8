//! How many messages arrived and how they ended.

use leptos::prelude::*;

use crate::{
    format::{outcome, thousands},
    models::{
        intake::OutcomeCount,
        outcome::{Outcome, Reason},
    },
};

/// A table of outcomes.
#[component]
pub(super) fn Arrived(
    /// Those of the site.
    counts: Vec<OutcomeCount>,
    /// Those of messages that named no site of this server.
    of_no_site: Vec<OutcomeCount>,
) -> impl IntoView {
    let is_empty = counts.is_empty();
    view! {
        <section>
            <h2>"What arrived"</h2>
            {is_empty.then(|| view! { <p>"No message has arrived for this site within seven days."</p> })}
            {(!is_empty).then(|| view! { <OutcomeTable counts/> })}
            {(!of_no_site.is_empty()).then(|| view! {
                <h3>"For no site of this server"</h3>
                <p>"These could not be read, or their script tag names a site that does not exist here. If they are yours, copy the script tag again."</p>
                <OutcomeTable counts=of_no_site/>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn OutcomeTable(counts: Vec<OutcomeCount>) -> impl IntoView {
    let row = |count: OutcomeCount| {
        view! {
            <tr>
                <th scope="row">{outcome(count.outcome)}</th>
                <td class="figure">{thousands(count.day)}</td>
                <td class="figure">{thousands(count.week)}</td>
                <td class="meaning">{meaning(count.outcome)}</td>
            </tr>
        }
    };
    view! {
        <table class="plain-table">
            <thead><tr><th scope="col">"Messages"</th><th scope="col" class="figure">"24 hours"</th><th scope="col" class="figure">"7 days"</th><th scope="col" class="meaning">"Meaning"</th></tr></thead>
            <tbody>{counts.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Stored => "Page views, reports of time and events that are in the sessions.",
        Outcome::Duplicate => "Sent again by a browser that got no answer. Counted once.",
        Outcome::Refused(Reason::RateLimited) => {
            "Too many messages from one address. Browsers send them again; if these are many people behind a proxy, name the proxy with --trusted-proxy."
        }
        Outcome::Refused(reason) => reason.message(),
    }
}
