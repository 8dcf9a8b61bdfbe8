//! The facets of the selection: those that come with the page, and what is asked for later.

use leptos::prelude::*;

use crate::{
    api::{
        refuse,
        sessions::{load_facet, load_property_facets},
    },
    hooks::use_hydrated,
    models::{
        error::AppError,
        facet::Facet,
        query::{Dimension, Period, SessionQuery},
    },
    pages::sessions::property_facets::Answer as PropertyAnswer,
    state::{
        facets::{AskedFacet, AskedFacets},
        live::Live,
        together::together,
    },
};

/// Those that come with the page.
const MAIN: [Dimension; 10] = [
    Dimension::Source,
    Dimension::Channel,
    Dimension::Campaign,
    Dimension::Country,
    Dimension::Device,
    Dimension::Os,
    Dimension::Browser,
    Dimension::Entry,
    Dimension::Page,
    Dimension::Event,
];
/// Those that are loaded when somebody asks for them.
pub(super) const FURTHER: [Dimension; 7] = [
    Dimension::Exit,
    Dimension::Link,
    Dimension::Sign,
    Dimension::Bounced,
    Dimension::Bot,
    Dimension::Host,
    Dimension::Medium,
];

/// A facet, or why there is none.
pub(super) type FacetAnswer = Result<Facet, AppError>;
/// What was answered, and to which query.
pub(in crate::pages::sessions) type Answer =
    Result<(SessionQuery, Vec<(Dimension, FacetAnswer)>, PropertyAnswer), AppError>;

/// A part of what comes with the page.
enum Part {
    Facet(Dimension, FacetAnswer),
    Properties(PropertyAnswer),
}

/// Loads a dimension's facet, or the properties of the events that are asked for.
async fn load(query: SessionQuery, of: Option<Dimension>) -> Part {
    match of {
        Some(dimension) => Part::Facet(dimension, load_facet(query, dimension, String::new()).await),
        None => Part::Properties(load_property_facets(query).await),
    }
}

/// The facets of the selection as the page holds them.
#[derive(Clone, Copy)]
pub(in crate::pages::sessions) struct FacetData {
    /// What was answered.
    pub(in crate::pages::sessions) answer: Resource<Answer>,
    pub(super) asked: AskedFacets,
    pub(super) hydrated: ReadSignal<bool>,
    /// Whether the further ones are unfolded.
    pub(super) further: RwSignal<bool>,
}

impl FacetData {
    /// Begins to load. Paging does not load them again; one that fails does not fail the others.
    pub(in crate::pages::sessions) fn new(top: Memo<Option<SessionQuery>>, live: Live) -> Self {
        let answer = Resource::new(
            move || (top.get(), live.resets.get()),
            |(query, _)| async move {
                let query = query.ok_or_else(|| refuse(AppError::NotFound))?;
                let properties = (!query.events_asked_for().is_empty()).then_some(None);
                let parts = with_page(query.period).into_iter().map(Some).chain(properties);
                let (mut facets, mut properties) = (Vec::new(), Ok(Vec::new()));
                for part in together(parts.map(|of| load(query.clone(), of))).await {
                    match part {
                        Part::Facet(dimension, facet) => facets.push((dimension, facet)),
                        Part::Properties(answer) => properties = answer,
                    }
                }
                Ok((query, facets, properties))
            },
        );
        let asked = AskedFacets::new();
        asked.follow(top, &MAIN);
        follow_now(asked.of(NOW_ON), top, live);
        Self { answer, asked, hydrated: use_hydrated(), further: RwSignal::new(false) }
    }
}

/// The last page of a session that goes on is the one where its visitor is.
pub(super) const NOW_ON: Dimension = Dimension::Exit;

/// Those that come with the page. Of what goes on now, where it is comes first.
fn with_page(period: Period) -> Vec<Dimension> {
    let now_on = (period == Period::Now).then_some(NOW_ON);
    now_on.into_iter().chain(MAIN).collect()
}

/// Counts again who is where whenever something changes: the server tells of that once a second at the most. Not while
/// somebody points at a facet or is in one by keyboard: nothing moves there then.
fn follow_now(asked: AskedFacet, top: Memo<Option<SessionQuery>>, live: Live) {
    Effect::new(move |earlier: Option<()>| {
        live.update.track();
        let query = top.get_untracked().filter(|query| query.period == Period::Now);
        // The first run sees an update from before this page was loaded.
        if let (Some(query), Some(())) = (query, earlier)
            && !is_used()
        {
            asked.ask(query);
        }
    });
}

fn is_used() -> bool {
    document().query_selector(".facets:hover, .facets :focus-visible").ok().flatten().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_goes_on_now_it_is_told_first_where_it_is() {
        let now = with_page(Period::Now);
        assert_eq!((now.first(), now.len()), (Some(&Dimension::Exit), MAIN.len() + 1));
        assert_eq!(with_page(Period::default()), MAIN);
    }
}
