//! What came before and after a page.

use leptos::prelude::*;

use crate::{
    components::chart::percent,
    format::{count, thousands},
    models::{
        pages::{Beside, BesideRow, PageShown, Top},
        query::{SessionQuery, Tab},
    },
    pages::tables::share,
};

/// The part of the report; each page leads to its own report.
pub(super) fn beside(
    title: &'static str,
    what: &'static str,
    query: &SessionQuery,
    top: Top<BesideRow>,
    looks: u64,
) -> AnyView {
    let nothing = if title == "Before" { "The session began here" } else { "The session ended here" };
    let line = |row: BesideRow| {
        let name = match row.what {
            Beside::Page(path) => {
                let href = query.on(Tab::Page(PageShown { of: path.clone() })).href();
                view! { <a class="path" href=href>{path}</a> }.into_any()
            }
            Beside::Nothing => view! { <span>{nothing}</span> }.into_any(),
        };
        let width = percent(row.times as f64 / looks.max(1) as f64);
        view! {
            <li class="bar-line">
                <span class="bar-name">{name}</span>
                <svg class="bar" width="100%" height="12" aria-hidden="true" focusable="false"><rect width=width height="100%" rx="3"/></svg>
                <span class="bar-figure">{thousands(row.times)}<span class="muted">" "{share(row.times, looks)}</span></span>
            </li>
        }
    };
    let lines: Vec<_> = top.rows.into_iter().map(line).collect();
    let others = (top.others > 0)
        .then(|| view! { <p class="muted">{format!("and {}", count(top.others, "other page", "other pages"))}</p> });
    view! {
        <section class="report-part">
            <h2>{title}</h2><p class="muted">{what}</p>
            <ol class="bars" role="list">{lines}</ol>{others}
        </section>
    }
    .into_any()
}
