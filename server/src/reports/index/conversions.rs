//! Which sessions of a day reached which goals: a bit each, worked out when a goal is first asked for and kept with the day,
//! so that counting for a goal costs next to nothing. It goes when anything of the day changes.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use app::models::goal::{Aim, MOST_GOALS};

use super::{day::Day, reach::Reach};

/// The goals that are kept: those of a site, and what was a goal of it lately.
const MOST: usize = 2 * MOST_GOALS;

/// The sessions of a day that reached a goal, by their places.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Converted(Box<[u64]>);

impl Converted {
    fn of(reached: impl ExactSizeIterator<Item = bool>) -> Self {
        let mut bits = vec![0u64; reached.len().div_ceil(64)];
        for (at, _) in reached.enumerate().filter(|(_, reached)| *reached) {
            if let Some(word) = bits.get_mut(at / 64) {
                *word |= 1 << (at % 64);
            }
        }
        Self(bits.into())
    }

    /// Whether the session at this place did.
    pub(super) fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

/// What is known of a day: by what reaches a goal, as two of the same aim are one here.
#[derive(Debug, Default)]
pub(super) struct Conversions(Mutex<HashMap<Aim, Arc<Converted>>>);

impl Conversions {
    /// Those of a goal.
    pub(super) fn of(&self, day: &Day, reach: &Reach) -> Arc<Converted> {
        // Who counts for a goal has asked for the steps.
        let Some(steps) = &day.steps else { return Arc::default() };
        if let Some(known) = self.known().get(reach.aim()) {
            return known.clone();
        }
        // Without the lock: two who ask at once both look.
        let converted = Arc::new(Converted::of(steps.iter().map(|steps| reach.is_reached(steps))));
        let mut known = self.known();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(reach.aim().clone(), converted.clone());
        converted
    }

    /// About how much memory they take.
    pub(super) fn bytes(&self) -> usize {
        self.known().values().map(|converted| size_of_val(&*converted.0) + size_of::<Aim>() + 64).sum()
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Aim, Arc<Converted>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Conversions {
    /// A copy of a day is made to be changed: it begins without.
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_session_has_its_bit() {
        let reached: Vec<bool> = (0..200).map(|at| at % 7 == 3 || at == 63 || at == 64).collect();
        let converted = Converted::of(reached.iter().copied());
        assert_eq!((0..200).map(|at| converted.has(at)).collect::<Vec<_>>(), reached);
        assert!(!converted.has(200) && !Converted::default().has(0));
    }
}
