//! Choosing values one by one, as the facets do: of a dimension, or of a property of an event.

use super::{Dimension, Filter, Property, SessionQuery, TextTest};
use crate::models::facet::FACETED_EVENTS;

/// Whether a query names a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// It does not.
    #[default]
    None,
    /// It asks for it.
    Included,
    /// It asks for others.
    Excluded,
}

/// What values are chosen of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A dimension.
    Dimension(Dimension),
    /// A property of an event.
    Property(&'a Property),
}

impl From<Dimension> for Subject<'_> {
    fn from(dimension: Dimension) -> Self {
        Self::Dimension(dimension)
    }
}

impl<'a> From<&'a Property> for Subject<'a> {
    fn from(property: &'a Property) -> Self {
        Self::Property(property)
    }
}

impl Subject<'_> {
    /// Whether a condition is on it, in whichever way.
    pub(super) fn is_of(self, filter: &Filter) -> bool {
        match (self, filter) {
            (Self::Dimension(dimension), Filter::Text { dimension: of, .. }) => *of == dimension,
            (Self::Property(property), Filter::Property { property: of, .. }) => of == property,
            _ => false,
        }
    }

    /// The condition that it has this value, or that it has another.
    fn with(self, value: &str, not: bool) -> Filter {
        match self {
            Self::Dimension(dimension) if not => Filter::is_not(dimension, value),
            Self::Dimension(dimension) => Filter::is(dimension, value),
            Self::Property(property) => {
                Filter::Property { property: property.clone(), not, values: vec![value.to_owned()] }
            }
        }
    }
}

/// The values that a condition names whole, and whether it asks for others than these.
fn named(filter: &Filter) -> Option<(&Vec<String>, bool)> {
    match filter {
        Filter::Text { test: TextTest::Is, values, .. } => Some((values, false)),
        Filter::Text { test: TextTest::Not, values, .. } => Some((values, true)),
        Filter::Property { not, values, .. } => Some((values, *not)),
        _ => None,
    }
}

