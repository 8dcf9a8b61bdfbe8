//! What a query selects, worked out the plain way: every session is looked at. The static demo has nothing else, and the
//! server, which reads an index, is tested against it.
//!
//! The stretch of time is not decided here: callers pass the sessions that are in it.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    event::EventKind,
    facet::{Facet, FacetValue, TOP},
    ids::SessionId,
    overview::{Bar, Summary},
    query::{Dimension, Filter, Metric, Place, SessionQuery, Sort, SortKey, text_holds},
    session::{BOUNCE_BELOW_MS, Session, SessionState},
    sign::SignFamily,
    time::LocalTime,
    timeline::{SessionDetail, TimelineEvent, TimelineItem, TimelinePage},
};

/// The moment that decides in which stretch of time a session is, in milliseconds since the epoch: its id begins with it.
pub fn began_ms(id: SessionId) -> i64 {
    // Of 128 bits the first 48 are left.
    i64::try_from(id.0.as_u128() >> 80).unwrap_or(i64::MAX)
}

/// The minute of the day, from 0 to 1439.
pub fn minute_of_day(time: LocalTime) -> u16 {
    let minutes = time.ms.saturating_add(i64::from(time.offset_s) * 1000).div_euclid(60_000);
    u16::try_from(minutes.rem_euclid(24 * 60)).unwrap_or_default()
}

/// The page views of a session, in order.
pub fn pages(detail: &SessionDetail) -> impl Iterator<Item = &TimelinePage> {
    detail.timeline.iter().filter_map(|item| match item {
        TimelineItem::Page(page) => Some(page.as_ref()),
        TimelineItem::Gap { .. } => None,
    })
}

/// The events of a session, page view by page view.
fn events(detail: &SessionDetail) -> impl Iterator<Item = &TimelineEvent> {
    pages(detail).flat_map(|page| &page.events)
}

/// What a session has of a dimension: each value once. Of a dimension with one value exactly one, which is empty where
/// it is not known.
pub fn values_of(detail: &SessionDetail, dimension: Dimension) -> Vec<String> {
    let session = &detail.session;
    let text = |text: &Option<String>| vec![text.clone().unwrap_or_default()];
    match dimension {
        Dimension::Source => vec![session.source.name.clone()],
        Dimension::Channel => vec![session.source.channel.as_ref().to_owned()],
        Dimension::Campaign => text(&detail.campaign.name),
        Dimension::Country => vec![session.country.map(|country| country.code()).unwrap_or_default()],
        Dimension::Device => vec![session.device.as_ref().to_owned()],
        Dimension::Os => text(&session.os),
        Dimension::Browser => text(&session.browser),
        Dimension::Entry => vec![session.entry.clone()],
        Dimension::Exit => vec![session.last_page.clone()],
        Dimension::Page => each_once(pages(detail).map(|page| page.path.clone())),
        Dimension::Host => each_once(pages(detail).map(|page| page.host.clone())),
        Dimension::Event => each_once(events(detail).map(event_value)),
        Dimension::Link => {
            each_once(events(detail).filter(|event| event.kind.is_click()).filter_map(|event| event.target.clone()))
        }
        Dimension::Sign => each_once(session.signs.iter().map(|sign| sign.kind.as_ref().to_owned())),
        Dimension::Bot => text(&session.bot),
    }
}

fn each_once(values: impl Iterator<Item = String>) -> Vec<String> {
    values.collect::<BTreeSet<_>>().into_iter().collect()
}

/// An event that the site names goes by its name, every other by its kind.
fn event_value(event: &TimelineEvent) -> String {
    let named = event.name.as_deref().filter(|_| event.kind == EventKind::Custom);
    named.unwrap_or(event.kind.as_ref()).to_owned()
}

/// What a session has of a number; `None` where it was not measured.
pub fn number_of(session: &Session, metric: Metric) -> Option<f64> {
    let seconds = |ms: u64| ms as f64 / 1000.0;
    match metric {
        Metric::Duration => Some(seconds(session.duration_ms)),
        Metric::Active => session.active_ms.map(seconds),
        Metric::Pages => Some(f64::from(session.pages)),
        Metric::Events => Some(f64::from(session.events)),
        Metric::Clicks => Some(f64::from(session.clicks)),
    }
}

