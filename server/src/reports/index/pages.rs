//! What the selected sessions did with the pages of a site: one look at every step.

use std::collections::HashMap;

use app::models::{
    event::EventKind,
    pages::{ACTIVE_BARS, Beside, BesideRow, Element, PageReport, PageRow, READ_FROM, Top, active_bar, scroll_bar},
    time::LocalTime,
};

use super::{
    day::{Held, Text},
    figures::quantile,
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
    scroll: Vec<u32>,
}

impl Tally {
    fn new(path: Word) -> Self {
        Self { path, title: 0, counted: 0, row: PageRow::default(), active: Vec::new(), scroll: Vec::new() }
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
            self.scroll.extend(view.scroll.map(u32::from));
        }
        for event in view.events() {
            self.row.friction += u64::from(event.kind.is_obstacle());
            self.row.errors += u64::from(event.kind.is_error());
        }
    }

    fn done(mut self, words: &Words) -> PageRow {
        PageRow {
            path: words.text(self.path).to_owned(),
            title: (self.title != 0).then(|| words.text(self.title).to_owned()),
            median_active_ms: quantile(&mut self.active, 50),
            median_scroll: quantile(&mut self.scroll, 50).and_then(|percent| u8::try_from(percent).ok()),
            ..self.row
        }
    }
}

/// The pages, each where its path's number says.
struct Tallies {
    /// By number of the path: where its tally stands.
    places: Vec<u32>,
    all: Vec<Tally>,
}

impl Tallies {
    fn new(words: &Words) -> Self {
        Self { places: vec![NONE; words.len()], all: Vec::new() }
    }

    fn of(&mut self, path: Word) -> Option<&mut Tally> {
        let place = self.places.get_mut(path as usize)?;
        if *place == NONE {
            *place = u32::try_from(self.all.len()).unwrap_or(NONE);
            self.all.push(Tally::new(path));
        }
        self.all.get_mut(*place as usize)
    }

    /// The same, if it was viewed.
    fn known(&mut self, path: Word) -> Option<&mut Tally> {
        self.places.get(path as usize).and_then(|&place| self.all.get_mut(place as usize))
    }
}

impl Selection {
    /// A row for each page, and how many sessions are selected.
    pub(in crate::reports) fn pages(&self) -> (Vec<PageRow>, u64) {
        let has_goal = self.conditions.reach.is_some();
        let mut tallies = Tallies::new(&self.days.words);
        let mut sessions = 0;
        for Held { row, steps, converts, .. } in self.rows() {
            sessions += 1;
            for view in views(steps) {
                let Some(tally) = tallies.of(view.path) else { continue };
                tally.take(&view, row.overlapping);
                if tally.counted != sessions {
                    tally.counted = sessions;
                    tally.row.sessions += 1;
                    tally.row.conversions = has_goal.then(|| tally.row.conversions.unwrap_or(0) + u64::from(converts));
                }
            }
            if let Some(entry) = tallies.known(row.text(Text::Entry)) {
                entry.row.entries += 1;
            }
            if let Some(exit) = tallies.known(row.text(Text::Exit)) {
                exit.row.exits += 1;
            }
        }
        let words = &self.days.words;
        (tallies.all.into_iter().map(|tally| tally.done(words)).collect(), u64::from(sessions))
    }

    /// The report of the page at a path.
    pub(in crate::reports) fn page_report(&self, path: &str, now: LocalTime) -> PageReport {
        let words = &self.days.words;
        let has_goal = self.conditions.reach.is_some();
        // Of a path that no session has, nothing is found.
        let path = words.known_path(path).filter(|&word| word != 0);
        let mut looked = Looked::new(path.unwrap_or_default());
        let mut sessions = 0;
        for Held { row, steps, converts, .. } in self.rows() {
            sessions += 1;
            let Some(path) = path else { continue };
            looked.tally.row.entries += u64::from(row.text(Text::Entry) == path);
            looked.tally.row.exits += u64::from(row.text(Text::Exit) == path);
            if views(steps).any(|view| view.path == path) {
                looked.tally.row.sessions += 1;
                if has_goal {
                    *looked.tally.row.conversions.get_or_insert(0) += u64::from(converts);
                }
                looked.beside(views(steps).map(|view| view.path));
                views(steps)
                    .filter(|view| view.path == path)
                    .for_each(|view| looked.take(&view, row.overlapping, sessions));
            }
        }
        if has_goal {
            looked.tally.row.conversions.get_or_insert(0);
        }
        looked.done(words, now, u64::from(sessions))
    }
}

/// What is known of one page while sessions are looked at.
struct Looked {
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
            tally: Tally::new(path),
            looks: 0,
            before: HashMap::new(),
            after: HashMap::new(),
            active: vec![0; ACTIVE_BARS.len() + 1],
            scroll: vec![0; 10],
            elements: HashMap::new(),
        }
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

    fn take(&mut self, view: &View<'_>, overlapping: bool, session: u32) {
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
            *sessions += u64::from(*counted != session);
            *counted = session;
        }
    }

    fn done(self, words: &Words, now: LocalTime, sessions: u64) -> PageReport {
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
            sessions,
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

fn beside(times: HashMap<Word, u64>, words: &Words) -> Top<BesideRow> {
    let what = |path: Word| if path == 0 { Beside::Nothing } else { Beside::Page(words.text(path).to_owned()) };
    let rows = times.into_iter().map(|(path, times)| BesideRow { what: what(path), times }).collect();
    Top::of(rows, |row| row.times, |row| row.what.clone())
}

fn top(elements: Vec<Element>) -> Top<Element> {
    Top::of(elements, |row| row.times, |row| (row.kind, row.name.clone(), row.target.clone()))
}
