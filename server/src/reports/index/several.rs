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

/// Texts of which a session can have several: where each list ends, then all lists one behind the other, each in order and
/// each text once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Several<'a>(&'a [Word]);

impl<'a> Several<'a> {
    /// As [`Gathered::done`] made it. Of nothing all lists are empty.
    pub(super) fn of_column(words: &'a [Word]) -> Self {
        Self(words)
    }

    /// One of the lists.
    pub(super) fn of(self, kind: Kind) -> &'a [Word] {
        let Some((ends, words)) = self.0.split_at_checked(KINDS) else { return &[] };
        let end = |at: usize| ends.get(at).map_or(0, |&end| end as usize);
        let from = (kind as usize).checked_sub(1).map_or(0, end);
        words.get(from..end(kind as usize)).unwrap_or_default()
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

    /// As a column holds it.
    pub(super) fn done(mut self) -> Vec<Word> {
        let mut ends = Vec::new();
        let mut words = Vec::new();
        for list in &mut self.0 {
            list.sort_unstable();
            list.dedup();
            words.append(list);
            // More than fit into a number no session has: its page views and events are limited.
            ends.push(Word::try_from(words.len()).unwrap_or(Word::MAX));
        }
        ends.append(&mut words);
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_has_its_texts_in_order_and_once() {
        let mut gathered = Gathered::default();
        for (kind, word) in [(Kind::Pages, 9), (Kind::Links, 4), (Kind::Pages, 2), (Kind::Pages, 9), (Kind::Paths, 1)] {
            gathered.put(kind, word);
        }
        let column = gathered.done();
        let several = Several::of_column(&column);
        let lists = [Kind::Pages, Kind::Hosts, Kind::Links, Kind::Paths].map(|kind| several.of(kind).to_vec());
        assert_eq!(lists, [vec![2, 9], vec![], vec![4], vec![1]]);
        assert!(Several::default().of(Kind::Paths).is_empty());
    }
}
