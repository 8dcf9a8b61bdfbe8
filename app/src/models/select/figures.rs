//! What sessions come to: their figures, how they are spread over a dimension, their course in time.

use std::collections::BTreeMap;

use super::{
    goals::conversions,
    selects,
    values::{began_ms, bounce, values_of},
};
use crate::models::{
    facet::{Facet, FacetValue, TOP},
    goal::Aim,
    overview::{Bar, Summary},
    query::{Dimension, SessionQuery},
    session::{Bounce, Session},
    sign::SignFamily,
    timeline::SessionDetail,
};

/// The figures of these sessions, counted for a goal if there is one.
pub fn summary(sessions: &[&SessionDetail], aim: Option<&Aim>) -> Summary {
    let facts = || sessions.iter().map(|detail| &detail.session);
    let of_one = || facts().filter(|session| !session.overlapping);
    let durations = in_order(of_one().filter_map(Session::known_duration_ms));
    let active = in_order(of_one().filter_map(|session| session.active_ms));
    let bounces: Vec<Bounce> = sessions.iter().filter_map(|detail| bounce(detail)).collect();
    Summary {
        sessions: count(sessions.iter()),
        page_views: facts().map(|session| u64::from(session.pages)).sum(),
        median_duration_ms: not_longer(&durations, 5),
        p90_duration_ms: not_longer(&durations, 9),
        median_active_ms: not_longer(&active, 5),
        p90_active_ms: not_longer(&active, 9),
        bounces: count(bounces.iter().filter(|bounce| **bounce == Bounce::Yes)),
        could_bounce: count(bounces.iter()),
        signed: count(facts().filter(|session| !session.signs.is_empty())),
        conversions: conversions(sessions.iter().copied(), aim),
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

/// How the selected of these sessions are spread over a dimension; with `part`, over those values that contain it. Each
/// session comes with the minute of the day at which it began, and `aim` is that of the query's goal.
pub fn facet(
    query: &SessionQuery,
    aim: Option<&Aim>,
    dimension: Dimension,
    part: &str,
    sessions: &[(&SessionDetail, u16)],
) -> Facet {
    let query = query.but_for(dimension);
    let part = part.to_lowercase();
    let mut having: BTreeMap<String, Vec<&SessionDetail>> = BTreeMap::new();
    for (detail, minute) in sessions {
        if selects(&query, aim, detail, *minute) {
            for value in values_of(detail, dimension) {
                having.entry(value).or_default().push(detail);
            }
        }
    }
    let sought = having.into_iter().filter(|(value, _)| value.to_lowercase().contains(&part));
    let counted = |(value, sessions): (String, Vec<&SessionDetail>)| FacetValue {
        value,
        sessions: count(sessions.iter()),
        conversions: conversions(sessions.into_iter(), aim),
    };
    let mut values: Vec<FacetValue> = sought.map(counted).collect();
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
    use rstest::rstest;
    use uuid::Uuid;

    use super::{
        super::fixtures::{NINE, nobody, query, shopper, sign},
        *,
    };
    use crate::models::{
        event::EventKind,
        ids::{SessionId, SiteId},
        query::Filter,
        samples::{detail, event, page, session},
        session::{BOUNCE_BELOW_MS, Device, SessionState},
        sign::SignKind,
        time::LocalTime,
    };

    fn summed(details: &[SessionDetail]) -> Summary {
        summary(&details.iter().collect::<Vec<_>>(), None)
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
        facet(query, None, dimension, part, &details.iter().map(|detail| (detail, NINE)).collect::<Vec<_>>())
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
}
