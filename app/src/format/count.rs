//! Counted things: `1 session`, `1,284 sessions`.

use super::duration;

/// A number with a comma every three digits.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with what it counts, in the right one of the two forms.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// How often something happened, and when the first and the last time was, in milliseconds: `4 times, 12 s to 25 s`,
/// `4 times, 12 s` where both read alike.
pub fn repeated(times: u64, first_ms: u64, last_ms: u64) -> String {
    let (times, first, last) = (count(times, "time", "times"), duration(first_ms), duration(last_ms));
    if first == last { format!("{times}, {first}") } else { format!("{times}, {first} to {last}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_session_is_singular_and_none_is_plural() {
        assert_eq!(count(1, "session", "sessions"), "1 session");
        assert_eq!(count(0, "session", "sessions"), "0 sessions");
        assert_eq!(count(1_284_003, "session", "sessions"), "1,284,003 sessions");
    }

    #[test]
    fn what_happened_again_and_again_says_from_when_to_when() {
        assert_eq!(repeated(4, 12_000, 25_900), "4 times, 12 s to 25 s");
        assert_eq!(repeated(1_500, 12_100, 12_900), "1,500 times, 12 s");
    }
}
