//! What the list is narrowed by, each condition with a way to change it and one to be rid of it, and a way to add one.

use leptos::prelude::*;

use super::{
    chip::{Chip, PlainChip},
    condition_form::AddForm,
};
use crate::{
    components::icon::{Icon, PLUS_LINES},
    format::day_time_words,
    models::query::SessionQuery,
};

/// The line of conditions.
#[component]
pub(in crate::pages) fn Conditions(
    /// What was asked for.
    query: SessionQuery,
) -> impl IntoView {
    let chips: Vec<_> =
        query.filters.iter().map(|filter| view! { <Chip query=query.clone() filter=filter.clone()/> }).collect();
    let time = query.time.map(|time| {
        let without = SessionQuery { time: None, ..query.at_top() };
        view! { <PlainChip words=day_time_words(time) without/> }
    });
    let search = query.search.clone().map(|search| {
        let without = SessionQuery { search: None, ..query.at_top() };
        view! { <PlainChip words=format!("Search for {search}") without/> }
    });
    let converted = query.converted.map(|converted| {
        let words = if converted { "Converted" } else { "Did not convert" };
        view! { <PlainChip words=words.to_owned() without=query.that_converted(None)/> }
    });
    let narrowed = query.is_narrowed();
    let cleared = cleared(&query).href();
    view! {
        <div class="conditions">
            {narrowed.then(|| view! { <ul class="chips" role="list" aria-label="Conditions">{chips}{time}{converted}{search}</ul> })}
            <details class="picker add">
                <summary class="button quiet"><Icon lines=PLUS_LINES/>"Filter"</summary>
                <div class="panel"><AddForm query/></div>
            </details>
            {narrowed.then(|| view! { <a class="button quiet" href=cleared>"Clear"</a> })}
        </div>
    }
    .into_any()
}

/// The stretch of time alone.
pub(in crate::pages) fn cleared(query: &SessionQuery) -> SessionQuery {
    query.narrowed_by(Vec::new())
}
