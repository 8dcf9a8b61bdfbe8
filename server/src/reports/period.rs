//! What a period comes to in a site's time zone: moments, and the stretches of its histogram.

use app::models::{
    overview::MOST_BARS,
    query::{LocalMinute, Period},
    session::LONGEST_MS,
};

use crate::store::reading::Zone;

const MINUTE_MS: i64 = 60_000;
/// How long the stretches of a histogram can be, in minutes; each divides a day.
const STEPS: [u16; 11] = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440];

/// Moments from one up to another, in milliseconds since the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The first.
    pub(super) from: i64,
    /// The first that does not belong to it.
    pub(super) to: i64,
}

impl Stretch {
    /// Whether a moment belongs to it.
    pub(super) fn holds(self, ms: i64) -> bool {
        (self.from..self.to).contains(&ms)
    }

    /// Those in which a session of the period can have begun.
    pub(super) fn of(period: Period, zone: Zone, now: i64) -> Self {
        let until_now = now.saturating_add(1);
        match period {
            // Whenever it began, it is not older than sessions can be.
            Period::Now => Self { from: now.saturating_sub(LONGEST_MS), to: until_now },
            Period::Last(recent) => Self { from: now.saturating_sub(recent.ms()), to: until_now },
            Period::Month { year, month } => {
                let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                Self { from: zone.moment(first_of(year, month)), to: zone.moment(first_of(next_year, next)) }
            }
            Period::Range { from, to } => Self { from: zone.moment(from), to: zone.moment(to) },
        }
    }

    /// The one before, to compare with: a month with the month before, others with what is as long.
    pub(super) fn before(period: Period, zone: Zone, now: i64) -> Option<Self> {
        let stretch = Self::of(period, zone, now);
        match period {
            Period::Now => None,
            Period::Month { year, month } => {
                let (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
                Some(Self { from: zone.moment(first_of(year, month)), to: stretch.from })
            }
            Period::Last(recent) => Some(Self { from: stretch.from.saturating_sub(recent.ms()), to: stretch.from }),
            Period::Range { .. } => {
                let length = stretch.to.saturating_sub(stretch.from);
                Some(Self { from: stretch.from.saturating_sub(length), to: stretch.from })
            }
        }
    }

    /// Cuts it at round times of the site's clock, into as many parts as a histogram can have: the moments at which they
    /// begin, and the end.
    pub(super) fn cut(self, zone: Zone) -> Vec<i64> {
        let minutes = self.to.saturating_sub(self.from).div_euclid(MINUTE_MS) + 1;
        let most = i64::try_from(MOST_BARS).unwrap_or(i64::MAX) - 2;
        let step = STEPS.into_iter().find(|&step| minutes / i64::from(step) <= most);
        let mut cuts = vec![self.from];
        match step {
            Some(step) => cuts.extend(self.clock_times(zone, step)),
            None => {
                // Longer than days can be shown: equal parts.
                let part = (self.to - self.from) / most;
                cuts.extend((1..most).map(|n| self.from + n * part));
            }
        }
        cuts.push(self.to);
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }

    /// The moments within it at which the clock shows a multiple of `step` minutes.
    fn clock_times(self, zone: Zone, step: u16) -> impl Iterator<Item = i64> {
        const HALF_DAY_MS: i64 = 12 * 60 * MINUTE_MS;
        // Days are walked by their noons, which no change of the clock moves to another date.
        let first_noon = zone.moment(LocalMinute { minute: 720, ..zone.date(self.from) });
        let days = (0..).map(move |day| zone.date(first_noon + 2 * day * HALF_DAY_MS));
        let days = days.take_while(move |&date| zone.moment(date) < self.to);
        let times = days.flat_map(move |date| (0..1440 / step).map(move |n| LocalMinute { minute: n * step, ..date }));
        times.map(move |time| zone.moment(time)).filter(move |&moment| moment > self.from && moment < self.to)
    }
}

fn first_of(year: i32, month: u8) -> LocalMinute {
    LocalMinute { year, month, day: 1, minute: 0 }
}
