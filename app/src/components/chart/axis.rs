//! The ribbon's axis: which round times stand below it.

use super::scale::{Room, Scale};
use crate::models::time::LocalTime;

/// How far a time is from the next, in pixels.
const BETWEEN: f64 = 64.0;
/// How far a time is from the ends, whose times have seconds.
const FROM_ENDS: f64 = 88.0;
/// How far the ends are apart that both have their time. On a phone the drawing is half as wide.
const BETWEEN_ENDS: f64 = 220.0;
/// How many times there are at the most where nothing is folded.
const MOST: u64 = 8;
/// In what steps they come, in minutes.
const STEPS_MIN: [u64; 10] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360];
/// How many are looked at: a day has no more minutes.
const MOST_LOOKED_AT: usize = 1_440;

const MINUTE_MS: u64 = 60_000;

/// Round times by the clock of a session that started at `start` and is known for `until_ms`, in milliseconds since its
/// start. None within a fold, none so close to another or to an end that they touch.
pub fn ticks(scale: &Scale, room: Room, start: LocalTime, until_ms: u64) -> Vec<u64> {
    let folded_ms: u64 = scale.folds.iter().map(|fold| fold.to_ms - fold.from_ms).sum();
    let drawn_ms = until_ms.saturating_sub(folded_ms);
    let mut steps = STEPS_MIN.iter().map(|minutes| minutes * MINUTE_MS);
    let Some(step) = steps.find(|step| drawn_ms / step <= MOST) else { return Vec::new() };
    let end = scale.at(until_ms) * room.width;
    let mut last = FROM_ENDS - BETWEEN;
    let mut ticks = Vec::new();
    let round = std::iter::successors(Some(to_round(start, step)), |ms| ms.checked_add(step));
    for ms in round.take_while(|&ms| ms < until_ms).take(MOST_LOOKED_AT) {
        let at = scale.at(ms) * room.width;
        let is_folded = scale.folds.iter().any(|fold| (fold.from_ms..=fold.to_ms).contains(&ms));
        if !is_folded && at - last >= BETWEEN && end - at >= FROM_ENDS {
            ticks.push(ms);
            last = at;
        }
    }
    ticks
}

/// Whether there is room for the time of the end beside that of the start.
pub fn end_has_room(scale: &Scale, room: Room, until_ms: u64) -> bool {
    scale.at(until_ms) * room.width >= BETWEEN_ENDS
}

/// From a moment to the next that is a multiple of the step by its clock, in milliseconds.
fn to_round(start: LocalTime, step: u64) -> u64 {
    let local = start.ms.saturating_add(i64::from(start.offset_s) * 1000);
    let past = i64::try_from(step).map_or(0, |step| local.rem_euclid(step));
    step.saturating_sub(past.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::{super::ribbon::ROOM, *};
    use crate::{
        format::clock_with_seconds,
        models::{samples::view, strip::Strip},
    };

    /// 24 November 2026, 14:02:10 in Berlin.
    const START: LocalTime = LocalTime { ms: 1_795_525_330_000, offset_s: 3_600 };

    /// The times below a session of page views, given by their start and length in seconds.
    fn clocks(views: &[(u64, u64)]) -> Vec<String> {
        let strip = Strip { views: views.iter().map(|&(from, long)| view("/", from, long)).collect(), marks: vec![] };
        let until_ms = views.iter().map(|&(from, long)| (from + long) * 1000).max().unwrap_or_default();
        let moment = |ms: u64| LocalTime { ms: START.ms + i64::try_from(ms).unwrap(), ..START };
        let ticks = ticks(&Scale::new(&strip, ROOM), ROOM, START, until_ms);
        ticks.into_iter().map(|ms| clock_with_seconds(moment(ms))).collect()
    }

    #[rstest]
    #[case::nothing(&[], &[])]
    #[case::less_than_a_minute(&[(0, 40)], &[])]
    #[case::some_minutes(&[(0, 252)], &["14:03:00", "14:04:00", "14:05:00"])]
    #[case::an_hour(&[(0, 3_600)], &["14:10:00", "14:20:00", "14:30:00", "14:40:00", "14:50:00"])]
    #[case::folded_time_has_none(&[(0, 110), (7_310, 110)], &["14:03:00", "16:05:00"])]
    fn round_times_by_the_clock(#[case] views: &[(u64, u64)], #[case] expected: &[&str]) {
        assert_eq!(clocks(views), expected);
    }

    proptest! {
        #[test]
        fn times_are_whole_minutes_with_room_around_them(
            lengths in prop::collection::vec((1u64..4_000, 1u64..4_000), 1..20),
            offset_s in prop::sample::select(vec![0, 3_600, -12_600, 20_700]),
        ) {
            let start = LocalTime { offset_s, ..START };
            let mut from = 0;
            let mut views = Vec::new();
            for (open, away) in lengths {
                views.push(view("/", from, open));
                from += open + away;
            }
            let until_ms = views.last().map_or(0, |last| last.from_ms + last.open_ms.unwrap_or_default());
            let scale = Scale::new(&Strip { views, marks: vec![] }, ROOM);
            let ticks = ticks(&scale, ROOM, start, until_ms);
            for &ms in &ticks {
                prop_assert_eq!((start.ms + i64::try_from(ms).unwrap() + i64::from(offset_s) * 1000) % 60_000, 0);
                prop_assert!(!scale.folds.iter().any(|fold| fold.from_ms < ms && ms < fold.to_ms));
                prop_assert!(scale.at(ms) * ROOM.width >= FROM_ENDS);
                prop_assert!((scale.at(until_ms) - scale.at(ms)) * ROOM.width >= FROM_ENDS);
            }
            prop_assert!(ticks.windows(2).all(|two| (scale.at(two[1]) - scale.at(two[0])) * ROOM.width >= BETWEEN));
        }
    }

    #[test]
    fn a_time_that_was_damaged_costs_nothing() {
        let scale = Scale::new(&Strip { views: vec![view("/", 0, 600)], marks: vec![] }, ROOM);
        assert!(ticks(&scale, ROOM, LocalTime { ms: i64::MAX, offset_s: 3_600 }, u64::MAX).is_empty());
        assert!(ticks(&scale, ROOM, LocalTime { ms: i64::MIN, offset_s: -3_600 }, 600_000).len() <= 8);
    }
}
