//! A list for each session of a day, all in one piece of memory: who looks at every session reads it from end to end. A
//! piece of memory for each session costs a wait for memory each time.

use std::ops::Range;

/// So many entries that nobody needs any more are borne before a column is written anew.
const BORNE: usize = 4_096;

/// A column of lists.
#[derive(Clone, Debug)]
pub(super) struct Lists<T> {
    all: Vec<T>,
    /// Where the list of each session stands. One that changed stands at the end, and where it was is left.
    places: Vec<Range<u32>>,
    left: usize,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { all: Vec::new(), places: Vec::new(), left: 0 }
    }
}

impl<T: Copy> Lists<T> {
    /// The list of the session at this place; an empty one of a session that there is not.
    pub(super) fn get(&self, at: usize) -> &[T] {
        self.places.get(at).and_then(|place| self.all.get(place.start as usize..place.end as usize)).unwrap_or_default()
    }

    /// All lists, in the order of their sessions.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> {
        (0..self.places.len()).map(|at| self.get(at))
    }

    /// The list of a session that is known already, or that comes between others.
    pub(super) fn put(&mut self, place: Result<usize, usize>, list: &[T]) {
        let new = self.append(list);
        match place {
            Ok(at) => {
                if let Some(standing) = self.places.get_mut(at) {
                    self.left += standing.len();
                    *standing = new;
                }
            }
            Err(at) => self.places.insert(at, new),
        }
        if self.left > BORNE.max(self.all.len() / 2) {
            *self = self.iter().collect();
        }
    }

    fn append(&mut self, list: &[T]) -> Range<u32> {
        let end = |all: &[T]| u32::try_from(all.len()).unwrap_or(u32::MAX);
        let start = end(&self.all);
        self.all.extend_from_slice(list);
        start..end(&self.all)
    }

    /// About how much memory they take.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.all) + size_of_val(&*self.places)
    }
}

impl<T: Copy, L: AsRef<[T]>> FromIterator<L> for Lists<T> {
    fn from_iter<I: IntoIterator<Item = L>>(lists: I) -> Self {
        let mut made = Self::default();
        for list in lists {
            let place = made.append(list.as_ref());
            made.places.push(place);
        }
        made.all.shrink_to_fit();
        made
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_session_has_the_list_that_it_was_given_last(
            first in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 0..6),
            changes in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), 0..3_000usize), 0..12),
        ) {
            let mut plain = first;
            let mut lists: Lists<u8> = plain.iter().collect();
            for ((is_new, at, many), value) in changes.into_iter().zip(0..) {
                let list = vec![value; many];
                if is_new || plain.is_empty() {
                    let at = at.index(plain.len() + 1);
                    lists.put(Err(at), &list);
                    plain.insert(at, list);
                } else {
                    let at = at.index(plain.len());
                    lists.put(Ok(at), &list);
                    plain[at] = list;
                }
                prop_assert!(lists.left <= BORNE.max(lists.all.len() / 2));
            }
            prop_assert_eq!(lists.iter().map(<[u8]>::to_vec).collect::<Vec<_>>(), plain);
        }
    }

    #[test]
    fn of_a_session_that_there_is_not_the_list_is_empty() {
        assert!(Lists::from_iter([[1, 2]]).get(1).is_empty());
    }
}
