//! What the selected sessions did with the pages of a site: one look at every step, on all processors.

use std::collections::HashMap;

use app::models::{
    event::EventKind,
    pages::{ACTIVE_BARS, Beside, BesideRow, Element, PageReport, PageRow, READ_FROM, Top, active_bar, scroll_bar},
    time::LocalTime,
};
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
struct Tally {
    path: Word,
    title: Word,
    /// The session that was counted last, so that none counts twice; from 1.
    counted: u32,
    row: PageRow,
    active: Vec<u32>,
    /// How many views were seen so far down, percent by percent.
    depths: Depths,
}

type Depths = [u32; 101];

impl Tally {
    fn new(path: Word) -> Self {
        Self { path, title: 0, counted: 0, row: PageRow::default(), active: Vec::new(), depths: [0; 101] }
    }

    fn take(&mut self, view: &View<'_>, overlapping: bool) {
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
    fn add(&mut self, later: Self) {
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

    fn done(mut self, words: &Words) -> PageRow {
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

    /// The report of the page at a path.
    pub(in crate::reports) fn page_report(&self, path: &str, now: LocalTime) -> PageReport {
        let words = &self.days.words;
        let has_goal = self.conditions.reach.is_some();
        // Of a path that no session has, nothing is found.
        let path = words.known_path(path).filter(|&word| word != 0);
        let shares = self.shared(|rows| {
            let mut looked = Looked::new(path.unwrap_or_default());
            rows.for_each(|held| looked.take(held, has_goal));
            looked
        });
        let looked = shares.into_iter().reduce(Looked::add).unwrap_or(Looked::new(0));
        looked.done(words, now, has_goal)
    }
}

/// What is known of one page while sessions are looked at.
struct Looked {
    /// How many were looked at.
    sessions: u32,
    tally: Tally,
    looks: u64,
    /// By path; 0 where nothing came.
    before: HashMap<Word, u64>,
    after: HashMap<Word, u64>,
    active: Vec<u64>,
    scroll: Vec<u64>,
    /// How often, in how many sessions, and the session that was counted last.
    elements: HashMap<(EventKind, Word, Word), (u64, u64, u32)>,
}

impl Looked {
    fn new(path: Word) -> Self {
        Self {
            sessions: 0,
            tally: Tally::new(path),
            looks: 0,
            before: HashMap::new(),
            after: HashMap::new(),
            active: vec![0; ACTIVE_BARS.len() + 1],
            scroll: vec![0; 10],
            elements: HashMap::new(),
        }
    }

    fn take(&mut self, Held { row, steps, converts, .. }: Held<'_>, has_goal: bool) {
        self.sessions += 1;
        let path = self.tally.path;
        // Of no page nothing is looked for.
        if path == 0 {
            return;
        }
        self.tally.row.entries += u64::from(row.text(Text::Entry) == path);
        self.tally.row.exits += u64::from(row.text(Text::Exit) == path);
        if !views(steps).any(|view| view.path == path) {
            return;
        }
        self.tally.row.sessions += 1;
        if has_goal {
            *self.tally.row.conversions.get_or_insert(0) += u64::from(converts);
        }
        self.beside(views(steps).map(|view| view.path));
        let looks = views(steps).filter(|view| view.path == path);
        looks.for_each(|view| self.look(&view, row.overlapping));
    }

    /// What came before and after each look at it; a reload is no new one.
    fn beside(&mut self, paths: impl Iterator<Item = Word>) {
        let mut before = 0;
        let mut paths = paths.peekable();
        while let Some(path) = paths.next() {
            while paths.next_if_eq(&path).is_some() {}
            if path == self.tally.path {
                self.looks += 1;
                *self.before.entry(before).or_default() += 1;
                *self.after.entry(paths.peek().copied().unwrap_or_default()).or_default() += 1;
            }
            before = path;
        }
    }

    fn look(&mut self, view: &View<'_>, overlapping: bool) {
        self.tally.take(view, overlapping);
        if let Some(bar) = view.active_ms.and_then(|ms| self.active.get_mut(active_bar(ms.into()))) {
            *bar += 1;
        }
        if let Some(bar) = view.scroll.and_then(|percent| self.scroll.get_mut(scroll_bar(percent))) {
            *bar += 1;
        }
        for event in view.events().filter(|event| event.kind.is_click() || event.kind.is_friction()) {
            let (times, sessions, counted) = self.elements.entry((event.kind, event.name, event.target)).or_default();
            *times += 1;
            *sessions += u64::from(*counted != self.sessions);
            *counted = self.sessions;
        }
    }

    /// What was seen in sessions that began later.
    fn add(mut self, later: Self) -> Self {
        self.sessions += later.sessions;
        self.tally.add(later.tally);
        self.looks += later.looks;
        add_each(&mut self.before, later.before);
        add_each(&mut self.after, later.after);
        self.active.iter_mut().zip(later.active).for_each(|(views, more)| *views += more);
        self.scroll.iter_mut().zip(later.scroll).for_each(|(views, more)| *views += more);
        for (element, (times, sessions, _)) in later.elements {
            let (standing, in_sessions, _) = self.elements.entry(element).or_default();
            *standing += times;
            *in_sessions += sessions;
        }
        self
    }

    fn done(mut self, words: &Words, now: LocalTime, has_goal: bool) -> PageReport {
        if has_goal {
            self.tally.row.conversions.get_or_insert(0);
        }
        let mut elements: Vec<Element> = self
            .elements
            .into_iter()
            .map(|((kind, name, target), (times, sessions, _))| Element {
                kind,
                name: words.text(name).to_owned(),
                target: words.text(target).to_owned(),
                times,
                sessions,
            })
            .collect();
        let friction = elements.extract_if(.., |element| element.kind.is_friction()).collect();
        PageReport {
            now,
            group: None,
            sessions: self.sessions.into(),
            row: self.tally.done(words),
            looks: self.looks,
            before: beside(self.before, words),
            after: beside(self.after, words),
            active: self.active,
            scroll: self.scroll,
            clicked: top(elements),
            friction: top(friction),
        }
    }
}

fn add_each(times: &mut HashMap<Word, u64>, more: HashMap<Word, u64>) {
    for (word, more) in more {
        *times.entry(word).or_default() += more;
    }
}

fn beside(times: HashMap<Word, u64>, words: &Words) -> Top<BesideRow> {
    let what = |path: Word| if path == 0 { Beside::Nothing } else { Beside::Page(words.text(path).to_owned()) };
    let rows = times.into_iter().map(|(path, times)| BesideRow { what: what(path), times }).collect();
    Top::of(rows, |row| row.times, |row| row.what.clone())
}

fn top(elements: Vec<Element>) -> Top<Element> {
    Top::of(elements, |row| row.times, |row| (row.kind, row.name.clone(), row.target.clone()))
}
