//! Which stretch of time. Only named here: what it comes to in a site's time zone the server works out.

use std::{fmt, str::FromStr};

use strum::{AsRefStr, EnumIter, EnumString};

use crate::models::time::LocalTime;

/// A stretch that ends now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsRefStr, EnumIter, EnumString)]
pub enum Recent {
    /// 60 minutes.
    #[strum(serialize = "1h")]
    Hour,
    /// 24 hours.
    #[strum(serialize = "24h")]
    Day,
    /// 7 times 24 hours.
    #[strum(serialize = "7d")]
    Week,
    /// 30 times 24 hours.
    #[strum(serialize = "30d")]
    Month,
    /// 90 times 24 hours.
    #[strum(serialize = "90d")]
    Quarter,
}

impl Recent {
    /// How long it is, in milliseconds.
    pub fn ms(self) -> i64 {
        const HOUR: i64 = 60 * 60 * 1000;
        match self {
            Self::Hour => HOUR,
            Self::Day => 24 * HOUR,
            Self::Week => 7 * 24 * HOUR,
            Self::Month => 30 * 24 * HOUR,
            Self::Quarter => 90 * 24 * HOUR,
        }
    }
}

/// Which sessions by their beginning. Ends are not included: a session that begins at midnight belongs to one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Those that are going on: heard of within five minutes, and not all their pages away.
    Now,
    /// Those of a stretch that ends now.
    Last(Recent),
    /// Those of a month of the calendar.
    Month {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u8,
    },
    /// Those from one minute up to another.
    Range {
        /// The first.
        from: LocalMinute,
        /// The first that does not belong to it.
        to: LocalMinute,
    },
}

impl Default for Period {
    fn default() -> Self {
        Self::Last(Recent::Week)
    }
}

/// A minute of the calendar and the clock, in whatever time zone the site has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalMinute {
    /// The year, 1970 to 9999.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31; one that the month lacks is the month's last.
    pub day: u8,
    /// Minutes since midnight.
    pub minute: u16,
}

impl LocalMinute {
    /// The minute that a moment lies in.
    pub fn of(time: LocalTime) -> Self {
        let civil = time.civil();
        Self {
            year: i32::try_from(civil.year).unwrap_or_default(),
            month: civil.month,
            day: civil.day,
            minute: u16::from(civil.hour) * 60 + u16::from(civil.minute),
        }
    }

    /// The first minute that begins at a moment or after it: the end of a stretch that holds all before the moment.
    pub fn not_before(time: LocalTime) -> Self {
        Self::of(LocalTime { ms: time.ms.saturating_add(59_999), ..time })
    }
}

/// It is not written as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a period")]
pub struct NoPeriod;

impl fmt::Display for LocalMinute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, minute } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{:02}:{:02}", minute / 60, minute % 60)
    }
}

impl FromStr for LocalMinute {
    type Err = NoPeriod;

    /// `2026-11-03T14:05`, or `2026-11-03` for its midnight.
    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let (date, time) = text.split_once('T').unwrap_or((text, "00:00"));
        let mut parts = date.splitn(3, '-');
        let mut next = || parts.next().ok_or(NoPeriod);
        let (year, month, day) = (next()?, next()?, next()?);
        let minute = minute_of_day(time)?;
        let read = Self { year: number(year, 4)?, month: small(month)?, day: small(day)?, minute };
        let is_date =
            (1970..=9999).contains(&read.year) && (1..=12).contains(&read.month) && (1..=31).contains(&read.day);
        if is_date { Ok(read) } else { Err(NoPeriod) }
    }
}

/// `14:05` as minutes since midnight.
fn minute_of_day(text: &str) -> Result<u16, NoPeriod> {
    // Browsers add seconds when somebody types them.
    let (hour, rest) = text.split_once(':').ok_or(NoPeriod)?;
    let minute = rest.split(':').next().unwrap_or_default();
    let (hour, minute) = (u16::from(small(hour)?), u16::from(small(minute)?));
    if hour < 24 && minute < 60 { Ok(hour * 60 + minute) } else { Err(NoPeriod) }
}

fn number<T: FromStr>(text: &str, digits: usize) -> Result<T, NoPeriod> {
    let is_plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { text.parse().map_err(|_| NoPeriod) } else { Err(NoPeriod) }
}

