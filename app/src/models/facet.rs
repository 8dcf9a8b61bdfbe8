//! How the selected sessions are spread over the values of a dimension.

use serde::{Deserialize, Serialize};

use super::{
    events::{Counted, PropertyValues},
    query::{Dimension, Property, SessionQuery},
};

/// How many values a facet shows.
pub const TOP: usize = 10;

/// How many properties of an event have facets.
pub const FACETED_PROPERTIES: usize = 5;
/// Of how many events they have.
pub const FACETED_EVENTS: usize = 3;

/// The most frequent values of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Of what.
    pub dimension: Dimension,
    /// The most frequent ones, the most frequent first; of equal ones in the order of the alphabet. Conditions on the
    /// dimension itself do not count, so that further values can be chosen.
    pub values: Vec<FacetValue>,
    /// How many further values there are.
    pub others: u64,
}

/// A value, and how many sessions have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value; empty for what is not known.
    pub value: String,
    /// Sessions.
    pub sessions: u64,
    /// How many of these reached the goal that was asked for; `None` where none was, or it is gone.
    pub conversions: Option<u64>,
}

/// How the selected sessions are spread over the properties of an event that they are narrowed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventFacets {
    /// The event's name.
    pub event: String,
    /// The properties, each with its values that most sessions have: conditions on the property itself do not count, so
    /// that further values can be chosen.
    pub properties: Vec<PropertyValues>,
    /// How many further properties there are.
    pub others: u64,
}

/// The properties of an event that have facets, and how many others there are: first those that a condition is on, then
/// those that most sessions have; of equal ones in the order of the alphabet.
pub fn faceted(query: &SessionQuery, event: &str, keys: Vec<(String, u64)>) -> (Vec<Property>, u64) {
    let place = |(key, sessions): (String, u64)| {
        let property = Property { event: event.to_owned(), key };
        (query.chosen(&property).is_empty(), std::cmp::Reverse(sessions), property)
    };
    let mut places: Vec<_> = keys.into_iter().map(place).collect();
    places.sort();
    let others = u64::try_from(places.len().saturating_sub(FACETED_PROPERTIES)).unwrap_or(u64::MAX);
    (places.into_iter().take(FACETED_PROPERTIES).map(|(_, _, property)| property).collect(), others)
}

/// The values of a property that most sessions have; of equal ones in the order of the alphabet.
pub fn most_shared(property: Property, mut values: Vec<Counted<String>>) -> PropertyValues {
    values.sort_by(|a, b| b.sessions.cmp(&a.sessions).then_with(|| a.what.cmp(&b.what)));
    let others = u64::try_from(values.len().saturating_sub(TOP)).unwrap_or(u64::MAX);
    values.truncate(TOP);
    PropertyValues { key: property.key, values, others }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::ids::SiteId;

    #[test]
    fn what_is_asked_for_comes_first_then_what_most_have_and_the_rest_is_counted() {
        let property = |key: &str| Property { event: "signup".into(), key: key.into() };
        let query = SessionQuery::newest(SiteId(1)).including(&property("rare"), "x");
        let keys = [("b", 3), ("a", 3), ("rare", 1), ("c", 9), ("d", 2), ("e", 1), ("f", 1)];
        let (shown, others) = faceted(&query, "signup", keys.map(|(key, n)| (key.to_owned(), n)).into());
        let keys: Vec<String> = shown.into_iter().map(|property| property.key).collect();
        assert_eq!((keys.join(" "), others), ("rare c a b d".to_owned(), 2));
    }

    #[test]
    fn values_stand_by_how_many_sessions_have_them_however_often() {
        let value = |(what, times, sessions): (&str, u64, u64)| Counted {
            what: what.to_owned(),
            times,
            sessions,
            conversions: None,
        };
        let mut values: Vec<_> = [("often", 90, 1), ("b", 2, 2), ("a", 2, 2)].map(value).into();
        values.extend((0..9).map(|n| value((&format!("x{n}"), 1, 1))));
        let shown = most_shared(Property { event: "signup".into(), key: "plan".into() }, values);
        let names: Vec<&str> = shown.values.iter().map(|value| value.what.as_str()).collect();
        assert_eq!((names[..3].join(" "), names.len(), shown.others), ("a b often".to_owned(), TOP, 2));
    }
}
