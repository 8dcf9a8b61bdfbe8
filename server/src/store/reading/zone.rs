//! Moments in a site's time zone.

use app::models::{site::Site, time::LocalTime};
use chrono::{DateTime, Offset, TimeZone};
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
}
