//! Stretches of time as moments, where the clocks are never changed: the demo's. The server knows time zones.

use super::{
    overview::Bar,
    query::{LocalMinute, Period},
    time::LocalTime,
};

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
const WEEK_MS: i64 = 7 * DAY_MS;

/// How long the bars of a histogram can be; they double from the last one on.
const STEPS: [i64; 7] = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS, WEEK_MS];
/// A histogram has hardly more bars than this.
const FEW: i64 = 60;

/// From one moment up to another, in milliseconds since the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first.
    pub from: i64,
    /// The first that does not belong to it.
    pub to: i64,
}

impl Stretch {
    /// What a period comes to at `now_ms`, so many seconds east of UTC; `None` for what goes on now, whenever it began.
    pub fn of(period: Period, offset_s: i32, now_ms: i64) -> Option<Self> {
        let moment = |minutes: i64| minutes * MINUTE_MS - i64::from(offset_s) * 1000;
        let midnight = |days: i64| moment(days * 24 * 60);
        match period {
            Period::Now => None,
            Period::Last(recent) => Some(Self { from: now_ms - recent.ms(), to: now_ms }),
            Period::Month { year, month } => {
                let (next_year, next) = month_after(year, month);
                Some(Self { from: midnight(days_to(year, month, 1)), to: midnight(days_to(next_year, next, 1)) })
            }
            Period::Range { from, to } => Some(Self { from: moment(minutes_to(from)), to: moment(minutes_to(to)) }),
        }
    }

    /// Whether a moment belongs to it.
    pub fn holds(self, ms: i64) -> bool {
        (self.from..self.to).contains(&ms)
    }

    /// The stretch of the same length that ends where this one begins.
    pub fn before(self) -> Self {
        Self { from: self.from - (self.to - self.from), to: self.from }
    }

    /// Bars of equal length that begin at full minutes, hours or days, empty yet; the first and the last are cut where
    /// the stretch begins and ends.
    pub fn bars(self, offset_s: i32) -> Vec<Bar> {
        let longer = std::iter::successors(Some(2 * WEEK_MS), |step| step.checked_mul(2));
        let is_enough = |step: &i64| (self.to - self.from) / step < FEW;
        let step = STEPS.into_iter().chain(longer).find(is_enough).unwrap_or(i64::MAX);
        let east = i64::from(offset_s) * 1000;
        let first = (self.from + east).div_euclid(step) * step - east;
        let at = |ms: i64| LocalTime { ms: ms.clamp(self.from, self.to), offset_s };
        std::iter::successors(Some(first), |from| from.checked_add(step))
            .take_while(|from| *from < self.to)
            .map(|from| Bar {
                from: at(from),
                to: at(from.saturating_add(step)),
                friction: 0,
                suspicious: 0,
                outstanding: 0,
                plain: 0,
            })
            .collect()
    }
}

/// Minutes of the calendar from 1970 on. A day that the month lacks is the month's last.
fn minutes_to(minute: LocalMinute) -> i64 {
    let LocalMinute { year, month, day, minute } = minute;
    let (next_year, next) = month_after(year, month);
    let day = days_to(year, month, day).min(days_to(next_year, next, 1) - 1);
    day * 24 * 60 + i64::from(minute)
}

fn month_after(year: i32, month: u8) -> (i32, u8) {
    if month >= 12 { (year + 1, 1) } else { (year, month + 1) }
}

/// Days from 1970 on: Howard Hinnant's `days_from_civil`.
fn days_to(year: i32, month: u8, day: u8) -> i64 {
    // Years begin in March, so that the day that some have too many is their last.
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::query::Recent;

    /// 24 November 2026, 14:05 in Berlin.
    const NOW: i64 = 1_795_525_500_000;
    const CET: i32 = 3_600;

    fn stretch(period: &str) -> Option<Stretch> {
        Stretch::of(period.parse().unwrap(), CET, NOW)
    }

    #[rstest]
    #[case::an_hour("1h", NOW - HOUR_MS, NOW)]
    #[case::a_month("2026-11", 1_793_487_600_000, 1_796_079_600_000)]
    #[case::the_last_month_of_a_year("2026-12", 1_796_079_600_000, 1_798_758_000_000)]
    #[case::some_minutes("2026-11-24T14:00..2026-11-24T14:05", NOW - 5 * MINUTE_MS, NOW)]
    #[case::up_to_a_day_that_the_month_lacks("2026-11-24T14:05..2026-11-31", NOW, 1_795_993_200_000)]
    #[case::a_day_of_a_leap_year("2028-02-29..2028-03-01", 1_835_391_600_000, 1_835_478_000_000)]
    #[case::the_first_day("1970-01-01..1970-01-02", -3_600_000, 82_800_000)]
    fn a_period_comes_to(#[case] period: &str, #[case] from: i64, #[case] to: i64) {
        assert_eq!(stretch(period), Some(Stretch { from, to }));
    }

    #[test]
    fn what_goes_on_now_can_have_begun_at_any_time() {
        assert_eq!(stretch("now"), None);
    }

    #[test]
    fn midnight_belongs_to_the_day_that_begins() {
        let (Some(day), Some(next)) = (stretch("2026-11-03..2026-11-04"), stretch("2026-11-04..2026-11-05")) else {
            panic!("two days")
        };
        assert_eq!(day.to, next.from);
        assert_eq!((day.holds(day.to), next.holds(day.to)), (false, true));
        assert_eq!((day.holds(day.from), day.holds(day.to - 1)), (true, true));
        assert_eq!(next.before(), day);
    }

    #[rstest]
    #[case("1h", 12)]
    #[case("24h", 25)]
    #[case("7d", 29)]
    #[case("30d", 31)]
    #[case("2026-11-24..2026-11-25", 24)]
    #[case("2026-11-24..2026-11-24T00:01", 1)]
    fn a_period_has_so_many_bars(#[case] period: &str, #[case] expected: usize) {
        assert_eq!(stretch(period).map(|stretch| stretch.bars(CET).len()), Some(expected));
    }

    #[rstest]
    #[case("1h")]
    #[case("90d")]
    #[case("2026-11")]
    #[case("1970-01-01..9999-12-31")]
    fn bars_follow_one_another_from_the_beginning_to_the_end(#[case] period: &str) {
        let stretch = stretch(period).unwrap();
        let bars = stretch.bars(CET);
        assert!(bars.len() <= crate::models::overview::MOST_BARS);
        assert_eq!(bars.first().map(|bar| bar.from.ms), Some(stretch.from));
        assert_eq!(bars.last().map(|bar| bar.to.ms), Some(stretch.to));
        assert!(bars.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert!(bars.iter().all(|bar| bar.from < bar.to));
    }

    #[test]
    fn bars_begin_at_full_hours_of_the_site() {
        let day = Stretch { from: NOW - Recent::Day.ms(), to: NOW };
        assert!(day.bars(20_700).iter().skip(1).all(|bar| (bar.from.ms + 20_700_000) % HOUR_MS == 0));
    }
}
