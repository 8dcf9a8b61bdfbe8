//! Goals: what a site's owner wants sessions to come to.

use serde::{Deserialize, Serialize};

use super::{
    event::{EventKind, Props},
    ids::GoalId,
    query::{Dimension, Filter, text_holds},
    timeline::TimelineEvent,
};

/// The most goals that a site may have.
pub const MOST_GOALS: usize = 20;

/// A goal with its name. A session reaches it once, whenever it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Its id.
    pub id: GoalId,
    /// Its name.
    pub name: String,
    /// What reaches it.
    pub aim: Aim,
}

/// What reaches a goal: a page view or an event that a condition is on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Aim(Filter);

impl Aim {
    /// The aim that a condition says; `None` of one that is on something else than a page, an event or a property, or
    /// that asks what there is none of: nothing that happened would reach it.
    pub fn of(filter: Filter) -> Option<Self> {
        let is_aim = match &filter {
            Filter::Text { dimension: Dimension::Page | Dimension::Event, test, .. } => !test.denies(),
            Filter::Property { not, .. } => !not,
            Filter::Text { .. } | Filter::Number { .. } | Filter::Step { .. } => false,
        };
        is_aim.then_some(Self(filter))
    }

    /// The condition that sessions fulfil that reach it.
    pub fn filter(&self) -> &Filter {
        &self.0
    }

    /// Whether a view of the page at this path reaches it.
    pub fn is_page(&self, path: &str) -> bool {
        match &self.0 {
            Filter::Text { dimension: Dimension::Page, test, values } => {
                text_holds(*test, values, std::iter::once(path))
            }
            _ => false,
        }
    }

    /// Whether this event reaches it.
    pub fn is_event(&self, event: &TimelineEvent) -> bool {
        match &self.0 {
            Filter::Text { dimension: Dimension::Event, test, values } => {
                text_holds(*test, values, std::iter::once(event.called()))
            }
            Filter::Property { property, values, .. } => {
                let is_named = event.kind == EventKind::Custom && event.name.as_deref() == Some(&*property.event);
                is_named && has(&event.props, &property.key, values)
            }
            _ => false,
        }
    }
}

/// Whether a property has one of the values.
pub(super) fn has(props: &Props, key: &str, values: &[String]) -> bool {
    props.get(key).is_some_and(|value| values.contains(&value.to_string()))
}
