//! What happened in the selected sessions: one look at every step.

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

use app::models::{
    event::EventKind,
    events::{
        Called, Counted, Detail, EventReport, EventRow, MOST_VALUES, PropertyValues, TREND, most_first, trend_part,
    },
    pages::Top,
    time::LocalTime,
};

use super::{
    day::Held,
    selection::Selection,
    steps::{Happening, views},
    words::{Word, Words},
};

/// How often something happened, while sessions are looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    times: u64,
    pub(super) sessions: u64,
    conversions: u64,
    /// The session that was counted last, so that none counts twice; from 1.
    counted: u32,
}

impl Tally {
    pub(super) fn take(&mut self, session: Looked) {
        self.times += 1;
        if self.counted != session.nth {
            self.counted = session.nth;
            self.sessions += 1;
            self.conversions += u64::from(session.converts);
        }
    }

    fn done<T>(&self, what: T, has_goal: bool) -> Counted<T> {
        let Self { times, sessions, conversions, .. } = *self;
        Counted { what, times, sessions, conversions: has_goal.then_some(conversions) }
    }
}

/// A session while it is looked at.
#[derive(Clone, Copy)]
pub(super) struct Looked {
    nth: u32,
    converts: bool,
    part: usize,
}

/// An event while sessions are looked at.
#[derive(Clone, Debug)]
struct Course {
    kind: EventKind,
    called: Word,
    tally: Tally,
    trend: Vec<u32>,
}

impl Course {
    fn new(kind: EventKind, called: Word) -> Self {
        Self { kind, called, tally: Tally::default(), trend: vec![0; TREND] }
    }

    fn take(&mut self, session: Looked) {
        self.tally.take(session);
        if let Some(part) = self.trend.get_mut(session.part) {
            *part += 1;
        }
    }

    fn done(self, words: &Words, has_goal: bool) -> EventRow {
        let what = Called { kind: self.kind, name: words.text(self.called).to_owned() };
        EventRow { counted: self.tally.done(what, has_goal), trend: self.trend }
    }
}

impl Selection {
    /// A row for each event, and how many sessions are selected.
    pub(in crate::reports) fn events(&self) -> (Vec<EventRow>, u64) {
        let mut courses = Courses::new(self.days.words.len());
        let mut sessions = 0;
        for held in self.rows() {
            sessions += 1;
            let looked = self.looked(held, sessions);
            for event in views(held.steps).flat_map(|view| view.events()) {
                if let Some(course) = courses.of(event.kind, event.called) {
                    course.take(looked);
                }
            }
        }
        let has_goal = self.conditions.reach.is_some();
        let rows = courses.all.into_iter().map(|course| course.done(&self.days.words, has_goal));
        (rows.collect(), u64::from(sessions))
    }

    pub(super) fn looked(&self, Held { row, converts, .. }: Held<'_>, nth: u32) -> Looked {
        let stretch = self.conditions.stretch;
        Looked { nth, converts, part: trend_part(stretch.from, stretch.to, row.began_at()) }
    }

    /// The report of an event.
    pub(in crate::reports) fn event_report(&self, of: &Called, now: LocalTime) -> EventReport {
        let words = &self.days.words;
        let has_goal = self.conditions.reach.is_some();
        let called = words.known(&of.name);
        let mut report = Report::new(of.kind, called.unwrap_or_default());
        let mut sessions = 0;
        for held in self.rows() {
            sessions += 1;
            // An event that no session has is not looked for.
            let Some(called) = called else { continue };
            let is_it = |event: &Happening<'_>| event.kind == of.kind && event.called == called;
            if !views(held.steps).any(|view| view.events().any(|event| is_it(&event))) {
                continue;
            }
            let looked = self.looked(held, sessions);
            for view in views(held.steps) {
                view.events().filter(is_it).for_each(|event| report.take(view.path, &event, looked));
            }
        }
        let mut done = report.done(words, has_goal, now, u64::from(sessions));
        done.row.counted.what = of.clone();
        done
    }
}

/// The events, each where the number of what it goes by says; of those that share it by kind.
struct Courses {
    places: Vec<u32>,
    all: Vec<Course>,
    /// What the site named like something else: rare.
    others: HashMap<(EventKind, Word), usize>,
}

impl Courses {
    fn new(words: usize) -> Self {
        Self { places: vec![u32::MAX; words], all: Vec::new(), others: HashMap::new() }
    }

    fn of(&mut self, kind: EventKind, called: Word) -> Option<&mut Course> {
        let place = self.places.get_mut(called as usize)?;
        let first = usize::try_from(*place).ok();
        let at = match first.filter(|&at| self.all.get(at).is_some_and(|course| course.kind == kind)) {
            Some(at) => at,
            None => {
                let next = self.all.len();
                let at = *self.others.entry((kind, called)).or_insert(next);
                if at == next {
                    self.all.push(Course::new(kind, called));
                    *place = (*place).min(u32::try_from(next).unwrap_or(u32::MAX));
                }
                at
            }
        };
        self.all.get_mut(at)
    }
}

/// What is known of one event while sessions are looked at.
struct Report {
    course: Course,
    values: BTreeMap<Word, HashMap<Word, Tally>>,
    details: HashMap<(Word, Word), Tally>,
    pages: HashMap<Word, Tally>,
}

impl Report {
    fn new(kind: EventKind, called: Word) -> Self {
        let course = Course::new(kind, called);
        Self { course, values: BTreeMap::new(), details: HashMap::new(), pages: HashMap::new() }
    }

    fn take(&mut self, path: Word, event: &Happening<'_>, session: Looked) {
        self.course.take(session);
        self.pages.entry(path).or_default().take(session);
        if event.kind != EventKind::Custom {
            self.details.entry((event.name, event.target)).or_default().take(session);
        }
        for (key, value) in event.properties() {
            self.values.entry(key).or_default().entry(value).or_default().take(session);
        }
    }

    fn done(self, words: &Words, has_goal: bool, now: LocalTime, sessions: u64) -> EventReport {
        let text = |word: Word| words.text(word).to_owned();
        let values = |(key, values): (Word, HashMap<Word, Tally>)| {
            let (values, others) = most_first(counted(values, text, has_goal), MOST_VALUES);
            PropertyValues { key: text(key), values, others }
        };
        let mut properties: Vec<PropertyValues> = self.values.into_iter().map(values).collect();
        properties.sort_by(|a, b| a.key.cmp(&b.key));
        let detail = |(name, target): (Word, Word)| Detail { name: text(name), target: text(target) };
        let details = counted(self.details, detail, has_goal);
        let pages = counted(self.pages, text, has_goal);
        EventReport {
            now,
            sessions,
            row: self.course.done(words, has_goal),
            properties,
            details: Top::of(details, |row| row.times, |row| row.what.clone()),
            pages: Top::of(pages, |row| row.times, |row| row.what.clone()),
        }
    }
}

/// What was counted, with its figures.
pub(super) fn counted<W: Eq + Hash, T>(
    tallies: HashMap<W, Tally>,
    what: impl Fn(W) -> T,
    has_goal: bool,
) -> Vec<Counted<T>> {
    tallies.into_iter().map(|(word, tally)| tally.done(what(word), has_goal)).collect()
}