/// Whether the query selects this session of its site, whatever its stretch of time. The session began at this minute of
/// the day.
pub fn selects(query: &SessionQuery, detail: &SessionDetail, minute_of_day: u16) -> bool {
    (!query.hides_machines() || detail.session.bot.is_none())
        && query.time.is_none_or(|time| time.holds(minute_of_day))
        && query.filters.iter().all(|filter| holds(filter, detail))
        && query.search.as_deref().is_none_or(|part| mentions(detail, part))
}

fn holds(filter: &Filter, detail: &SessionDetail) -> bool {
    match filter {
        Filter::Text { dimension, test, values } => {
            text_holds(*test, values, values_of(detail, *dimension).iter().map(String::as_str))
        }
        Filter::Number { metric, test } => number_of(&detail.session, *metric).is_some_and(|number| test.holds(number)),
    }
}

/// Whether the session's id or one of its texts contains this, whatever their case.
fn mentions(detail: &SessionDetail, part: &str) -> bool {
    let part = part.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&part);
    let may = |text: &Option<String>| text.as_deref().is_some_and(has);
    has(&detail.session.id.to_string())
        || has(&detail.session.source.name)
        || pages(detail).any(|page| has(&page.path) || may(&page.title))
        || events(detail).any(|event| may(&event.name) || may(&event.target))
}

/// A session's place in this order.
pub fn place_of(sort: Sort, session: &Session) -> Place {
    let ms = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
    let value = match sort.key {
        SortKey::Start => None,
        // The last sign of life stays on the server; nothing of a session comes nearer.
        SortKey::Activity => Some(session.changed_ms),
        SortKey::Duration => Some(ms(session.duration_ms)),
        SortKey::Active => session.active_ms.map(ms),
        SortKey::Pages => Some(i64::from(session.pages)),
        SortKey::Events => Some(i64::from(session.events)),
    };
    Place { value, id: session.id }
}

