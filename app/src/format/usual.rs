//! How the time of a page view compares with what is usual for its page.

use super::{count, duration, thousands};
use crate::models::timeline::Usual;

/// Shares of the median, each said down to the middle between it and the next, as numerator and denominator.
const SHARES: [(u64, u64, &str); 5] =
    [(10, 24, "half"), (7, 24, "a third of"), (9, 40, "a quarter of"), (3, 20, "a fifth of"), (1, 10, "a tenth of")];

/// `4 times the median of this page, 38 s`.
pub fn usual_words(active_ms: u64, usual: Usual) -> String {
    let median_ms = usual.median_active_ms;
    let median = duration(median_ms);
    if median_ms == 0 {
        return format!("the median of this page is {median}");
    }
    match much_or_little(active_ms, median_ms) {
        Some(part) => format!("{part} the median of this page, {median}"),
        None => format!("as usual: the median of this page is {median}"),
    }
}

/// What it is the median of: `of 128 views in the last 28 days`.
pub fn usual_title(usual: Usual) -> String {
    format!("of {} in the last 28 days", count(usual.views.into(), "view", "views"))
}

/// From twice the median on how many times it is, up to half of it which share.
fn much_or_little(active_ms: u64, median_ms: u64) -> Option<String> {
    if active_ms >= median_ms.saturating_mul(2) {
        return Some(times(active_ms, median_ms));
    }
    if active_ms.saturating_mul(2) > median_ms {
        return None;
    }
    let is_down_to = |part, of| active_ms.saturating_mul(of) >= median_ms.saturating_mul(part);
    let share = SHARES.iter().find(|&&(part, of, _)| is_down_to(part, of));
    Some(share.map_or("less than a tenth of", |&(_, _, words)| words).into())
}

/// With one decimal below ten, unless that is a nought.
fn times(active_ms: u64, median_ms: u64) -> String {
    let rounded =
        |units: u64| active_ms.saturating_mul(2 * units).saturating_add(median_ms) / median_ms.saturating_mul(2);
    match rounded(10) {
        tenths if tenths >= 100 => format!("{} times", thousands(rounded(1))),
        tenths if tenths.is_multiple_of(10) => format!("{} times", tenths / 10),
        tenths => format!("{}.{} times", tenths / 10, tenths % 10),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn usual(median_active_ms: u64) -> Usual {
        Usual { views: 128, median_active_ms }
    }

    #[rstest]
    #[case::much(152_000, "4 times the median of this page, 38 s")]
    #[case::a_decimal(95_000, "2.5 times the median of this page, 38 s")]
    #[case::twice(76_000, "2 times the median of this page, 38 s")]
    #[case::nearly_twice(75_999, "as usual: the median of this page is 38 s")]
    #[case::a_little_more_than_twice(77_800, "2 times the median of this page, 38 s")]
    #[case::rounded_up(78_000, "2.1 times the median of this page, 38 s")]
    #[case::the_last_decimal(376_000, "9.9 times the median of this page, 38 s")]
    #[case::nearly_ten_times(379_000, "10 times the median of this page, 38 s")]
    #[case::no_decimal_from_ten_on(400_000, "11 times the median of this page, 38 s")]
    #[case::an_hour(3_600_000, "95 times the median of this page, 38 s")]
    #[case::exactly(38_000, "as usual: the median of this page is 38 s")]
    #[case::a_little_less(19_001, "as usual: the median of this page is 38 s")]
    #[case::half(19_000, "half the median of this page, 38 s")]
    #[case::more_of_a_half_than_a_third(15_834, "half the median of this page, 38 s")]
    #[case::more_of_a_third_than_a_half(15_833, "a third of the median of this page, 38 s")]
    #[case::a_third(12_667, "a third of the median of this page, 38 s")]
    #[case::a_quarter(9_500, "a quarter of the median of this page, 38 s")]
    #[case::a_fifth(7_600, "a fifth of the median of this page, 38 s")]
    #[case::more_of_a_fifth_than_a_tenth(5_700, "a fifth of the median of this page, 38 s")]
    #[case::more_of_a_tenth_than_a_fifth(5_699, "a tenth of the median of this page, 38 s")]
    #[case::a_tenth(3_800, "a tenth of the median of this page, 38 s")]
    #[case::less(3_799, "less than a tenth of the median of this page, 38 s")]
    #[case::nothing(0, "less than a tenth of the median of this page, 38 s")]
    fn a_page_view_is_compared_with_a_median_of_38_s(#[case] active_ms: u64, #[case] words: &str) {
        assert_eq!(usual_words(active_ms, usual(38_000)), words);
    }

    #[rstest]
    #[case::of_nothing(0, 0, "the median of this page is 0 s")]
    #[case::something_of_nothing(90_000, 0, "the median of this page is 0 s")]
    #[case::of_less_than_a_second(40_000, 400, "100 times the median of this page, 0.4 s")]
    #[case::thousands(4_000_000, 1_000, "4,000 times the median of this page, 1 s")]
    #[case::of_minutes(60_000, 252_000, "a quarter of the median of this page, 4 min 12 s")]
    fn a_page_view_is_compared_with_any_median(#[case] active_ms: u64, #[case] median: u64, #[case] words: &str) {
        assert_eq!(usual_words(active_ms, usual(median)), words);
    }

    #[test]
    fn it_is_said_of_what_it_is_the_median() {
        assert_eq!(usual_title(usual(38_000)), "of 128 views in the last 28 days");
        assert_eq!(usual_title(Usual { views: 12_345, ..usual(0) }), "of 12,345 views in the last 28 days");
    }

    proptest! {
        #[test]
        fn whatever_is_damaged_is_said_somehow(active_ms in any::<u64>(), median_ms in any::<u64>()) {
            prop_assert!(usual_words(active_ms, usual(median_ms)).contains("the median of this page"));
        }

        #[test]
        fn many_times_are_never_said_of_less_than_twice(active_ms in 0..10_000_000u64, median_ms in 1..10_000_000u64) {
            let words = usual_words(active_ms, usual(median_ms));
            prop_assert_eq!(words.contains(" times "), active_ms >= 2 * median_ms);
            prop_assert_eq!(words.starts_with("as usual"), active_ms < 2 * median_ms && active_ms * 2 > median_ms);
        }
    }
}
