//! The link with which the owner makes the first account. Whoever reads the server's terminal is the owner.

use std::sync::Mutex;

/// A random token that works until an account is made with it. In memory only: a restart makes a new one.
pub(crate) struct SetUpLink(Mutex<Option<Token>>);

/// Compared through its hash, which takes the same time wherever the first difference is.
struct Token {
    text: String,
    hash: blake3::Hash,
}

impl SetUpLink {
    /// A link with these random bits.
    pub(crate) fn new(random: u128) -> Self {
        let text = format!("{random:032x}");
        Self(Mutex::new(Some(Token { hash: blake3::hash(text.as_bytes()), text })))
    }

    /// Its path and query, `None` once it was used.
    pub(crate) fn path(&self) -> Option<String> {
        self.lock().as_ref().map(|token| format!("/setup?token={}", token.text))
    }

    /// Whether this is the token.
    pub(crate) fn matches(&self, typed: &str) -> bool {
        self.lock().as_ref().is_some_and(|token| token.hash == blake3::hash(typed.as_bytes()))
    }

    /// It has done its work.
    pub(crate) fn use_up(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Token>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl std::fmt::Debug for SetUpLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetUpLink(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_has_32_digits_and_works_until_it_is_used() {
        let link = SetUpLink::new(0xab);
        assert_eq!(link.path().as_deref(), Some("/setup?token=000000000000000000000000000000ab"));
        assert!(link.matches("000000000000000000000000000000ab"));
        assert!(!link.matches("ab"));
        assert!(!link.matches(""));
        link.use_up();
        assert!(!link.matches("000000000000000000000000000000ab"));
        assert_eq!(link.path(), None);
    }
}
