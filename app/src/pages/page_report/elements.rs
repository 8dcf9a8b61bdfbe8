//! What was used on a page, and what did not work.

use leptos::prelude::*;

use super::Those;
use crate::{
    components::icon::{Icon, event_lines},
    format::{count, event_kind, thousands},
    models::{
        pages::{Element, Top},
        query::Act,
    },
    pages::tables::link,
};

/// The part of the report. The numbers lead to the sessions that did this on the page.
pub(super) fn elements(title: &'static str, none: &'static str, those: Those<'_>, top: Top<Element>) -> AnyView {
    let line = |element: Element| {
        let Element { kind, name, target, .. } = element.clone();
        let did = those.that(Act::Exactly { kind, name, target });
        let kind = event_kind(element.kind);
        let name = if element.name.is_empty() { kind.to_owned() } else { element.name };
        let target =
            (!element.target.is_empty()).then(|| view! { <span class="row-title path">{element.target}</span> });
        view! {
            <tr>
                <th scope="row" class="cell-wide"><Icon lines=event_lines(element.kind)/><span class="visually-hidden">{kind}": "</span>{name}{target}</th>
                <td class="cell-number">{link(thousands(element.times), element.times, &did)}</td>
                <td class="cell-number">{link(thousands(element.sessions), element.sessions, &did)}</td>
            </tr>
        }
    };
    let content = if top.rows.is_empty() {
        view! { <p class="muted">{none}</p> }.into_any()
    } else {
        let lines: Vec<_> = top.rows.into_iter().map(line).collect();
        view! {
            <table class="tab-table small">
                <thead><tr><th class="cell-wide" scope="col">"What"</th><th class="cell-number" scope="col">"Times"</th><th class="cell-number" scope="col">"Sessions"</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
        }
        .into_any()
    };
    let others = (top.others > 0)
        .then(|| view! { <p class="muted">{format!("and {}", count(top.others, "other", "others"))}</p> });
    view! { <section class="report-part"><h2>{title}</h2>{content}{others}</section> }.into_any()
}
