//! Limits wrong sign-ins, so that passwords cannot be tried out one after the other. In memory: a restart forgets.

use std::{collections::VecDeque, sync::Mutex};

/// How long a wrong attempt counts.
const WINDOW_MS: i64 = 15 * 60 * 1000;
/// Wrong attempts on one account within the window.
const PER_NAME: usize = 10;
/// Wrong attempts on all accounts together within the window.
const IN_ALL: usize = 100;

/// The name of an account, hashed: what people type by mistake into the field of the name, they would not like kept.
type NameKey = blake3::Hash;

/// Wrong attempts within the window, oldest first, never more than [`IN_ALL`].
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<VecDeque<Attempt>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Attempt {
    at_ms: i64,
    name: NameKey,
}

/// Too many attempts were wrong; this one is not even checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany;

/// An attempt that is being checked. It counts as wrong until it is known to be right, so that many at the same time
/// do not slip through.
#[must_use]
pub(crate) struct Pending(Attempt);

impl Attempts {
    /// Begins an attempt, if there is one left.
    pub(crate) fn begin(&self, name: &str, now_ms: i64) -> Result<Pending, TooMany> {
        let mut wrong = self.lock();
        wrong.retain(|attempt| now_ms - attempt.at_ms < WINDOW_MS);
        let attempt = Attempt { at_ms: now_ms, name: blake3::hash(name.as_bytes()) };
        let on_this_name = wrong.iter().filter(|other| other.name == attempt.name).count();
        if on_this_name >= PER_NAME || wrong.len() >= IN_ALL {
            return Err(TooMany);
        }
        wrong.push_back(attempt);
        Ok(Pending(attempt))
    }

    /// The attempt was right: it does not count, nor do earlier ones on the same name.
    pub(crate) fn succeeded(&self, attempt: Pending) {
        self.lock().retain(|other| other.name != attempt.0.name);
    }

    /// The attempt was not decided: it does not count.
    pub(crate) fn withdraw(&self, attempt: Pending) {
        let mut wrong = self.lock();
        if let Some(at) = wrong.iter().rposition(|other| *other == attempt.0) {
            wrong.remove(at);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Attempt>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn fail(attempts: &Attempts, name: &str, now_ms: i64) -> bool {
        attempts.begin(name, now_ms).is_ok()
    }

    #[test]
    fn ten_wrong_attempts_close_a_name_for_a_quarter_of_an_hour() {
        let attempts = Attempts::default();
        assert!((0..10).all(|_| fail(&attempts, "owner", 0)));
        assert!(!fail(&attempts, "owner", 14 * MINUTE));
        assert!(fail(&attempts, "other", 14 * MINUTE));
        assert!(fail(&attempts, "owner", 15 * MINUTE));
    }

    #[test]
    fn a_hundred_wrong_attempts_close_sign_in_whatever_the_name() {
        let attempts = Attempts::default();
        assert!((0..100).all(|guess| fail(&attempts, &format!("name {guess}"), 0)));
        assert!(!fail(&attempts, "one more", MINUTE));
        assert!(fail(&attempts, "one more", 15 * MINUTE));
    }

    #[test]
    fn a_right_password_clears_the_name() {
        let attempts = Attempts::default();
        assert!((0..9).all(|_| fail(&attempts, "owner", 0)));
        let Ok(right) = attempts.begin("owner", 0) else { panic!("the tenth is still checked") };
        attempts.succeeded(right);
        assert!((0..10).all(|_| fail(&attempts, "owner", 0)));
    }

    #[test]
    fn an_attempt_that_the_server_failed_to_check_does_not_count() {
        let attempts = Attempts::default();
        for _ in 0..20 {
            let Ok(attempt) = attempts.begin("owner", 0) else { panic!("none of these counts") };
            attempts.withdraw(attempt);
        }
    }
}
