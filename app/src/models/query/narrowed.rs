//! Those of the selected sessions that a figure counts. A further value of a condition that stands already would be an
//! alternative to it ([`SessionQuery::with`]); here it must hold too.

use super::{Act, Deed, Dimension, Filter, Property, SessionQuery};
use crate::models::{event::EventKind, events::Called};

impl SessionQuery {
    /// Those of them that viewed a page.
    pub fn that_viewed(&self, page: &str) -> Self {
        self.that_also(Filter::is(Dimension::Page, page), || Deed { page: page.to_owned(), act: Act::View })
    }

    /// Those of them in which an event happened.
    pub fn that_had(&self, event: &Called) -> Self {
        let deed = || Deed { page: String::new(), act: Act::Event(event.clone()) };
        // The condition on events knows names alone, and what a site names can be called like a kind.
        if event.kind != EventKind::Custom || event.name.parse::<EventKind>().is_ok() {
            return self.that_did(deed());
        }
        self.that_also(Filter::is(Dimension::Event, event.name.clone()), deed)
    }

    /// Those of them in which an event had this value of a property.
    pub fn that_had_with(&self, property: &Property, value: &str) -> Self {
        let filter = Filter::Property { property: property.clone(), not: false, values: vec![value.to_owned()] };
        let act = || Act::Property(property.clone(), value.to_owned());
        self.that_also(filter, || Deed { page: String::new(), act: act() })
    }

    /// Those of them that did this.
    pub fn that_did(&self, deed: Deed) -> Self {
        self.with(Filter::Did { deed, not: false })
    }

    /// Those of them that fulfil a condition on what each has one of: others that it could have had are none of them.
    pub fn of_these(&self, filter: Filter) -> Self {
        let mut fewer = self.at_top();
        if !filter.denies() {
            fewer.filters.retain(|standing| !standing.is_like(&filter));
        }
        fewer.with(filter)
    }

    /// Those of them that have this of what each can have several of. `deed` says the same, for where a condition of the
    /// same kind stands.
    fn that_also(&self, filter: Filter, deed: impl FnOnce() -> Deed) -> Self {
        let standing = self.filters.iter().find(|standing| standing.is_like(&filter));
        let is_among = |standing: &Filter| filter.values().iter().all(|value| standing.values().contains(value));
        match standing {
            None => self.with(filter),
            Some(standing) if is_among(standing) => self.of_these(filter),
            Some(_) => self.that_did(deed()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{ids::SiteId, query::PathStep};

    fn all() -> SessionQuery {
        SessionQuery::newest(SiteId(1))
    }

    fn search(query: &SessionQuery) -> String {
        query.search_string()
    }

    #[test]
    fn a_condition_that_stands_still_holds() {
        let lamps = all().that_viewed("/lamps");
        assert_eq!(search(&lamps), "?page=/lamps");
        assert_eq!(lamps.that_viewed("/lamps"), lamps);
        assert_eq!(search(&lamps.that_viewed("/cart")), "?page=/lamps&did=/cart%3Dview");
        let either = lamps.with(Filter::is(Dimension::Page, "/cart"));
        assert_eq!(search(&either.that_viewed("/cart")), "?page=/cart");
        assert_eq!(search(&either.that_viewed("/cart").that_viewed("/")), "?page=/cart&did=/%3Dview");
    }

    #[test]
    fn an_event_that_the_site_names_like_a_kind_is_told_from_that_kind() {
        let of = |kind, name: &str| Called { kind, name: name.into() };
        let signup = all().that_had(&of(EventKind::Custom, "signup"));
        assert_eq!(search(&signup), "?event=signup");
        assert_eq!(search(&signup.that_had(&of(EventKind::Custom, "order"))), "?event=signup&did=%3Dcustom%3Dorder");
        for kind in [EventKind::Custom, EventKind::Click] {
            assert_eq!(search(&all().that_had(&of(kind, "click"))), format!("?did=%3D{kind}%3Dclick"));
        }
    }

    #[test]
    fn a_second_value_of_a_property_is_no_alternative_to_the_first() {
        let plan = Property { event: "signup".into(), key: "plan".into() };
        let pro = all().that_had_with(&plan, "pro");
        assert_eq!(search(&pro), "?property=signup%3Dplan%3Dpro");
        let both = pro.that_had_with(&plan, "free");
        assert_eq!(search(&both), "?property=signup%3Dplan%3Dpro&did=%3Dcustom%3Dsignup%3Dplan%3Dfree");
    }

    #[test]
    fn of_what_each_session_has_one_of_the_last_condition_counts() {
        let either = all().including(Dimension::Entry, "/").including(Dimension::Entry, "/lamps");
        assert_eq!(search(&either.of_these(Filter::is(Dimension::Entry, "/lamps"))), "?entry=/lamps");
        let step = |not, page: &str| Filter::Step {
            step: PathStep { anchor: Default::default(), at: 2 },
            not,
            values: vec![page.into()],
        };
        let took = all().of_these(step(true, "")).of_these(step(true, "/"));
        assert_eq!(
            took.filters,
            [Filter::Step {
                step: PathStep { anchor: Default::default(), at: 2 },
                not: true,
                values: vec!["".into(), "/".into()]
            }]
        );
    }
}
