//! Moments in a site's time zone.

use app::models::{query::LocalMinute, site::Site, time::LocalTime};
use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::oddity;
use crate::store::entities::site;

/// A site's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Zone(Tz);

impl Zone {
    /// The zone of who has none.
    pub(crate) const UTC: Self = Self(Tz::UTC);

    /// The zone that the site names; UTC when there is none of that name.
    pub(crate) fn of(site: &site::Model) -> Self {
        Self::read(&site.time_zone, site.id)
    }

    /// The same of a site as the dashboard knows it.
    pub(crate) fn named(site: &Site) -> Self {
        Self::read(&site.time_zone, site.id.0)
    }

    fn read(name: &str, site: i32) -> Self {
        Self(name.parse().unwrap_or_else(|_| oddity::replaced(Tz::UTC, "the time zone of a site", site)))
    }

    /// The moment at which the clock there shows this minute. A minute that is left out when the clock is put forward is
    /// the one after the gap; of one that comes twice it is the first.
    pub(crate) fn moment(self, at: LocalMinute) -> i64 {
        let (year, month) = (at.year, u32::from(at.month));
        let last_of_month = || (28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day));
        let date = NaiveDate::from_ymd_opt(year, month, u32::from(at.day)).or_else(last_of_month);
        let midnight = date.and_then(|date| date.and_hms_opt(0, 0, 0)).unwrap_or_default();
        let wanted = midnight + TimeDelta::minutes(i64::from(at.minute));
        // No gap of any zone is longer than a day.
        let shown = (0..=96).map(|quarters| wanted + TimeDelta::minutes(15 * quarters));
        let found = shown.into_iter().find_map(|time| self.0.from_local_datetime(&time).earliest());
        found.map_or_else(|| wanted.and_utc().timestamp_millis(), |found| found.timestamp_millis())
    }

    /// What the clock there shows, in minutes since midnight.
    pub(crate) fn minute_of_day(self, ms: i64) -> u16 {
        let LocalTime { offset_s, .. } = self.local(ms);
        let second = (ms.div_euclid(1000) + i64::from(offset_s)).rem_euclid(24 * 60 * 60);
        u16::try_from(second / 60).unwrap_or_default()
    }

    /// The calendar's date there.
    pub(crate) fn date(self, ms: i64) -> LocalMinute {
        let LocalTime { offset_s, .. } = self.local(ms);
        let day = DateTime::from_timestamp_millis(ms + i64::from(offset_s) * 1000).unwrap_or_default().date_naive();
        let small = |part: u32| u8::try_from(part).unwrap_or(1);
        LocalMinute { year: day.year(), month: small(day.month()), day: small(day.day()), minute: 0 }
    }

    /// The moment with the offset that holds there and then.
    pub(crate) fn local(self, ms: i64) -> LocalTime {
        let offset_s = DateTime::from_timestamp_millis(ms)
            .map_or(0, |utc| self.0.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc());
        LocalTime { ms, offset_s }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::of(&site::Model {
            id: 1,
            name: "shop".into(),
            time_zone: name.into(),
            hosts: String::new(),
            retention_days: 180,
            bot_retention_days: 7,
            idle_minutes: 30,
            longest_hours: 24,
            passed_referrers: String::new(),
            spam_referrers: String::new(),
            outstanding_duration_ms: None,
            outstanding_pages: None,
            outstanding_events: None,
            created_at: 0,
        })
    }

    fn at(time: &str) -> i64 {
        DateTime::parse_from_rfc3339(time).map(|at| at.timestamp_millis()).unwrap_or_default()
    }

    #[rstest]
    #[case::nepal_is_five_and_three_quarters("Asia/Kathmandu", "2026-01-15T12:00:00Z", 5 * 3600 + 45 * 60)]
    #[case::berlin_before_summer_time("Europe/Berlin", "2026-03-29T00:59:59.999Z", 3600)]
    #[case::berlin_in_summer_time("Europe/Berlin", "2026-03-29T01:00:00Z", 7200)]
    #[case::berlin_before_winter_time("Europe/Berlin", "2026-10-25T00:59:59.999Z", 7200)]
    #[case::berlin_in_winter_time("Europe/Berlin", "2026-10-25T01:00:00Z", 3600)]
    #[case::west_of_greenwich("America/St_Johns", "2026-01-15T12:00:00Z", -(3 * 3600 + 30 * 60))]
    #[case::a_zone_that_nobody_knows("Mars/Olympus", "2026-01-15T12:00:00Z", 0)]
    fn offsets(#[case] name: &str, #[case] time: &str, #[case] offset_s: i32) {
        assert_eq!(zone(name).local(at(time)), LocalTime { ms: at(time), offset_s });
    }

    #[test]
    fn a_moment_beyond_the_calendar_has_no_offset() {
        assert_eq!(zone("Europe/Berlin").local(i64::MAX), LocalTime { ms: i64::MAX, offset_s: 0 });
    }

    #[rstest]
    #[case::a_summer_day("Europe/Berlin", "2026-07-01T00:00", "2026-06-30T22:00:00Z")]
    #[case::left_out_in_spring("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00:00Z")]
    #[case::twice_in_autumn("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z")]
    #[case::the_end_of_a_short_month("UTC", "2026-02-31T00:00", "2026-02-28T00:00:00Z")]
    #[case::nepal("Asia/Kathmandu", "2026-01-15T00:00", "2026-01-14T18:15:00Z")]
    fn what_a_clock_shows_is_a_moment(#[case] name: &str, #[case] shown: &str, #[case] time: &str) {
        assert_eq!(zone(name).moment(shown.parse().unwrap()), at(time));
    }

    #[test]
    fn a_moment_has_a_minute_of_the_day_and_a_date() {
        let noon = at("2026-01-15T23:50:30Z");
        assert_eq!(zone("Asia/Kathmandu").minute_of_day(noon), 5 * 60 + 35);
        assert_eq!(zone("Asia/Kathmandu").date(noon).to_string(), "2026-01-16T00:00");
        assert_eq!(zone("UTC").minute_of_day(noon), 23 * 60 + 50);
    }
}
