//! How the selected sessions are spread over the values of each dimension. Every value is a link that narrows the
//! selection, so that this works without scripts.

mod data;
mod panel;
mod values;

use leptos::{ev::Event, prelude::*};

pub(super) use self::{
    data::{Answer, FacetData},
    values::{conversions, row, with_chosen},
};
use self::{
    data::{FURTHER, FacetAnswer, NOW_ON},
    panel::{Panel, is_open},
};
use super::property_facets::property_facets;
use crate::models::{
    error::AppError,
    query::{Dimension, SessionQuery},
};

/// The side panel.
#[component]
pub(super) fn FacetsPart(
    /// What was answered.
    answer: Answer,
    /// What the page holds.
    data: FacetData,
) -> impl IntoView {
    // In the list's place stands what is wrong.
    let Ok((query, facets, properties)) = answer else { return ().into_any() };
    if !says_something(&query, &facets) {
        return ().into_any();
    }
    let panel = |dimension: Dimension, main: Option<FacetAnswer>| {
        view! { <Panel dimension main query=query.clone() asked=data.asked.of(dimension) hydrated=data.hydrated/> }
            .into_any()
    };
    // Each keeps its place whether it is there or not: what was closed by hand would be another one otherwise.
    let (now_on, main): (Vec<_>, Vec<_>) = facets.into_iter().partition(|(dimension, _)| *dimension == NOW_ON);
    let is_main = |dimension: Dimension| dimension == NOW_ON && !now_on.is_empty();
    let further: Vec<_> =
        FURTHER.into_iter().map(|dimension| (!is_main(dimension)).then(|| panel(dimension, None))).collect();
    let now_on: Vec<_> = now_on.into_iter().map(|(dimension, facet)| panel(dimension, Some(facet))).collect();
    let main: Vec<_> = main.into_iter().map(|(dimension, facet)| panel(dimension, Some(facet))).collect();
    view! {
        <aside class="facets" id="facets" aria-label="Facets">
            {now_on}
            {property_facets(properties, &query)}
            {main}
            // What is not loaded with the page needs scripts.
            <details class="facets-further" hidden=move || !data.hydrated.get() open=data.further.get_untracked()
                on:toggle=move |event: Event| data.further.set(is_open(&event))>
                <summary>"More"</summary>
                {further}
            </details>
        </aside>
    }
    .into_any()
}

/// Not of a site without sessions, and not when nobody is signed in.
fn says_something(query: &SessionQuery, facets: &[(Dimension, FacetAnswer)]) -> bool {
    facets.iter().any(|(_, facet)| match facet {
        Ok(facet) => query.is_narrowed() || !facet.values.is_empty(),
        Err(error) => matches!(error, AppError::Unavailable | AppError::TooSlow | AppError::Unreachable),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{facet::Facet, ids::SiteId};

    #[test]
    fn a_site_without_sessions_has_no_facets_and_one_that_fails_leaves_the_others() {
        let query = SessionQuery::newest(SiteId(1));
        let facet = Facet { dimension: Dimension::Country, values: vec![], others: 0 };
        let empty = (Dimension::Country, Ok(facet.clone()));
        let failed = (Dimension::Device, Err(AppError::Unavailable));
        assert!(!says_something(&query, std::slice::from_ref(&empty)));
        assert!(!says_something(&query, &[(Dimension::Device, Err(AppError::NotSignedIn))]));
        assert!(says_something(&query, &[empty.clone(), failed]));
        assert!(says_something(&query, &[(Dimension::Page, Err(AppError::TooSlow))]));
        assert!(says_something(&query.including(Dimension::Country, "DE"), &[empty]));
    }
}
