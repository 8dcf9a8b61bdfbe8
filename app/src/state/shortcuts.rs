//! Keys that do something on the sessions page, and on that of a session.

use strum::{EnumIter, IntoEnumIterator};

/// What a key does, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Shortcut {
    /// To the next row; from a session to the next one.
    Down,
    /// To the row before; from a session to the one before.
    Up,
    /// From a session to its list.
    List,
    /// To the page after this one.
    On,
    /// To the page before this one.
    Back,
    /// To the search.
    Search,
    /// To the form of a new condition.
    Filter,
    /// Tells the keys.
    Help,
}

impl Shortcut {
    /// What a key does, by the browser's name for it.
    pub fn of(key: &str) -> Option<Self> {
        Self::iter().find(|shortcut| shortcut.key() == key)
    }

    /// Its key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Down => "j",
            Self::Up => "k",
            Self::List => "u",
            Self::On => "n",
            Self::Back => "p",
            Self::Search => "/",
            Self::Filter => "f",
            Self::Help => "?",
        }
    }

    /// What it does, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Down => "Next session",
            Self::Up => "Previous session",
            Self::List => "From a session back to the list",
            Self::On => "Next page of the list",
            Self::Back => "Previous page of the list",
            Self::Search => "Search these sessions",
            Self::Filter => "Add a filter",
            Self::Help => "Show these keys",
        }
    }

    /// Whether a key that is held down does it again and again.
    pub fn repeats(self) -> bool {
        matches!(self, Self::Down | Self::Up)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_key_does_one_thing() {
        let keys: HashSet<_> = Shortcut::iter().map(Shortcut::key).collect();
        assert_eq!(keys.len(), Shortcut::iter().count());
        for shortcut in Shortcut::iter() {
            assert_eq!(Shortcut::of(shortcut.key()), Some(shortcut));
        }
    }

    #[test]
    fn other_keys_do_nothing() {
        for key in ["", "J", "Enter", "Escape", "Tab", " ", "ArrowDown"] {
            assert_eq!(Shortcut::of(key), None, "{key}");
        }
    }

    #[test]
    fn a_held_key_moves_through_rows_but_not_through_pages() {
        let held: Vec<_> = Shortcut::iter().filter(|shortcut| shortcut.repeats()).collect();
        assert_eq!(held, [Shortcut::Down, Shortcut::Up]);
    }
}
