//! Which events a strip carries of a session in which more happened than a strip can show.

use app::models::strip::{MAX_MARKS, StripMark};

/// No more than [`MAX_MARKS`] of these, which are in order: spread over all of the session, as the drawing lets those
/// fall together that are close to each other. What went wrong has half of the room at the least.
pub(super) fn thin(marks: Vec<StripMark>) -> Vec<StripMark> {
    if marks.len() <= MAX_MARKS {
        return marks;
    }
    let (friction, others): (Vec<_>, Vec<_>) = marks.into_iter().partition(|mark| mark.kind.is_friction());
    let friction = spread(friction, MAX_MARKS.saturating_sub(others.len()).max(MAX_MARKS / 2));
    let others = spread(others, MAX_MARKS - friction.len());
    let mut marks = [friction, others].concat();
    marks.sort_by_key(|mark| mark.at_ms);
    marks
}

/// No more than `most` of these, the nearest to each other left out: a pause of the session takes none of the room.
fn spread(marks: Vec<StripMark>, most: usize) -> Vec<StripMark> {
    if marks.len() <= most {
        return marks;
    }
    // With `enough` between any two they are few enough, with `little` they are not.
    let (mut little, mut enough) = (0, marks.last().map_or(1, |last| last.at_ms.saturating_add(1)));
    while enough - little > 1 {
        let between = little + (enough - little) / 2;
        if apart(&marks, between).count() > most { little = between } else { enough = between }
    }
    apart(&marks, enough).collect()
}

/// The first of these, and then each that is so many milliseconds after the one before.
fn apart(marks: &[StripMark], between: u64) -> impl Iterator<Item = StripMark> {
    let mut next = 0;
    marks.iter().copied().filter(move |mark| {
        let is_far = mark.at_ms >= next;
        if is_far {
            next = mark.at_ms.saturating_add(between);
        }
        is_far
    })
}

#[cfg(test)]
mod tests {
    use app::models::event::EventKind;
    use proptest::prelude::*;

    use super::*;

    fn mark(at_ms: u64, kind: EventKind) -> StripMark {
        StripMark { at_ms, kind }
    }

    fn clicks(times: impl IntoIterator<Item = u64>) -> Vec<StripMark> {
        times.into_iter().map(|at_ms| mark(at_ms, EventKind::Click)).collect()
    }

    prop_compose! {
        fn any_marks()(
            mut times in prop::collection::vec(prop_oneof![0u64..1_000, 0u64..86_400_000], 0..300),
            kinds in prop::collection::vec(prop_oneof![4 => Just(EventKind::Click), 1 => Just(EventKind::Error)], 300),
        ) -> Vec<StripMark> {
            times.sort_unstable();
            times.into_iter().zip(kinds).map(|(at_ms, kind)| mark(at_ms, kind)).collect()
        }
    }

    proptest! {
        #[test]
        fn a_strip_carries_some_of_the_events_in_their_order(marks in any_marks()) {
            let thinned = thin(marks.clone());
            prop_assert!(thinned.len() <= MAX_MARKS);
            prop_assert!(thinned.is_sorted_by_key(|mark| mark.at_ms));
            prop_assert!(thinned.iter().all(|mark| marks.contains(mark)));
            prop_assert_eq!(thinned.first().map(|mark| mark.at_ms), marks.first().map(|mark| mark.at_ms));
            if marks.len() <= MAX_MARKS {
                prop_assert_eq!(thinned, marks);
            }
        }

        #[test]
        fn few_problems_are_carried_whole_however_much_else_happened(marks in any_marks()) {
            let problems = |marks: &[StripMark]| marks.iter().filter(|mark| mark.kind.is_friction()).count();
            let (all, carried) = (problems(&marks), problems(&thin(marks)));
            prop_assert!(carried <= all);
            prop_assert!(carried == all || all > MAX_MARKS / 2);
        }
    }

    #[test]
    fn even_events_are_thinned_evenly_to_the_end() {
        let thinned = thin(clicks((0..180).map(|at| at * 1_000)));
        assert_eq!(thinned, clicks((0..60).map(|at| at * 3_000)));
    }

    #[test]
    fn an_hour_without_events_takes_none_of_the_room() {
        let before = (0..90).map(|at| at * 1_000);
        let after = (0..90).map(|at| 3_600_000 + at * 1_000);
        let thinned = thin(clicks(before.chain(after)));
        assert_eq!(thinned.iter().filter(|mark| mark.at_ms < 3_600_000).count(), 30);
        assert_eq!(thinned.len(), 60);
    }

    #[test]
    fn events_of_one_moment_fall_together() {
        assert_eq!(thin(clicks(std::iter::repeat_n(7, 100))), clicks([7]));
    }
}
