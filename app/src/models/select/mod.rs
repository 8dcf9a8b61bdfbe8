//! What a query selects, worked out the plain way: every session is looked at. The static demo has nothing else, and the
//! server, which reads an index, is tested against it.
//!
//! The stretch of time is not decided here: callers pass the sessions that are in it.

mod deeds;
mod events;
mod figures;
#[cfg(test)]
mod fixtures;
mod goals;
mod order;
mod pages;
mod paths;
mod properties;
mod values;

pub use events::{event_report, events};
pub use figures::{facet, fill, summary};
pub use goals::{Reached, ReachedBy, reached, reached_by};
pub use order::{compare, ordered, place_of};
pub use pages::{page_report, pages};
pub use paths::{paths, steps_of};
pub use properties::property_facets;
pub use values::{began_ms, minute_of_day, number_of, values_of};

use self::deeds::did;
use super::{
    goal::{Aim, has},
    query::{Filter, SessionQuery, text_holds},
    timeline::{SessionDetail, TimelineEvent},
};

/// Whether the query selects this session of its site, whatever its stretch of time. The session began at this minute of
/// the day. `aim` is that of the query's goal: a goal that is gone nobody reached.
pub fn selects(query: &SessionQuery, aim: Option<&Aim>, detail: &SessionDetail, minute_of_day: u16) -> bool {
    (!query.hides_machines() || detail.session.bot.is_none())
        && query.time.is_none_or(|time| time.holds(minute_of_day))
        && query.filters.iter().all(|filter| holds(filter, aim, detail))
        && query.converted.is_none_or(|wanted| aim.is_some_and(|aim| reached_by(detail, aim).is_some()) == wanted)
        && query.search.as_deref().is_none_or(|part| mentions(detail, part))
}

fn holds(filter: &Filter, aim: Option<&Aim>, detail: &SessionDetail) -> bool {
    match filter {
        Filter::Text { dimension, test, values } => {
            text_holds(*test, values, values_of(detail, *dimension).iter().map(String::as_str))
        }
        Filter::Property { property, not, values } => {
            let has = |event: &TimelineEvent| event.is_own(&property.event) && has(&event.props, &property.key, values);
            detail.events().any(has) != *not
        }
        Filter::Step { step, not, values } => steps_of(detail, &step.anchor, aim).is_some_and(|steps| {
            let page = steps.get(usize::from(step.at) - 1).copied().unwrap_or_default();
            values.iter().any(|value| value == page) != *not
        }),
        Filter::Did { deed, not } => did(detail, deed) != *not,
        Filter::Number { metric, test } => number_of(detail, *metric).is_some_and(|number| test.holds(number)),
    }
}

