//! Moments in the site's time zone. The server works out the offset, so that no time zone database travels to the
//! browser and both render the same text.

use crate::models::time::LocalTime;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A moment taken apart.
struct Civil {
    year: i64,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
}

/// Howard Hinnant's `civil_from_days` (chrono-Compatible Low-Level Date Algorithms): the proleptic Gregorian calendar
/// counted in eras of 400 years from 1 March of year 0.
fn civil(time: LocalTime) -> Civil {
    let seconds = time.ms.div_euclid(1000).saturating_add(i64::from(time.offset_s));
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    Civil {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month: small(month),
        day: small(of_year - (153 * from_march + 2) / 5 + 1),
        hour: small(of_day / 3600),
        minute: small(of_day % 3600 / 60),
        second: small(of_day % 60),
    }
}

/// The parts of a date are all below 60.
fn small(part: i64) -> u8 {
    u8::try_from(part).unwrap_or_default()
}

fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month.saturating_sub(1))).copied().unwrap_or_default()
}

/// `14:02`
pub fn clock(time: LocalTime) -> String {
    let Civil { hour, minute, .. } = civil(time);
    format!("{hour:02}:{minute:02}")
}

/// `14:02:10`
pub fn clock_with_seconds(time: LocalTime) -> String {
    let Civil { hour, minute, second, .. } = civil(time);
    format!("{hour:02}:{minute:02}:{second:02}")
}

/// `24 Nov`, and `24 Nov 2025` when the server's clock (`now_ms`) shows another year.
pub fn date(time: LocalTime, now_ms: i64) -> String {
    let Civil { year, month, day, .. } = civil(time);
    let short: String = month_name(month).chars().take(3).collect();
    if civil(LocalTime { ms: now_ms, offset_s: time.offset_s }).year == year {
        format!("{day} {short}")
    } else {
        format!("{day} {short} {year}")
    }
}

/// `24 November 2026, 14:02:10 UTC+1`
pub fn exact(time: LocalTime) -> String {
    let Civil { year, month, day, .. } = civil(time);
    let minutes = time.offset_s.unsigned_abs() / 60;
    let sign = if time.offset_s < 0 { '−' } else { '+' };
    let zone = match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".into(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    };
    format!("{day} {} {year}, {} {zone}", month_name(month), clock_with_seconds(time))
}

/// `2026-11-24T14:02:10+01:00`, for the `datetime` attribute.
pub fn machine(time: LocalTime) -> String {
    let Civil { year, month, day, .. } = civil(time);
    let minutes = time.offset_s.unsigned_abs() / 60;
    let sign = if time.offset_s < 0 { '-' } else { '+' };
    format!("{year:04}-{month:02}-{day:02}T{}{sign}{:02}:{:02}", clock_with_seconds(time), minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    const DAY_MS: i64 = 86_400_000;

    #[rstest]
    #[case(0, 0, "1970-01-01T00:00:00+00:00")]
    #[case(951_782_400_000, 0, "2000-02-29T00:00:00+00:00")]
    #[case(4_107_542_400_000, 0, "2100-03-01T00:00:00+00:00")]
    #[case(1_795_525_330_000, 3_600, "2026-11-24T14:02:10+01:00")]
    #[case(1_795_525_330_000, -12_600, "2026-11-24T09:32:10-03:30")]
    #[case(-1, 0, "1969-12-31T23:59:59+00:00")]
    fn known_moments(#[case] ms: i64, #[case] offset_s: i32, #[case] iso: &str) {
        assert_eq!(machine(LocalTime { ms, offset_s }), iso);
    }

    #[test]
    fn a_year_is_named_when_it_is_not_this_one() {
        let time = LocalTime { ms: 1_795_525_330_000, offset_s: 3_600 };
        assert_eq!(date(time, time.ms), "24 Nov");
        assert_eq!(date(time, time.ms + 90 * DAY_MS), "24 Nov 2026");
        assert_eq!(exact(time), "24 November 2026, 14:02:10 UTC+1");
    }

    proptest! {
        #[test]
        fn the_next_day_is_the_next_date(days in -700_000i64..700_000) {
            let (today, tomorrow) = (civil(at(days)), civil(at(days + 1)));
            let last = match today.month {
                2 if today.year % 4 == 0 && (today.year % 100 != 0 || today.year % 400 == 0) => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            let expected = match (today.month, today.day) {
                (12, 31) => (today.year + 1, 1, 1),
                (month, day) if day == last => (today.year, month + 1, 1),
                (month, day) => (today.year, month, day + 1),
            };
            prop_assert_eq!((tomorrow.year, tomorrow.month, tomorrow.day), expected);
        }
    }

    fn at(days: i64) -> LocalTime {
        LocalTime { ms: days * DAY_MS, offset_s: 0 }
    }
}
