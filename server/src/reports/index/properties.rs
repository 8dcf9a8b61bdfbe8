//! The properties of one event in the selected sessions: in how many it has which, and with which values.

use std::{collections::HashMap, sync::Arc};

use app::models::{event::EventKind, events::Counted};

use super::{
    events::{Tally, counted},
    selection::Selection,
    steps::views,
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
        for (held, nth) in self.rows().zip(1..) {
            // Whether the goal was reached is asked of those alone that have the event.
            let mut looked = None;
            let events = views(held.steps).flat_map(|view| view.events());
            for event in events.filter(|event| event.kind == EventKind::Custom && event.called == name) {
                let looked = *looked.get_or_insert_with(|| self.looked(held, nth));
                for (key, value) in event.properties() {
                    let property = found.of.entry(key).or_default();
                    property.any.take(looked);
                    property.values.entry(value).or_default().take(looked);
                }
            }
        }
        found
    }
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
