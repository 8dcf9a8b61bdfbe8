//! Texts of which a session can have several.

use super::words::Word;

/// The lists of texts of which a session can have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pages,
    Hosts,
    Titles,
    Events,
    Links,
    /// What events are called, of whatever kind.
    Names,
    /// Paths that count as something else, as they are: they are searched and counted nowhere.
    Paths,
}

/// How many lists there are.
const KINDS: usize = 7;

/// Texts of which a session can have several: all lists one behind the other, each in order and each text once.
#[derive(Clone, Debug, Default)]
pub(super) struct Several {
    words: Box<[Word]>,
    ends: [u16; KINDS],
}

impl Several {
    pub(super) fn of(&self, kind: Kind) -> &[Word] {
        let end = |at: usize| self.ends.get(at).copied().map_or(0, usize::from);
        let from = (kind as usize).checked_sub(1).map_or(0, end);
        self.words.get(from..end(kind as usize)).unwrap_or_default()
    }

    /// About how much memory they take.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.words.len() * size_of::<Word>() + 16
    }
}

/// The lists while they are read.
#[derive(Debug, Default)]
pub(super) struct Gathered([Vec<Word>; KINDS]);

impl Gathered {
    pub(super) fn put(&mut self, kind: Kind, word: Word) {
        if let Some(list) = self.0.get_mut(kind as usize) {
            list.push(word);
        }
    }

    pub(super) fn done(mut self) -> Several {
        let mut several = Several::default();
        let mut words = Vec::new();
        for (list, end) in self.0.iter_mut().zip(&mut several.ends) {
            list.sort_unstable();
            list.dedup();
            // More than fit into the count no session has: its page views and events are limited.
            words.extend_from_slice(list);
            *end = u16::try_from(words.len()).unwrap_or(u16::MAX);
        }
        several.words = words.into_boxed_slice();
        several
    }
}
