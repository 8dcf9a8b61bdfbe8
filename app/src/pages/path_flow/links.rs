//! Which sessions a figure of the paths counts, as conditions.

use crate::models::{
    paths::{Anchor, FlowStep, Onward, Spot},
    query::{Filter, PathStep, SessionQuery},
};

/// Conditions on the steps of one flow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links<'a> {
    pub(super) query: &'a SessionQuery,
    pub(super) anchor: &'a Anchor,
    pub(super) steps: &'a [FlowStep],
}

impl Links<'_> {
    /// Those that took a step; counted from 0.
    pub(super) fn took(&self, at: usize) -> SessionQuery {
        self.query.of_these(self.on(at, true, vec![String::new()]))
    }

    /// Those in a row of a step.
    pub(super) fn row(&self, at: usize, spot: Spot) -> SessionQuery {
        self.query.of_these(self.is(at, spot))
    }

    /// Those in a row of a step that went to one of the next.
    pub(super) fn onward(&self, at: usize, onward: Onward) -> SessionQuery {
        self.row(at, onward.from).of_these(self.is(at + 1, onward.to))
    }

    /// Those that took a step and no further one.
    pub(super) fn ended(&self, at: usize) -> SessionQuery {
        self.took(at).of_these(self.is(at + 1, Spot::Nothing))
    }

    /// The condition of a row of a step.
    pub(super) fn is(&self, at: usize, spot: Spot) -> Filter {
        let pages = self.steps.get(at).map_or(&[][..], |step| &step.pages);
        let page = |place: u32| usize::try_from(place).ok().and_then(|place| pages.get(place));
        match spot {
            Spot::Nothing => self.on(at, false, vec![String::new()]),
            Spot::Page(place) => {
                self.on(at, false, vec![page(place).map(|page| page.path.clone()).unwrap_or_default()])
            }
            Spot::Others => {
                let shown = pages.iter().map(|page| page.path.clone());
                self.on(at, true, shown.chain(std::iter::once(String::new())).collect())
            }
        }
    }

    fn on(&self, at: usize, not: bool, values: Vec<String>) -> Filter {
        let at = u8::try_from(at + 1).unwrap_or(u8::MAX);
        Filter::Step { step: PathStep { anchor: self.anchor.clone(), at }, not, values }
    }
}
