//! What the selected sessions did with one page, and around it: one look at every step, on all processors.

use std::collections::HashMap;

use app::models::{
    event::EventKind,
    pages::{ACTIVE_BARS, Beside, BesideRow, Element, PageReport, Top, active_bar, scroll_bar},
    time::LocalTime,
};

use super::{
    day::Held,
    pages::Tally,
    row::Text,
    selection::Selection,
    steps::{View, views},
    words::{Word, Words},
};

impl Selection {
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
