//! The orders of the list.

use std::cmp::Ordering;

use crate::models::{
    query::{Place, Sort, SortKey},
    session::Session,
    timeline::SessionDetail,
};

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::models::samples::{detail, session};

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
}
