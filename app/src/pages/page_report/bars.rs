//! How views are spread over a figure, or over pages beside them: lists of bars that say the numbers too.

use leptos::prelude::*;

use crate::{
    components::chart::percent,
    format::thousands,
    models::query::SessionQuery,
    pages::tables::{link, share},
};

/// The part of the report: what the bars stand for, with the sessions behind them, and the views in each.
pub(super) fn bars(
    title: &'static str,
    what: &'static str,
    names: Vec<(String, SessionQuery)>,
    values: &[u64],
) -> AnyView {
    let most = values.iter().copied().max().unwrap_or_default();
    let all: u64 = values.iter().sum();
    let line =
        |((name, those), &value): ((String, SessionQuery), &u64)| bar(name.into_any(), value, [most, all], &those);
    let lines: Vec<_> = names.into_iter().zip(values).map(line).collect();
    let content = if all == 0 {
        view! { <p class="muted">"Not measured."</p> }.into_any()
    } else {
        view! { <ol class="bars" role="list">{lines}</ol> }.into_any()
    };
    view! { <section class="report-part"><h2>{title}</h2><p class="muted">{what}</p>{content}</section> }.into_any()
}

/// A bar as long as its number is a part of the first of these, which leads to the sessions that it counts; its share is of
/// the second.
pub(super) fn bar(name: AnyView, number: u64, [whole, all]: [u64; 2], those: &SessionQuery) -> AnyView {
    let width = percent(number as f64 / whole.max(1) as f64);
    view! {
        <li class="bar-line">
            <span class="bar-name">{name}</span>
            <svg class="bar" width="100%" height="12" aria-hidden="true" focusable="false"><rect width=width height="100%" rx="3"/></svg>
            <span class="bar-figure">{link(thousands(number), number, those)}<span class="muted">" "{share(number, all)}</span></span>
        </li>
    }
    .into_any()
}
