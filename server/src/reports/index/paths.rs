//! The paths that the selected sessions take: one look at every step, then one at every path, on all processors.

use std::array;

use app::models::{
    paths::{Anchor, FlowStep, MOST_PAGES, Onward, PathFlow, STEPS, STEPS_SEEN, Spot, StepPage},
    query::PathStep,
    time::LocalTime,
};
use rayon::prelude::*;

use super::{
    day::Held,
    reach::Reach,
    selection::Selection,
    steps::{Step, views},
    words::{Set, Word, Words},
};

const SHOWN: usize = STEPS as usize;
const SEEN: usize = STEPS_SEEN as usize;
/// Rows of a step beside its pages: the others, and none.
const OTHERS: usize = MOST_PAGES;
const NOTHING: usize = MOST_PAGES + 1;
const SPOTS: usize = MOST_PAGES + 2;

/// A session's pages, step by step; 0 behind the last one.
type Walked = [Word; SEEN];

/// Where steps are counted from, as numbers of texts.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    from: From,
    is_back: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// The first page, or the last one.
    Border,
    /// The first look at a page; `None` where no session has it.
    Page(Option<Word>),
    /// Where the goal was reached.
    Goal,
}

impl Walk {
    pub(super) fn of(anchor: &Anchor, words: &Words) -> Self {
        let from = match anchor {
            Anchor::Start | Anchor::End => From::Border,
            Anchor::After(path) | Anchor::Before(path) => From::Page(words.known(path).filter(|&word| word != 0)),
            Anchor::Goal => From::Goal,
        };
        Self { from, is_back: anchor.is_back() }
    }

    /// The pages of a session step by step; `None` where it has not what they are counted from.
    fn steps(&self, steps: &[Step], reach: Option<&Reach>) -> Option<Walked> {
        if self.is_back { self.back(steps, reach) } else { self.on(steps, reach) }
    }

    fn on(&self, steps: &[Step], reach: Option<&Reach>) -> Option<Walked> {
        let mut walked = [0; SEEN];
        let mut places = walked.iter_mut();
        let mut last = 0;
        for view in views(steps).skip_while(|view| self.from != From::Border && !self.is_from(view, reach)) {
            if view.path == last {
                continue;
            }
            let Some(place) = places.next() else { break };
            *place = view.path;
            last = view.path;
        }
        (last != 0).then_some(walked)
    }

    /// The latest come first: every page pushes those before it one step on.
    fn back(&self, steps: &[Step], reach: Option<&Reach>) -> Option<Walked> {
        let mut walked: Walked = [0; SEEN];
        let mut is_there = self.from == From::Border;
        for view in views(steps) {
            if walked.first() != Some(&view.path) {
                walked.rotate_right(1);
                walked[0] = view.path;
            }
            if self.from != From::Border && self.is_from(&view, reach) {
                is_there = true;
                break;
            }
        }
        (is_there && walked[0] != 0).then_some(walked)
    }

    fn is_from(&self, view: &super::steps::View<'_>, reach: Option<&Reach>) -> bool {
        match self.from {
            From::Border => true,
            From::Page(page) => page == Some(view.path),
            From::Goal => reach.is_some_and(|reach| reach.is_on(view)),
        }
    }
}

/// A condition on a step.
#[derive(Clone, Debug)]
pub(super) struct OnStep {
    walk: Walk,
    at: usize,
    pages: Set,
    not: bool,
}

impl OnStep {
    pub(super) fn of(step: &PathStep, not: bool, pages: &[String], words: &Words) -> Self {
        let at = usize::from(step.at).saturating_sub(1);
        Self { walk: Walk::of(&step.anchor, words), at, pages: words.set_of(pages), not }
    }

    pub(super) fn holds(&self, steps: &[Step], reach: Option<&Reach>) -> bool {
        let walked = self.walk.steps(steps, reach);
        let page = walked.and_then(|walked| walked.get(self.at).copied());
        page.is_some_and(|page| self.pages.holds(page) != self.not)
    }
}

impl Selection {
    /// The paths of the selected sessions.
    pub(in crate::reports) fn paths(&self, anchor: &Anchor, now: LocalTime) -> PathFlow {
        let words = &self.days.words;
        let reach = self.conditions.reach.as_ref();
        let walk = Walk::of(anchor, words);
        let shares = self.shared(|rows| {
            let mut walks = Walks::new(words.len());
            for Held { steps, converts, .. } in rows {
                walks.sessions += 1;
                walks.all.extend(walk.steps(steps, reach).map(|walked| (walked, converts)));
            }
            walks.count();
            walks
        });
        let sessions = shares.iter().map(|walks| walks.sessions).sum();
        let ranks: Vec<Ranks> = (0..SHOWN).map(|at| Ranks::of(&shares, at, words)).collect();
        let flows: Vec<[Flow; SHOWN]> =
            shares.par_iter().map(|walks| array::from_fn(|at| Flow::of(&walks.all, &ranks, at))).collect();
        let flow = |at| flows.iter().filter_map(|of_share| of_share.get(at)).fold(Flow::default(), Flow::add);
        let steps = ranks.iter().zip(0..).map(|(here, at)| step(here, &flow(at), reach.is_some(), words));
        PathFlow { now, anchor: anchor.clone(), sessions, steps: steps.take_while(|step| step.sessions > 0).collect() }
    }
}

