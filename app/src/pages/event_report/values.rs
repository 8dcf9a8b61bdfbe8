//! A table of values with their figures.

use leptos::prelude::*;

use crate::{
    format::{count, thousands},
    models::{events::Counted, query::SessionQuery},
    pages::tables::{conversion, link, share},
};

/// What the columns of a table are about.
#[derive(Clone, Copy)]
pub(super) struct Column {
    /// How many sessions had the event: what shares are of.
    pub(super) of: u64,
    /// Whether conversions are counted.
    pub(super) has_goal: bool,
}

/// The part of the report: names, the sessions behind them, and their figures.
pub(super) fn values(
    title: String,
    rows: Vec<(AnyView, SessionQuery, Counted<()>)>,
    others: u64,
    Column { of, has_goal }: Column,
) -> AnyView {
    let line = |(name, those, counted): (AnyView, SessionQuery, Counted<()>)| {
        let conversion = counted.conversions.map(|conversions| {
            view! { <td class="cell-number">{conversion(conversions, counted.sessions, &those)}</td> }
        });
        view! {
            <tr>
                <th scope="row" class="cell-wide">{name}</th>
                <td class="cell-number">{link(thousands(counted.times), counted.times, &those)}</td>
                <td class="cell-number">{link(thousands(counted.sessions), counted.sessions, &those)}</td>
                <td class="cell-number">{link(share(counted.sessions, of), counted.sessions, &those)}</td>
                {conversion}
            </tr>
        }
    };
    let lines: Vec<_> = rows.into_iter().map(line).collect();
    let goal = has_goal.then(|| view! { <th class="cell-number" scope="col">"Conversions"</th> });
    let others = (others > 0)
        .then(|| view! { <p class="muted">{format!("and {}", count(others, "other value", "other values"))}</p> });
    view! {
        <section class="report-part">
            <h2>{title}</h2>
            <table class="tab-table small">
                <thead><tr><th class="cell-wide" scope="col">"Value"</th><th class="cell-number" scope="col">"Times"</th><th class="cell-number" scope="col">"Sessions"</th><th class="cell-number" scope="col">"Share"</th>{goal}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
            {others}
        </section>
    }
    .into_any()
}
