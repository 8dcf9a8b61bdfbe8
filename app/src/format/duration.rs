//! Lengths of time as people say them.

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Milliseconds in the two greatest units that say something: `4 min 12 s`, `38 s`, `0.4 s`, `2 h 5 min`. Never
/// longer than what was measured, but that something is never called nothing.
pub fn duration(ms: u64) -> String {
    match ms {
        0 => "0 s".into(),
        1..SECOND => format!("0.{} s", (ms / 100).max(1)),
        SECOND..MINUTE => format!("{} s", ms / SECOND),
        MINUTE..HOUR => two_units(ms, (MINUTE, "min"), (SECOND, "s")),
        HOUR..DAY => two_units(ms, (HOUR, "h"), (MINUTE, "min")),
        _ => two_units(ms, (DAY, "d"), (HOUR, "h")),
    }
}

fn two_units(ms: u64, (great, great_name): (u64, &str), (small, small_name): (u64, &str)) -> String {
    match (ms / great, ms % great / small) {
        (many, 0) => format!("{many} {great_name}"),
        (many, rest) => format!("{many} {great_name} {rest} {small_name}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, "0 s")]
    #[case(30, "0.1 s")]
    #[case(400, "0.4 s")]
    #[case(999, "0.9 s")]
    #[case(1_000, "1 s")]
    #[case(38_900, "38 s")]
    #[case(60_000, "1 min")]
    #[case(252_000, "4 min 12 s")]
    #[case(7_500_000, "2 h 5 min")]
    #[case(7_205_000, "2 h")]
    #[case(90_000_000, "1 d 1 h")]
    fn reads_as_people_say_it(#[case] ms: u64, #[case] said: &str) {
        assert_eq!(duration(ms), said);
    }

    proptest! {
        #[test]
        fn what_is_said_is_never_more_than_what_was_measured(ms in 100u64..400_000_000) {
            let said = duration(ms);
            let words: Vec<_> = said.split(' ').collect();
            let mut total = 0.0;
            for pair in words.chunks(2) {
                let unit = match pair[1] { "s" => SECOND, "min" => MINUTE, "h" => HOUR, _ => DAY };
                total += pair[0].parse::<f64>().unwrap() * unit as f64;
            }
            prop_assert!(total <= ms as f64 + 0.001, "{} for {}", said, ms);
            prop_assert!(total > ms as f64 * 0.5, "{} for {}", said, ms);
        }
    }
}