/// The paths of a share of the sessions.
struct Walks {
    /// How many were looked at, on a path or not.
    sessions: u64,
    /// The paths, and whether their sessions reached the goal.
    all: Vec<(Walked, bool)>,
    /// Step by step, by number of the path: how many were there.
    counts: [Vec<u32>; SHOWN],
}

impl Walks {
    fn new(words: usize) -> Self {
        Self { sessions: 0, all: Vec::new(), counts: array::from_fn(|_| vec![0; words]) }
    }

    fn count(&mut self) {
        for (walked, _) in &self.all {
            for (counts, &page) in self.counts.iter_mut().zip(walked) {
                if let Some(count) = counts.get_mut(page as usize) {
                    *count += 1;
                }
            }
        }
    }
}

/// The pages of a step by how many sessions were there.
struct Ranks {
    /// By number of the path: its row, or that of the others.
    spots: Vec<u8>,
    shown: Vec<Word>,
    /// How many pages there are.
    of: usize,
}

impl Ranks {
    fn of(shares: &[Walks], at: usize, words: &Words) -> Self {
        let mut counts = vec![0_u32; words.len()];
        for of_share in shares.iter().filter_map(|walks| walks.counts.get(at)) {
            counts.iter_mut().zip(of_share).for_each(|(count, more)| *count += more);
        }
        let numbered = (0..).zip(&counts).skip(1);
        let mut pages: Vec<(Word, u32)> =
            numbered.filter(|&(_, &count)| count > 0).map(|(page, &count)| (page, count)).collect();
        let of = pages.len();
        pages.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| words.text(a.0).cmp(words.text(b.0))));
        let shown: Vec<Word> = pages.into_iter().take(MOST_PAGES).map(|(page, _)| page).collect();
        let mut spots = vec![OTHERS as u8; words.len()];
        spots.iter_mut().take(1).for_each(|spot| *spot = NOTHING as u8);
        for (row, &page) in (0..).zip(&shown) {
            if let Some(spot) = spots.get_mut(page as usize) {
                *spot = row;
            }
        }
        Self { spots, shown, of }
    }

    fn spot(&self, page: Word) -> usize {
        self.spots.get(page as usize).map_or(OTHERS, |&spot| spot.into())
    }
}

/// How many sessions went from where to where in a step, and how many of those from there reached the goal.
#[derive(Default)]
struct Flow {
    onward: [[u64; SPOTS]; SPOTS],
    converted: [u64; SPOTS],
}

impl Flow {
    fn of(walks: &[(Walked, bool)], ranks: &[Ranks], at: usize) -> Self {
        let mut flow = Self::default();
        let Some(here) = ranks.get(at) else { return flow };
        for (walked, converts) in walks {
            let (Some(&page), Some(&next)) = (walked.get(at), walked.get(at + 1)) else { continue };
            let from = here.spot(page);
            // The step beyond the last one shown has no rows.
            let beyond = if next == 0 { NOTHING } else { OTHERS };
            let to = ranks.get(at + 1).map_or(beyond, |ranks| ranks.spot(next));
            if let Some(count) = flow.onward.get_mut(from).and_then(|row| row.get_mut(to)) {
                *count += 1;
            }
            if let Some(count) = flow.converted.get_mut(from) {
                *count += u64::from(*converts);
            }
        }
        flow
    }

    fn add(mut self, other: &Self) -> Self {
        let counts = self.onward.iter_mut().flatten().chain(&mut self.converted);
        counts.zip(other.onward.iter().flatten().chain(&other.converted)).for_each(|(count, more)| *count += more);
        self
    }
}

fn step(here: &Ranks, Flow { onward, converted }: &Flow, has_goal: bool, words: &Words) -> FlowStep {
    let of_spot = |spot: usize| onward.get(spot).map_or(0, |row| row.iter().sum());
    let pages = here.shown.iter().zip(converted).enumerate().map(|(row, (&page, &converted))| StepPage {
        path: words.text(page).to_owned(),
        sessions: of_spot(row),
        conversions: has_goal.then_some(converted),
    });
    FlowStep {
        sessions: (0..=OTHERS).map(of_spot).sum(),
        pages: pages.collect(),
        other_pages: here.of.saturating_sub(MOST_PAGES) as u64,
        others: of_spot(OTHERS),
        onward: onward.iter().take(NOTHING).enumerate().flat_map(|(from, row)| onward_from(spot(from), row)).collect(),
    }
}

fn onward_from(from: Spot, row: &[u64; SPOTS]) -> impl Iterator<Item = Onward> {
    let some = row.iter().enumerate().filter(|&(_, &sessions)| sessions > 0);
    some.map(move |(to, &sessions)| Onward { from, to: spot(to), sessions })
}

fn spot(at: usize) -> Spot {
    match at {
        OTHERS => Spot::Others,
        NOTHING => Spot::Nothing,
        page => u32::try_from(page).map_or(Spot::Others, Spot::Page),
    }
}
