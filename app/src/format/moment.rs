//! Moments in the site's time zone. The server works out the offset, so that no time zone database travels to the
//! browser and both render the same text.

use crate::models::time::{Civil, LocalTime};

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

/// `November`; nothing for a number that no month has.
pub(super) fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month.saturating_sub(1))).copied().unwrap_or_default()
}

/// `14:02`
pub fn clock(time: LocalTime) -> String {
    let Civil { hour, minute, .. } = time.civil();
    format!("{hour:02}:{minute:02}")
}

/// `14:02:10`
pub fn clock_with_seconds(time: LocalTime) -> String {
    let Civil { hour, minute, second, .. } = time.civil();
    format!("{hour:02}:{minute:02}:{second:02}")
}

/// `24 Nov`, and `24 Nov 2025` when the server's clock (`now_ms`) shows another year.
pub fn date(time: LocalTime, now_ms: i64) -> String {
    let Civil { year, month, day, .. } = time.civil();
    let short: String = month_name(month).chars().take(3).collect();
    let now = LocalTime { ms: now_ms, offset_s: time.offset_s };
    if now.civil().year == year { format!("{day} {short}") } else { format!("{day} {short} {year}") }
}

/// `3 Nov, 14:00 to 15:00`, `3 Nov, 14:00 to 4 Nov, 02:00`, and `3 Nov` for a whole day.
pub fn stretch(from: LocalTime, to: LocalTime, now_ms: i64) -> String {
    let last = LocalTime { ms: to.ms.saturating_sub(1), ..to };
    let (first_day, last_day, end_day) = (date(from, now_ms), date(last, now_ms), date(to, now_ms));
    let begins_at_midnight = clock(from) == "00:00";
    if begins_at_midnight && clock(to) == "00:00" && first_day == last_day && end_day != first_day {
        first_day
    } else if first_day == end_day {
        format!("{first_day}, {} to {}", clock(from), clock(to))
    } else {
        format!("{first_day}, {} to {end_day}, {}", clock(from), clock(to))
    }
}

/// The year and the month of a moment.
pub fn year_and_month(time: LocalTime) -> (i32, u8) {
    let Civil { year, month, .. } = time.civil();
    (i32::try_from(year).unwrap_or_default(), month)
}

/// `24 November 2026, 14:02:10 UTC+1`
pub fn exact(time: LocalTime) -> String {
    let Civil { year, month, day, .. } = time.civil();
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
    let Civil { year, month, day, .. } = time.civil();
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

    #[rstest]
    #[case::an_hour(1_795_525_200_000, 1_795_528_800_000, "24 Nov, 14:00 to 15:00")]
    #[case::a_day(1_795_474_800_000, 1_795_561_200_000, "24 Nov")]
    #[case::a_day_from_noon(1_795_518_000_000, 1_795_604_400_000, "24 Nov, 12:00 to 25 Nov, 12:00")]
    #[case::the_last_hour_of_a_day(1_795_557_600_000, 1_795_561_200_000, "24 Nov, 23:00 to 25 Nov, 00:00")]
    fn stretches(#[case] from: i64, #[case] to: i64, #[case] said: &str) {
        let local = |ms| LocalTime { ms, offset_s: 3_600 };
        assert_eq!(stretch(local(from), local(to), 1_795_525_330_000), said);
    }

    proptest! {
        #[test]
        fn the_next_day_is_the_next_date(days in -700_000i64..700_000) {
            let (today, tomorrow) = (at(days).civil(), at(days + 1).civil());
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
