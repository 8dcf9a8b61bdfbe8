//! The code that a page shows its visitor, so that support finds the session that a visitor speaks of.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::SessionId;

/// Letters and digits of a code.
const LENGTH: usize = 7;

/// A reference code: seven letters and digits, shown as `K7F-3QX9`. People read it out and type it, so letters that look
/// like digits are digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReferenceCode(String);

impl ReferenceCode {
    /// Reads what somebody typed; `None` if that is no code.
    pub fn parse(typed: &str) -> Option<Self> {
        let is_filler = |c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '.');
        let code: String = typed.chars().filter(|&c| !is_filler(c)).take(LENGTH + 1).map(distinct).collect();
        (code.len() == LENGTH && code.chars().all(|c| c.is_ascii_alphanumeric())).then_some(Self(code))
    }

    /// Its letters and digits, as they are stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Upper case, and for each set of letters that look alike the same one.
fn distinct(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        upper => upper,
    }
}

impl fmt::Display for ReferenceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, rest) = self.0.split_at_checked(3).unwrap_or((&self.0, ""));
        write!(f, "{first}-{rest}")
    }
}

/// What somebody looks for by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// A session by its id.
    Session(SessionId),
    /// A session by a code that its visitor was shown.
    Reference(ReferenceCode),
}

impl Sought {
    /// Reads what somebody typed; `None` if it is neither an id nor a code.
    pub fn parse(typed: &str) -> Option<Self> {
        let id = typed.trim().parse().ok().map(Self::Session);
        id.or_else(|| ReferenceCode::parse(typed).map(Self::Reference))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("K7F-3QX9")]
    #[case("k7f3qx9")]
    #[case("  K7F 3QX9 ")]
    #[case("K7F–3QX9")]
    fn a_code_is_read_however_it_is_typed(#[case] typed: &str) {
        assert_eq!(ReferenceCode::parse(typed).unwrap().to_string(), "K7F-3QX9");
    }

    #[rstest]
    #[case("OIL-oil0", "011-0110")]
    fn letters_that_look_like_digits_are_digits(#[case] typed: &str, #[case] code: &str) {
        assert_eq!(ReferenceCode::parse(typed).unwrap().to_string(), code);
    }

    #[rstest]
    #[case("")]
    #[case("K7F-3QX")]
    #[case("K7F-3QX99")]
    #[case("K7F-3Q/9")]
    #[case("K7F-3QÄ9")]
    fn anything_else_is_none(#[case] typed: &str) {
        assert_eq!(ReferenceCode::parse(typed), None);
    }
}
