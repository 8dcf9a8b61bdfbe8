//! In which of two lanes page views lie, where perhaps several people are one session.

/// Starts are known to a second or so; two page views that lie over each other for less than this follow each other.
const OVERLAP_FROM_MS: u64 = 2_000;

/// One of two lanes of the ribbon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lane {
    /// The upper one; the only one where nothing lies over each other.
    #[default]
    First,
    /// The lower one.
    Second,
}

/// The lane of each page view, given from when until when it was open, in milliseconds and in order of its start: the
/// first one unless that is taken. Where both are, the one that will be free sooner.
pub fn lanes(open: impl IntoIterator<Item = (u64, u64)>) -> Vec<Lane> {
    // Until when each is taken.
    let (mut first, mut second) = (0, 0);
    let lane_of = |(from, until): (u64, u64)| {
        let is_free = |taken: u64| taken < from.saturating_add(OVERLAP_FROM_MS);
        let goes_first = is_free(first) || (!is_free(second) && first <= second);
        let (lane, taken) = if goes_first { (Lane::First, &mut first) } else { (Lane::Second, &mut second) };
        *taken = until.max(*taken);
        lane
    };
    open.into_iter().map(lane_of).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::{Lane::*, *};

    fn in_seconds(open: &[(u64, u64)]) -> Vec<Lane> {
        lanes(open.iter().map(|&(from, until)| (from * 1000, until * 1000)))
    }

    #[rstest]
    #[case::nothing(&[], &[])]
    #[case::one(&[(0, 60)], &[First])]
    #[case::one_after_the_other(&[(0, 60), (60, 90), (100, 120)], &[First, First, First])]
    #[case::two_at_once(&[(0, 60), (30, 90)], &[First, Second])]
    #[case::for_less_than_is_known(&[(0, 60), (59, 90)], &[First, First])]
    #[case::for_as_long_as_counts(&[(0, 60), (58, 90)], &[First, Second])]
    #[case::one_within_another(&[(0, 60), (10, 20), (30, 40)], &[First, Second, Second])]
    #[case::back_to_the_first(&[(0, 60), (30, 90), (60, 80)], &[First, Second, First])]
    #[case::each_goes_on(&[(0, 30), (10, 50), (30, 60), (50, 90)], &[First, Second, First, Second])]
    #[case::three_at_once_where_the_first_frees_sooner(&[(0, 60), (10, 90), (20, 30)], &[First, Second, First])]
    #[case::three_at_once_where_the_second_does(&[(0, 90), (10, 60), (20, 30)], &[First, Second, Second])]
    #[case::the_short_one_of_three_frees_nothing(&[(0, 60), (10, 90), (20, 30), (40, 50)], &[First, Second, First, First])]
    #[case::at_the_same_moment(&[(0, 60), (0, 60)], &[First, Second])]
    fn page_views_lie_in(#[case] open: &[(u64, u64)], #[case] expected: &[Lane]) {
        assert_eq!(in_seconds(open), expected);
    }

    /// In order of their start.
    fn any_open() -> impl Strategy<Value = Vec<(u64, u64)>> {
        prop::collection::vec((0u64..600_000, 0u64..200_000), 0..40).prop_map(|mut all| {
            all.sort_unstable();
            all.into_iter().map(|(from, length)| (from, from + length)).collect()
        })
    }

    fn lie_over_each_other((_, until): (u64, u64), (later, _): (u64, u64)) -> bool {
        until >= later + OVERLAP_FROM_MS
    }

    proptest! {
        #[test]
        fn two_of_one_lane_lie_over_each_other_only_where_the_other_is_taken_too(open in any_open()) {
            let lanes = lanes(open.iter().copied());
            prop_assert_eq!(lanes.len(), open.len());
            for (at, &later) in open.iter().enumerate() {
                let taken = |lane| (0..at).any(|i| lanes[i] == lane && lie_over_each_other(open[i], later));
                let other = if lanes[at] == First { Second } else { First };
                prop_assert!(!taken(lanes[at]) || taken(other), "{:?} in {:?}", later, open);
            }
        }

        #[test]
        fn the_second_lane_is_for_what_lies_over_something_in_the_first(open in any_open()) {
            let lanes = lanes(open.iter().copied());
            for (at, &later) in open.iter().enumerate().filter(|&(at, _)| lanes[at] == Second) {
                prop_assert!((0..at).any(|i| lanes[i] == First && lie_over_each_other(open[i], later)), "{:?}", open);
            }
        }

        #[test]
        fn where_both_are_taken_the_one_that_is_free_sooner_is_chosen(open in any_open()) {
            let lanes = lanes(open.iter().copied());
            for (at, &later) in open.iter().enumerate() {
                let until = |lane| (0..at).filter(|&i| lanes[i] == lane).map(|i| open[i].1).max().unwrap_or_default();
                let (first, second) = (until(First), until(Second));
                if first.min(second) >= later.0 + OVERLAP_FROM_MS {
                    prop_assert_eq!(lanes[at], if first <= second { First } else { Second });
                }
            }
        }
    }
}
