//! What the selected sessions did with each page of a site: one look at every step, on all processors.

use app::models::pages::{PageRow, READ_FROM};
use rayon::prelude::*;

use super::{
    day::Held,
    figures::quantile,
    row::Text,
    selection::Selection,
    steps::{View, views},
    words::{Word, Words},
};

/// Stands for a path that has no row yet.
const NONE: u32 = u32::MAX;

/// What is known of a page while sessions are looked at.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) path: Word,
    title: Word,
    /// The session that was counted last, so that none counts twice; from 1.
    counted: u32,
    pub(super) row: PageRow,
    active: Vec<u32>,
    /// How many views were seen so far down, percent by percent.
    depths: Depths,
}

type Depths = [u32; 101];

impl Tally {
    pub(super) fn new(path: Word) -> Self {
        Self { path, title: 0, counted: 0, row: PageRow::default(), active: Vec::new(), depths: [0; 101] }
    }

    pub(super) fn take(&mut self, view: &View<'_>, overlapping: bool) {
        self.row.views += 1;
        if view.title != 0 {
            self.title = view.title;
        }
        if let Some(percent) = view.scroll {
            self.row.scrolled += 1;
            self.row.read += u64::from(percent >= READ_FROM);
        }
        if !overlapping {
            self.active.extend(view.active_ms);
            if let Some(views) = view.scroll.and_then(|percent| self.depths.get_mut(usize::from(percent))) {
                *views += 1;
            }
        }
        for event in view.events() {
            self.row.friction += u64::from(event.kind.is_obstacle());
            self.row.errors += u64::from(event.kind.is_error());
        }
    }

    /// What was seen of the same page in sessions that began later.
    pub(super) fn add(&mut self, later: Self) {
        if later.title != 0 {
            self.title = later.title;
        }
        let row = &mut self.row;
        row.views += later.row.views;
        row.sessions += later.row.sessions;
        row.entries += later.row.entries;
        row.exits += later.row.exits;
        row.scrolled += later.row.scrolled;
        row.read += later.row.read;
        row.friction += later.row.friction;
        row.errors += later.row.errors;
        row.conversions = row
            .conversions
            .map_or(later.row.conversions, |some| Some(some + later.row.conversions.unwrap_or_default()));
        self.active.extend(later.active);
        self.depths.iter_mut().zip(later.depths).for_each(|(views, more)| *views += more);
    }

    pub(super) fn done(mut self, words: &Words) -> PageRow {
        PageRow {
            path: words.text(self.path).to_owned(),
            title: (self.title != 0).then(|| words.text(self.title).to_owned()),
            median_active_ms: quantile(&mut self.active, 50),
            median_scroll: median_depth(&self.depths),
            ..self.row
        }
    }
}

/// The least depth that half of all views do not go beyond; `None` of none.
fn median_depth(depths: &Depths) -> Option<u8> {
    let half = depths.iter().sum::<u32>().div_ceil(2);
    let so_far = depths.iter().scan(0, |views, more| {
        *views += more;
        Some(*views)
    });
    (0..).zip(so_far).find(|&(_, views)| views >= half && half > 0).map(|(percent, _)| percent)
}

/// The pages, each where its path's number says, and how many sessions were looked at.
struct Tallies {
    /// By number of the path: where its tally stands.
    places: Vec<u32>,
    all: Vec<Tally>,
    sessions: u32,
}

impl Tallies {
    fn new(words: &Words) -> Self {
        Self { places: vec![NONE; words.len()], all: Vec::new(), sessions: 0 }
    }

    fn of(&mut self, path: Word) -> Option<&mut Tally> {
        let place = self.places.get_mut(path as usize)?;
        if *place == NONE {
            *place = u32::try_from(self.all.len()).unwrap_or(NONE);
            self.all.push(Tally::new(path));
        }
        self.all.get_mut(*place as usize)
    }

    fn take(&mut self, Held { row, steps, converts, .. }: Held<'_>, has_goal: bool) {
        self.sessions += 1;
        let session = self.sessions;
        for view in views(steps) {
            let Some(tally) = self.of(view.path) else { continue };
            tally.take(&view, row.overlapping);
            if tally.counted != session {
                tally.counted = session;
                tally.row.sessions += 1;
                tally.row.conversions = has_goal.then(|| tally.row.conversions.unwrap_or(0) + u64::from(converts));
            }
        }
        if let Some(entry) = self.of(row.text(Text::Entry)) {
            entry.row.entries += 1;
        }
        if let Some(exit) = self.of(row.text(Text::Exit)) {
            exit.row.exits += 1;
        }
    }

    /// What was seen in sessions that began later.
    fn add(mut self, later: Self) -> Self {
        self.sessions += later.sessions;
        for tally in later.all {
            if let Some(standing) = self.of(tally.path) {
                standing.add(tally);
            }
        }
        self
    }
}

impl Selection {
    /// A row for each page, and how many sessions are selected.
    pub(in crate::reports) fn pages(&self) -> (Vec<PageRow>, u64) {
        let words = &self.days.words;
        let has_goal = self.conditions.reach.is_some();
        let shares = self.shared(|rows| {
            let mut tallies = Tallies::new(words);
            rows.for_each(|held| tallies.take(held, has_goal));
            tallies
        });
        let Tallies { all, sessions, .. } = shares.into_iter().reduce(Tallies::add).unwrap_or(Tallies::new(words));
        // A session can begin on a page that nobody knows a view of: such a page has no row.
        let viewed = all.into_par_iter().filter(|tally| tally.row.views > 0);
        (viewed.map(|tally| tally.done(words)).collect(), u64::from(sessions))
    }
}