impl SessionQuery {
    /// Whether it names this value.
    pub fn choice<'a>(&self, of: impl Into<Subject<'a>>, value: &str) -> Choice {
        let of = of.into();
        let names = |not: bool| self.named(of, not).any(|named| named == value);
        match (names(false), names(true)) {
            (true, _) => Choice::Included,
            (false, true) => Choice::Excluded,
            (false, false) => Choice::None,
        }
    }

    /// The values that it names, those that it asks for first.
    pub fn chosen<'a>(&self, of: impl Into<Subject<'a>>) -> Vec<String> {
        let of = of.into();
        self.named(of, false).chain(self.named(of, true)).cloned().collect()
    }

    /// What is left when this value is named no longer.
    pub fn unchosen<'a>(&self, of: impl Into<Subject<'a>>, value: &str) -> Self {
        let of = of.into();
        let mut fewer = self.at_top();
        fewer.filters.retain_mut(|filter| match filter {
            filter if !of.is_of(filter) => true,
            Filter::Text { test: TextTest::Is | TextTest::Not, values, .. } | Filter::Property { values, .. } => {
                values.retain(|named| named != value);
                !values.is_empty()
            }
            _ => true,
        });
        fewer
    }

    /// What is left when this value is asked for.
    pub fn including<'a>(&self, of: impl Into<Subject<'a>>, value: &str) -> Self {
        let of = of.into();
        self.unchosen(of, value).with(of.with(value, false))
    }

    /// What is left when others than this value are asked for.
    pub fn excluding<'a>(&self, of: impl Into<Subject<'a>>, value: &str) -> Self {
        let of = of.into();
        self.unchosen(of, value).with(of.with(value, true))
    }

    fn named<'q, 'a: 'q>(&'q self, of: Subject<'a>, not: bool) -> impl Iterator<Item = &'q String> {
        let those = self.filters.iter().filter(move |filter| of.is_of(filter)).filter_map(named);
        those.filter(move |(_, asks_for_others)| *asks_for_others == not).flat_map(|(values, _)| values)
    }

    /// The events whose properties tell the selected sessions apart: those that a condition asks for by name, and those
    /// of which it asks for a property. Each once, the first [`FACETED_EVENTS`].
    pub fn events_asked_for(&self) -> Vec<String> {
        let mut events: Vec<String> = Vec::new();
        for filter in &self.filters {
            let asked = match filter {
                Filter::Text { dimension: Dimension::Event, test: TextTest::Is, values } => values.as_slice(),
                Filter::Property { property, .. } => std::slice::from_ref(&property.event),
                Filter::Did { deed, .. } => deed.event().map_or(&[][..], std::slice::from_ref),
                _ => &[],
            };
            for event in asked.iter().filter(|event| !event.is_empty()) {
                if !events.contains(event) {
                    events.push(event.clone());
                }
            }
        }
        events.truncate(FACETED_EVENTS);
        events
    }

    /// The same whatever the properties of this event are.
    pub fn but_for_properties_of(&self, event: &str) -> Self {
        let mut fewer = self.at_top();
        fewer.filters.retain(|filter| !matches!(filter, Filter::Property { property, .. } if property.event == event));
        fewer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{
        event::EventKind,
        events::Called,
        ids::SiteId,
        query::{Act, Deed},
    };

    const COUNTRY: Dimension = Dimension::Country;

    #[test]
    fn values_are_chosen_beside_each_other_and_given_up_one_by_one() {
        let none = SessionQuery::newest(SiteId(1));
        let one = none.including(COUNTRY, "DE");
        let two = one.including(COUNTRY, "FR");
        assert_eq!(two.chosen(COUNTRY), ["DE", "FR"]);
        assert_eq!(two.choice(COUNTRY, "FR"), Choice::Included);
        assert_eq!(two.choice(Dimension::Device, "FR"), Choice::None);
        assert_eq!(two.unchosen(COUNTRY, "FR"), one);
        assert_eq!(one.unchosen(COUNTRY, "DE"), none);
    }

    #[test]
    fn a_value_is_not_asked_for_and_excluded_at_once() {
        let query = SessionQuery::newest(SiteId(1)).including(COUNTRY, "DE").excluding(COUNTRY, "DE");
        assert_eq!(query.choice(COUNTRY, "DE"), Choice::Excluded);
        assert_eq!(query.filters, [Filter::is_not(COUNTRY, "DE")]);
        assert_eq!(query.including(COUNTRY, "DE").filters, [Filter::is(COUNTRY, "DE")]);
    }

    #[test]
    fn conditions_of_another_kind_stay() {
        let like = Filter::Text { dimension: COUNTRY, test: TextTest::Contains, values: vec!["DE".into()] };
        let query = SessionQuery::newest(SiteId(1)).with(like.clone()).including(COUNTRY, "DE");
        assert_eq!(query.unchosen(COUNTRY, "DE").filters, [like]);
    }

    #[test]
    fn values_of_a_property_are_chosen_like_those_of_a_dimension() {
        let plan = Property { event: "signup".into(), key: "plan".into() };
        let seats = Property { key: "seats".into(), ..plan.clone() };
        let none = SessionQuery::newest(SiteId(1)).including(COUNTRY, "DE");
        let two = none.including(&plan, "pro").including(&plan, "").including(&seats, "pro").excluding(&plan, "team");
        assert_eq!((two.choice(&plan, ""), two.choice(&plan, "team")), (Choice::Included, Choice::Excluded));
        assert_eq!(two.chosen(&plan), ["pro", "", "team"]);
        assert_eq!(two.excluding(&plan, "pro").chosen(&plan), ["", "team", "pro"]);
        assert_eq!(two.but_for(&plan), none.including(&seats, "pro"));
        assert_eq!(
            two.unchosen(&plan, "team").unchosen(&plan, "pro").unchosen(&plan, ""),
            none.including(&seats, "pro")
        );
        assert_eq!(two.but_for_properties_of("signup"), none);
    }

    #[test]
    fn events_are_asked_for_by_name_or_by_a_property() {
        let plan = Property { event: "signup".into(), key: "plan".into() };
        let query = SessionQuery::newest(SiteId(1))
            .including(Dimension::Event, "order")
            .excluding(Dimension::Event, "left")
            .including(&plan, "pro")
            .including(Dimension::Event, "signup")
            .including(Dimension::Event, "");
        assert_eq!(query.events_asked_for(), ["order", "signup"]);
        let sent = Act::Event(Called { kind: EventKind::Custom, name: "sent".into() });
        let did =
            query.that_did(Deed { page: "/".into(), act: sent }).that_did(Deed { page: "/".into(), act: Act::View });
        assert_eq!(did.events_asked_for(), ["order", "signup", "sent"]);
        let many = (0..9).fold(query, |query, n| query.including(Dimension::Event, &format!("event {n}")));
        assert_eq!(many.events_asked_for().len(), FACETED_EVENTS);
    }
}
