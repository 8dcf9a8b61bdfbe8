//! When sessions begin: quiet nights, lively evenings, fewer on weekends.

use rand::{Rng, rngs::StdRng};

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// How lively the hours of a day are, from midnight UTC on.
const HOURS: [f64; 24] = [
    2.0, 1.0, 1.0, 1.0, 1.0, 2.0, 4.0, 6.0, 8.0, 9.0, 9.0, 9.0, 8.0, 9.0, 9.0, 9.0, 9.0, 10.0, 12.0, 14.0, 14.0, 11.0,
    7.0, 4.0,
];
/// The same of the days of a week, from Thursday on: the epoch was one.
const DAYS: [f64; 7] = [1.0, 0.9, 0.65, 0.75, 1.1, 1.05, 1.0];

/// The hours of a stretch of days, and how much of its sessions begins before the end of each.
pub(super) struct Rhythm {
    from_ms: i64,
    /// Ever greater, the last is 1.
    until: Vec<f64>,
}

impl Rhythm {
    /// Of so many days before `end_ms`.
    pub(super) fn of(days: u32, end_ms: i64) -> Self {
        let from_ms = end_ms - i64::from(days.max(1)) * DAY_MS;
        let hours = i64::from(days.max(1)) * 24;
        let mut sum = 0.0;
        let mut until: Vec<f64> = (0..hours)
            .map(|hour| {
                sum += liveliness(from_ms + hour * HOUR_MS);
                sum
            })
            .collect();
        until.iter_mut().for_each(|share| *share /= sum);
        Self { from_ms, until }
    }

    /// The beginning of one of so many sessions: never before that of the one before it.
    pub(super) fn start(&self, random: &mut StdRng, at: u64, of: u64) -> i64 {
        let share = (at as f64 + random.random::<f64>()) / of.max(1) as f64;
        let hour = self.until.partition_point(|until| *until <= share).min(self.until.len().saturating_sub(1));
        let share_at = |hour: Option<usize>| hour.and_then(|hour| self.until.get(hour)).copied();
        let (before, after) = (share_at(hour.checked_sub(1)).unwrap_or(0.0), share_at(Some(hour)).unwrap_or(1.0));
        let within = ((share - before) / (after - before)).clamp(0.0, 1.0);
        let within_ms = (within * 3_599_999.0) as i64;
        self.from_ms + i64::try_from(hour).unwrap_or_default() * HOUR_MS + within_ms
    }
}

fn liveliness(ms: i64) -> f64 {
    let of = |list: &[f64], at: i64| usize::try_from(at).ok().and_then(|at| list.get(at)).copied().unwrap_or(1.0);
    of(&HOURS, ms.div_euclid(HOUR_MS).rem_euclid(24)) * of(&DAYS, ms.div_euclid(DAY_MS).rem_euclid(7))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn evenings_are_livelier_than_nights_and_no_session_comes_before_the_one_before_it() {
        let end = 1_790_000_000_000;
        let rhythm = Rhythm::of(14, end);
        let mut random = StdRng::seed_from_u64(1);
        let starts: Vec<i64> = (0..20_000).map(|at| rhythm.start(&mut random, at, 20_000)).collect();
        assert!(starts.is_sorted());
        assert!(starts.iter().all(|&start| (end - 14 * DAY_MS..end).contains(&start)));
        let in_hour = |hour: i64| starts.iter().filter(|&&ms| ms.div_euclid(HOUR_MS).rem_euclid(24) == hour).count();
        assert!(in_hour(19) > 5 * in_hour(3), "{} and {}", in_hour(19), in_hour(3));
        let on_day = |day: i64| starts.iter().filter(|&&ms| ms.div_euclid(DAY_MS).rem_euclid(7) == day).count();
        assert!(on_day(2) < on_day(5), "fewer on Saturdays than on Tuesdays");
    }
}
