//! Texts by number: each different one is held once. Paths count as the groups that a site's rules join them to.

use std::{collections::HashMap, sync::Arc};

use app::models::path_rule::PathRules;

/// The number of a text; 0 is the empty one.
pub(in crate::reports) type Word = u32;

/// Stands for a group that was not looked for yet.
const UNKNOWN: Word = Word::MAX;

/// All texts of a site's sessions.
#[derive(Clone, Debug)]
pub(super) struct Words {
    numbers: HashMap<Arc<str>, Word>,
    texts: Vec<Arc<str>>,
    bytes: usize,
    rules: PathRules,
    /// By number of a path: that of its group. As long as the last path that was looked for.
    groups: Vec<Word>,
}

impl Default for Words {
    fn default() -> Self {
        let empty: Arc<str> = Arc::from("");
        Self {
            numbers: HashMap::from([(empty.clone(), 0)]),
            texts: vec![empty],
            bytes: 0,
            rules: PathRules::default(),
            groups: Vec::new(),
        }
    }
}

impl Words {
    /// None yet; paths are to be joined by these rules.
    pub(super) fn by(rules: PathRules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// The rules that paths are joined by.
    pub(super) fn rules(&self) -> &PathRules {
        &self.rules
    }

    /// The number of what a path counts as.
    pub(super) fn path(&mut self, path: &str) -> Word {
        let real = self.number(path);
        if self.rules.is_empty() {
            return real;
        }
        let at = real as usize;
        if self.groups.len() <= at {
            self.groups.resize(at + 1, UNKNOWN);
        }
        if let Some(&known) = self.groups.get(at).filter(|&&group| group != UNKNOWN) {
            return known;
        }
        let group = self.rules.rule_of(path).map(ToString::to_string);
        let group = group.map_or(real, |group| self.number(&group));
        if let Some(place) = self.groups.get_mut(at) {
            *place = group;
        }
        group
    }

    /// The number of what a path counts as, if that is known.
    pub(super) fn known_path(&self, path: &str) -> Option<Word> {
        self.known(self.rules.group(path))
    }

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
        self.bytes + self.groups.len() * size_of::<Word>()
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
    fn a_path_counts_as_its_group_and_keeps_a_number_of_its_own() {
        let rule = |text: &str| app::models::path_rule::PathRule::parse(text).unwrap();
        let mut words = Words::by([rule("/p/:id"), rule("/p/:id/new")].into_iter().collect());
        let (one, two, new) = (words.path("/p/1"), words.path("/p/2"), words.path("/p/1/new"));
        assert_eq!((one, words.path("/p/1")), (two, two));
        assert_eq!((words.text(one), words.text(new)), ("/p/:id", "/p/:id/new"));
        assert_eq!((words.known_path("/p/77"), words.known("/p/77")), (Some(one), None));
        let real = words.known("/p/2").unwrap();
        assert_eq!((real == two, words.text(real)), (false, "/p/2"));
        let about = words.path("/about");
        assert_eq!((words.path("/about"), words.text(about)), (about, "/about"));
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
