//! What came before and after a page.

use leptos::prelude::*;

use super::{Those, bars::bar};
use crate::{
    format::count,
    models::{
        pages::{Beside, BesideRow, PageShown, Top},
        query::{Act, Tab},
    },
};

/// On which side of the page.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Before,
    After,
}

/// The part of the report; each page leads to its own report, each number to the sessions that it counts.
pub(super) fn beside(side: Side, those: Those<'_>, top: Top<BesideRow>, looks: u64) -> AnyView {
    let (title, what, nothing) = match side {
        Side::Before => {
            ("Before", "The page before, in the same session; a reload is no new look.", "The session began here")
        }
        Side::After => ("After", "The page after, in the same session.", "The session ended here"),
    };
    let line = |row: BesideRow| {
        let other = if let Beside::Page(path) = &row.what { path.clone() } else { String::new() };
        let name = match row.what {
            Beside::Page(path) => {
                let href = those.query.on(Tab::Page(PageShown { of: path.clone() })).href();
                view! { <a class="path" href=href>{path}</a> }.into_any()
            }
            Beside::Nothing => nothing.into_any(),
        };
        let act = match side {
            Side::Before => Act::After(other),
            Side::After => Act::Before(other),
        };
        bar(name, row.times, [looks; 2], &those.that(act))
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
