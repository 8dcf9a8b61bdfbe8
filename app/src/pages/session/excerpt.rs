//! What of a page view stands on the part of the timeline that is shown.

use crate::models::{
    part::Places,
    timeline::{TimelineEvent, TimelinePage},
};

/// The events of a page view that are shown, and where the others that are asked for stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Excerpt {
    /// Those on the part that is shown.
    pub(super) events: Vec<TimelineEvent>,
    /// Those on parts before.
    pub(super) earlier: Option<Elsewhere>,
    /// Those on later parts.
    pub(super) later: Option<Elsewhere>,
}

/// Events on other parts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Elsewhere {
    /// How many, at least one.
    pub(super) many: usize,
    /// The link to the one that is nearest.
    pub(super) href: String,
    /// When that one happened, in milliseconds since the page view began.
    offset_ms: u64,
}

impl Excerpt {
    /// What of this page view is shown. Counts on how many events that are asked for stand before it.
    pub(super) fn of(page: &TimelinePage, places: &Places, before: &mut usize) -> Self {
        let asked: Vec<&TimelineEvent> =
            page.events.iter().filter(|event| places.shown().is_shown(event.kind)).collect();
        let range = places.part().range();
        let [from, until] = [range.start, range.end].map(|at| at.saturating_sub(*before).min(asked.len()));
        *before += asked.len();
        let elsewhere = |many: usize, nearest: &&TimelineEvent| Elsewhere {
            many,
            href: places.href(nearest),
            offset_ms: nearest.offset_ms,
        };
        let nearest_before = from.checked_sub(1).and_then(|at| asked.get(at));
        Self {
            earlier: nearest_before.map(|event| elsewhere(from, event)),
            later: asked.get(until).map(|event| elsewhere(asked.len() - until, event)),
            events: asked.into_iter().take(until).skip(from).cloned().collect(),
        }
    }

    /// Whether what begins at this time stands among its events, in milliseconds since the page view began: what lies
    /// between those of two parts stands behind the earlier ones.
    pub(super) fn covers(&self, offset_ms: u64) -> bool {
        if self.events.is_empty() {
            return self.earlier.is_none() && self.later.is_none();
        }
        let begins = self.events.first().filter(|_| self.earlier.is_some()).map(|event| event.offset_ms);
        begins.is_none_or(|begins| offset_ms >= begins)
            && self.later.as_ref().is_none_or(|later| offset_ms < later.offset_ms)
    }
}