/// Which of two places comes first.
pub fn compare(sort: Sort, one: Place, other: Place) -> Ordering {
    let way = |ordering: Ordering| if sort.ascending { ordering } else { ordering.reverse() };
    let by_value = match (one.value, other.value) {
        (Some(one), Some(other)) => way(one.cmp(&other)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    by_value.then_with(|| way(one.id.cmp(&other.id)))
}

/// Puts sessions in order.
pub fn ordered(sort: Sort, sessions: &mut [&SessionDetail]) {
    let place = |detail: &SessionDetail| place_of(sort, &detail.session);
    sessions.sort_by(|one, other| compare(sort, place(one), place(other)));
}

/// The figures of these sessions.
pub fn summary(sessions: &[&SessionDetail]) -> Summary {
    let facts = || sessions.iter().map(|detail| &detail.session);
    let of_one = || facts().filter(|session| !session.overlapping);
    let durations = in_order(of_one().filter_map(Session::known_duration_ms));
    let active = in_order(of_one().filter_map(|session| session.active_ms));
    let could_bounce: Vec<&&SessionDetail> = sessions.iter().filter(|detail| can_bounce(&detail.session)).collect();
    Summary {
        sessions: count(sessions.iter()),
        page_views: facts().map(|session| u64::from(session.pages)).sum(),
        median_duration_ms: not_longer(&durations, 5),
        p90_duration_ms: not_longer(&durations, 9),
        median_active_ms: not_longer(&active, 5),
        p90_active_ms: not_longer(&active, 9),
        bounces: count(could_bounce.iter().filter(|detail| is_bounce(detail))),
        could_bounce: count(could_bounce.iter()),
        signed: count(facts().filter(|session| !session.signs.is_empty())),
    }
}

fn in_order(values: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut values: Vec<u64> = values.collect();
    values.sort_unstable();
    values
}

fn count(of: impl Iterator) -> u64 {
    u64::try_from(of.count()).unwrap_or(u64::MAX)
}

/// The value that so many tenths of all are not longer than: one of them, never something between two.
fn not_longer(in_order: &[u64], tenths: usize) -> Option<u64> {
    let rank = (in_order.len() * tenths).div_ceil(10);
    in_order.get(rank.checked_sub(1)?).copied()
}

fn can_bounce(session: &Session) -> bool {
    session.state == SessionState::Closed && session.active_ms.is_some() && session.unmeasured_pages == 0
}

/// Whether a session that can be a bounce is one.
fn is_bounce(detail: &SessionDetail) -> bool {
    values_of(detail, Dimension::Page).len() == 1
        && detail.session.active_ms.is_some_and(|active| active < BOUNCE_BELOW_MS)
        && !events(detail).any(|event| event.kind.is_engagement())
}

/// How the selected of these sessions are spread over a dimension; with `part`, over those values that contain it. Each
/// session comes with the minute of the day at which it began.
pub fn facet(query: &SessionQuery, dimension: Dimension, part: &str, sessions: &[(&SessionDetail, u16)]) -> Facet {
    let query = query.but_for(dimension);
    let part = part.to_lowercase();
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (detail, minute) in sessions {
        if selects(&query, detail, *minute) {
            for value in values_of(detail, dimension) {
                *counts.entry(value).or_default() += 1;
            }
        }
    }
    let sought = counts.into_iter().filter(|(value, _)| value.to_lowercase().contains(&part));
    let mut values: Vec<FacetValue> = sought.map(|(value, sessions)| FacetValue { value, sessions }).collect();
    // Equal ones stay in the order of the alphabet.
    values.sort_by_key(|value| std::cmp::Reverse(value.sessions));
    let others = count(values.iter().skip(TOP));
    values.truncate(TOP);
    Facet { dimension, values, others }
}

/// Counts these sessions in the bars in which they began. Those before the first and after the last count in these.
pub fn fill<'a>(bars: &mut [Bar], sessions: impl IntoIterator<Item = &'a Session>) {
    let last = bars.len().saturating_sub(1);
    for session in sessions {
        let began = began_ms(session.id);
        let at = bars.partition_point(|bar| bar.to.ms <= began).min(last);
        let Some(bar) = bars.get_mut(at) else { return };
        let counted = match session.signs.iter().map(|sign| sign.kind.family()).min() {
            Some(SignFamily::Friction) => &mut bar.friction,
            Some(SignFamily::Suspicious) => &mut bar.suspicious,
            Some(SignFamily::Outstanding) => &mut bar.outstanding,
            None => &mut bar.plain,
        };
        *counted += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use strum::IntoEnumIterator;
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        ids::SiteId,
        query::{DayTime, Machines, NumberTest, TextTest},
        samples::{detail, event, page, session},
        session::Device,
        sign::{Sign, SignKind},
        source::{Campaign, Channel, Source},
    };

    const NINE: u16 = 9 * 60;

    fn sign(kind: SignKind) -> Sign {
        Sign { kind, figure: 1 }
    }

    /// A session that has something of everything.
    fn shopper() -> SessionDetail {
        let session = Session {
            source: Source { channel: Channel::Search, name: "Google".into() },
            country: "DE".parse().ok(),
            device: Device::Phone,
            os: Some("iOS".into()),
            browser: Some("Safari".into()),
            entry: "/".into(),
            last_page: "/lamps".into(),
            pages: 3,
            events: 6,
            clicks: 3,
            signs: vec![sign(SignKind::RageClick), sign(SignKind::Machine)],
            bot: Some("headless browser".into()),
            ..session(0x7a3c)
        };
        let home =
            page("/", vec![event(EventKind::Click, "Lamps", "/lamps"), event(EventKind::Form, "Search", "/find")]);
        let lamps = page(
            "/lamps",
            vec![
                event(EventKind::Outbound, "Maker", "https://maker.example/oak"),
                event(EventKind::Custom, "Basket filled", ""),
                event(EventKind::Custom, "", ""),
                event(EventKind::RageClick, "Pay", ""),
            ],
        );
        let lamps = TimelinePage { host: "www.shop.example".into(), title: Some("Oak Lamps".into()), ..lamps };
        let campaign = Campaign { name: Some("autumn".into()), ..Campaign::default() };
        SessionDetail { campaign, ..detail(session, vec![home, lamps.clone(), lamps]) }
    }

    /// A session of which next to nothing is known.
    fn nobody() -> SessionDetail {
        detail(Session { active_ms: None, duration_ms: 0, ..session(1) }, vec![])
    }

    fn query() -> SessionQuery {
        SessionQuery { machines: Machines::Shown, ..SessionQuery::newest(SiteId(1)) }
    }

    #[rstest]
    #[case(Dimension::Source, &["Google"], &["Direct"])]
    #[case(Dimension::Channel, &["search"], &["direct"])]
    #[case(Dimension::Campaign, &["autumn"], &[""])]
    #[case(Dimension::Country, &["DE"], &[""])]
    #[case(Dimension::Device, &["phone"], &["unknown"])]
    #[case(Dimension::Os, &["iOS"], &[""])]
    #[case(Dimension::Browser, &["Safari"], &[""])]
    #[case(Dimension::Entry, &["/"], &["/"])]
    #[case(Dimension::Exit, &["/lamps"], &["/"])]
    #[case(Dimension::Page, &["/", "/lamps"], &[])]
    #[case(Dimension::Host, &["shop.example", "www.shop.example"], &[])]
    #[case(Dimension::Event, &["Basket filled", "click", "custom", "form", "outbound", "rage_click"], &[])]
    #[case(Dimension::Link, &["/lamps", "https://maker.example/oak"], &[])]
    #[case(Dimension::Sign, &["machine", "rage_click"], &[])]
    #[case(Dimension::Bot, &["headless browser"], &[""])]
    fn a_session_has_of_a_dimension(#[case] of: Dimension, #[case] shopper_s: &[&str], #[case] nobody_s: &[&str]) {
        assert_eq!(values_of(&shopper(), of), shopper_s);
        assert_eq!(values_of(&nobody(), of), nobody_s);
    }

    #[test]
    fn a_dimension_with_one_value_always_has_one() {
        for dimension in Dimension::iter().filter(|dimension| !dimension.is_many()) {
            assert_eq!(values_of(&nobody(), dimension).len(), 1, "{dimension:?}");
        }
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
    #[case::midnight(0, 0, 0)]
    #[case::a_moment_before_it(-1, 0, 1439)]
    #[case::nepal(0, 20_700, 345)]
    #[case::west_of_greenwich(60_000, -3_600, 1381)]
    fn the_minute_of_the_day(#[case] ms: i64, #[case] offset_s: i32, #[case] minute: u16) {
        assert_eq!(minute_of_day(LocalTime { ms, offset_s }), minute);
    }

    #[test]
    fn a_session_begins_when_its_id_says() {
        let id = "019aa000-0000-7fff-bfff-ffffffffffff".parse().unwrap();
        assert_eq!(began_ms(id), 0x019a_a000_0000);
    }

    fn ids(sort: Sort, sessions: &[Session]) -> Vec<u128> {
        let details: Vec<SessionDetail> = sessions.iter().map(|session| detail(session.clone(), vec![])).collect();
        let mut in_order: Vec<&SessionDetail> = details.iter().collect();
        ordered(sort, &mut in_order);
        in_order.iter().map(|detail| detail.session.id.0.as_u128()).collect()
    }

    #[rstest]
    #[case(SortKey::Start, &[4, 3, 2, 1], &[1, 2, 3, 4])]
    #[case(SortKey::Duration, &[1, 4, 3, 2], &[2, 3, 4, 1])]
    #[case::not_measured_comes_last_both_ways(SortKey::Active, &[3, 1, 4, 2], &[1, 3, 2, 4])]
    #[case(SortKey::Pages, &[2, 4, 3, 1], &[1, 3, 4, 2])]
    #[case(SortKey::Events, &[4, 2, 3, 1], &[1, 3, 2, 4])]
    fn sessions_in_order(#[case] key: SortKey, #[case] descending: &[u128], #[case] ascending: &[u128]) {
        let one = |id, duration_ms, active_ms, pages, events| Session {
            duration_ms,
            active_ms,
            pages,
            events,
            ..session(id)
        };
        let sessions = [
            one(1, 90_000, Some(10), 1, 0),
            one(2, 10_000, None, 9, 7),
            one(3, 10_000, Some(20), 2, 0),
            one(4, 50_000, None, 2, 8),
        ];
        assert_eq!(ids(Sort::descending(key), &sessions), descending);
        assert_eq!(ids(Sort { key, ascending: true }, &sessions), ascending);
    }

    proptest! {
        #[test]
        fn every_session_has_a_place_of_its_own(
            figures in prop::collection::vec((0..4u64, prop::option::of(0..4u64)), 1..30),
            key in prop::sample::select(SortKey::iter().collect::<Vec<_>>()),
            ascending in any::<bool>(),
        ) {
            let sort = Sort { key, ascending };
            let made = (1..).zip(figures).map(|(id, (duration_ms, active_ms))| {
                detail(Session { duration_ms, active_ms, ..session(id) }, vec![])
            });
            let details: Vec<SessionDetail> = made.collect();
            let mut in_order: Vec<&SessionDetail> = details.iter().collect();
            ordered(sort, &mut in_order);
            let places: Vec<Place> = in_order.iter().map(|detail| place_of(sort, &detail.session)).collect();
            for (at, place) in places.iter().enumerate() {
                let above = places.iter().filter(|other| compare(sort, **other, *place) == Ordering::Less);
                prop_assert_eq!(above.count(), at);
            }
        }
    }

    fn summed(details: &[SessionDetail]) -> Summary {
        summary(&details.iter().collect::<Vec<_>>())
    }

    #[rstest]
    #[case::of_one(&[7], Some(7), Some(7))]
    #[case::of_two_the_lesser(&[9, 7], Some(7), Some(9))]
    #[case::of_three_the_middle(&[9, 7, 8], Some(8), Some(9))]
    #[case::of_ten(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], Some(5), Some(9))]
    #[case::of_eleven(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], Some(6), Some(10))]
    #[case::of_none(&[], None, None)]
    fn half_and_nine_tenths_are_not_longer(#[case] ms: &[u64], #[case] half: Option<u64>, #[case] most: Option<u64>) {
        let one = |&ms: &u64| detail(Session { duration_ms: ms, active_ms: Some(ms), ..session(1) }, vec![]);
        let summary = summed(&ms.iter().map(one).collect::<Vec<_>>());
        assert_eq!((summary.median_duration_ms, summary.p90_duration_ms), (half, most));
        assert_eq!((summary.median_active_ms, summary.p90_active_ms), (half, most));
    }

    #[test]
    fn durations_of_several_people_and_those_that_are_not_known_stay_out() {
        let several = Session { overlapping: true, duration_ms: 5_000, active_ms: Some(5_000), ..session(2) };
        let silent = Session { duration_ms: 0, active_ms: None, ..session(3) };
        let unmeasured = Session { duration_ms: 90_000, active_ms: None, ..session(4) };
        let summary = summed(&[session(1), several, silent, unmeasured].map(|session| detail(session, vec![])));
        assert_eq!(summary.sessions, 4);
        assert_eq!((summary.median_duration_ms, summary.p90_duration_ms), (Some(60_000), Some(90_000)));
        assert_eq!((summary.median_active_ms, summary.p90_active_ms), (Some(60_000), Some(60_000)));
    }

    #[test]
    fn page_views_and_signs_are_counted() {
        let two = Session { pages: 2, signs: vec![sign(SignKind::Error), sign(SignKind::NotFound)], ..session(1) };
        let summary = summed(&[detail(two, vec![]), detail(session(2), vec![])]);
        assert_eq!((summary.sessions, summary.page_views, summary.signed), (2, 3, 1));
    }

    fn glance() -> Session {
        Session { active_ms: Some(BOUNCE_BELOW_MS - 1), ..session(1) }
    }

    #[rstest]
    #[case::a_glance(detail(glance(), vec![page("/", vec![])]), 1, 1)]
    #[case::the_same_page_again(detail(glance(), vec![page("/", vec![]), page("/", vec![])]), 1, 1)]
    #[case::a_dead_click_is_no_engagement(
        detail(glance(), vec![page("/", vec![event(EventKind::DeadClick, "", "")])]),
        1,
        1
    )]
    #[case::perhaps_several_people(detail(Session { overlapping: true, ..glance() }, vec![page("/", vec![])]), 1, 1)]
    #[case::a_click(detail(glance(), vec![page("/", vec![event(EventKind::Click, "", "")])]), 0, 1)]
    #[case::two_pages(detail(glance(), vec![page("/", vec![]), page("/lamps", vec![])]), 0, 1)]
    #[case::ten_seconds(
        detail(Session { active_ms: Some(BOUNCE_BELOW_MS), ..glance() }, vec![page("/", vec![])]),
        0,
        1
    )]
    #[case::one_that_can_go_on(detail(Session { state: SessionState::Open, ..glance() }, vec![page("/", vec![])]), 0, 0)]
    #[case::not_measured(detail(Session { active_ms: None, ..glance() }, vec![page("/", vec![])]), 0, 0)]
    #[case::measured_in_part(detail(Session { unmeasured_pages: 1, ..glance() }, vec![page("/", vec![])]), 0, 0)]
    fn a_bounce_is_a_glance_at_one_page(#[case] seen: SessionDetail, #[case] is_one: u64, #[case] can_be_one: u64) {
        let summary = summed(&[seen]);
        assert_eq!((summary.bounces, summary.could_bounce), (is_one, can_be_one));
    }

    fn from(id: u128, country: &str, device: Device) -> SessionDetail {
        detail(Session { country: country.parse().ok(), device, ..session(id) }, vec![])
    }

    fn spread(query: &SessionQuery, dimension: Dimension, part: &str, details: &[SessionDetail]) -> Facet {
        facet(query, dimension, part, &details.iter().map(|detail| (detail, NINE)).collect::<Vec<_>>())
    }

    fn counts(facet: &Facet) -> Vec<(&str, u64)> {
        facet.values.iter().map(|value| (value.value.as_str(), value.sessions)).collect()
    }

    #[test]
    fn conditions_on_the_facets_own_dimension_are_left_out_and_others_are_not() {
        let details = [
            from(1, "DE", Device::Phone),
            from(2, "DE", Device::Tablet),
            from(3, "FR", Device::Phone),
            from(4, "", Device::Phone),
        ];
        let german = query().with(Filter::is(Dimension::Country, "DE"));
        let countries = spread(&german, Dimension::Country, "", &details);
        assert_eq!(counts(&countries), [("DE", 2), ("", 1), ("FR", 1)]);
        let devices = spread(&german, Dimension::Device, "", &details);
        assert_eq!(counts(&devices), [("phone", 1), ("tablet", 1)]);
    }

    #[test]
    fn a_facet_on_machines_still_hides_them_until_they_are_asked_for() {
        let details = [shopper(), nobody()];
        let hidden = SessionQuery::newest(SiteId(1));
        assert_eq!(counts(&spread(&hidden, Dimension::Bot, "", &details)), [("", 1)]);
        let asked = hidden.with(Filter::is(Dimension::Bot, "headless browser"));
        assert_eq!(counts(&spread(&asked, Dimension::Bot, "", &details)), [("", 1), ("headless browser", 1)]);
    }

    #[test]
    fn a_session_counts_once_for_each_of_its_values() {
        let details = [shopper(), detail(session(2), vec![page("/", vec![])])];
        assert_eq!(counts(&spread(&query(), Dimension::Page, "", &details)), [("/", 2), ("/lamps", 1)]);
        assert_eq!(counts(&spread(&query(), Dimension::Page, "LAMP", &details)), [("/lamps", 1)]);
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let one = |at: u128| detail(Session { entry: format!("/{at:02}"), ..session(at) }, vec![]);
        let details: Vec<SessionDetail> = (1..=13).map(one).collect();
        let facet = spread(&query(), Dimension::Entry, "", &details);
        assert_eq!((facet.dimension, facet.values.len(), facet.others), (Dimension::Entry, TOP, 3));
        assert_eq!(counts(&facet).first(), Some(&("/01", 1)));
        assert_eq!(spread(&query(), Dimension::Entry, "/1", &details).others, 0);
    }

    #[test]
    fn a_bar_counts_those_that_began_in_it_by_the_gravest_of_their_signs() {
        let at = |ms| LocalTime { ms, offset_s: 0 };
        let bar = |from, to| Bar { from: at(from), to: at(to), friction: 0, suspicious: 0, outstanding: 0, plain: 0 };
        let mut bars = [bar(1_000, 2_000), bar(2_000, 3_000)];
        let one = |ms: u128, signs: &[SignKind]| Session {
            id: SessionId(Uuid::from_u128(ms << 80)),
            signs: signs.iter().copied().map(sign).collect(),
            ..session(0)
        };
        let sessions = [
            one(1_000, &[SignKind::ManyPages, SignKind::Error]),
            one(1_999, &[SignKind::ManyPages, SignKind::Fast]),
            one(2_000, &[SignKind::ManyPages]),
            one(2_999, &[]),
            one(3_000, &[]),
        ];
        fill(&mut bars, &sessions);
        assert_eq!(
            bars,
            [
                Bar { friction: 1, suspicious: 1, ..bar(1_000, 2_000) },
                Bar { outstanding: 1, plain: 2, ..bar(2_000, 3_000) },
            ]
        );
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
