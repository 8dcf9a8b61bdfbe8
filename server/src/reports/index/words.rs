//! Texts by number: each different one is held once.

use std::{collections::HashMap, sync::Arc};

/// The number of a text; 0 is the empty one.
pub(in crate::reports) type Word = u32;

/// All texts of a site's sessions.
#[derive(Clone, Debug)]
pub(super) struct Words {
    numbers: HashMap<Arc<str>, Word>,
    texts: Vec<Arc<str>>,
    bytes: usize,
}

impl Default for Words {
    fn default() -> Self {
        let empty: Arc<str> = Arc::from("");
        Self { numbers: HashMap::from([(empty.clone(), 0)]), texts: vec![empty], bytes: 0 }
    }
}

impl Words {
    /// The number of a text, new or known.
    pub(super) fn number(&mut self, text: &str) -> Word {
        if let Some(&known) = self.numbers.get(text) {
            return known;
        }
        let number = Word::try_from(self.texts.len()).unwrap_or(Word::MAX);
        let text: Arc<str> = Arc::from(text);
        self.bytes += text.len() + 64;
        self.texts.push(text.clone());
        self.numbers.insert(text, number);
        number
    }

    /// The number of a text, if it is known.
    pub(super) fn known(&self, text: &str) -> Option<Word> {
        self.numbers.get(text).copied()
    }

    /// The text of a number.
    pub(super) fn text(&self, word: Word) -> &str {
        usize::try_from(word).ok().and_then(|at| self.texts.get(at)).map_or("", |text| text)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// About how much memory they take.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Those of these texts that are known.
    pub(super) fn set_of(&self, texts: &[String]) -> Set {
        let mut set = Set::new(self.len());
        texts.iter().filter_map(|text| self.known(text)).for_each(|word| set.put(word));
        set
    }

    /// Those that pass a test.
    pub(super) fn that(&self, test: impl Fn(&str) -> bool) -> Set {
        let mut set = Set::new(self.len());
        for (text, word) in self.texts.iter().zip(0..) {
            if test(text) {
                set.put(word);
            }
        }
        set
    }
}

/// A set of words, a bit each.
#[derive(Clone, Debug)]
pub(in crate::reports) struct Set(Vec<u64>);

impl Set {
    /// With room for so many words, none of them in it.
    pub(super) fn new(words: usize) -> Self {
        Self(vec![0; words / 64 + 1])
    }

    /// Whether none is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&bits| bits == 0)
    }

    /// Takes one in.
    pub(super) fn put(&mut self, word: Word) {
        if let Some(bits) = self.0.get_mut(word as usize / 64) {
            *bits |= 1 << (word % 64);
        }
    }

    /// Whether one is in it.
    pub(super) fn holds(&self, word: Word) -> bool {
        self.0.get(word as usize / 64).is_some_and(|bits| bits & (1 << (word % 64)) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number_and_the_empty_one_is_zero() {
        let mut words = Words::default();
        let (lamp, oak) = (words.number("lamp"), words.number("oak"));
        assert_eq!((words.number("lamp"), words.number(""), words.text(oak)), (lamp, 0, "oak"));
        assert_eq!((words.known("oak"), words.known("elm")), (Some(oak), None));
    }

    #[test]
    fn a_set_holds_what_was_put_into_it() {
        let mut words = Words::default();
        for n in 0..200 {
            words.number(&format!("word {n}"));
        }
        let set = words.that(|text| text.ends_with('7'));
        let held = (0..201).filter(|&word| set.holds(word)).count();
        assert_eq!(held, 20);
        assert!(!set.holds(10_000));
        assert!(!set.is_empty() && words.that(|text| text == "no word").is_empty());
    }
}
