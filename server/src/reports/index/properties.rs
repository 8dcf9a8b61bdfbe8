//! The properties of one event in the selected sessions: in how many it has which, and with which values.

use std::{collections::HashMap, sync::Arc};

use app::models::{event::EventKind, events::Counted};

use super::{
    events::{Looked, Tally, add_each, counted},
    selection::Selection,
    steps::{Step, views},
    words::{Word, Words},
};

/// What is known of an event's properties once every selected session has been looked at.
#[derive(Debug)]
pub(in crate::reports) struct Properties {
    words: Arc<Words>,
    of: HashMap<Word, OfProperty>,
    has_goal: bool,
}

/// How often there was a property, with whichever value and with each.
#[derive(Debug, Default)]
struct OfProperty {
    any: Tally,
    values: HashMap<Word, Tally>,
}

impl Selection {
    /// The properties of an event of the site's own.
    pub(in crate::reports) fn properties_of(&self, event: &str) -> Properties {
        let (words, has_goal) = (self.days.words.clone(), self.conditions.reach.is_some());
        let name = words.known(event);
        let mut found = Properties { words, has_goal, of: HashMap::new() };
        // An event that no session has is not looked for.
        let Some(name) = name else { return found };
        let shares = self.shared(|rows| {
            let mut of = HashMap::new();
            rows.zip(1..).for_each(|(held, nth)| take(&mut of, name, held.steps, || self.looked(held, nth)));
            of
        });
        found.of = shares.into_iter().reduce(add).unwrap_or_default();
        found
    }
}

/// Takes a session in.
fn take(of: &mut HashMap<Word, OfProperty>, name: Word, steps: &[Step], looked: impl Fn() -> Looked) {
    // Whether the goal was reached is asked of those alone that have the event.
    let mut known = None;
    let events = views(steps).flat_map(|view| view.events());
    for event in events.filter(|event| event.kind == EventKind::Custom && event.called == name) {
        let looked = *known.get_or_insert_with(&looked);
        for (key, value) in event.properties() {
            let property = of.entry(key).or_default();
            property.any.take(looked);
            property.values.entry(value).or_default().take(looked);
        }
    }
}

/// What others had.
fn add(mut of: HashMap<Word, OfProperty>, others: HashMap<Word, OfProperty>) -> HashMap<Word, OfProperty> {
    for (key, others) in others {
        let property = of.entry(key).or_default();
        property.any.add(&others.any);
        add_each(&mut property.values, others.values);
    }
    of
}

impl Properties {
    /// Their names, and how many sessions have each.
    pub(in crate::reports) fn keys(&self) -> Vec<(String, u64)> {
        self.of.iter().map(|(&key, property)| (self.words.text(key).to_owned(), property.any.sessions)).collect()
    }

    /// The values of one of them.
    pub(in crate::reports) fn values(&self, key: &str) -> Vec<Counted<String>> {
        let property = self.words.known(key).and_then(|key| self.of.get(&key));
        let values = property.map(|property| property.values.clone()).unwrap_or_default();
        counted(values, |value| self.words.text(value).to_owned(), self.has_goal)
    }
}
