//! Stretches of time and orders of the list, as people say them.

use super::moment::month_name;
use crate::models::query::{DayTime, LocalMinute, Period, Recent, Sort, SortKey};

/// A period: `Last 7 days`, `November 2026`, `3 Nov 2026, 09:30 to 4 Nov 2026, 10:00`.
pub fn period_words(period: Period) -> String {
    match period {
        Period::Now => "Now: heard of in the last 5 minutes".into(),
        Period::Last(Recent::Hour) => "Last 60 minutes".into(),
        Period::Last(Recent::Day) => "Last 24 hours".into(),
        Period::Last(Recent::Week) => "Last 7 days".into(),
        Period::Last(Recent::Month) => "Last 30 days".into(),
        Period::Last(Recent::Quarter) => "Last 90 days".into(),
        Period::Month { year, month } => format!("{} {year}", month_name(month)),
        Period::Range { from, to } => format!("{} to {}", minute_words(from), minute_words(to)),
    }
}

/// A part of every day: `09:00 to 17:00 every day`.
pub fn day_time_words(time: DayTime) -> String {
    format!("{} to {} every day", clock_words(time.from), clock_words(time.to))
}

/// An order: `Newest first`.
pub fn order_words(sort: Sort) -> &'static str {
    match (sort.key, sort.ascending) {
        (SortKey::Start, false) => "Newest first",
        (SortKey::Start, true) => "Oldest first",
        (SortKey::Activity, false) => "Latest activity first",
        (SortKey::Activity, true) => "Earliest activity first",
        (SortKey::Duration, false) => "Longest first",
        (SortKey::Duration, true) => "Shortest first",
        (SortKey::Active, false) => "Most active time first",
        (SortKey::Active, true) => "Least active time first",
        (SortKey::Pages, false) => "Most pages first",
        (SortKey::Pages, true) => "Fewest pages first",
        (SortKey::Events, false) => "Most events first",
        (SortKey::Events, true) => "Fewest events first",
    }
}

/// `3 Nov 2026, 09:30`
fn minute_words(minute: LocalMinute) -> String {
    let month: String = month_name(minute.month).chars().take(3).collect();
    format!("{} {month} {}, {}", minute.day, minute.year, clock_words(minute.minute))
}

/// `09:30`
fn clock_words(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;

    #[rstest]
    #[case("now", "Now: heard of in the last 5 minutes")]
    #[case("1h", "Last 60 minutes")]
    #[case("7d", "Last 7 days")]
    #[case("2026-11", "November 2026")]
    #[case("2026-11-03T09:30..2026-11-04T10:00", "3 Nov 2026, 09:30 to 4 Nov 2026, 10:00")]
    fn periods_in_words(#[case] period: &str, #[case] words: &str) {
        assert_eq!(period_words(period.parse().unwrap()), words);
    }

    #[test]
    fn a_part_of_the_day_in_words() {
        assert_eq!(day_time_words("22:00-06:30".parse().unwrap()), "22:00 to 06:30 every day");
    }

    #[test]
    fn every_order_has_words_of_its_own() {
        let orders = SortKey::iter().flat_map(|key| [Sort { key, ascending: false }, Sort { key, ascending: true }]);
        let words: Vec<_> = orders.map(order_words).collect();
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
    }
}
