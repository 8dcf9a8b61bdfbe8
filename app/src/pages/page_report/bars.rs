//! How views are spread over a figure: a list of bars that says the numbers too.

use leptos::prelude::*;

use crate::{components::chart::percent, format::thousands, pages::tables::share};

/// The part of the report.
pub(super) fn bars(title: &'static str, what: &'static str, names: &[String], values: &[u64]) -> AnyView {
    let most = values.iter().copied().max().unwrap_or_default();
    let all: u64 = values.iter().sum();
    let line = |(name, &value): (&String, &u64)| {
        let width = percent(value as f64 / most.max(1) as f64);
        view! {
            <li class="bar-line">
                <span class="bar-name">{name.clone()}</span>
                <svg class="bar" width="100%" height="12" aria-hidden="true" focusable="false"><rect width=width height="100%" rx="3"/></svg>
                <span class="bar-figure">{thousands(value)}<span class="muted">" "{share(value, all)}</span></span>
            </li>
        }
    };
    let lines: Vec<_> = names.iter().zip(values).map(line).collect();
    let content = if all == 0 {
        view! { <p class="muted">"Not measured."</p> }.into_any()
    } else {
        view! { <ol class="bars" role="list">{lines}</ol> }.into_any()
    };
    view! { <section class="report-part"><h2>{title}</h2><p class="muted">{what}</p>{content}</section> }.into_any()
}
