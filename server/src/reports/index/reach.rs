//! Goals as numbers of texts.

use std::sync::{Arc, OnceLock};

use app::models::{
    event::EventKind,
    goal::Aim,
    query::{Dimension, Filter, Property, TextTest, text_holds},
};

use super::{
    steps::{Happening, Step, View, views},
    words::{Set, Word, Words},
};

/// What reaches a goal.
#[derive(Clone, Debug)]
pub(in crate::reports) struct Reach {
    /// The goal's, in texts.
    aim: Aim,
    words: Arc<Words>,
    /// Worked out when something is looked at: mostly it is known already who reached the goal.
    of: OnceLock<Of>,
}

/// The same as numbers of texts.
#[derive(Clone, Debug)]
enum Of {
    /// Views of these paths.
    Pages(Set),
    /// Events that go by these names.
    Events(Set),
    /// Events with a property.
    Property(HasProperty),
}

/// A value of an event's property, as numbers of texts.
#[derive(Clone, Debug)]
pub(in crate::reports) struct HasProperty {
    /// `None` where no event has such a name, or no property.
    of: Option<(Word, Word)>,
    values: Set,
}

impl HasProperty {
    pub(super) fn of(property: &Property, values: &[String], words: &Words) -> Self {
        Self { of: words.known(&property.event).zip(words.known(&property.key)), values: words.set_of(values) }
    }

    /// Whether an event has it.
    pub(super) fn is_had(&self, event: &Happening<'_>) -> bool {
        self.of.is_some_and(|(name, key)| {
            event.kind == EventKind::Custom
                && event.called == name
                && event.properties().any(|(of, value)| of == key && self.values.holds(value))
        })
    }
}

impl Of {
    fn in_numbers(aim: &Aim, words: &Words) -> Self {
        let texts = |dimension, set| if dimension == Dimension::Page { Self::Pages(set) } else { Self::Events(set) };
        match aim.filter() {
            Filter::Property { property, values, .. } => Self::Property(HasProperty::of(property, values, words)),
            Filter::Text { dimension, test: TextTest::Is, values } => texts(*dimension, words.set_of(values)),
            Filter::Text { dimension, test, values } => {
                texts(*dimension, words.that(|text| text_holds(*test, values, std::iter::once(text))))
            }
            // No aim is on these: nothing reaches it.
            Filter::Number { .. } | Filter::Step { .. } | Filter::Did { .. } => Self::Pages(Set::new(0)),
        }
    }
}

impl Reach {
    pub(super) fn of(aim: &Aim, words: &Arc<Words>) -> Self {
        Self { aim: aim.clone(), words: words.clone(), of: OnceLock::new() }
    }

    fn numbers(&self) -> &Of {
        self.of.get_or_init(|| Of::in_numbers(&self.aim, &self.words))
    }

    /// What it is about.
    pub(super) fn aim(&self) -> &Aim {
        &self.aim
    }

    /// Whether opening this page reaches it.
    pub(in crate::reports) fn is_page(&self, path: Word) -> bool {
        matches!(self.numbers(), Of::Pages(paths) if paths.holds(path))
    }

    /// Whether this event reaches it.
    pub(in crate::reports) fn is_event(&self, event: &Happening<'_>) -> bool {
        match self.numbers() {
            Of::Pages(_) => false,
            Of::Events(names) => names.holds(event.called),
            Of::Property(property) => property.is_had(event),
        }
    }

    /// Whether it is reached by a page view or by something that happened on it.
    pub(in crate::reports) fn is_on(&self, view: &View<'_>) -> bool {
        match self.numbers() {
            // Most goals are pages: what happened on them need not be looked at.
            Of::Pages(_) => self.is_page(view.path),
            Of::Events(_) | Of::Property(_) => view.events().any(|event| self.is_event(&event)),
        }
    }

    /// Whether a session reaches it.
    pub(in crate::reports) fn is_reached(&self, steps: &[Step]) -> bool {
        views(steps).any(|view| self.is_on(&view))
    }
}
