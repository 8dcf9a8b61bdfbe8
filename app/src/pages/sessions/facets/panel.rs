//! One facet, which can be searched and read again by itself.

use leptos::{
    ev::{Event, MouseEvent},
    prelude::*,
};
use web_sys::Element;

use super::{
    data::{FacetAnswer, NOW_ON},
    values::values,
};
use crate::{
    format::dimension_words,
    models::{
        error::AppError,
        query::{Dimension, Period, SessionQuery},
    },
    state::facets::AskedFacet,
};

/// One facet.
#[component]
pub(super) fn Panel(
    dimension: Dimension,
    /// As it came with the page, if it did.
    main: Option<FacetAnswer>,
    query: SessionQuery,
    asked: AskedFacet,
    hydrated: ReadSignal<bool>,
) -> impl IntoView {
    let is_main = main.is_some();
    // Counted again, most of it is as it was.
    let shown = Memo::new(move |_| asked.answer.get().or_else(|| main.clone()));
    let has_more = move || shown.with(|shown| matches!(shown, Some(Ok(facet)) if facet.others > 0));
    let is_searched = move || asked.part.with(|part| !part.is_empty());
    let open = {
        let query = query.clone();
        move |event: Event| {
            asked.open.set(Some(is_open(&event)));
            if !is_main && !asked.is_asked() {
                asked.ask(query.clone());
            }
        }
    };
    let search = {
        let query = query.clone();
        move |event: Event| asked.search(query.clone(), event_target_value(&event))
    };
    let name = name(dimension, query.period);
    view! {
        <details class="facet" open=asked.open.get_untracked().unwrap_or(is_main) aria-busy=move || asked.loading.get().then_some("true") on:toggle=open>
            <summary>{name}</summary>
            <label class="facet-search" hidden=move || !hydrated.get() || !(has_more() || is_searched())>
                <span class="visually-hidden">{format!("Search in {}", name.to_lowercase())}</span>
                <input type="search" placeholder="Search" maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false"
                    prop:value=move || asked.part.get() on:input=search/>
            </label>
            {move || match shown.get() {
                Some(Ok(facet)) => values(&facet, &query),
                Some(Err(error)) => failed(&error, asked, query.clone()),
                None if asked.loading.get() => view! { <p class="facet-note" role="status">"Loading…"</p> }.into_any(),
                None => ().into_any(),
            }}
        </details>
    }
    .into_any()
}

/// Whether what was toggled is open now.
pub(super) fn is_open(event: &Event) -> bool {
    event_target::<Element>(event).has_attribute("open")
}

/// Reads this facet alone again; without scripts the page.
fn failed(error: &AppError, asked: AskedFacet, query: SessionQuery) -> AnyView {
    let href = query.href();
    let again = move |event: MouseEvent| {
        event.prevent_default();
        asked.ask(query.clone());
    };
    let what = if *error == AppError::TooSlow { "This took too long. " } else { "Could not be read. " };
    view! {
        <p class="facet-note" role="status">{what}<a href=href rel="external" on:click=again>"Try again"</a></p>
    }
    .into_any()
}

/// What a facet is called.
fn name(dimension: Dimension, period: Period) -> &'static str {
    if dimension == NOW_ON && period == Period::Now { "Now on" } else { dimension_words(dimension) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{models::ids::SiteId, state::facets::AskedFacets};

    #[test]
    fn of_what_goes_on_now_the_last_page_is_where_it_is() {
        let names = [Period::Now, Period::default()].map(|period| name(Dimension::Exit, period));
        assert_eq!((names, name(Dimension::Entry, Period::Now)), (["Now on", "Exit page"], "Entry page"));
    }

    #[test]
    fn one_that_took_too_long_says_so_and_can_be_asked_again() {
        let query = SessionQuery::newest(SiteId(1));
        let html = |error: AppError| {
            Owner::new().with(|| failed(&error, AskedFacets::new().of(Dimension::Country), query.clone()).to_html())
        };
        assert!(html(AppError::TooSlow).contains("This took too long. "), "{}", html(AppError::TooSlow));
        assert!(html(AppError::Unavailable).contains("Could not be read. "), "{}", html(AppError::Unavailable));
        assert!(html(AppError::TooSlow).contains("href=\"/sites/1/sessions\""), "{}", html(AppError::TooSlow));
    }
}
