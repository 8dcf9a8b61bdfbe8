//! Moments as the dashboard shows them.

use serde::{Deserialize, Serialize};

/// A moment together with what the site's time zone makes of it. The server works out the offset, so that the
/// browser needs neither a clock nor a time zone database and renders exactly what the server rendered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LocalTime {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub ms: i64,
    /// Seconds that the site's time zone is east of UTC at that moment.
    pub offset_s: i32,
}

/// A moment taken apart, by the calendar and the clock of the site's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl LocalTime {
    /// Howard Hinnant's `civil_from_days` (chrono-Compatible Low-Level Date Algorithms): the proleptic Gregorian
    /// calendar counted in eras of 400 years from 1 March of year 0.
    pub fn civil(self) -> Civil {
        let seconds = self.ms.div_euclid(1000).saturating_add(i64::from(self.offset_s));
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
}

/// The parts of a date are all below 60.
fn small(part: i64) -> u8 {
    u8::try_from(part).unwrap_or_default()
}
