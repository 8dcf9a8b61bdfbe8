//! Which sessions reach a goal, when, and by what.

use crate::models::{goal::Aim, timeline::SessionDetail};

/// What of a session reached a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReachedBy {
    /// The page view with this number.
    Page(u32),
    /// The event with this number.
    Event(u32),
}

/// When a session reached a goal, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// How long after the session's start, in milliseconds.
    pub after_ms: u64,
    /// What reached it.
    pub by: ReachedBy,
}

/// The first thing in the session that reached the aim; of one moment a page view before what happened on it.
pub fn reached(detail: &SessionDetail, aim: &Aim) -> Option<Reached> {
    let pages = detail.pages().filter(|page| aim.is_page(&page.path));
    let pages = pages.map(|page| (page.at.ms, ReachedBy::Page(page.number)));
    let events = detail.events().filter(|event| aim.is_event(event));
    let events = events.map(|event| (event.at.ms, ReachedBy::Event(event.number)));
    let (at_ms, by) = pages.chain(events).min_by_key(|(at_ms, _)| *at_ms)?;
    let after_ms = u64::try_from(at_ms.saturating_sub(detail.session.started.ms)).unwrap_or_default();
    Some(Reached { after_ms, by })
}

/// How long after its start the session reached the aim, in milliseconds; `None` if it did not.
pub fn reached_by(detail: &SessionDetail, aim: &Aim) -> Option<u64> {
    reached(detail, aim).map(|reached| reached.after_ms)
}

/// How many of these sessions reached the aim, if there is one.
pub(super) fn conversions<'a>(sessions: impl Iterator<Item = &'a SessionDetail>, aim: Option<&Aim>) -> Option<u64> {
    let aim = aim?;
    Some(sessions.map(|detail| u64::from(reached(detail, aim).is_some())).sum())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::{
        event::{EventKind, PropValue},
        query::{Dimension, Filter, Property, TextTest},
        samples::{detail, event, page, session},
        time::LocalTime,
        timeline::{TimelineEvent, TimelinePage},
    };

    /// Home for a second, then lamps, where a basket of five is filled after two seconds more.
    fn shopper() -> SessionDetail {
        let at = |ms| LocalTime { ms, offset_s: 0 };
        let filled = TimelineEvent {
            number: 1,
            at: at(3_000),
            props: [("size".to_owned(), PropValue::Number(5.0))].into(),
            ..event(EventKind::Custom, "Basket filled", "")
        };
        let pages = vec![
            TimelinePage { number: 1, at: at(0), ..page("/", vec![]) },
            TimelinePage { number: 2, at: at(1_000), ..page("/lamps", vec![filled]) },
            TimelinePage { number: 3, at: at(9_000), ..page("/lamps", vec![]) },
        ];
        detail(session(1), pages)
    }

    fn starts(value: &str) -> Filter {
        Filter::Text { dimension: Dimension::Page, test: TextTest::Starts, values: vec![value.into()] }
    }

    fn sized(size: &str) -> Filter {
        let property = Property { event: "Basket filled".into(), key: "size".into() };
        Filter::Property { property, not: false, values: vec![size.into()] }
    }

    #[rstest]
    #[case::the_first_of_two_views(Filter::is(Dimension::Page, "/lamps"), Some((1_000, ReachedBy::Page(2))))]
    #[case::at_the_start(starts("/"), Some((0, ReachedBy::Page(1))))]
    #[case::an_event(Filter::is(Dimension::Event, "Basket filled"), Some((3_000, ReachedBy::Event(1))))]
    #[case::a_property(sized("5"), Some((3_000, ReachedBy::Event(1))))]
    #[case::another_value_of_it(sized("6"), None)]
    #[case::a_page_that_nobody_saw(Filter::is(Dimension::Page, "/cart"), None)]
    fn a_session_reaches_a_goal_by_the_first_that_fits(
        #[case] aim: Filter,
        #[case] expected: Option<(u64, ReachedBy)>,
    ) {
        let found = reached(&shopper(), &Aim::of(aim).unwrap());
        assert_eq!(found.map(|reached| (reached.after_ms, reached.by)), expected);
    }

    #[test]
    fn without_a_goal_there_are_no_conversions_and_with_one_that_nobody_reached_there_are_none() {
        let details = [shopper()];
        let of = |aim: Option<&Aim>| conversions(details.iter(), aim);
        let [lamps, cart] = ["/lamps", "/cart"].map(|path| Aim::of(Filter::is(Dimension::Page, path)));
        assert_eq!((of(None), of(lamps.as_ref()), of(cart.as_ref())), (None, Some(1), Some(0)));
    }
}