fn small(text: &str) -> Result<u8, NoPeriod> {
    number(text, 2)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now => f.write_str("now"),
            Self::Last(recent) => f.write_str(recent.as_ref()),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Range { from, to } => write!(f, "{from}..{to}"),
        }
    }
}

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        if text == "now" {
            return Ok(Self::Now);
        }
        if let Ok(recent) = text.parse() {
            return Ok(Self::Last(recent));
        }
        if let Some((from, to)) = text.split_once("..") {
            return Self::range(from.parse()?, to.parse()?);
        }
        let (year, month) = text.split_once('-').ok_or(NoPeriod)?;
        let (year, month) = (number(year, 4)?, small(month)?);
        if (1970..=9999).contains(&year) && (1..=12).contains(&month) {
            Ok(Self::Month { year, month })
        } else {
            Err(NoPeriod)
        }
    }
}

impl Period {
    /// From one minute up to another.
    ///
    /// # Errors
    /// When the second does not come after the first.
    pub fn range(from: LocalMinute, to: LocalMinute) -> Result<Self, NoPeriod> {
        if from < to { Ok(Self::Range { from, to }) } else { Err(NoPeriod) }
    }
}

/// A part of every day, in minutes since midnight in the site's time zone: from the first up to the second. The second
/// may be the lesser: then it goes on after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayTime {
    /// The first minute.
    pub from: u16,
    /// The first that does not belong to it.
    pub to: u16,
}

impl DayTime {
    /// Whether a minute of the day belongs to it.
    pub fn holds(self, minute: u16) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

impl fmt::Display for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        write!(f, "{}-{}", clock(self.from), clock(self.to))
    }
}

impl FromStr for DayTime {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let (from, to) = text.split_once('-').ok_or(NoPeriod)?;
        let (from, to) = (minute_of_day(from)?, minute_of_day(to)?);
        if from == to { Err(NoPeriod) } else { Ok(Self { from, to }) }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("now")]
    #[case("1h")]
    #[case("24h")]
    #[case("7d")]
    #[case("90d")]
    #[case("2026-11")]
    #[case("2026-11-01T00:00..2026-11-08T14:05")]
    fn a_period_is_written_as_it_is_read(#[case] text: &str) {
        assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
    }

    #[rstest]
    #[case("yesterday")]
    #[case("8d")]
    #[case("2026-13")]
    #[case("2026-1")]
    #[case("2026-11-08..2026-11-01")]
    #[case("2026-11-08..2026-11-08")]
    #[case("2026-11-01T24:00..2026-11-08")]
    #[case("..")]
    #[case("")]
    fn what_is_none_is_refused(#[case] text: &str) {
        assert_eq!(text.parse::<Period>(), Err(NoPeriod));
    }

    #[test]
    fn days_without_a_time_begin_at_midnight() {
        let days: Period = "2026-11-01..2026-11-08".parse().unwrap();
        assert_eq!(days.to_string(), "2026-11-01T00:00..2026-11-08T00:00");
    }

    #[rstest]
    #[case::within_a_minute(1_795_525_330_000, 3_600, "2026-11-24T14:02", "2026-11-24T14:03")]
    #[case::at_its_beginning(1_795_525_320_000, 3_600, "2026-11-24T14:02", "2026-11-24T14:02")]
    #[case::west_of_greenwich(1_795_525_320_000, -12_600, "2026-11-24T09:32", "2026-11-24T09:32")]
    #[case::over_midnight(1_795_564_799_999, 0, "2026-11-24T23:59", "2026-11-25T00:00")]
    fn minutes_of_moments(#[case] ms: i64, #[case] offset_s: i32, #[case] of: &str, #[case] not_before: &str) {
        let time = LocalTime { ms, offset_s };
        assert_eq!(LocalMinute::of(time).to_string(), of);
        assert_eq!(LocalMinute::not_before(time).to_string(), not_before);
    }

    #[rstest]
    #[case("09:00-17:00", 9 * 60, true)]
    #[case("09:00-17:00", 17 * 60, false)]
    #[case("22:00-06:00", 23 * 60, true)]
    #[case("22:00-06:00", 5 * 60 + 59, true)]
    #[case("22:00-06:00", 6 * 60, false)]
    fn parts_of_the_day(#[case] text: &str, #[case] minute: u16, #[case] holds: bool) {
        let time: DayTime = text.parse().unwrap();
        assert_eq!((time.to_string(), time.holds(minute)), (text.to_owned(), holds));
    }
}
