//! Stored values that cannot be understood: damage, or a newer version's. One of them must not take a page away, nor
//! fill the log each time it is read, nor bring what a visitor did into it.

use std::{
    collections::HashSet,
    fmt::Display,
    str::FromStr,
    sync::{LazyLock, Mutex, PoisonError},
};

use serde::de::DeserializeOwned;

/// How many are named in the log between two starts; a database with more has been named often enough.
const MOST_NAMED: usize = 1_000;

static NAMED: LazyLock<Mutex<HashSet<(&'static str, String)>>> = LazyLock::new(Mutex::default);

/// `otherwise`, said once in the log: `what` could not be understood in the row with this id.
pub(crate) fn replaced<T>(otherwise: T, what: &'static str, id: impl Display) -> T {
    let id = id.to_string();
    if is_news(what, &id) {
        tracing::warn!(%id, "{what} cannot be understood and is left out");
    }
    otherwise
}

fn is_news(what: &'static str, id: &str) -> bool {
    let mut named = NAMED.lock().unwrap_or_else(PoisonError::into_inner);
    named.len() < MOST_NAMED && named.insert((what, id.to_owned()))
}

/// A value of a closed list from its stored text.
pub(crate) fn listed<T: FromStr>(text: &str, otherwise: T, what: &'static str, id: impl Display) -> T {
    text.parse().unwrap_or_else(|_| replaced(otherwise, what, id))
}

/// A value from its stored JSON; what is not there or not understood is empty.
pub(crate) fn json<T: DeserializeOwned + Default>(text: Option<&str>, what: &'static str, id: impl Display) -> T {
    let Some(text) = text else { return T::default() };
    serde_json::from_str(text).unwrap_or_else(|_| replaced(T::default(), what, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_row_is_named_once() {
        assert!(is_news("the spans of a page view", "a-row"));
        assert!(!is_news("the spans of a page view", "a-row"));
        assert!(is_news("the spans of a page view", "another-row"));
        assert!(is_news("the state of a page view", "a-row"));
    }

    #[test]
    fn damaged_json_is_empty_and_sound_json_is_read() {
        assert_eq!(json::<Vec<u32>>(Some("[1,"), "a test's value", 1), Vec::<u32>::new());
        assert_eq!(json::<Vec<u32>>(None, "a test's value", 2), Vec::<u32>::new());
        assert_eq!(json::<Vec<u32>>(Some("[1,2]"), "a test's value", 3), [1, 2]);
    }
}
