//! How sessions are spread over the properties of the events that they are narrowed by, worked out the plain way.

use std::collections::{BTreeMap, BTreeSet};

use super::{events::counted, selects};
use crate::models::{
    event::Props,
    facet::{EventFacets, faceted, most_shared},
    goal::Aim,
    query::{Property, SessionQuery},
    timeline::SessionDetail,
};

/// The facets of the properties of every event that the query asks for. Each session comes with the minute of the day at
/// which it began, and `aim` is that of the query's goal.
pub fn property_facets(
    query: &SessionQuery,
    aim: Option<&Aim>,
    sessions: &[(&SessionDetail, u16)],
) -> Vec<EventFacets> {
    let selected = |query: &SessionQuery| -> Vec<&SessionDetail> {
        let those = sessions.iter().filter(|(detail, minute)| selects(query, aim, detail, *minute));
        those.map(|(detail, _)| *detail).collect()
    };
    let facets_of = |event: String| {
        let mut keys: BTreeMap<String, u64> = BTreeMap::new();
        for detail in selected(&query.but_for_properties_of(&event)) {
            let of_session: BTreeSet<&String> = properties(detail, &event).flat_map(Props::keys).collect();
            of_session.into_iter().for_each(|key| *keys.entry(key.clone()).or_default() += 1);
        }
        let (shown, others) = faceted(query, &event, keys.into_iter().collect());
        let facet = |property: Property| {
            let values = counted(&selected(&query.but_for(&property)), aim, |detail| {
                properties(detail, &event)
                    .filter_map(|props| props.get(&property.key))
                    .map(ToString::to_string)
                    .collect()
            });
            most_shared(property, values)
        };
        EventFacets { properties: shown.into_iter().map(facet).collect(), event, others }
    };
    let all = query.events_asked_for().into_iter().map(facets_of);
    all.filter(|facets| !facets.properties.is_empty()).collect()
}

/// The properties of each time that an event of the site's own happened.
fn properties<'a>(detail: &'a SessionDetail, event: &str) -> impl Iterator<Item = &'a Props> {
    detail.events().filter(move |one| one.is_own(event)).map(|one| &one.props)
}