/// Whether the session's id or one of its texts contains this, whatever their case.
pub fn mentions(detail: &SessionDetail, part: &str) -> bool {
    let part = part.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&part);
    let may = |text: &Option<String>| text.as_deref().is_some_and(has);
    has(&detail.session.id.to_string())
        || has(&detail.session.source.name)
        || detail.pages().any(|page| has(&page.path) || may(&page.title))
        || detail.events().any(|event| may(&event.name) || may(&event.target))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{
        fixtures::{NINE, nobody, query, shopper},
        *,
    };
    use crate::models::{
        ids::SiteId,
        query::{DayTime, Dimension, Metric, NumberTest, TextTest},
    };

    fn selects(query: &SessionQuery, detail: &SessionDetail, minute_of_day: u16) -> bool {
        super::selects(query, None, detail, minute_of_day)
    }

    #[rstest]
    #[case::one_of_its_pages(Filter::is(Dimension::Page, "/lamps"), true)]
    #[case::none_of_its_pages(Filter::is(Dimension::Page, "/cart"), false)]
    #[case::not_a_page_that_it_has(Filter::is_not(Dimension::Page, "/lamps"), false)]
    #[case::not_a_page_that_it_lacks(Filter::is_not(Dimension::Page, "/cart"), true)]
    #[case::a_longer_duration(Filter::Number { metric: Metric::Duration, test: NumberTest::More(59) }, true)]
    #[case::exactly_that_duration(Filter::Number { metric: Metric::Duration, test: NumberTest::More(60) }, false)]
    #[case::active_time(Filter::Number { metric: Metric::Active, test: NumberTest::Between(60, 60) }, true)]
    #[case::pages(Filter::Number { metric: Metric::Pages, test: NumberTest::Between(3, 3) }, true)]
    #[case::events(Filter::Number { metric: Metric::Events, test: NumberTest::Less(6) }, false)]
    #[case::clicks(Filter::Number { metric: Metric::Clicks, test: NumberTest::Less(4) }, true)]
    fn a_condition_selects(#[case] filter: Filter, #[case] selected: bool) {
        assert_eq!(selects(&query().with(filter), &shopper(), NINE), selected);
    }

    #[rstest]
    #[case(NumberTest::More(0))]
    #[case(NumberTest::Less(u32::MAX))]
    #[case(NumberTest::Between(0, u32::MAX))]
    fn active_time_that_was_not_measured_is_neither_more_nor_less(#[case] test: NumberTest) {
        assert!(!selects(&query().with(Filter::Number { metric: Metric::Active, test }), &nobody(), NINE));
    }

    #[test]
    fn what_is_not_known_can_be_asked_for() {
        let unknown = query().with(Filter::is(Dimension::Country, ""));
        assert!(selects(&unknown, &nobody(), NINE));
        assert!(!selects(&unknown, &shopper(), NINE));
    }

    #[test]
    fn all_conditions_must_hold() {
        let both = query().with(Filter::is(Dimension::Country, "DE")).with(Filter::is(Dimension::Device, "tablet"));
        assert!(!selects(&both, &shopper(), NINE));
        let either = query().with(Filter::is(Dimension::Country, "FR")).with(Filter::is(Dimension::Country, "DE"));
        assert!(selects(&either, &shopper(), NINE), "values of one condition are alternatives");
    }

    #[test]
    fn machines_are_shown_on_request_and_where_a_condition_asks_for_them() {
        let hidden = SessionQuery::newest(SiteId(1));
        assert!(!selects(&hidden, &shopper(), NINE));
        assert!(selects(&hidden, &nobody(), NINE));
        assert!(selects(&query(), &shopper(), NINE));
        assert!(selects(&hidden.with(Filter::is(Dimension::Bot, "headless browser")), &shopper(), NINE));
        assert!(!selects(&hidden.with(Filter::is(Dimension::Bot, "")), &shopper(), NINE));
        assert!(selects(&hidden.with(Filter::is(Dimension::Sign, "machine")), &shopper(), NINE));
        assert!(!selects(&hidden.with(Filter::is(Dimension::Sign, "rage_click")), &shopper(), NINE));
    }

    #[rstest]
    #[case::a_path("/LAMP", true)]
    #[case::a_title("oak l", true)]
    #[case::the_source("goog", true)]
    #[case::the_name_of_an_event("basket", true)]
    #[case::a_link("maker.example", true)]
    #[case::the_address_of_a_form("/find", true)]
    #[case::its_id("00000000-0000-0000-0000-000000007A3C", true)]
    #[case::a_part_of_its_id("7a3c", true)]
    #[case::the_country_is_not_searched("DE", false)]
    #[case::nor_is_the_campaign("autumn", false)]
    #[case::what_it_does_not_mention("chairs", false)]
    fn a_search_finds(#[case] text: &str, #[case] found: bool) {
        assert_eq!(selects(&SessionQuery { search: Some(text.into()), ..query() }, &shopper(), NINE), found);
    }

    #[rstest]
    #[case(NINE - 1, false)]
    #[case(NINE, true)]
    #[case(17 * 60 - 1, true)]
    #[case(17 * 60, false)]
    fn only_sessions_of_a_part_of_the_day(#[case] minute: u16, #[case] selected: bool) {
        let time = Some(DayTime { from: NINE, to: 17 * 60 });
        assert_eq!(selects(&SessionQuery { time, ..query() }, &shopper(), minute), selected);
    }

    #[rstest]
    #[case(TextTest::Contains, "HOP.EX", true)]
    #[case(TextTest::Starts, "www", true)]
    #[case(TextTest::Starts, "example", false)]
    fn parts_of_a_host(#[case] test: TextTest, #[case] value: &str, #[case] selected: bool) {
        let filter = Filter::Text { dimension: Dimension::Host, test, values: vec![value.into()] };
        assert_eq!(selects(&query().with(filter), &shopper(), NINE), selected);
    }
}
